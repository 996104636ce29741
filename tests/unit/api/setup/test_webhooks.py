"""WebhookService: who sees which webhook, and what is shown of it."""

from __future__ import annotations

import base64
from collections.abc import Awaitable
from typing import Any
from uuid import uuid4

import grpc
import pytest

from crossdock.webhooks.v1 import webhooks_pb2 as pb
from hub.webhooks.policy.lifetimes import MOST_WEBHOOKS
from tests.support.receivers import receiving
from tests.unit.api.serving import Served, refusal


def put(url: str = "https://hooks.example/x", **stated: Any) -> pb.PutWebhookRequest:
    """A request for a new webhook, or for a change of one."""
    return pb.PutWebhookRequest(request_id=str(uuid4()), url=url, **stated)


async def refused(call: Awaitable[Any]) -> str:
    """The reason of a refusal."""
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await call
    return refusal(caught.value)[1]


async def test_a_principal_sees_and_changes_its_own_webhooks_only(hub: Served) -> None:
    mine = (await hub.rpc("WebhookService.PutWebhook", "channel")(put())).webhook.webhook_id

    for principal, count in {"channel": 1, "warehouse": 0, "other-shop": 0, "admin": 1, "service": 1}.items():
        listed = await hub.rpc("WebhookService.ListWebhooks", principal)(pb.ListWebhooksRequest())
        assert len(listed.webhooks) == count, principal
    change = put("https://elsewhere.example", webhook_id=mine)
    assert await refused(hub.rpc("WebhookService.PutWebhook", "other-shop")(change)) == "WEBHOOK_NOT_FOUND"
    for request in (
        pb.SendTestEventRequest(webhook_id=mine),
        pb.ListWebhookDeliveriesRequest(webhook_id=mine),
        pb.RemoveWebhookRequest(request_id=str(uuid4()), webhook_id=mine),
        pb.RotateWebhookSecretRequest(request_id=str(uuid4()), webhook_id=mine),
        pb.ReplayWebhookRequest(request_id=str(uuid4()), webhook_id=mine),
    ):
        rpc = f"WebhookService.{request.DESCRIPTOR.name.removesuffix('Request')}"
        assert await refused(hub.rpc(rpc, "other-shop")(request)) == "WEBHOOK_NOT_FOUND"
    changed = (await hub.rpc("WebhookService.PutWebhook", "admin")(change)).webhook
    assert (changed.url, changed.principal) == ("https://elsewhere.example", "channel")


async def test_a_secret_is_shown_once_and_stored_encrypted(hub: Served) -> None:
    request = put()
    first = await hub.rpc("WebhookService.PutWebhook")(request)
    assert (await hub.rpc("WebhookService.PutWebhook")(request)).secret == first.secret
    assert len(base64.b64decode(first.secret.removeprefix("whsec_"))) == 32
    listed = await hub.rpc("WebhookService.ListWebhooks")(pb.ListWebhooksRequest())
    changed = await hub.rpc("WebhookService.PutWebhook")(put(webhook_id=first.webhook.webhook_id))
    rotated = await hub.rpc("WebhookService.RotateWebhookSecret")(
        pb.RotateWebhookSecretRequest(request_id=str(uuid4()), webhook_id=first.webhook.webhook_id)
    )

    assert changed.secret == ""
    assert rotated.secret not in {"", first.secret}
    for secret in (first.secret, rotated.secret):
        assert secret not in f"{listed} {changed}"
        known = base64.b64decode(secret.removeprefix("whsec_"))
        stored = str(await hub.world.rows("SELECT * FROM webhook")) + str(await hub.world.rows("SELECT * FROM request"))
        assert not [form for form in (secret[6:], known.hex()) if form in stored]


async def test_who_verifies_by_a_public_key_is_shown_no_secret(hub: Served) -> None:
    answer = await hub.rpc("WebhookService.PutWebhook")(put(signature=pb.WEBHOOK_SIGNATURE_HTTP_ED25519))

    assert answer.secret == ""
    assert [key[:5] for key in answer.webhook.public_keys] == ["whpk_"]


@pytest.mark.parametrize("url", ["ftp://hooks.example", "https://169.254.169.254/latest", "https://[::1]/", "https://"])
async def test_an_address_that_is_not_of_the_public_internet_is_refused(hub: Served, url: str) -> None:
    assert await refused(hub.rpc("WebhookService.PutWebhook")(put(url))) == "INVALID_FIELD"


async def test_a_channel_out_of_scope_and_a_type_that_is_none_are_refused(hub: Served) -> None:
    calls = hub.rpc("WebhookService.PutWebhook", "other-shop")
    assert await refused(calls(put(channel_id="WEB-NL"))) == "UNKNOWN_CHANNEL"
    assert await refused(calls(put(types=["OrderLost"]))) == "INVALID_FIELD"


async def test_a_principal_has_so_many_webhooks_and_no_more(hub: Served) -> None:
    for _ in range(MOST_WEBHOOKS):
        await hub.rpc("WebhookService.PutWebhook", "channel")(put())
    assert await refused(hub.rpc("WebhookService.PutWebhook", "channel")(put())) == "WEBHOOK_LIMIT_REACHED"
    await hub.rpc("WebhookService.PutWebhook", "other-shop")(put())


async def test_a_test_event_is_posted_now_and_its_outcome_told(hub: Served) -> None:
    async with receiving() as receiver:
        answer = await hub.rpc("WebhookService.PutWebhook")(put(receiver.url))
        receiver.secret = answer.secret
        request = pb.SendTestEventRequest(webhook_id=answer.webhook.webhook_id)
        taken = await hub.rpc("WebhookService.SendTestEvent")(request)
        receiver.status = 302
        moved = await hub.rpc("WebhookService.SendTestEvent")(request)

    assert (taken.status, taken.failure) == (200, "")
    assert (moved.status, "not followed" in moved.failure) == (302, True)
    assert [body["type"] for body in receiver.bodies] == ["WebhookTest"]


async def test_deliveries_say_which_event_waits_and_why(hub: Served) -> None:
    async with receiving() as receiver:
        receiver.status = 500
        webhook = (await hub.rpc("WebhookService.PutWebhook", "channel")(put(receiver.url))).webhook
        placed = await hub.place()
        await hub.world.settle()
        request = pb.ListWebhookDeliveriesRequest(webhook_id=webhook.webhook_id)
        first = (await hub.rpc("WebhookService.ListWebhookDeliveries", "channel")(request)).deliveries[0]

    assert first.order_id == placed.order_id
    assert first.position > webhook.position
    assert (first.attempts > 0, first.last_failure) == (True, "The receiver answered 500.")


async def test_a_webhook_is_posted_what_its_principal_may_see(hub: Served) -> None:
    async with receiving() as receiver:
        for principal in ("channel", "other-shop"):
            await hub.rpc("WebhookService.PutWebhook", principal)(put(receiver.url))
        await hub.place()
        await hub.world.settle()

    rows = await hub.world.rows(
        "SELECT principal, position, EXISTS (SELECT FROM message WHERE account_id = 'webhook:' || webhook_id) AS posted"
        " FROM webhook ORDER BY principal"
    )
    assert {row["principal"]: row["posted"] for row in rows} == {"channel": True, "other-shop": False}
    assert len({row["position"] for row in rows}) == 1, "both have read the feed to its end"

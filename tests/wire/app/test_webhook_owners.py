"""The webhooks of a principal end with it, in a running hub."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

from tenacity import Retrying, retry_if_exception_type, retry_if_result, stop_after_delay, wait_fixed

from crossdock.webhooks.v1 import webhooks_pb2
from hub.app.client import HubError, connected
from tests.wire.app.running import Running, up


def test_a_webhook_is_disabled_once_its_principal_is_revoked() -> None:
    with up() as hub:
        revoked, kept = added(hub, "shop"), added(hub, "till")

        assert hub.crossdock("principal", "revoke", "shop").returncode == 0

        states = waited(hub, revoked)
        told = hub.crossdock("exceptions", "list", "--json")
    assert states[kept] == "ACTIVE"
    assert f"crossdock webhook remove {revoked}" in told.stdout


def added(hub: Running, principal: str) -> str:
    """Add a principal and a webhook of it; return the webhook's id."""
    made = hub.crossdock("principal", "add", principal, "--role", "channel", "--channel", "*", "--node", "*", "--json")
    assert made.returncode == 0, made.stderr
    while_not_known = Retrying(
        retry=retry_if_exception_type(HubError), stop=stop_after_delay(20), wait=wait_fixed(0.2), reraise=True
    )
    with connected(hub.note["address"], json.loads(made.stdout)["token"]) as client:
        request = webhooks_pb2.PutWebhookRequest(request_id=str(uuid4()), url="https://hooks.example/crossdock")
        return str(while_not_known(client.call, client.webhooks.PutWebhook, request).webhook.webhook_id)


def waited(hub: Running, webhook_id: str) -> dict[str, str]:
    """Return the states of webhooks once one is disabled."""

    def states() -> dict[str, str]:
        listed: dict[str, Any] = json.loads(hub.crossdock("webhook", "list", "--json").stdout)
        return {one["webhook_id"]: one["state"].removeprefix("WEBHOOK_STATE_") for one in listed["webhooks"]}

    return Retrying(
        retry=retry_if_result(lambda shown: shown[webhook_id] != "DISABLED"),
        stop=stop_after_delay(20),
        wait=wait_fixed(0.2),
    )(states)

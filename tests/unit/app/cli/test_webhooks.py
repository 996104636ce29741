"""`crossdock webhook`: what it asks of the hub, and what it shows."""

from __future__ import annotations

import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from crossdock.admin.v1 import admin_pb2
from crossdock.webhooks.v1 import webhooks_pb2 as pb
from hub.webhooks.errors import WebhookNotFound
from tests.unit.app.cli.pretend import Crossdock, PretendHub

ID = "01a204dc-af31-70aa-acb0-4c71b22f38d5"
EVENT = "01a204dc-af31-70aa-acb0-4c71b22f38d6"
URL = "https://hooks.example/crossdock"
SECRET = "whsec_c2VjcmV0"
WEBHOOK = pb.Webhook(
    webhook_id=ID,
    url=URL,
    types=["OrderPlaced"],
    channel_id="WEB-NL",
    state=pb.WEBHOOK_STATE_ACTIVE,
    principal="shop",
    position=41,
    deliver_time=Timestamp(seconds=1_794_902_400),
)
BY_KEY = pb.Webhook(webhook_id=ID, url=URL, public_keys=["a-public-key"])


def test_a_webhook_is_added_and_its_secret_shown(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["WebhookService.PutWebhook"] = pb.PutWebhookResponse(webhook=WEBHOOK, secret=SECRET)

    choice = ("--type", "OrderPlaced", "--type", "OrderCanceled", "--channel", "WEB-NL", "--content", "order")
    ran = crossdock("webhook", "add", URL, *choice)

    assert ran.code == 0
    assert f"Webhook {ID} posts to {URL}." in ran.out
    assert f"Its secret, which is not shown again: {SECRET}" in ran.out
    (asked,) = hub.requests("WebhookService.PutWebhook")
    assert (asked.url, asked.webhook_id, asked.channel_id) == (URL, "", "WEB-NL")
    assert list(asked.types) == ["OrderPlaced", "OrderCanceled"]
    assert (asked.content, asked.signature) == (pb.WEBHOOK_CONTENT_ORDER, pb.WEBHOOK_SIGNATURE_STANDARD)
    assert asked.request_id


def test_a_webhook_is_changed_and_what_verifies_it_shown(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["WebhookService.PutWebhook"] = pb.PutWebhookResponse(webhook=BY_KEY)

    ran = crossdock("webhook", "add", URL, "--change", ID, "--signature", "http-ed25519")

    assert "verified with the public key a-public-key" in ran.out
    (asked,) = hub.requests("WebhookService.PutWebhook")
    assert (asked.webhook_id, asked.signature) == (ID, pb.WEBHOOK_SIGNATURE_HTTP_ED25519)


@pytest.mark.parametrize(
    ("option", "known"),
    [("--content", ["event", "order"]), ("--signature", ["standard", "http-hmac-sha256", "http-ed25519"])],
)
def test_a_choice_that_does_not_exist_is_answered_with_those_that_do(
    hub: PretendHub, crossdock: Crossdock, option: str, known: list[str]
) -> None:
    ran = crossdock("webhook", "add", URL, option, "all", "--json")

    assert (ran.code, hub.asked) == (2, [])
    assert [word for word in ["there is no all", *known] if word not in ran.err] == []


def test_webhooks_are_listed_with_why_one_is_disabled(hub: PretendHub, crossdock: Crossdock) -> None:
    disabled = pb.Webhook(webhook_id=EVENT, url=URL, disabled_reason="The receiver answered 410.", principal="till")
    hub.answers["WebhookService.ListWebhooks"] = pb.ListWebhooksResponse(webhooks=[WEBHOOK, disabled])

    _, active, other = crossdock("webhook", "list").out.splitlines()

    assert active.split()[:4] == [ID, URL, "active", "shop"]
    assert "OrderPlaced, WEB-NL" in active
    assert "The receiver answered 410." in other
    assert " all " in other
    assert [one["webhook_id"] for one in crossdock("webhook", "list", "--json").json()["webhooks"]] == [ID, EVENT]


def test_no_webhook_is_said(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["WebhookService.ListWebhooks"] = pb.ListWebhooksResponse()

    assert "There is no webhook." in crossdock("webhook", "list").out


def test_deliveries_are_listed_by_state(hub: PretendHub, crossdock: Crossdock) -> None:
    delivery = pb.WebhookDelivery(
        event_id=EVENT,
        position=40,
        state=admin_pb2.MESSAGE_STATE_DEAD,
        attempts=7,
        last_failure="The receiver answered 500.",
    )
    hub.answers["WebhookService.ListWebhookDeliveries"] = pb.ListWebhookDeliveriesResponse(deliveries=[delivery])

    ran = crossdock("webhook", "deliveries", ID, "--state", "dead")

    (row,) = [line for line in ran.out.splitlines() if EVENT in line]
    assert row.split()[:4] == ["40", EVENT, "DEAD", "7"]
    assert row.endswith("The receiver answered 500.")
    (asked,) = hub.requests("WebhookService.ListWebhookDeliveries")
    assert (asked.webhook_id, asked.state) == (ID, admin_pb2.MESSAGE_STATE_DEAD)


def test_a_webhook_is_removed(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["WebhookService.RemoveWebhook"] = pb.RemoveWebhookResponse()

    assert f"Webhook {ID} is removed." in crossdock("webhook", "remove", ID).out
    assert crossdock("webhook", "remove", ID, "--json").json() == {"removed": ID}
    first, second = hub.requests("WebhookService.RemoveWebhook")
    assert first.webhook_id == second.webhook_id == ID
    assert first.request_id != second.request_id


def test_what_is_not_there_is_not_removed(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["WebhookService.RemoveWebhook"] = WebhookNotFound(f"There is no webhook {ID}.", webhook_id=ID)

    ran = crossdock("webhook", "remove", ID)

    assert (ran.code, ran.out) == (1, "")
    assert f"There is no webhook {ID}." in ran.err


def test_what_is_no_id_is_not_asked(hub: PretendHub, crossdock: Crossdock) -> None:
    codes = [crossdock("webhook", command, "first").code for command in ("remove", "rotate", "replay", "test")]
    assert codes == [2] * 4
    assert hub.asked == []


def test_a_secret_is_rotated_and_the_old_one_signs_on(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["WebhookService.RotateWebhookSecret"] = pb.RotateWebhookSecretResponse(webhook=WEBHOOK, secret=SECRET)

    assert SECRET in crossdock("webhook", "rotate", ID).out
    assert crossdock("webhook", "rotate", ID, "--overlap", "2h", "--json").json()["secret"] == SECRET
    asked = hub.requests("WebhookService.RotateWebhookSecret")
    assert [one.overlap.seconds for one in asked] == [86_400, 7_200]


def test_a_replay_goes_on_where_it_is_told_to(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["WebhookService.ReplayWebhook"] = pb.ReplayWebhookResponse(webhook=WEBHOOK)

    assert "goes on after position 41" in crossdock("webhook", "replay", ID).out
    assert crossdock("webhook", "replay", ID, "--after", 7, "--json").json()["position"] == "41"
    plain, after = hub.requests("WebhookService.ReplayWebhook")
    assert not plain.HasField("after_position")
    assert after.after_position == 7


@pytest.mark.parametrize(
    ("answer", "code", "words"),
    [
        (pb.SendTestEventResponse(status=204), 0, "The receiver took the test: it answered 204."),
        (pb.SendTestEventResponse(status=500, failure="The receiver answered 500."), 1, "The receiver answered 500."),
    ],
)
def test_a_test_tells_what_the_receiver_answered(
    hub: PretendHub, crossdock: Crossdock, answer: pb.SendTestEventResponse, code: int, words: str
) -> None:
    hub.answers["WebhookService.SendTestEvent"] = answer

    ran = crossdock("webhook", "test", ID)

    assert (ran.code, ran.out.strip()) == (code, words)
    assert crossdock("webhook", "test", ID, "--json").code == code

"""A webhook is bounded, verified on its raw bytes, kept by the hub, and only then answered."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator, MutableMapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import grpc
import httpx
import pytest

from adapters.sdk.profile import Profile
from adapters.sdk.webhooks.delivery import Delivery, Forged, WebhookKind, refuse_late, refuse_unsigned
from adapters.sdk.webhooks.door import MOST_BYTES, WebhookDoor
from tests.adapters.sdk.processes import ANSWER_SECONDS, command, start
from tests.adapters.sdk.webhooks.hub import FakeHub, hub_with

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
PROFILE = '{"webhook_secret": "env:XD_HOOK", "previous_webhook_secret": "env:XD_OLD_HOOK"}'
BODY = b'{"id": "evt_1",  "odd": "spacing is kept"}\n'


def verify(delivery: Delivery, profile: Profile) -> None:
    secrets = [profile.secret(name) for name in ("webhook_secret", "previous_webhook_secret")]
    digests = [bytes.fromhex(delivery.headers.get("x-signature", ""))]
    refuse_unsigned(delivery.content, [secret.encode() for secret in secrets if secret], digests)


def signed(body: bytes, secret: bytes) -> dict[str, str]:
    return {"x-signature": hmac.new(secret, body, hashlib.sha256).hexdigest()}


@dataclass
class Open:
    """A door and the hub behind it."""

    door: WebhookDoor
    hub: FakeHub
    client: httpx.AsyncClient

    async def status(self, path: str = "/shop/cards", body: bytes = BODY, secret: bytes = b"new") -> int:
        """The status of a delivery signed with a secret."""
        return (await self.client.post(path, content=body, headers=signed(body, secret))).status_code


@pytest.fixture
async def opened(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Open]:
    monkeypatch.setenv("XD_HOOK", "new")
    monkeypatch.setenv("XD_OLD_HOOK", "old")
    async with hub_with(cards=PROFILE, broken='{"webhook_secret": "env:XD_MISSING"}', bare="{}") as (hub, inbox):
        door = WebhookDoor({"shop": WebhookKind(verify=verify, answer=b"[accepted]")}, inbox, now=lambda: NOON)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(door), base_url="http://door") as client:
            yield Open(door, hub, client)


async def test_a_delivery_is_kept_byte_by_byte_under_the_adapters_credential_and_answered(opened: Open) -> None:
    response = await opened.client.post("/shop/cards", content=BODY, headers=signed(BODY, b"new"))

    assert (response.status_code, response.content) == (200, b"[accepted]")
    (kept,) = opened.hub.kept
    assert (kept.account_id, kept.media_type, kept.content) == ("cards", "application/json", BODY)
    assert opened.hub.credentials == ["Bearer door-token"]


async def test_both_secrets_are_known_while_one_takes_the_place_of_the_other(opened: Open) -> None:
    assert [await opened.status(secret=secret) for secret in (b"new", b"old", b"older")] == [200, 200, 403]
    assert len(opened.hub.kept) == 2


async def test_a_delivery_that_was_changed_on_the_way_is_refused_unread(opened: Open) -> None:
    response = await opened.client.post("/shop/cards", content=BODY.replace(b"  ", b" "), headers=signed(BODY, b"new"))

    assert response.status_code == 403
    assert "new" not in response.text
    assert opened.hub.kept == []


async def test_what_the_hub_has_not_committed_is_not_answered_as_kept(opened: Open) -> None:
    statuses = []
    for opened.hub.fails in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.INTERNAL, grpc.StatusCode.INVALID_ARGUMENT):
        statuses.append(await opened.status())
    opened.hub.fails = None

    assert (statuses, await opened.status()) == ([503, 503, 400], 200)
    assert len(opened.hub.kept) == 1


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/shop/nobody", 404),
        ("/other/cards", 404),
        ("/shop", 404),
        ("/shop/cards/more", 404),
        (f"/shop/{'x' * 81}", 404),
        ("/shop/broken", 503),
        ("/shop/bare", 403),
    ],
)
async def test_a_delivery_for_nobody_is_refused(opened: Open, path: str, status: int) -> None:
    assert await opened.status(path) == status
    assert opened.hub.kept == []


async def test_a_request_that_is_no_delivery_is_refused(opened: Open) -> None:
    assert (await opened.client.get("/shop/cards")).status_code == 405
    assert await opened.status(body=b"") == 400
    assert await opened.status(body=b"x" * (MOST_BYTES + 1)) == 413
    assert await opened.status(body=b"x" * MOST_BYTES) == 200


async def pieces(*messages: dict[str, Any]) -> Any:
    for message in messages:
        yield message
    await asyncio.Event().wait()


@pytest.mark.parametrize(
    ("messages", "status"),
    [
        ([{"type": "http.request", "body": b"half", "more_body": True}, {"type": "http.disconnect"}], 400),
        ([{"type": "http.request", "body": b"half", "more_body": True}], 408),
        ([{"type": "http.request", "body": b"x" * MOST_BYTES, "more_body": True}] * 2, 413),
    ],
    ids=["breaks off", "never ends", "states no length"],
)
async def test_a_body_that_does_not_come_whole_is_refused(messages: list[dict[str, Any]], status: int) -> None:
    async with hub_with(cards=PROFILE) as (hub, inbox):
        door = WebhookDoor({"shop": WebhookKind(verify=verify)}, inbox, body_seconds=0.01)
        told: list[MutableMapping[str, Any]] = []

        async def send(message: MutableMapping[str, Any]) -> None:
            told.append(message)

        coming = pieces(*messages)
        await door({"path": "/shop/cards", "method": "POST", "headers": []}, coming.__anext__, send)

    assert (told[0]["status"], hub.kept) == (status, [])


@pytest.mark.parametrize(("minutes", "kept"), [(0, True), (5, True), (-5, True), (6, False), (-6, False)])
def test_a_signature_is_good_for_some_minutes_only(minutes: int, kept: bool) -> None:  # noqa: FBT001
    try:
        refuse_late(NOON - timedelta(minutes=minutes), NOON, timedelta(minutes=5))
    except Forged:
        assert not kept
    else:
        assert kept


async def test_a_host_whose_adapters_take_no_webhooks_says_so(tmp_path: Path) -> None:
    arguments = command(["double_payment"], f"unix:{tmp_path}/s", tmp_path, "--webhooks", "127.0.0.1:0")
    process = await start(arguments)
    _, said = await asyncio.wait_for(process.communicate(), ANSWER_SECONDS)

    assert process.returncode == 2
    assert b"takes webhooks" in said

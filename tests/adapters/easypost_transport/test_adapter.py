"""Parcels are followed once each, webhooks and pulls tell where they are, and what EasyPost really said is read."""

from __future__ import annotations

import json
import tomllib
from collections.abc import AsyncIterator
from typing import Any

import grpc
import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.easypost_transport.adapter import SERVICE, EasyPostTransport
from adapters.easypost_transport.certification import NOON, Rehearsal, rehearsing
from adapters.easypost_transport.notifications import read_event
from adapters.easypost_transport.rehearsal import Fault, event_of
from adapters.easypost_transport.signatures import verify
from adapters.easypost_transport.trackers import Unreadable, position_of
from adapters.sdk.profile import Profile
from adapters.sdk.webhooks.delivery import Delivery, Forged
from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.transport.v1 import transport_pb2 as pb
from tests.adapters.easypost_transport.recorded import FOLDER, ROOT, Exchange, exchanges

NO_EXCHANGES = "nothing was replayed: set CROSSDOCK_PARTNER_CONTRACTS to the folder of partner contracts"
TOLD_AT = "2026-03-03T11:00:00Z"


@pytest.fixture
async def on() -> AsyncIterator[Rehearsal]:
    """The adapter being served to an EasyPost of its own."""
    async with rehearsing() as rehearsal:
        yield rehearsal


def tracker(**changes: Any) -> dict[str, Any]:
    own: dict[str, Any] = {"id": "trk_1", "tracking_code": "EZ1", "status": "in_transit", "status_detail": "arrived"}
    details = [{"status": "pre_transit", "datetime": "2026-03-02T09:00:00Z"}]
    details += [{"status": "in_transit", "datetime": f"2026-03-03T{hour}:00:00Z"} for hour in ("09", "10")]
    own |= {"updated_at": TOLD_AT, "tracking_details": details, "public_url": "https://track.easypost.com/x"}
    return {**own, **changes}


def test_the_quality_file_names_what_the_adapter_offers() -> None:
    quality = tomllib.loads((ROOT / "adapters/easypost_transport/quality.toml").read_text())
    rpcs = [method.name for method in pb.DESCRIPTOR.services_by_name["TransportService"].methods]

    assert quality["service"] == SERVICE
    assert sorted(quality["offered"]) == sorted(rpcs)
    assert {name for name in rpcs if name in vars(EasyPostTransport)} == set(quality["offered"])


async def test_a_parcel_is_followed_once_by_the_carrier_of_its_service(on: Rehearsal) -> None:
    request = on.parcel("EZ1")
    profile = {**json.loads(request.call.profile_json), "carriers": {"STD": "DHLParcel"}}
    request.call.profile_json = json.dumps(profile)
    answers = [(await on.stub.RegisterParcel(request)).answer for _ in range(2)]

    assert answers[0] == answers[1]
    assert (answers[0].outcome, answers[0].partner_reference) == (call_pb2.OUTCOME_DONE, f"trk_{1:032}")
    assert [made["carrier"] for made in on.easypost.trackers] == ["DHLParcel"]


async def test_an_answer_about_another_parcel_is_not_believed(on: Rehearsal) -> None:
    on.easypost.changed = lambda value: value.update(tracking_code="EZ9")

    assert (await on.fails(on.parcel("EZ1"))).code() is grpc.StatusCode.INTERNAL


async def test_a_rejection_that_is_not_about_the_parcel_is_no_refusal(on: Rehearsal) -> None:
    unpaid = {"error": {"code": "PAYMENT.REQUIRED", "message": "Add funds."}}
    on.easypost.faults = [Fault(before=httpx.Response(402, json=unpaid))]

    assert (await on.fails(on.parcel("EZ1"))).code() is grpc.StatusCode.FAILED_PRECONDITION


async def test_a_pull_begins_anew_after_the_last_page_and_says_when(on: Rehearsal) -> None:
    on.easypost.page = 1
    for number in ("EZ1", "EZ2"):
        await on.stub.RegisterParcel(on.parcel(number))
    pull = call_pb2.Pull(call=on.call("pull"))
    first = (await on.stub.PullUpdates(pb.PullUpdatesRequest(pull=pull))).pulled
    pull.cursor = first.cursor
    last = (await on.stub.PullUpdates(pb.PullUpdatesRequest(pull=pull))).pulled

    waits = [page.next_update_time.seconds - int(NOON.timestamp()) for page in (first, last)]
    assert (first.cursor, last.cursor, waits) == (f"trk_{2:032}", "", [30, 900])
    asked = [request.url.params["start_datetime"][:10] for request in on.easypost.requests[2:]]
    assert asked == ["2026-02-01"] * 2


async def test_a_cursor_that_was_never_given_is_refused(on: Rehearsal) -> None:
    pull = call_pb2.Pull(call=on.call("pull"), cursor="trk_1&x=")
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await on.stub.PullUpdates(pb.PullUpdatesRequest(pull=pull))
    assert raised.value.code() is grpc.StatusCode.INVALID_ARGUMENT


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"profile_json": "{}"}, "api_key is missing"),
        ({"profile_json": '{"api_key": "env:XD", "carriers": {"STD": 1}}'}, "STD"),
        ({"operation_key": ""}, "operation_key"),
    ],
)
async def test_a_call_that_cannot_be_made_is_refused_unsent(
    on: Rehearsal, monkeypatch: pytest.MonkeyPatch, change: dict[str, str], said: str
) -> None:
    monkeypatch.setenv("XD", "key")
    request = on.parcel("EZ1")
    for name, value in change.items():
        setattr(request.call, name, value)
    error = await on.fails(request)

    assert (error.code(), on.easypost.requests) == (grpc.StatusCode.INVALID_ARGUMENT, [])
    assert said in str(error.details())


def test_where_a_parcel_is_now_is_told_with_when_it_was_seen_there() -> None:
    (command,) = read_event(event_of(tracker()), frozenset()).commands
    event = command.carrier_event

    assert (event.tracking_number, event.state) == ("EZ1", fulfillment_pb2.SHIPMENT_STATE_IN_TRANSIT)
    assert event.occur_time.ToJsonString() == "2026-03-03T10:00:00Z"
    assert event.tracking_url == "https://track.easypost.com/x"
    assert command.event_id == f"trk_1/IN_TRANSIT/{event.occur_time.seconds}"


@pytest.mark.parametrize(
    ("status", "detail", "state"),
    [
        ("pre_transit", "label_created", fulfillment_pb2.SHIPMENT_STATE_LABELED),
        ("out_for_delivery", "", fulfillment_pb2.SHIPMENT_STATE_OUT_FOR_DELIVERY),
        ("available_for_pickup", "", fulfillment_pb2.SHIPMENT_STATE_AVAILABLE_FOR_PICKUP),
        ("delivered", "arrived_at_destination", fulfillment_pb2.SHIPMENT_STATE_DELIVERED),
        ("failure", "delivery_exception", fulfillment_pb2.SHIPMENT_STATE_FAILED_ATTEMPT),
        ("failure", "lost", fulfillment_pb2.SHIPMENT_STATE_LOST),
        ("failure", "damaged", fulfillment_pb2.SHIPMENT_STATE_DAMAGED),
        ("return_to_sender", "return", fulfillment_pb2.SHIPMENT_STATE_RETURNING_TO_SENDER),
        ("cancelled", "cancelled", fulfillment_pb2.SHIPMENT_STATE_VOIDED),
    ],
)
def test_each_status_is_a_state(status: str, detail: str, state: fulfillment_pb2.ShipmentState) -> None:
    position = position_of(tracker(status=status, status_detail=detail, tracking_details=None))

    assert position is not None
    assert (position.state, position.occur_time.ToJsonString()) == (state, TOLD_AT)


@pytest.mark.parametrize(
    ("content", "ignored"),
    [
        (event_of(tracker(status="unknown")), ""),
        (json.dumps({"object": "Event", "description": "batch.updated"}).encode(), "batch.updated"),
    ],
)
def test_what_tells_nothing_or_is_ignored_is_passed_over(content: bytes, ignored: str) -> None:
    reading = read_event(content, frozenset({ignored}))
    assert (reading.commands, reading.problems) == ((), ())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (event_of(tracker(status="teleported")), "'teleported'"),
        (event_of(tracker(tracking_code="")), "no tracker"),
        (event_of(tracker(tracking_code="9" * 81)), "no tracker"),
        (event_of(tracker(tracking_details=[], updated_at="yesterday")), "do not say when"),
        (json.dumps({"object": "Event", "description": "batch.updated"}).encode(), "'batch.updated'"),
        (b'{"object": "Tracker"}', "no event of EasyPost's"),
        (event_of(tracker(id="\ud800")), "no JSON that can be kept"),
        (b"[" * 200_000, "no JSON that can be kept"),
    ],
)
def test_what_cannot_be_told_is_a_problem(content: bytes, said: str) -> None:
    reading = read_event(content, frozenset())
    assert reading.commands == ()
    assert said in reading.problems[0].reason


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://x/" + "y" * 500, "https://x y", None])
def test_an_address_that_cannot_be_shown_is_left_out(url: str | None) -> None:
    position = position_of(tracker(public_url=url))
    assert position is not None
    assert position.tracking_url == ""


LEAVES = st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(("delivered", TOLD_AT, "EZ1"))
VALUES = st.recursive(LEAVES, lambda some: st.lists(some, max_size=3) | st.dictionaries(st.text(), some, max_size=3))


@given(st.dictionaries(st.sampled_from(tuple(tracker())), VALUES), st.binary())
@settings(max_examples=200, deadline=None)
def test_any_event_is_read_and_any_signature_refused(changes: dict[str, Any], content: bytes) -> None:
    reading = read_event(event_of(tracker(**changes)), frozenset())
    assert not (reading.commands and reading.problems)
    assert all(command.carrier_event.tracking_number for command in reading.commands)
    assert not read_event(content, frozenset()).commands
    with pytest.raises(Forged):
        verify(Delivery({"x-hmac-signature": content.decode("latin-1")}, content, NOON), Profile({}))


def trackers_in(value: object) -> list[dict[str, Any]]:
    """All trackers in an answer, in whatever object they stand."""
    if isinstance(value, list):
        return [found for element in value for found in trackers_in(element)]
    if not isinstance(value, dict):
        return []
    own = [value] if value.get("object") == "Tracker" else []
    return own + [found for element in value.values() for found in trackers_in(element)]


def test_every_recorded_tracker_says_where_its_parcel_is() -> None:
    if not exchanges():
        pytest.skip(NO_EXCHANGES)
    found = [one for exchange in exchanges() for one in trackers_in(exchange.answer)]
    numbers = {position.tracking_number for one in found if (position := position_of(one)) is not None}

    assert len(exchanges()) == 109
    assert len(found) >= 20
    assert "EZ1000000001" in numbers


@pytest.mark.skipif(not FOLDER.exists(), reason=NO_EXCHANGES)
@pytest.mark.parametrize("exchange", exchanges(), ids=lambda exchange: f"{exchange.name}-{exchange.path[:40]}")
async def test_a_recorded_answer_is_told_as_done_or_fails_as_its_status_says(on: Rehearsal, exchange: Exchange) -> None:
    number = exchange.answer.get("tracking_code", "EZ1") if exchange.path.startswith("/v2/trackers") else "EZ1"
    on.easypost.faults = [Fault(before=httpx.Response(exchange.status, json=exchange.answer))]
    request = on.parcel(number or "EZ1")
    is_tracker = isinstance(exchange.answer, dict) and exchange.answer.get("object") == "Tracker"
    if is_tracker:
        answer = (await on.stub.RegisterParcel(request)).answer
        assert (answer.outcome, answer.partner_reference) == (call_pb2.OUTCOME_DONE, exchange.answer["id"])
        sent = json.loads(on.easypost.requests[0].content)
        assert exchange.method != "POST" or sent == {"tracker": {"tracking_code": number}} == exchange.asked
    elif exchange.status == 422:
        answer = (await on.stub.RegisterParcel(request)).answer
        assert (answer.outcome, answer.code) == (call_pb2.OUTCOME_REFUSED, exchange.answer["error"]["code"])
    else:
        expected = {404: grpc.StatusCode.FAILED_PRECONDITION}.get(exchange.status, grpc.StatusCode.INTERNAL)
        assert (await on.fails(request)).code() is expected


def test_a_tracker_that_is_none_cannot_be_told() -> None:
    with pytest.raises(Unreadable):
        position_of(None)

"""Parcels to a carrier: tendered once, sound in the eyes of pyx12, pending until the carrier takes them."""

from __future__ import annotations

from datetime import timedelta

import grpc
import pytest

from adapters.sdk.certification.mailboxes import NOON
from adapters.sdk.documents.reading import Findings
from adapters.sdk.times import timestamp_of
from adapters.sdk.x12.incoming import interchanges_of
from adapters.sdk.x12.writing import write
from adapters.x12_transport.certification import Rehearsal, acknowledgment, interchange, rehearsing, response
from adapters.x12_transport.settings import read_settings
from adapters.x12_transport.tender_204 import load_tender
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.transport.v1 import transport_pb2 as pb
from tests.adapters.sdk.x12.judge import errors_of

DONE, PENDING, REFUSED = call_pb2.OUTCOME_DONE, call_pb2.OUTCOME_PENDING, call_pb2.OUTCOME_REFUSED


def whole_parcel(on: Rehearsal, number: str = "P-1", **profile: object) -> pb.RegisterParcelRequest:
    """A parcel of which everything is known."""
    request = on.parcel(number, nodes={"DC": "NL01"}, **profile)
    request.weight_grams = 2_450
    request.promised_time.CopyFrom(timestamp_of(NOON + timedelta(days=2)))
    request.ship_to.phone, request.ship_to.email = "+31 20 1", "ada@example.com"
    request.ship_to.company, request.ship_to.address.region_code = "Mills * Sons", "UT"
    request.ship_to.address.postal_code = "3511 AB"
    return request


async def test_a_parcel_is_tendered_whole_and_counted_rightly() -> None:
    async with rehearsing() as on:
        answer = await on.tendered(whole_parcel(on))

        (document,) = on.box.written()

    assert (answer.outcome, answer.partner_reference) == (PENDING, "000000001")
    assert errors_of(document.decode()) == []
    assert document.decode().split("~")[1:-4] == [
        "GS*SM*CROSSDOCK*HAUL*20260303*1200*1*X*004010", "ST*204*0001", "B2**HAUL**P-1**PP", "B2A*00", "L11*STD*ZZ",
        "S5*1*LD", "G62*37*20260303*I*1200*UT", "AT8*G*K*2.45*1", "N1*SF*Warehouse*92*NL01", "N3*Kade 1",
        "N4*Utrecht***NL", "S5*2*UL", "G62*54*20260305*L*1200*UT", "AT8*G*K*2.45*1", "N1*ST*Mills   Sons", "N2*Ada",
        "N3*Kade 1", "N4*Utrecht*UT*3511 AB*NL", "G61*DC*Ada*TE*+31 20 1", "G61*DC*Ada*EM*ada@example.com",
    ]  # fmt: skip


async def test_a_tender_is_the_same_once_it_was_read_and_written_again() -> None:
    async with rehearsing() as on:
        request = whole_parcel(on)
        settings, findings = read_settings(request.call.profile_json), Findings()
        written = write(settings.way.envelope, 1, NOON, load_tender(request, settings))

        (read,) = interchanges_of(written, "", lambda _: settings, findings)

    (transaction,) = read.transactions
    assert not findings.problems
    elements = [(segment.tag, *segment.elements) for segment in transaction.segments[1:-1]]
    tender = load_tender(request, settings)
    assert elements == [tuple(segment) for segment in tender.segments]


@pytest.mark.parametrize(
    ("profile", "documents", "outcomes"),
    [
        ({}, [acknowledgment("A", 1), response("A")], [PENDING, DONE]),
        ({}, [response("A"), acknowledgment("R", 1)], [DONE, DONE]),
        ({}, [response("D")], [REFUSED]),
        ({}, [acknowledgment("R", 1)], [REFUSED]),
        ({"awaits_response": False}, [acknowledgment("A", 1)], [DONE]),
        ({"awaits_response": False, "awaits_acknowledgment": False}, [response("A", "P-2")], [DONE]),
        ({"responses": {"B": "accepted"}}, [response("B")], [DONE]),
        ({}, [response("B")], [PENDING]),
    ],
)
async def test_a_parcel_is_followed_once_its_carrier_says_so(
    profile: dict[str, object], documents: list[bytes], outcomes: list[int]
) -> None:
    async with rehearsing(**profile) as on:
        request = on.parcel("P-1")
        await on.tendered(request)
        told = []
        for number, document in enumerate(documents):
            await on.read(document, f"document {number}")
            told.append((await on.found(request)).outcome)

        assert told == outcomes
        assert (await on.tendered(request)).outcome == outcomes[-1]


async def test_what_was_answered_to_another_operation_says_nothing_of_this_one() -> None:
    async with rehearsing() as on:
        first, second = on.parcel("P-1"), on.parcel("P-1")
        second.call.operation_key = on.parcel("P-2").call.operation_key
        await on.tendered(first)
        await on.read(response("D"))

        answers = [await on.tendered(second), await on.found(second), await on.found(first)]

    assert [answer.outcome for answer in answers] == [PENDING] * 3


@pytest.mark.parametrize(("number", "told"), [("P" * 31, "B204 holds 30"), ("P*1", "has a separator")])
async def test_a_number_that_x12_cannot_carry_is_refused_and_nothing_is_written(number: str, told: str) -> None:
    async with rehearsing() as on:
        answer = await on.tendered(on.parcel(number))

        assert (answer.outcome, answer.code, on.tenders()) == (REFUSED, "NOT_WRITABLE", 0)
    assert told in answer.message


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (("B1*HAUL**20260303*A",), "B102"),
        (("B1*HAUL*P-1*20260303*Q",), "B104"),
        (("N9*CN*1",), "ST"),
    ],
)
async def test_a_response_that_says_nothing_is_refused_by_its_element(body: tuple[str, ...], place: str) -> None:
    async with rehearsing() as on:
        await on.tendered(on.parcel("P-1"))
        reading = await on.read(interchange("990", "GF", *body))

    assert place in [problem.field for problem in reading.problems]


@pytest.mark.parametrize(
    ("profile", "setting"),
    [
        ({"scac": ""}, "scac"),
        ({"carriers": {"STD": "x"}}, "carriers.STD"),
        ({"statuses": {"AF": "PERHAPS"}}, "statuses.AF"),
        ({"responses": {"A": "perhaps"}}, "responses.A"),
        ({"time_zone": "Mars"}, "time_zone"),
        ({"partner": "HAUL"}, "partner"),
    ],
)
async def test_a_malformed_profile_ends_a_call_and_is_a_problem_of_a_document(
    profile: dict[str, object], setting: str
) -> None:
    async with rehearsing(**profile) as on:
        error = await on.fails(on.parcel("P-1"))
        reading = await on.read(response("A"))

    assert error.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert setting in str(error.details())
    assert [setting in problem.reason for problem in reading.problems] == [True]


async def test_polling_moves_nothing_and_a_parcel_without_a_number_is_a_bad_call() -> None:
    async with rehearsing() as on:
        request = pb.PullUpdatesRequest()
        request.pull.cursor = "7"
        pulled = await on.stub.PullUpdates(request)
        error = await on.fails(on.parcel(""))

    assert (list(pulled.events), pulled.pulled.cursor) == ([], "7")
    assert error.code() is grpc.StatusCode.INVALID_ARGUMENT

"""What a carrier tells of its parcels: each status at its own time, the broken refused by segment and element."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import protovalidate
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.sdk.certification.mailboxes import NOON
from adapters.sdk.documents.reading import Findings
from adapters.sdk.times import instant_of
from adapters.sdk.x12.acknowledgments import acknowledged
from adapters.sdk.x12.incoming import Came, interchanges_of
from adapters.x12_transport.certification import PROFILE, interchange, rehearsing, status
from adapters.x12_transport.codes import STATUSES
from adapters.x12_transport.mapping import told_by
from adapters.x12_transport.settings import read_settings
from crossdock.fulfillment.v1.fulfillment_pb2 import ShipmentState
from crossdock.partner.call.v1 import call_pb2
from tests.adapters.sdk.x12.judge import errors_of
from tests.adapters.x12_channel.documents import published

B10 = "B10*PRO-1*P-1*HAUL"
AT7 = "AT7*AF*NS***20260303*1000*UT"


async def told(*body: str, **profile: object) -> tuple[list[tuple[str, datetime]], list[str]]:
    """What a status document is read as: states with their times, and the elements that are problems."""
    async with rehearsing(**profile) as on:
        reading = await on.read(interchange("214", "QM", *body))
    events = [command.carrier_event for command in reading.commands]
    states = [(ShipmentState.Name(event.state)[15:], instant_of(event.occur_time)) for event in events]
    return states, [problem.field for problem in reading.problems]


@pytest.mark.parametrize(
    ("stated", "zone", "happened"),
    [
        ("20260303*1000*UT", "UTC", datetime(2026, 3, 3, 10, tzinfo=UTC)),
        ("20260303*1000*LT", "Europe/Amsterdam", datetime(2026, 3, 3, 9, tzinfo=UTC)),
        ("20260303*1000", "Europe/Amsterdam", datetime(2026, 3, 3, 9, tzinfo=UTC)),
        ("20260303*0400*ET", "UTC", datetime(2026, 3, 3, 9, tzinfo=UTC)),
        ("20260303*0400*PD", "UTC", datetime(2026, 3, 3, 11, tzinfo=UTC)),
        ("20260302", "UTC", datetime(2026, 3, 2, 23, 59, 59, tzinfo=UTC)),
        ("20260303", "UTC", NOON),
        ("20270101*0000*UT", "UTC", datetime(2027, 1, 1, tzinfo=UTC)),
    ],
)
async def test_a_status_is_told_at_its_own_time(stated: str, zone: str, happened: datetime) -> None:
    states, problems = await told(B10, f"AT7*AF*NS***{stated}", time_zone=zone)

    assert (states, problems) == ([("IN_TRANSIT", happened)], [])


@pytest.mark.parametrize(("code", "state"), STATUSES.items())
async def test_every_status_known_is_a_state_or_nothing(code: str, state: str) -> None:
    states, problems = await told(B10, f"AT7*{code}*NS***20260303*1000*UT")

    assert ([name for name, _ in states], problems) == ([] if state == "nothing" else [state], [])


async def test_a_profile_adds_statuses_and_an_appointment_says_nothing() -> None:
    states, problems = await told(B10, "AT7***AA*NA*20260304*0830*UT", AT7.replace("AF", "Q1"), statuses={"Q1": "LOST"})

    assert ([name for name, _ in states], problems) == (["LOST"], [])


@pytest.mark.parametrize(
    ("body", "element"),
    [
        ((AT7,), "ST"),
        ((B10,), "B10"),
        (("B10*PRO-1**HAUL", AT7), "B1002"),
        ((f"B10*PRO-1*{'9' * 81}*HAUL", AT7), "B1002"),
        ((B10, AT7, "AT7*D1*NS***20260230*1000*UT"), "AT705"),
        ((B10, AT7, "AT7*D1*NS***20260303*2561*UT"), "AT706"),
        ((B10, AT7, "AT7*D1*NS***20260303*1000*XX"), "AT707"),
    ],
)
async def test_a_document_that_is_broken_is_refused_by_its_element(body: tuple[str, ...], element: str) -> None:
    states, problems = await told(*body)

    assert states == []
    assert element in problems


async def test_what_came_is_acknowledged_and_what_is_not_read_is_rejected_in_it() -> None:
    async with rehearsing() as on:
        await on.read(status("AF", 10))
        await on.read(interchange("210", "IM", "B3**1", control=22), "bill")
        written = [content.decode() for content in on.box.written()]

    assert [errors_of(document) for document in written] == [[], []]
    assert ["AK5*A~" in document for document in written] == [True, False]
    assert "AK5*R*1~" in written[1]


async def test_a_document_of_another_sender_is_refused() -> None:
    async with rehearsing(partner="02:OTHER") as on:
        reading = await on.read(status("AF", 10))

    assert ([problem.field for problem in reading.problems], list(reading.commands)) == (["ISA06"], [])


ELEMENTS = st.sampled_from(["", "AF", "D1", "A", "D", "P-1", "20260303", "1000", "UT", "9" * 90, "\x00", "XX"])
TAGS = st.sampled_from(["B10", "AT7", "B1", "LX", "L11", "AK1", "AK5", "AK9", "OTI", "QQQ"])
SEGMENTS = st.builds(lambda tag, rest: "*".join([tag, *rest]), TAGS, st.lists(ELEMENTS, max_size=9))
SETS = st.sampled_from([("214", "QM"), ("990", "GF"), ("997", "FA"), ("824", "AG"), ("210", "IM")])
GIVEN = st.sampled_from([B10, AT7, "B1*HAUL*P-1*20260303*A"])


@settings(derandomize=True, deadline=None)
@given(kind=SETS, body=st.lists(SEGMENTS | GIVEN, max_size=8))
def test_whatever_segments_say_is_a_sound_command_or_answer_or_a_problem(
    kind: tuple[str, str], body: list[str]
) -> None:
    agreement = read_settings(json.dumps({**PROFILE, "mailbox": {"kind": "directory", "folder": "box"}}))
    findings = Findings()
    interchanges = interchanges_of(interchange(*kind, *body), "", lambda _: agreement, findings)

    acknowledged(interchanges, findings)
    read = told_by(interchanges, agreement, Came("haul", "document", NOON), findings)

    for command in read.commands:
        protovalidate.validate(command)
    assert read.commands or read.responses or findings.problems or kind[0] not in {"990", "210"}


async def test_a_published_status_says_where_the_shipment_is() -> None:
    content = published("edinet-214-MGCTLYST-SAMPLE.edi")

    async with rehearsing(own="ZZ:MGCTLYST", partner="02:SCAC", time_zone="America/New_York") as on:
        reading = await on.read(content)

    assert [problem.reason for problem in reading.problems] == []
    (event,) = [command.carrier_event for command in reading.commands]
    assert (event.tracking_number, ShipmentState.Name(event.state)[15:]) == ("75027674", "DELIVERED")
    assert instant_of(event.occur_time) == datetime(2016, 7, 26, 16, 30, tzinfo=UTC)


async def test_a_published_response_takes_its_tender() -> None:
    content = published("edinet-990-MGCTLYST-SAMPLE.edi")

    async with rehearsing(own="ZZ:MGCTLYST", partner="02:SCAC") as on:
        request = on.parcel("75027674")
        await on.tendered(request)
        reading = await on.read(content)

        assert (await on.found(request)).outcome == call_pb2.OUTCOME_DONE
    assert not reading.problems

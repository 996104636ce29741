"""Published purchase orders, which we did not write, read with the example profile of their mailbox."""

from __future__ import annotations

import json
from decimal import Decimal

import protovalidate
import pytest
from google.type.money_pb2 import Money

from crossdock.orders.v1.orders_pb2 import INSTRUMENT_HOLDER_TERMS
from tests.adapters.x12_channel.documents import PROFILES, named, published, read, read_with

READABLE = ("ediengine-850.OK.edi", "edinet-x12.850.edi", "edinet-x12.850a.edi", "x12types-004010_850.edi")
BROKEN = "ediengine-850.SyntaxNotes.ERR.edi"


def amount(money: Money) -> Decimal:
    return Decimal(money.units) + Decimal(money.nanos).scaleb(-9)


def line_sums(content: bytes) -> list[Decimal]:
    """Answers quantity times price of each PO1 of a file, by nothing but splitting its text."""
    text = content.decode("utf-8-sig").replace("~", "\n")
    lines = [line.strip().split("*") for line in text.splitlines() if line.strip().startswith("PO1*")]
    return [Decimal(line[2]) * Decimal(line[4]) for line in lines]


@pytest.mark.parametrize("name", READABLE)
def test_a_readable_file_becomes_an_order_with_the_line_sums_of_the_file(name: str) -> None:
    content = published(name)

    reading = read_with(content, "x12-mailbox.json")

    (command,) = reading.commands
    assert not reading.problems
    assert [line.quantity * amount(line.unit_price) for line in command.place_order.lines] == line_sums(content)
    assert command.draft_unknown_skus
    protovalidate.validate(command)


@pytest.mark.parametrize(
    ("name", "reference", "skus", "terms"),
    [
        (READABLE[0], "08292233294", ["AB3542", "RD5322", "XY5266", "VX2332", "RV0524", "DX1875"], "NET46"),
        (READABLE[1], "1000012", ["0054321"], ""),
        (READABLE[2], "4600000406", ["A_QU001-BLK", "A_QF001-BLK", "A_QF001-RED"], "NET60"),
        (READABLE[3], "A99999-01", [f"0028400{digit * 5}" for digit in "2345678"], "NET16"),
    ],
)
def test_a_partners_own_codes_are_read_by_its_profile(name: str, reference: str, skus: list[str], terms: str) -> None:
    (command,) = read_with(published(name), "x12-mailbox.json").commands

    order = command.place_order
    assert (order.channel_reference, [line.sku for line in order.lines]) == (reference, skus)
    assert [(one.holder, one.reference) for one in order.instruments] == [(INSTRUMENT_HOLDER_TERMS, terms)]


def test_the_total_a_file_states_is_carried() -> None:
    order = read_with(published(READABLE[0]), "x12-mailbox.json").commands[0].place_order

    assert amount(order.stated_totals.goods_total) == sum(line_sums(published(READABLE[0]))) == Decimal("13045.94")


def test_customs_data_units_and_parties_of_a_file_are_carried() -> None:
    order = read_with(published("edinet-x12.850a.edi"), "x12-mailbox.json").commands[0].place_order

    assert {line.customs.hs_code for line in order.lines} == {"5811003000"}
    assert {line.unit_code for line in order.lines} == {"YRD"}
    assert order.currency_code == "USD"
    assert order.incoterm == "EXW"
    assert (order.ship_to.address.city, order.ship_to.external_id) == ("Laredo", "T100")
    assert (order.customer.name, order.bill_to.name) == ("1500", "Test Inc.")


def test_broken_syntax_is_kept_with_segment_position_element_and_reason() -> None:
    reading = read_with(published(BROKEN), "x12-mailbox.json")

    assert not reading.commands
    assert named(reading) == [
        ("ISA[1]/GS[1]/ST[1], PO1 at segment 15", "PO107"),
        ("ISA[1]/GS[1]/ST[1], PO4 at segment 32", "PO406"),
        ("ISA[1]/GS[1]/ST[1], PO4 at segment 32", "PO406"),
    ]
    assert ["P0607" in reading.problems[0].reason, "C0506" in reading.problems[1].reason] == [True, True]


def test_broken_syntax_is_taken_in_once_the_profile_forgives_it() -> None:
    profile = json.loads((PROFILES / "x12-mailbox.json").read_text())

    reading = read(published(BROKEN), **{**profile, "tolerate": ["PO1.P0607", "PO4.C0506", "PO4.P0607"]})

    assert [command.location for command in reading.commands] == ["ISA[1]/GS[1]/ST[1]"]
    assert reading.commands[0].place_order.lines[0].sku == "AB3542"
    assert not reading.problems


def test_a_sender_without_forgiveness_is_refused_for_its_isa_and_then_for_its_iea() -> None:
    content = published("edinet-x12.850a.edi")

    strict = read(content, currency_code="USD", country_code="US")
    loose = read(content, currency_code="USD", country_code="US", isa_fixed_length=False)

    assert not strict.commands + loose.commands
    assert named(strict) == [("ISA[1], ISA at segment 1", "ISA08")]
    assert named(loose) == [("ISA[1], IEA at segment 54", "IEA02")]
    assert "expected '000000055' as in ISA13, found '000000001'" in loose.problems[0].reason


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ediengine-940_Failed_SE01.edi", [("ISA[1]/GS[1]/ST[1], SE at segment 11", "SE01")]),
        (
            "ediengine-ControlNumbersMismatch.edi",
            [
                ("ISA[1]/GS[1]/ST[1], SE at segment 7", "SE02"),
                ("ISA[1]/GS[1], GE at segment 8", "GE02"),
                ("ISA[1], IEA at segment 9", "IEA02"),
            ],
        ),
        (
            "ediengine-WrongGroupsAndTranCount.edi",
            [("ISA[1]/GS[1], GE at segment 8", "GE01"), ("ISA[1], IEA at segment 9", "IEA01")],
        ),
        ("ediengine-NonEdi.edi", [("segment 1", "application/edi-x12")]),
    ],
)
def test_a_published_broken_envelope_is_named_where_it_breaks(name: str, expected: list[tuple[str, str]]) -> None:
    reading = read_with(published(name), "x12-mailbox.json")

    assert not reading.commands
    assert named(reading) == expected


def test_transactions_of_other_sorts_are_named_in_every_interchange() -> None:
    reading = read_with(published("ediengine-MultipleInterchangesAndGroups.edi"), "x12-mailbox.json")

    assert [field for _, field in named(reading)] == ["ST01"] * 6
    assert {location.partition("/")[0] for location, _ in named(reading)} == {"ISA[1]", "ISA[2]"}

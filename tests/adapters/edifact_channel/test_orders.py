"""What the segments of an order become, and what keeps one from being taken."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import protovalidate
import pytest
from google.type.money_pb2 import Money
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.edifact_channel.mapping import read_document
from adapters.edifact_channel.settings import read_settings
from adapters.sdk.calls import BadCall
from adapters.sdk.documents.reading import Reading
from tests.adapters.sdk.edifact.test_syntax import published

OWN = Path(__file__).parents[3] / "adapters/edifact_channel/documents/two-orders.edi"
BODY = ("BGM+220+E-9+9", "NAD+BY+4012345000009::9", "CUX+2:EUR:9", "LIN+1++MUG-BLUE:SA", "QTY+21:2", "UNS+S")


def read(document: str | bytes, **profile: object) -> Reading:
    content = document if isinstance(document, bytes) else document.encode()
    return read_document(content, "application/edifact", read_settings(json.dumps(profile)), "B2B-DE")


def a_document(*body: str) -> str:
    segments = (
        "UNB+UNOY:3+BUYER+US+261103:0730+7",
        "UNH+1+ORDERS:D:96A:UN",
        *body,
        f"UNT+{len(body) + 2}+1",
        "UNZ+1+7",
    )
    return "".join(f"{segment}'" for segment in segments)


def with_segment(tag: str, *new: str) -> str:
    return a_document(*(one for kept in BODY for one in (new if kept.startswith(tag) else (kept,))))


def named(reading: Reading) -> list[str]:
    return [problem.field for problem in reading.problems]


def amount(money: Money) -> Decimal:
    return Decimal(money.units) + Decimal(money.nanos).scaleb(-9)


def test_our_own_orders_are_carried_whole() -> None:
    reading = read(OWN.read_bytes(), terms="NET30")

    assert not reading.problems
    first, second = (command.place_order for command in reading.commands)
    for command in reading.commands:
        protovalidate.validate(command)
        assert not command.place_order.unread_facts
    assert [first.channel_reference, second.channel_reference] == ["E-1", "E-2"]
    assert [(line.sku, line.quantity, line.unit_code) for line in first.lines] == [
        ("MUG-BLUE", 3, "H87"),
        ("TRAY-OAK", 2, ""),
    ]
    assert [amount(line.unit_price) for line in first.lines] == [Decimal("12.50")] * 2
    assert first.lines[0].title == "Stoneware mug, blue"
    assert first.lines[1].ship_not_before_time.ToJsonString() == "2026-11-10T00:00:00Z"
    assert {line.cancel_after_time.ToJsonString() for line in first.lines} == {"2026-11-20T23:59:59Z"}
    assert (first.customer.name, first.customer.email, first.customer.phone) == (
        "Jana Kr'uger", "order@nord.example", "+49 40 1234",
    )  # fmt: skip
    assert (first.ship_to.name, first.ship_to.address.city) == ("Kaufhaus Nord Lager", "Hamburg")
    assert (amount(first.stated_totals.goods_total), amount(first.stated_totals.grand_total)) == (
        Decimal("62.50"), Decimal("62.50"),
    )  # fmt: skip
    assert first.attributes["edifact.rff.CT"] == "FRAME-7"
    assert first.instruments[0].reference == "NET30"
    assert second.customer.external_id == second.customer.name == "4012345000009"


def test_a_decimal_sign_that_una_announces_is_read() -> None:
    document = "UNA:+,? '" + with_segment("QTY", "QTY+21:2", "PRI+AAA:12,50")

    assert amount(read(document).commands[0].place_order.lines[0].unit_price) == Decimal("12.50")


@pytest.mark.parametrize(
    ("tag", "new", "element"),
    [
        ("BGM", ("BGM+220+E-9+1",), "BGM03"),
        ("BGM", ("BGM+220++9",), "BGM02"),
        ("BGM", (), "UNS"),
        ("NAD", (), "BGM"),
        ("NAD", ("NAD+BY+1", "NAD+DP+2++Lager+Weg 1+++20095+DE"), "NAD06"),
        ("NAD", ("NAD+BY+1", "NAD+BY+2"), "NAD01"),
        ("CUX", (), "BGM"),
        ("CUX", ("CUX+2:euro:9",), "CUX01"),
        ("LIN", ("LIN+1++MUG-BLUE:QQ",), "LIN03"),
        ("LIN", (), "UNS"),
        ("QTY", (), "LIN"),
        ("QTY", ("QTY+21:2", "QTY+21:3"), "LIN"),
        ("QTY", ("QTY+21:2.5",), "QTY01"),
        ("QTY", ("QTY+21:0",), "QTY01"),
        ("QTY", ("QTY+21:2", "PRI+AAA:cheap"), "PRI01"),
        ("QTY", ("QTY+21:2", "PRI+AAA:1:::7"), "PRI01"),
        ("QTY", ("QTY+21:2", "DTM+37:soon:102"), "DTM01"),
        ("QTY", ("QTY+21:2", "DTM+37:20261332:102"), "DTM01"),
        ("QTY", ("QTY+21:2", "NAD+DP+2"), "NAD"),
        ("UNS", ("UNS+S", "CNT+2:2"), "CNT01"),
        ("UNS", ("UNS+S", "CNT+1:3"), "CNT01"),
        ("UNS", ("UNS+S", "MOA+86:much"), "MOA01"),
    ],
)
def test_an_order_that_cannot_be_read_is_named_by_its_element(tag: str, new: tuple[str, ...], element: str) -> None:
    reading = read(with_segment(tag, *new))

    assert not reading.commands
    assert element in named(reading)


@pytest.mark.parametrize(
    ("segment", "fact"),
    [("FTX+AAA+++leave at the door", "header.FTX"), ("ALC+A", "header.ALC"), ("DTM+69:20261103:102", "header.DTM=69")],
)
def test_what_nobody_acts_on_holds_the_order_unless_it_is_ignored(segment: str, fact: str) -> None:
    document = with_segment("CUX", "CUX+2:EUR:9", segment)

    held, ignored = read(document), read(document, ignored_facts=[fact])

    (told,) = held.commands[0].place_order.unread_facts
    assert fact in told.reason
    assert "door" not in told.value
    assert not ignored.commands[0].place_order.unread_facts


def test_a_currency_and_a_channel_come_from_the_profile_or_refuse_the_order() -> None:
    document = with_segment("CUX")

    assert read(document, currency_code="USD", channel_id="X").commands[0].place_order.channel_id == "X"
    assert not read_document(document.encode(), "", read_settings('{"currency_code": "USD"}'), "").commands


@pytest.mark.parametrize(
    ("profile", "setting"),
    [
        ('{"currency_code": "euro"}', "currency_code"),
        ('{"country_code": "Germany"}', "country_code"),
        ('{"time_zone": "Mars"}', "time_zone"),
        ('{"sku_types": "SA"}', "sku_types"),
    ],
)
def test_a_malformed_profile_names_its_setting(profile: str, setting: str) -> None:
    with pytest.raises(BadCall, match=setting):
        read_settings(profile)


def test_other_messages_and_empty_documents_are_named() -> None:
    assert named(read(a_document(*BODY).replace("ORDERS", "INVOIC"))) == ["UNH02"]
    assert named(read(b"")) == ["application/edifact"]
    assert named(read(b"hello")) == ["application/edifact"]


@pytest.mark.parametrize(
    ("name", "tolerate", "reference", "lines"),
    [
        ("pydifact-order.edi", ["UNZ"], "801715918011", [("5020436373085", 8), ("5020436373108", 8)]),
        ("pydifact-order2.edi", ["UNZ"], "PO123456", [("ABC123", 10)]),
    ],
)
def test_a_published_order_is_refused_for_its_missing_end_and_taken_once_that_is_forgiven(
    name: str, tolerate: list[str], reference: str, lines: list[tuple[str, int]]
) -> None:
    content = published(name)

    strict, loose = read(content, currency_code="EUR"), read(content, currency_code="EUR", tolerate=tolerate)

    assert (list(strict.commands), named(strict)) == ([], ["UNB"])
    (command,) = loose.commands
    protovalidate.validate(command)
    assert command.place_order.channel_reference == reference
    assert [(line.sku, line.quantity) for line in command.place_order.lines] == lines


COMPONENTS = st.sampled_from(
    ["", "21", "137", "AAA", "BY", "DP", "2", "20261104", "102", "MUG-BLUE", "SA", "-1", "9" * 30]
)
TAG_NAMES = "BGM DTM NAD CTA COM CUX LIN PIA IMD QTY PRI UNS MOA CNT RFF FTX QQQ"
TAGS = st.sampled_from(TAG_NAMES.split())
ELEMENTS = st.lists(COMPONENTS, max_size=4).map(":".join)
SEGMENTS = st.builds(lambda tag, rest: "+".join([tag, *rest]), TAGS, st.lists(ELEMENTS, max_size=9))


@settings(derandomize=True, deadline=None)
@given(body=st.lists(SEGMENTS | st.sampled_from(BODY), max_size=12))
def test_whatever_segments_say_is_a_valid_command_or_a_problem(body: list[str]) -> None:
    reading = read(a_document(*body))

    assert reading.commands or reading.problems
    for command in reading.commands:
        protovalidate.validate(command)

"""How values read, and how a person writes them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import typer
from google.protobuf.timestamp_pb2 import Timestamp
from google.type.money_pb2 import Money

from crossdock.orders.v1 import orders_pb2
from hub.app.cli import wording


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Money(currency_code="EUR", units=105), "105.00 EUR"),
        (Money(currency_code="EUR", units=-1, nanos=-500_000_000), "-1.50 EUR"),
        (Money(currency_code="JPY", units=1200), "1200 JPY"),
        (Money(currency_code="KWD", units=1, nanos=5_000_000), "1.005 KWD"),
        (Money(currency_code="EUR", units=0, nanos=12_500_000), "0.0125 EUR"),
        (Money(), ""),
    ],
)
def test_money_reads_with_the_digits_of_its_currency(amount: Money, text: str) -> None:
    assert wording.money(amount) == text


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("3d", timedelta(days=3)),
        ("5h", timedelta(hours=5)),
        ("1d12h", timedelta(days=1, hours=12)),
        ("2w", timedelta(weeks=2)),
        ("90s", timedelta(seconds=90)),
        ("1h1h", timedelta(hours=2)),
        ("0s", timedelta()),
    ],
)
def test_a_span_is_written_as_numbers_with_units(text: str, length: timedelta) -> None:
    assert wording.span(text) == length
    assert wording.duration(length).ToTimedelta() == length


@pytest.mark.parametrize("text", ["", "3", "d", "-1d", "1.5h", "3 days", "1y"])
def test_what_is_no_span_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="write 3d"):
        wording.span(text)


def test_instants_read_in_utc_and_absent_ones_as_nothing() -> None:
    at = Timestamp()
    at.FromDatetime(datetime(2026, 11, 17, 8, 5, tzinfo=UTC))

    assert (wording.instant(at), wording.day(at)) == ("2026-11-17 08:05:00", "2026-11-17")
    assert wording.instant(Timestamp()) == ""


def test_a_state_reads_without_its_prefix_and_a_newer_one_as_its_number() -> None:
    assert wording.state(orders_pb2.OrderState, orders_pb2.ORDER_STATE_PLACED, "ORDER_STATE_") == "PLACED"
    assert wording.state(orders_pb2.OrderState, 0, "ORDER_STATE_") == ""
    assert wording.state(orders_pb2.OrderState, 99, "ORDER_STATE_") == "99"


def test_a_state_is_written_in_any_case_and_an_unknown_one_refused_with_those_there_are() -> None:
    assert wording.state_value(orders_pb2.OrderState, "closed", "ORDER_STATE_", "--state") == 3

    with pytest.raises(typer.BadParameter, match="PLACED, CONFIRMED, CLOSED"):
        wording.state_value(orders_pb2.OrderState, "shut", "ORDER_STATE_", "--state")


def test_an_id_is_brought_to_its_one_form_or_refused() -> None:
    assert wording.identity("01A204DCAF3170AAACB04C71B22F38D5", "ID") == "01a204dc-af31-70aa-acb0-4c71b22f38d5"

    with pytest.raises(typer.BadParameter, match="ids are UUIDs"):
        wording.identity("5001001", "ID")


def test_counts_read_as_people_count() -> None:
    assert (wording.count(1, "order"), wording.count(1200, "order")) == ("1 order", "1,200 orders")

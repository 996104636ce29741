"""What readers of documents share: numbers exactly as written, text fit to be kept, no card numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.sdk.documents.cards import carried, has_card_number, masked
from adapters.sdk.documents.reading import (
    Findings,
    decimal_of,
    money_of,
    plain,
    shown,
    timestamp_from,
    whole_of,
)
from hub.inbox.policy import holds_card_number


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("12.50", Decimal("12.50")),
        (" 12 ", Decimal(12)),
        (".5", Decimal("0.5")),
        ("-3.", Decimal(-3)),
        (7, Decimal(7)),
        (Decimal("0.123456789"), Decimal("0.123456789")),
        ("999999999999999.999999999", Decimal("999999999999999.999999999")),
        ("1000000000000000", None),
        ("0.0000000001", None),
        (Decimal("1E+999999999"), None),
        (Decimal("1E-999999999"), None),
        (Decimal("0E-999999999"), Decimal(0)),
        (Decimal("2.50" + "0" * 50), Decimal("2.5")),
        ("1e3", None),
        ("1,5", None),
        ("٣", None),
        ("NaN", None),
        (Decimal("Infinity"), None),
        (0.5, None),
        (True, None),
        (None, None),
        ([], None),
    ],
)
def test_a_decimal_is_read_exactly_or_not_at_all(value: object, expected: Decimal | None) -> None:
    assert decimal_of(value) == expected


def test_twelve_point_zero_is_whole_and_twelve_point_five_is_not() -> None:
    assert [whole_of("12.0"), whole_of("12.5"), whole_of("twelve")] == [12, None, None]


@given(number=st.decimals(-(10**14), 10**14, places=9))
def test_money_loses_nothing_on_the_wire(number: Decimal) -> None:
    money = money_of(number, "EUR")

    assert Decimal(money.units) + Decimal(money.nanos).scaleb(-9) == number
    assert money.units * money.nanos >= 0


@pytest.mark.parametrize(
    "text",
    [
        "4111111111111111",
        "a 4111 1111 1111 1111!",
        "5500-0000-0000-0004",
        "x4111111111111111 1",
        "9 4111111111111111",
        "4111.1111.1111.1111",
        "4111\u00a01111\u00a01111\u00a01111",
        "%B4111111111111111^A/B^25",
        "\uff14" + "\uff11" * 15,
    ],
)
def test_a_card_number_is_found_and_masked_whatever_stands_beside_it(text: str) -> None:
    assert has_card_number(text)
    assert "4111" not in masked(text)
    assert "0004" not in masked(text)


@pytest.mark.parametrize("text", ["", "4111111111111112", "4111 1111", "order 5001001", "+31 20 555 0101", "0" * 16])
def test_what_is_no_card_number_is_left_as_it_is(text: str) -> None:
    assert not has_card_number(text)
    assert masked(text) == text


@pytest.mark.parametrize(
    "name", ["5014710497468", "5904688672755", "36000000000081", "5010139624591 2", "400638133393"]
)
def test_a_number_that_names_goods_or_places_is_no_card_number(name: str) -> None:
    assert masked(name) == name


@pytest.mark.parametrize("before", range(12, 24))
def test_a_cut_leaves_no_beginning_of_a_card_number(before: int) -> None:
    text = "x" * before + " 4111 1111 1111 1111"

    assert "4" not in carried(text, 24)


@given(
    text=st.text("0123456789 -./_\u00a0\uff14\uff11", max_size=40) | st.from_regex(r"[2-6]\d{12,18}", fullmatch=True)
)
def test_what_the_hub_refuses_as_a_card_number_is_masked(text: str) -> None:
    assert has_card_number(text) or not holds_card_number(text)
    assert not holds_card_number(masked(text))


@given(text=st.text() | st.text("\ud800\x00\udfff\n a"))
def test_plain_text_can_be_kept_and_sent(text: str) -> None:
    kept = plain(text, 10)

    assert len(kept) <= 10
    assert kept == plain(kept)
    assert "\x00" not in kept.encode().decode()


@given(value=st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_any_value_can_be_shown_in_a_sentence(value: object) -> None:
    assert len(shown(value)) <= 45


def test_an_instant_needs_its_offset_and_a_year_that_exists() -> None:
    texts = ["2026-11-03T10:00:00+01:00", "2026-11-03T10:00:00", "0001-01-01T00:00:00+14:00", "soon"]

    assert [timestamp_from(text) is not None for text in texts] == [True, False, False, False]


def test_a_finding_is_kept_once() -> None:
    findings = Findings()

    findings.refuse("line 1", "sku", "is missing")
    findings.refuse("line 1", "sku", "is missing")

    assert len(findings.problems) == 1
    assert findings.refused

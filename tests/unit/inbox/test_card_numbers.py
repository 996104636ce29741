"""Card numbers are masked where a document is shown, and nothing that names goods, places or orders."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.inbox.policy import holds_card_number, impersonal, masked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('{"card": "4111111111111111"}', '{"card": "************1111"}'),
        ("card 4111 1111 1111 1111, thanks", "card **** **** **** 1111, thanks"),
        ("5555-5555-5555-4444", "****-****-****-4444"),
        ("SHIRT,378282246310005,3", "SHIRT,***********0005,3"),
        ("3782 822463 10005", "**** ****** *0005"),
        ("REF*CC*6011111111111117~N1", "REF*CC*************1117~N1"),
        ("4111111111111111\n5105105105105100\n", "************1111\n************5100\n"),
        ("30569309025904", "**********5904"),
    ],
)
def test_a_card_number_keeps_its_last_four_digits(text: str, shown: str) -> None:
    assert masked(text) == shown
    assert holds_card_number(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("4111111111111112", id="a wrong check digit"),
        pytest.param("9111111111111111", id="no scheme's digits"),
        pytest.param("PO4111111111111111", id="part of a reference"),
        pytest.param("411111111111111100000", id="part of a longer number"),
        pytest.param("5014710497468", id="a GTIN-13 from the United Kingdom"),
        pytest.param("5908128347262", id="a GTIN-13 from Poland"),
        pytest.param("5010139624591", id="a GLN"),
        pytest.param("5400000099900", id="a shop's number of an order"),
        pytest.param("36000000000081", id="a GTIN-14 that passes for a card"),
        pytest.param("0000000000000000", id="zeroes"),
    ],
)
def test_what_names_goods_places_or_orders_stays(text: str) -> None:
    assert masked(text) == text


@given(st.integers(0, 10**12 - 1))
def test_no_article_number_of_13_digits_is_masked(number: int) -> None:
    digits = f"{number:012}"
    check = -sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10

    assert masked(f"{digits}{check}") == f"{digits}{check}"


@given(st.text("0123456789 -,*~\"':id{}\n", max_size=120))
def test_masking_twice_is_masking_once_and_the_length_stays(text: str) -> None:
    shown = masked(text)

    assert len(shown) == len(text)
    assert masked(shown) == shown


@pytest.mark.parametrize(
    ("about", "said", "shown"),
    [
        ("orders[0].email", "email is no address: 'ada@'", "email is no address: (value)"),
        ("orders[0].shipping_address.zip", "zip is longer than 20: '1015 AA...'", "zip is longer than 20: (value)"),
        ("line 4 N1 02", "name is stated twice: 'Ada Visser'", "name is stated twice: (value)"),
        ("orders[0].note", "is 'call +31 6 12345678 or ada@example.com'", "is 'call (phone) or (e-mail)'"),
        ("orders[0].note", "paid by 4111111111111111", "paid by ************1111"),
        ("orders[0].currency", "is 'EURO', no ISO 4217 code", "is 'EURO', no ISO 4217 code"),
    ],
)
def test_a_problem_quotes_nothing_of_a_person(about: str, said: str, shown: str) -> None:
    assert impersonal(said, about=about) == shown

"""Money is the same amount on both sides of the wire."""

from __future__ import annotations

import pytest
from google.type import money_pb2
from hypothesis import given
from hypothesis import strategies as st

from hub.kernel.errors import InvalidField
from hub.kernel.money import Money
from hub.wire.money import money_from_pb, money_to_pb

CURRENCIES = st.sampled_from(["EUR", "JPY", "KWD", "CLF", "USD"])


@given(st.integers(-(10**15), 10**15), CURRENCIES)
def test_money_survives_the_wire(minor: int, currency: str) -> None:
    message = money_to_pb(Money(minor, currency))

    assert money_from_pb(message) == Money(minor, currency)
    assert message.units * message.nanos >= 0


@pytest.mark.parametrize(
    ("minor", "currency", "units", "nanos"),
    [(10500, "EUR", 105, 0), (-150, "EUR", -1, -500_000_000), (7, "JPY", 7, 0), (1, "KWD", 0, 1_000_000)],
)
def test_money_is_written_in_units_and_nanos_of_one_sign(minor: int, currency: str, units: int, nanos: int) -> None:
    expected = money_pb2.Money(currency_code=currency, units=units, nanos=nanos)

    assert money_to_pb(Money(minor, currency)) == expected


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (money_pb2.Money(units=1), "not on the list"),
        (money_pb2.Money(currency_code="ZZZ", units=1), "not on the list"),
        (money_pb2.Money(currency_code="XXX", units=1), "not on the list"),
        (money_pb2.Money(currency_code="eur", units=1), "not on the list"),
        (money_pb2.Money(currency_code="EUR", units=1, nanos=-500_000_000), "nanos"),
        (money_pb2.Money(currency_code="EUR", nanos=1_000_000_000), "nanos"),
        (money_pb2.Money(currency_code="EUR", nanos=1_000_000), "nanos"),
        (money_pb2.Money(currency_code="JPY", nanos=500_000_000), "nanos"),
    ],
)
def test_amounts_that_are_none_are_refused_by_field(message: money_pb2.Money, reason: str) -> None:
    with pytest.raises(InvalidField) as refused:
        money_from_pb(message, field="order.total")

    assert refused.value.metadata == {"order.total": reason}

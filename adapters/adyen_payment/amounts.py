"""Amounts as Adyen counts them: minor units by ISO 4217, but for four currencies."""

from __future__ import annotations

from typing import Final

from google.type.money_pb2 import Money

from adapters.sdk.money import NANOS, digits_of, money_of, nanos_of

_DIGITS: Final = {"CLP": 2, "CVE": 0, "IDR": 0, "ISK": 2}


class NotRepresentable(Exception):
    """Adyen cannot take the amount; the message says why."""


def minor_of(money: Money) -> int:
    """Return the amount in Adyen's minor units. Raises BadCall where it is none, NotRepresentable."""
    minor, rest = divmod(nanos_of(money, "amount") * _minor_units(money.currency_code), NANOS)
    if rest:
        raise NotRepresentable(f"Adyen does not take so small a part of {money.currency_code}.")
    return minor


def money_from(minor: int, currency: str) -> Money:
    """Return the amount of Adyen's minor units."""
    return money_of(minor * NANOS // _minor_units(currency), currency)


def _minor_units(currency: str) -> int:
    """Return how many of Adyen's minor units are one unit."""
    units: int = 10 ** _DIGITS.get(currency, digits_of(currency))
    return units

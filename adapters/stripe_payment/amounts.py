"""Amounts as Stripe counts them: whole minor units, by rules of its own for some currencies.

Stripe takes ISK and UGX in hundredths although they have none, MGA in whole units although it has hundredths, and the
last digit of a currency with three of them must be 0.
"""

from __future__ import annotations

from typing import Final

from google.type.money_pb2 import Money

from adapters.sdk.money import NANOS, money_of, nanos_of

_MINOR_UNITS: Final[dict[str, int]] = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA"), 1),
    **dict.fromkeys(("PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"), 1),
    **dict.fromkeys(("BHD", "JOD", "KWD", "OMR", "TND"), 1000),
}
_STEP: Final[dict[str, int]] = {
    **dict.fromkeys(("ISK", "UGX"), 100),
    **dict.fromkeys(("BHD", "JOD", "KWD", "OMR", "TND"), 10),
}
"""Minor units of which an amount must be a multiple, where it is not 1."""


class NotRepresentable(Exception):
    """Stripe cannot take the amount; the message says why."""


def minor_of(money: Money) -> int:
    """Return the amount in Stripe's minor units. Raises BadCall where it is none, NotRepresentable."""
    currency = money.currency_code
    minor, rest = divmod(nanos_of(money, "amount") * _minor_units(currency), NANOS)
    if rest or minor % _STEP.get(currency, 1):
        raise NotRepresentable(f"Stripe does not take so small a part of {currency}.")
    return minor


def money_from(minor: int, currency: str) -> Money:
    """Return the amount of Stripe's minor units; `currency` is in Stripe's small letters."""
    code = currency.upper()
    return money_of(minor * NANOS // _minor_units(code), code)


def _minor_units(currency_code: str) -> int:
    """Return how many of Stripe's minor units are one unit."""
    return _MINOR_UNITS.get(currency_code, 100)

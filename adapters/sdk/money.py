"""Sums of money as exact integers: billionths of the currency's unit. Never a float.

How many digits a currency has follows ISO 4217. Which amounts are asked for is decided elsewhere.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from google.type.money_pb2 import Money

from adapters.sdk.calls import BadCall

NANOS: Final = 1_000_000_000

_DIGITS: Final[dict[str, int]] = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI"), 0),
    **dict.fromkeys(("VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}


def nanos_of(money: Money, field: str) -> int:
    """Answers the amount in billionths of a unit. Raises BadCall naming the field when it is not an amount."""
    if len(money.currency_code) != 3 or not money.currency_code.isupper():
        raise BadCall(f"{field}.currency_code is not an ISO 4217 code")
    if abs(money.nanos) >= NANOS or money.units * money.nanos < 0:
        raise BadCall(f"{field} is not an amount: units and nanos disagree")
    return money.units * NANOS + money.nanos


def money_of(nanos: int, currency_code: str) -> Money:
    """Answers the Money of an amount in billionths of a unit."""
    units, rest = divmod(abs(nanos), NANOS)
    sign = -1 if nanos < 0 else 1
    return Money(currency_code=currency_code, units=sign * units, nanos=sign * rest)


def text_of(nanos: int, currency_code: str) -> str:
    """Answers the amount as a decimal number with at least the currency's digits, for example 105.00."""
    amount = Decimal(nanos).scaleb(-9).normalize()
    digits = max(digits_of(currency_code), -int(amount.as_tuple().exponent))
    return f"{amount:.{digits}f}"


def digits_of(currency_code: str) -> int:
    """Answers the digits of the currency's minor unit by ISO 4217; 2 for a code it does not list otherwise."""
    return _DIGITS.get(currency_code, 2)


def half_up(numerator: int, denominator: int) -> int:
    """Answers the quotient rounded to the nearest integer, halves away from zero. The denominator is positive."""
    rounded = (2 * abs(numerator) + denominator) // (2 * denominator)
    return rounded if numerator >= 0 else -rounded

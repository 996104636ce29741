"""How much tax is contained in an amount. Exact; never a float."""

from __future__ import annotations

from fractions import Fraction

from adapters.sdk.money import NANOS, digits_of, half_up


def contained_tax(amount_nanos: int, rate: Fraction, currency_code: str) -> int:
    """Answers the tax contained in an amount, both in billionths of a unit.

    It is amount x rate / (1 + rate), rounded to the currency's minor unit, halves away from zero.
    """
    tax = Fraction(amount_nanos) * rate / (1 + rate)
    minor: int = NANOS // 10 ** digits_of(currency_code)
    return half_up(tax.numerator, tax.denominator * minor) * minor

"""Exact arithmetic of trade: amounts are whole minor units, factors are fractions, and only results are rounded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from math import ceil, floor
from typing import Final

from msgspec import Struct

from hub.kernel.money import Money, minor_digits
from hub.trade.errors import ExchangeRateMissing
from hub.trade.model.rules import ExchangeRate, Rounding, RoundingMode, in_force


class Conversion(Struct, frozen=True):
    """Converts between a consignment's currency and a territory's, by one rate; None where both are the same."""

    home: str
    abroad: str
    rate: ExchangeRate | None

    def to_abroad(self, amount: Money) -> Money:
        """Return an amount in the territory's currency, rounded half up to its minor unit."""
        return self._converted(amount, self.abroad)

    def to_home(self, amount: Money) -> Money:
        """Return an amount in the consignment's currency, rounded half up to its minor unit."""
        return self._converted(amount, self.home)

    def rate_abroad(self) -> str:
        """Return what one unit of the consignment's currency is worth abroad, as text; inverses to 10 places."""
        if self.rate is None:
            return "1"
        if self.rate.to_currency == self.abroad:
            return str(self.rate.rate)
        return str(round(1 / self.rate.rate, 10).normalize())

    def _converted(self, amount: Money, currency: str) -> Money:
        if self.rate is None:
            return amount
        factor = Fraction(self.rate.rate) if self.rate.to_currency == currency else 1 / Fraction(self.rate.rate)
        digits = minor_digits(currency) - minor_digits(amount.currency)
        return Money(_half_up(amount.minor * factor * Fraction(10) ** digits), currency)


def conversion(rates: Sequence[ExchangeRate], home: str, abroad: str, day: date) -> Conversion:
    """Return the conversion by the first rate between two currencies that holds on a day, either way round.

    Raise ExchangeRateMissing.
    """
    if home == abroad:
        return Conversion(home, abroad, None)
    for rate in in_force(rates, day):
        if {rate.from_currency, rate.to_currency} == {home, abroad} and rate.rate:
            return Conversion(home, abroad, rate)
    raise ExchangeRateMissing(
        f"No rate between {home} and {abroad} holds on {day}; state one in the request, or add it to exchange_rates.",
        from_currency=home,
        to_currency=abroad,
        day=day,
    )


def minor(amount: Fraction, currency: str) -> Fraction:
    """Return an amount in major units as minor units, exact."""
    factor: int = 10 ** minor_digits(currency)
    return amount * factor


def rounded(exact_minor: Fraction, currency: str, rounding: Rounding) -> Money:
    """Return an amount of at least 0, stated in minor units, rounded to a multiple of the unit of a rounding."""
    unit = _unit(rounding, currency)
    units = exact_minor / unit
    return Money(_half_up(_COUNTS[rounding.mode](units) * unit), currency)


@cache
def _unit(rounding: Rounding, currency: str) -> Fraction:
    """The unit of a rounding in minor units; each is asked for many times over."""
    return minor(Fraction(rounding.unit), currency)


def _half_up(value: Fraction) -> int:
    """The whole number next to a value, the upper one of two: floor(value + 1/2), in whole numbers."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


_COUNTS: Final[Mapping[RoundingMode, Callable[[Fraction], int]]] = {
    RoundingMode.HALF_UP: _half_up,
    RoundingMode.DOWN: floor,
    RoundingMode.UP: ceil,
}

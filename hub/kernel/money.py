"""Exact money: integer minor units by ISO 4217, shares that sum, rounding half up. Never a float."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

from msgspec import Struct

from hub.kernel.errors import CurrencyMismatch

_OTHER_THAN_TWO: Final = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
_DIGITS: Final[dict[str, int]] = {code: digits for digits, codes in _OTHER_THAN_TWO.items() for code in codes.split()}

LARGEST_MINOR: Final = 10**15
"""No amount is larger, in minor units: sums of a thousand of them still fit 64 bits."""


def minor_digits(currency: str) -> int:
    """Decimal digits of a currency's minor unit (ISO 4217 list one); two unless the list says otherwise."""
    return _DIGITS.get(currency, 2)


class Money(Struct, frozen=True, order=True):
    """An amount: `minor` units of `currency` (ISO 4217 code). Adding two currencies raises CurrencyMismatch."""

    minor: int
    currency: str

    @classmethod
    def of(cls, amount: Decimal | int | str, currency: str) -> Money:
        """The amount rounded half up to the currency's minor unit."""
        return cls(minor_of(Decimal(amount), currency), currency)

    @classmethod
    def zero(cls, currency: str) -> Money:
        """Nothing, in a currency."""
        return cls(0, currency)

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def decimal(self) -> Decimal:
        """The amount in major units, exact."""
        return Decimal(self.minor).scaleb(-minor_digits(self.currency))

    def __str__(self) -> str:
        return _written(self.minor, self.currency)

    def _same(self, other: Money) -> int:
        if other.currency != self.currency:
            raise CurrencyMismatch(
                f"{other.currency} cannot be added to {self.currency}; state all amounts in one currency.",
                expected=self.currency,
                found=other.currency,
            )
        return other.minor


@lru_cache(maxsize=4096)
def _written(minor: int, currency: str) -> str:
    digits = minor_digits(currency)
    if not digits:
        return f"{minor} {currency}"
    major, rest = divmod(abs(minor), 10**digits)
    return f"{'-' if minor < 0 else ''}{major}.{rest:0{digits}} {currency}"


def minor_of(amount: Decimal, currency: str) -> int:
    """Minor units of an amount, rounded half up."""
    return half_up(amount.scaleb(minor_digits(currency)))


def half_up(value: Decimal) -> int:
    """The nearest whole number, halves away from zero."""
    return int(value.to_integral_value(ROUND_HALF_UP))


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The sum of amounts, all in `currency`."""
    result = Money.zero(currency)
    for amount in amounts:
        result = result + amount
    return result


def shares(amount: int, weights: Sequence[int]) -> list[int]:
    """`amount` minor units shared by weight: rounded down, the rest one unit each to the earliest with weight.

    5.00 over 3 equal weights is 1.67, 1.67, 1.66. All weights zero: equal shares. The shares sum to `amount`.
    """
    if not amount:
        return [0] * len(weights)
    if not weights:
        return []
    if amount < 0:
        return [-share for share in shares(-amount, weights)]
    used = list(weights) if any(weights) else [1] * len(weights)
    whole = sum(used)
    result = [amount * weight // whole for weight in used]
    rest = amount - sum(result)
    for index, weight in enumerate(used):
        if rest == 0:
            break
        if weight:
            result[index] += 1
            rest -= 1
    return result


def first_units(amount: int, units: int, count: int) -> int:
    """Return what the first `count` of `units` equal units cost of `amount` >= 0: their proportion of it, half up.

    Parts of a line are worth differences of this, counted on from the units before: so they sum to the line, and no
    order of them makes a part worth more than a minor unit more or less than its proportion.
    """
    return (2 * amount * count + units) // (2 * units)

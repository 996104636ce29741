"""Prices of single units on the wire, which may be finer than the minor unit, and amounts held to one currency."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Final

from google.type import money_pb2

from hub.kernel.errors import CurrencyMismatch, InvalidField
from hub.kernel.money import LARGEST_MINOR, Money, half_up
from hub.wire.money import money_from_pb, money_to_pb

_NANOS: Final = 10**9


def price_from_pb(message: money_pb2.Money, currency: str, *, field: str) -> Decimal:
    """The price in major units, exact to the nano; zero or more.

    Raises CurrencyMismatch, or InvalidField where it is negative or too large.
    """
    _same_currency(message, currency, field)
    units, nanos = message.units, message.nanos
    if not 0 <= units <= LARGEST_MINOR or not 0 <= nanos < _NANOS:
        raise InvalidField(f"{field} must be zero or more, with nanos below one unit.", **{field: "out of range"})
    return Decimal(units) + Decimal(nanos) / _NANOS if nanos else Decimal(units)


def price_to_pb(price: Decimal, currency: str) -> money_pb2.Money:
    """The price as units and nanos; what is finer than a nano is rounded half up."""
    nanos = half_up(price * _NANOS)
    sign = -1 if nanos < 0 else 1
    units, rest = divmod(abs(nanos), _NANOS)
    return money_pb2.Money(currency_code=currency, units=sign * units, nanos=sign * rest)


def minor_from_pb(message: money_pb2.Money, currency: str, *, field: str, least: int = 0) -> int:
    """The amount in minor units of `currency`, at least `least`.

    Raises CurrencyMismatch, or InvalidField where it is finer than the minor unit, too small or too large.
    """
    _same_currency(message, currency, field)
    minor = money_from_pb(message, field=field).minor
    if not least <= minor <= LARGEST_MINOR:
        raise InvalidField(f"{field} is out of range; state at least {least} minor units.", **{field: "out of range"})
    return minor


@lru_cache(maxsize=4096)
def shared_price(price: Decimal, currency: str) -> money_pb2.Money:
    """As `price_to_pb`, made once for all who hand it to a message, which copies it: never change what it answers."""
    return price_to_pb(price, currency)


@lru_cache(maxsize=4096)
def shared_amount(minor: int, currency: str) -> money_pb2.Money:
    """As `minor_to_pb`, made once for all who hand it to a message, which copies it: never change what it answers."""
    return minor_to_pb(minor, currency)


def minor_to_pb(minor: int, currency: str) -> money_pb2.Money:
    """Minor units as a message."""
    return money_to_pb(Money(minor, currency))


def _same_currency(message: money_pb2.Money, currency: str, field: str) -> None:
    if message.currency_code != currency:
        raise CurrencyMismatch(
            f"{field} is in {message.currency_code or 'no currency'}; state all amounts of the order in {currency}.",
            field=field,
            expected=currency,
            found=message.currency_code,
        )

"""Money on the wire: google.type.Money, exact both ways."""

from __future__ import annotations

from typing import Final

from google.type import money_pb2

from hub.kernel.errors import InvalidField
from hub.kernel.money import Money, minor_digits
from hub.wire.codes import currency_from_text

_NANO_DIGITS: Final = 9
_NANOS: Final = 10**_NANO_DIGITS


def money_to_pb(money: Money) -> money_pb2.Money:
    """The amount as units and nanos, both of the sign of the amount."""
    digits = minor_digits(money.currency)
    sign = -1 if money.minor < 0 else 1
    units, rest = divmod(abs(money.minor), 10**digits)
    return money_pb2.Money(
        currency_code=money.currency, units=sign * units, nanos=sign * rest * 10 ** (_NANO_DIGITS - digits)
    )


def money_from_pb(message: money_pb2.Money, *, field: str = "amount") -> Money:
    """The amount in minor units; `field` is its path for people.

    Raises InvalidField: no ISO 4217 code, units and nanos of different signs, nanos out of range, or an amount finer
    than the currency's minor unit.
    """
    currency_from_text(message.currency_code, field=field)
    if message.units * message.nanos < 0 or abs(message.nanos) >= _NANOS:
        raise InvalidField(
            f"{field} needs nanos of the same sign as units, below one unit in size.", **{field: "nanos"}
        )
    digits = minor_digits(message.currency_code)
    step = 10 ** (_NANO_DIGITS - digits)
    if message.nanos % step:
        raise InvalidField(
            f"{field} is finer than {message.currency_code} allows ({digits} decimals).", **{field: "nanos"}
        )
    return Money(message.units * 10**digits + message.nanos // step, message.currency_code)

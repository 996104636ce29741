"""How values of the contract read: money, instants, states, spans of time; and how a person writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from uuid import UUID

import typer
from google.protobuf.duration_pb2 import Duration
from google.protobuf.internal.enum_type_wrapper import EnumTypeWrapper
from google.protobuf.timestamp_pb2 import Timestamp
from google.type.money_pb2 import Money

from hub.app.process.identities import new_identity
from hub.kernel.instant import instant as parsed_instant
from hub.kernel.money import minor_digits

_UNITS: Final = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_SPAN: Final = re.compile(r"(?:\d+[wdhms])+")
_PIECE: Final = re.compile(r"(\d+)([wdhms])")


def money(amount: Money) -> str:
    """105.00 EUR; nothing where no amount stands."""
    if not amount.currency_code:
        return ""
    value = Decimal(amount.units) + Decimal(amount.nanos).scaleb(-9)
    digits = max(minor_digits(amount.currency_code), -int(value.normalize().as_tuple().exponent))
    return f"{value:.{digits}f} {amount.currency_code}"


def amount_of(text: str, option: str) -> Money:
    """An amount as a person writes it: 12.50 EUR. Raises BadParameter."""
    number, _, currency = text.strip().partition(" ")
    try:
        value = Decimal(number)
    except InvalidOperation:
        value = Decimal(-1)
    if value < 0 or not re.fullmatch("[A-Z]{3}", currency):
        raise typer.BadParameter(
            f"{text!r} is not an amount and its currency, for example '12.50 EUR'", param_hint=option
        )
    units = int(value)
    return Money(currency_code=currency, units=units, nanos=int((value - units).scaleb(9)))


def instant(at: Timestamp) -> str:
    """2026-11-17 08:00:00 in UTC; nothing where none stands."""
    if not at.seconds and not at.nanos:
        return ""
    return datetime.fromtimestamp(at.seconds, UTC).strftime("%Y-%m-%d %H:%M:%S")


def timestamp(text: str, option: str) -> Timestamp | None:
    """An instant as a person writes it; None where nothing is written. Raises BadParameter."""
    if not text:
        return None
    at = Timestamp()
    try:
        at.FromDatetime(parsed_instant(text))
    except ValueError as error:
        raise typer.BadParameter(f"{error}; write 2026-11-17T09:00:00Z", param_hint=option) from None
    return at


def day(at: Timestamp) -> str:
    """2026-11-17; nothing where none stands."""
    return instant(at)[:10]


def state(kind: EnumTypeWrapper, value: int, prefix: str) -> str:
    """The name of a value without the prefix of its enum; its number where a newer hub sent it."""
    name = kind.Name(value) if value in kind.values() else str(value)
    name = name.removeprefix(prefix)
    return "" if name == "UNSPECIFIED" else name


def state_value(kind: EnumTypeWrapper, name: str, prefix: str, option: str) -> Any:
    """The value of a name as a person writes it. Raises BadParameter, naming what there is."""
    known = {one.removeprefix(prefix): number for one, number in kind.items() if number}
    if name.upper() not in known:
        raise typer.BadParameter(f"there is no {name}; there are: {', '.join(known)}", param_hint=option)
    return known[name.upper()]


def span(text: str) -> timedelta:
    """The span that 3d, 5h, 1d12h or 90s says. Raises BadParameter."""
    if not _SPAN.fullmatch(text):
        raise typer.BadParameter(f"{text!r} is not a span of time; write 3d, 5h, 30m, 10s or 1d12h")
    return timedelta(**{_UNITS[unit]: float(sum_of) for unit, sum_of in _sums(text).items()})


def duration(length: timedelta) -> Duration:
    """A span as the contract has it."""
    message = Duration()
    message.FromTimedelta(length)
    return message


def line_units(text: str) -> tuple[int, int]:
    """Return line and units of LINE or LINE:UNITS, which is one unit where none are named. Raises BadParameter."""
    line, _, units = text.partition(":")
    if not (line.isdigit() and (units or "1").isdigit()):
        raise typer.BadParameter(f"{text!r} is not LINE or LINE:UNITS, for example 1:2", param_hint="LINE:UNITS")
    return int(line), int(units or 1)


def identity(text: str, option: str) -> str:
    """An id as a person writes it, in its one form. Raises BadParameter."""
    try:
        return str(UUID(text))
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not an id; ids are UUIDs", param_hint=option) from None


def new_request() -> str:
    """The id of a new request."""
    return str(new_identity())


def listed(values: Iterable[object]) -> str:
    """One, two, three."""
    return ", ".join(str(value) for value in values)


def count(number: int, one: str, many: str | None = None) -> str:
    """1 order, 2 orders."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _sums(text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, unit in _PIECE.findall(text):
        found[unit] = found.get(unit, 0) + int(number)
    return found

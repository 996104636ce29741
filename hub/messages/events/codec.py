"""Writes and reads the facts of stored events: the one place that knows their JSON.

Facts are stored as msgspec has their struct, without what is as by default, and amounts as texts (30.00 EUR). A fact
that a struct does not know is passed over, and a missing one is as by default: a new fact has a default. What cannot be
read is `UnknownFacts`, so that readers go on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any, Final

from msgspec import ValidationError, convert, to_builtins
from msgspec.structs import FieldInfo, fields

from hub.kernel.money import Money
from hub.messages.events import fulfillment, money, orders, returns, stock, upkeep
from hub.messages.events.earlier import from_earlier
from hub.messages.events.facts import EventFacts, UnknownFacts

SUBJECTS: Final[Mapping[str, ModuleType]] = {
    "orders": orders,
    "fulfillment": fulfillment,
    "money": money,
    "returns": returns,
    "stock": stock,
    "upkeep": upkeep,
}


def _described() -> Iterator[type[EventFacts]]:
    for module in SUBJECTS.values():
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, EventFacts) and value.sentences:
                yield value


EVENTS: Final[Mapping[str, type[EventFacts]]] = {struct.__name__: struct for struct in _described()}
"""The struct of each type of event."""

_AMOUNT: Final = re.compile(r"(-?\d+(?:\.\d+)?) ([A-Z]{3})")
_AMOUNTS: Final[Mapping[str, tuple[FieldInfo, ...]]] = {
    name: tuple(info for info in fields(struct) if info.type is Money) for name, struct in EVENTS.items()
}


def written(facts: EventFacts) -> dict[str, Any]:
    """The facts of a described event as JSON values."""
    stored: dict[str, Any] = to_builtins(facts, str_keys=True)
    for info in _AMOUNTS[type(facts).__name__]:
        stored[info.encode_name] = str(getattr(facts, info.name))
    return stored


def read(event_type: str, stored: Mapping[str, Any]) -> EventFacts:
    """The facts of a stored event; `UnknownFacts` where this version has no struct for them."""
    struct = EVENTS.get(event_type)
    if struct is None:
        return UnknownFacts(type=event_type, stated=stored)
    stated = {**stored, **dict(_amounts(event_type, stored))}
    try:
        return convert(stated, struct, str_keys=True)
    except ValidationError:
        return _read_earlier(struct, stated) or UnknownFacts(type=event_type, stated=stored)


def _amounts(event_type: str, stored: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for info in _AMOUNTS[event_type]:
        if match := _AMOUNT.fullmatch(str(stored.get(info.encode_name))):
            yield info.encode_name, to_builtins(Money.of(*match.groups()))


def _read_earlier(struct: type[EventFacts], stated: Mapping[str, Any]) -> EventFacts | None:
    try:
        return convert(dict(from_earlier(struct, stated)), struct, str_keys=True)
    except ValidationError:
        return None

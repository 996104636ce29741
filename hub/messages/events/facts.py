"""The root of all facts of events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from msgspec import Struct


class EventFacts(Struct, frozen=True, omit_defaults=True):
    """What happened. The name of the struct is the type of the event; no fact is personal data.

    `sentences` tell it to people, by the names of facts in braces, the most telling one first; `{units}` is `quantity`
    counted out. The last one needs no fact that may be missing.
    """

    sentences: ClassVar[tuple[str, ...]] = ()


class UnknownFacts(EventFacts, frozen=True, kw_only=True):
    """Facts of an event that this version of the hub does not describe, as they are stored. Only reading makes them."""

    type: str
    stated: Mapping[str, Any]


def type_of(facts: EventFacts) -> str:
    """The type of the event that has these facts."""
    return facts.type if isinstance(facts, UnknownFacts) else type(facts).__name__

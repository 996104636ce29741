"""Tells facts of events to people: one English sentence, and each fact as a text. Facts have no personal data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from string import Formatter
from typing import Final

from hub.kernel.instant import iso
from hub.messages.events.facts import EventFacts, UnknownFacts

_WORDS: Final = re.compile(r"(?<!^)(?=[A-Z])")
_FORMATTER: Final = Formatter()


def texts(facts: EventFacts) -> dict[str, str]:
    """The facts that are stated, by name, as texts for people."""
    if isinstance(facts, UnknownFacts):
        stated = dict(facts.stated)
    else:
        stated = {name: getattr(facts, name) for name in facts.__struct_fields__}
    return {name: _text(value) for name, value in stated.items() if value not in (None, "", (), [], {})}


def sentence(facts: EventFacts) -> str:
    """One sentence for people; facts that are not described are told by their names."""
    told = texts(facts)
    if isinstance(facts, UnknownFacts):
        words = _WORDS.sub(" ", facts.type).capitalize()
        named = ", ".join(f"{name} {text}" for name, text in sorted(told.items()))
        return f"{words}: {named}." if named else f"{words}."
    if count := told.get("quantity"):
        told["units"] = f"{count} unit" if count == "1" else f"{count} units"
    *better, last = facts.sentences
    template = next((one for one in better if told.keys() >= named_in(one)), last)
    return template.format_map(dict.fromkeys(named_in(template), "") | told).replace("..", ".")


@lru_cache(maxsize=256)
def named_in(template: str) -> frozenset[str]:
    """The names in braces of a sentence."""
    return frozenset(field for _, field, _, _ in _FORMATTER.parse(template) if field)


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key} ({_text(count)})" for key, count in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_text, value))
    return str(value)

"""Which facts of cells the text of a rule names: whole ones, and single keys of maps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

Facts = Mapping[str, Any]
Name = tuple[str, str | None]
"""A fact, and the key of it that is named where it is a map; None: all of it."""
Key = tuple[Any, ...]

PARTS: Final = ("item", "node", "channel")
MAPS: Final = frozenset({"attributes", "prices_minor"})
"""Facts that are maps from texts."""

_KEY: Final = r"""(?P<{0}_quote>["'])(?P<{0}>[^"'\\]*)(?P={0}_quote)"""
_NAMED: Final = re.compile(
    rf"(?:(?:^|[(&|?:,\[])\s*{_KEY.format('asked')}\s+in\s+)?"
    r"\bcell\s*\.\s*(?P<part>item|node|channel)\s*\.\s*(?P<fact>\w+)"
    rf"(?:\s*\[\s*{_KEY.format('read')}\s*\]|\s*\.\s*(?P<selected>\w+)\b(?!\s*\())?"
)
_MENTIONED: Final = re.compile(r"\bcell\b")
_ABSENT: Final = object()
"""Stands for the value of a key that a map has not: another than any value."""


def named(condition: str) -> Mapping[str, tuple[Name, ...] | None]:
    """The facts that a condition names, of item, node and channel; None: all, for it mentions cells otherwise."""
    found = list(_NAMED.finditer(condition))
    if len(_MENTIONED.findall(condition)) != len(found):
        return dict.fromkeys(PARTS)
    names: dict[str, set[Name]] = {part: set() for part in PARTS}
    for match in found:
        names[match["part"]].add((match["fact"], _key_of(match)))
    return {part: tuple(sorted(of_part, key=repr)) for part, of_part in names.items()}


def projected(facts: Facts, names: tuple[Name, ...] | None) -> Key:
    """Facts as far as they are named: equal for two of which a condition says the same."""
    if names is None:
        return tuple(_hashable(facts[fact]) for fact in sorted(facts))
    return tuple(
        _hashable(facts.get(fact)) if key is None else facts.get(fact, {}).get(key, _ABSENT) for fact, key in names
    )


def _key_of(match: re.Match[str]) -> str | None:
    """The one key of a map that a condition looks at; None where it looks at more, or at what is no map."""
    if match["fact"] not in MAPS:
        return None
    keys = [key for key in (match["asked"], match["read"], match["selected"]) if key is not None]
    return keys[0] if len(keys) == 1 else None


def _hashable(value: Any) -> Any:
    return tuple(sorted(value.items())) if isinstance(value, Mapping) else value

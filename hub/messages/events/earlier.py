"""Facts as they were stored while they had no structs: nodes and units of lines were texts, and '' meant nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec.structs import FieldInfo, fields

from hub.messages.events.facts import EventFacts

_NODES: Final = re.compile(r"([^ ,]+) \((\d+)\)")
_UNITS: Final = re.compile(r"(\d+) of line (\d+) ([A-Z_]+)")
_WORDS: Final[Mapping[str, str]] = {"outcomes": "outcome", "verdicts": "verdict", "dispositions": "disposition"}
"""Lists of units, and what each says of its units."""


def from_earlier(struct: type[EventFacts], stored: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield facts by name as the struct of their event takes them now; what is no such text stays as it is."""
    known = {info.encode_name: info for info in fields(struct)}
    for name, value in stored.items():
        info = known.get(name)
        nothing = value is None or (value == "" and info is not None and info.type is not str)
        if not nothing:
            yield name, _converted(info, value) if info is not None else value


def _converted(info: FieldInfo, value: Any) -> Any:
    if info.name == "nodes" and isinstance(value, str):
        return {node_id: int(units) for node_id, units in _NODES.findall(value)}
    if info.name in _WORDS and isinstance(value, list):
        return [_units(_WORDS[info.name], text) for text in value]
    return value


def _units(word: str, text: Any) -> Any:
    match = _UNITS.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        return text
    quantity, line_number, stated = match.groups()
    return {"line_number": int(line_number), "quantity": int(quantity), word: stated}

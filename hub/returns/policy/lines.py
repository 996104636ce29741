"""Lines as requests state them, whatever they ask for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from msgspec.structs import replace

from hub.returns.model import ReturnLine
from hub.returns.policy.claims import ClaimLine

L = TypeVar("L", ReturnLine, ClaimLine)


def merged(lines: Iterable[L]) -> tuple[L, ...]:
    """Lines with each number once; a number named twice counts together."""
    found: dict[int, L] = {}
    for line in lines:
        known = found.get(line.line_number)
        found[line.line_number] = replace(line, quantity=line.quantity + known.quantity) if known else line
    return tuple(found.values())

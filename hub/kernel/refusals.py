"""Refusals as they are stored, and made again of what was stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from hub.kernel.errors import Refusal, StateChanged


def stored(refusal: Refusal) -> dict[str, Any]:
    """What is stored of a refusal."""
    return {"reason": refusal.reason, "message": refusal.message, "metadata": refusal.metadata}


def restored(reason: str, message: str, metadata: Mapping[str, str]) -> Refusal:
    """A refusal as it was given, of the class that stands for its reason."""
    kind = _classes().get(reason, StateChanged)
    refusal = kind.__new__(kind)
    Refusal.__init__(refusal, message, **metadata)
    return refusal


@cache
def _classes() -> dict[str, type[Refusal]]:
    """Reason -> the class that rooms and kernel give it; what flows only tell each other stands elsewhere."""
    return {
        kind.reason: kind
        for kind in _below(Refusal)
        if "reason" in vars(kind) and kind.__module__.rpartition(".")[2] == "errors"
    }


def _below(parent: type[Refusal]) -> Iterator[type[Refusal]]:
    for child in parent.__subclasses__():
        yield from _below(child)
        yield child

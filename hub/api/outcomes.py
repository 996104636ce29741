"""What is stored of an answered request, so that a repeat can be answered: outcomes of flows, and business refusals.

Stored form: `{"answers": [...]}`, one per command of the request; an answer is what the change's `outcome` gave, or
`{"refusal": {"reason", "message", "metadata"}}`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final, TypeVar

from hub.kernel.errors import Refusal, StateChanged

R = TypeVar("R")

Stored = dict[str, Any]

_REFUSAL: Final = "refusal"
_ANSWERS: Final = "answers"


def to_store(answers: Sequence[R | Refusal], outcome: Callable[[R], Stored]) -> Stored | None:
    """What to store of a request's answers; None when nothing was done and the same request may come again."""
    if all(isinstance(answer, Refusal) and not answer.kept for answer in answers):
        return None
    return {
        _ANSWERS: [
            {_REFUSAL: {"reason": answer.reason, "message": answer.message, "metadata": answer.metadata}}
            if isinstance(answer, Refusal)
            else outcome(answer)
            for answer in answers
        ]
    }


def from_store(stored: Mapping[str, Any]) -> list[Stored | Refusal]:
    """The stored answers of a request: what its change stored, and refusals as they were."""
    return [restored(**answer[_REFUSAL]) if set(answer) == {_REFUSAL} else dict(answer) for answer in stored[_ANSWERS]]


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

"""What is stored of an answered request, so that a repeat can be answered: outcomes of flows, and business refusals.

Stored form: `{"answers": [...]}`, one per command of the request; an answer is what the change's `outcome` gave, or
`{"refusal": {"reason", "message", "metadata"}}`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

from hub.kernel.errors import Refusal
from hub.kernel.refusals import restored, stored

R = TypeVar("R")

Stored = dict[str, Any]

_REFUSAL: Final = "refusal"
_ANSWERS: Final = "answers"


def to_store(answers: Sequence[R | Refusal], outcome: Callable[[R], Stored]) -> Stored | None:
    """What to store of a request's answers; None when nothing was done and the same request may come again."""
    if all(map(_left_nothing, answers)):
        return None
    return {
        _ANSWERS: [{_REFUSAL: stored(answer)} if isinstance(answer, Refusal) else outcome(answer) for answer in answers]
    }


def _left_nothing(answer: object) -> bool:
    return isinstance(answer, Refusal) and not answer.kept


def from_store(stored: Mapping[str, Any]) -> list[Stored | Refusal]:
    """The stored answers of a request: what its change stored, and refusals as they were."""
    return [restored(**answer[_REFUSAL]) if set(answer) == {_REFUSAL} else dict(answer) for answer in stored[_ANSWERS]]

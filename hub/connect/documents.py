"""What an adapter read in a document: commands as the caller's values, and problems."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from msgspec import Struct

from crossdock.inbox.v1 import inbox_pb2
from hub.wire.checks.texts import without_nul

T = TypeVar("T")

READ_SECONDS = 60.0
"""Deadline of reading a document."""


class Problem(Struct, frozen=True):
    """What could not be read: where, which field, why; `ordinal` numbers the command it stands for, from 1, 0: none."""

    location: str
    field: str
    reason: str
    ordinal: int


class DocumentRead(Struct, Generic[T], frozen=True):
    """Commands in the document's order, and problems."""

    commands: Sequence[T]
    problems: Sequence[Problem]


def read_from_pb(response: Any, command_of: Callable[[inbox_pb2.Command], T]) -> DocumentRead[T]:
    """What a response says, its commands made values by `command_of` (of `wire`)."""
    return DocumentRead(
        [command_of(command) for command in response.commands],
        [
            Problem(
                without_nul(problem.location), without_nul(problem.field), without_nul(problem.reason), problem.ordinal
            )
            for problem in response.problems
        ],
    )

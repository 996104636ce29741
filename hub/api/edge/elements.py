"""Reads the elements of a request, so that a refusal names the one that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from hub.kernel.errors import inside

M = TypeVar("M")
C = TypeVar("C")


def read_each(field: str, elements: Iterable[M], read: Callable[[M], C]) -> list[C]:
    """Return what `read` makes of each element of a request's field; InvalidField is raised as of `field[index]`."""
    commands = []
    for index, element in enumerate(elements):
        with inside(f"{field}[{index}]"):
            commands.append(read(element))
    return commands

"""Writes interchanges of EDIFACT: signs released where they stand for themselves, messages and segments counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from adapters.sdk.edifact.tokenizer import Signs

Elements: TypeAlias = "tuple[str | tuple[str, ...], ...]"
"""A segment: its tag and its elements, each one component or several. What is empty at an end is not written."""


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """Who writes to whom: ids with qualifiers (14: GLN), and the version of the messages, as D, 96A, UN, EAN008."""

    sender: tuple[str, str]
    receiver: tuple[str, str]
    version: tuple[str, ...] = ("D", "96A", "UN", "EAN008")
    is_test: bool = False
    signs: Signs = field(default_factory=Signs)


@dataclass(frozen=True)
class WrittenMessage:
    """A message to write: which it is, and its segments between UNH and UNT."""

    kind: str
    segments: Sequence[Elements]


def write(envelope: Envelope, control: int, at: datetime, message: WrittenMessage) -> bytes:
    """Return an interchange with one message, whose references are `control`, as UTF-8 (UNOY)."""
    reference = str(control)
    parties = (tuple(envelope.sender), tuple(envelope.receiver))
    segments: list[Elements] = [
        ("UNB", ("UNOY", "3"), *parties, (at.strftime("%y%m%d"), at.strftime("%H%M")), reference),
        ("UNH", reference, (message.kind, *envelope.version)),
        *message.segments,
        ("UNT", str(len(message.segments) + 2), reference),
        ("UNZ", "1", reference),
    ]
    if envelope.is_test:
        segments[0] = (*segments[0], "", "", "", "", "", "1")
    signs = envelope.signs
    una = f"UNA{signs.component}{signs.element}{signs.decimal}{signs.release} {signs.segment}"
    return (una + "".join(print_segment(segment, signs) for segment in segments)).encode()


def print_segment(elements: Elements, signs: Signs) -> str:
    """Return a segment as text; signs within it are released, controls become blanks."""
    texts = [_element(element, signs) for element in elements]
    return signs.element.join(_without_empty_end(texts)) + signs.segment


def _element(element: str | tuple[str, ...], signs: Signs) -> str:
    components = (element,) if isinstance(element, str) else element
    return signs.component.join(_without_empty_end([_released(text, signs) for text in components]))


def _released(text: str, signs: Signs) -> str:
    kept = "".join(character if character.isprintable() else " " for character in text)
    return "".join(signs.release + character if character in signs.all else character for character in kept)


def _without_empty_end(texts: Iterable[str]) -> list[str]:
    kept = list(texts)
    while len(kept) > 1 and not kept[-1]:
        kept.pop()
    return kept

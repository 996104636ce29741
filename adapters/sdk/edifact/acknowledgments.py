"""Syntax reports (CONTRL) of a partner into what it accepted of our interchanges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from adapters.sdk.documents.reading import shown
from adapters.sdk.edifact.notes import Notes
from adapters.sdk.edifact.tokenizer import Segment
from adapters.sdk.letters.outgoing import Acknowledgment

REPORT: Final = "CONTRL"
_SAID: Final = {"4": False, "7": True, "8": None}
"""Action (0083) -> accepted, rejected, or only received, which says nothing yet."""


def acknowledgments_of(segments: Sequence[Segment], notes: Notes) -> list[Acknowledgment]:
    """Return what a report says of the interchange that it is about. Refuses an action that is none.

    A message that is rejected (UCM) rejects its interchange, since we write one message in each.
    """
    control, verdicts = "", list[tuple[str, Segment]]()
    for segment in segments:
        if segment.tag == "UCI":
            control = segment.value(1)
            verdicts.append((segment.value(4), segment))
        elif segment.tag == "UCM":
            verdicts.append((segment.value(3), segment))
    if not control:
        notes.refuse(segments[0], 0, "it has no UCI: what it is about cannot be told")
        return []
    for action, segment in verdicts:
        if action not in _SAID:
            notes.refuse(segment, 4 if segment.tag == "UCI" else 3, f"{shown(action)} is no action")
            return []
    said = [_SAID[action] for action, _ in verdicts]
    if False in said:
        action, segment = verdicts[said.index(False)]
        code = segment.value(5 if segment.tag == "UCI" else 4)
        return [Acknowledgment(control, False, "/".join(filter(None, (segment.tag, action, code))))]
    return [Acknowledgment(control, True, "")] if True in said else []

"""Acknowledgments: 997, 999 and 824 into what was accepted, and a group that came into the 997 it asks for.

A 997 or 999 says whether a document could be read, an 824 whether it can be worked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from adapters.sdk.documents.reading import Findings
from adapters.sdk.letters.outgoing import Acknowledgment
from adapters.sdk.x12.envelope import NO_END, REPEATED, WRONG_COUNT, WRONG_NUMBER, Group, Interchange, P
from adapters.sdk.x12.notes import Notes
from adapters.sdk.x12.tokenizer import Segment
from adapters.sdk.x12.writing import Elements, WrittenSet

ACKNOWLEDGING: Final = frozenset({"997", "999"})
ADVISING: Final = frozenset({"824"})
FUNCTIONAL_ID: Final = "FA"
_ACCEPTED: Final = frozenset({"A", "E"})
_JUDGED: Final = frozenset({"A", "E", "M", "P", "R", "W", "X"})
_SET_FAULTS: Final = {NO_END: "2", WRONG_NUMBER: "3", WRONG_COUNT: "4", REPEATED: "23"}
_GROUP_FAULTS: Final = {NO_END: "3", WRONG_NUMBER: "4", WRONG_COUNT: "5"}
_ADVISED: Final = {"TA": True, "TE": True, "IA": True, "IE": True, "TR": False, "IR": False, "GR": False, "BR": False}
_NOT_SUPPORTED: Final = "1"


def acknowledgments_of(segments: Sequence[Segment], notes: Notes) -> list[Acknowledgment]:
    """Return what a 997 or 999 says of the group that it is about: one, since we write one set a group.

    The judgment on a set (AK5, IK5) stands before that on its group (AK9). Refuses a code that is none.
    """
    control, judgment = "", None
    for segment in segments:
        if segment.tag == "AK1":
            control = segment.element(2)
        elif segment.tag in {"AK5", "IK5"} or (segment.tag == "AK9" and judgment is None):
            judgment = segment
    if not control or judgment is None:
        notes.refuse(segments[0], 0, "it has no AK1 with AK9: what it is about cannot be told")
        return []
    verdict = judgment.element(1)
    if verdict not in _JUDGED:
        notes.refuse(judgment, 1, f"'{verdict}' is no acknowledgment code")
        return []
    first = 2 if judgment.tag in {"AK5", "IK5"} else 5
    codes = [code for number in range(first, first + 5) if (code := judgment.element(number))]
    return [Acknowledgment(control, verdict in _ACCEPTED, "/".join((judgment.tag, verdict, *codes)))]


def advice_of(segments: Sequence[Segment], notes: Notes) -> list[Acknowledgment]:
    """Return what an 824 says of the documents that it is about. Refuses one that it names by no group's number."""
    told = []
    for segment in segments:
        if segment.tag != "OTI":
            continue
        verdict, control = segment.element(1), segment.element(8)
        if verdict not in _ADVISED or not control:
            notes.refuse(segment, 1 if control else 8, "which document it is about, or what is said of it, is missing")
            continue
        told.append(Acknowledgment(control, _ADVISED[verdict], f"OTI/{verdict}"))
    if not any(segment.tag == "OTI" for segment in segments):
        notes.refuse(segments[0], 0, "it has no OTI: what it is about cannot be told")
    return told


def acknowledged(interchanges: Sequence[Interchange[P]], findings: Findings) -> list[Acknowledgment]:
    """Return what a partner says of documents of ours."""
    told = []
    for interchange in interchanges:
        for transaction in interchange.transactions:
            notes = Notes(findings, transaction.path)
            if transaction.set_id in ACKNOWLEDGING:
                told += acknowledgments_of(transaction.segments, notes)
            elif transaction.set_id in ADVISING:
                told += advice_of(transaction.segments, notes)
    return told


def acknowledgment_of(group: Group[P], supported: frozenset[str]) -> WrittenSet:
    """Return the 997 that answers a group.

    Args:
        group: The group that came.
        supported: Transaction sets that are read; others are rejected.
    """
    segments: list[Elements] = [("AK1", group.start.element(1), group.start.element(6))]
    taken = 0
    for stated in group.sets:
        set_id = stated.transaction.set_id
        code = _SET_FAULTS.get(stated.fault, "") or ("" if set_id in supported else _NOT_SUPPORTED)
        taken += not code
        segments.append(("AK2", set_id, stated.control))
        segments.append(("AK5", "R", code) if code else ("AK5", "A"))
    fault = _GROUP_FAULTS.get(group.fault, "")
    count = str(len(group.sets))
    taken = 0 if fault else taken
    verdict = "A" if taken == len(group.sets) and not fault else "P" if taken else "R"
    segments.append(("AK9", verdict, count, count, str(taken), fault))
    return WrittenSet("997", FUNCTIONAL_ID, segments)

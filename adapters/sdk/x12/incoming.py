"""Documents that come: their interchanges, whose they are, whether they came before, and their acknowledgment.

An interchange is known by its sender and control number. One that came in another document is not taken again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Protocol, TypeVar

from adapters.sdk.documents.reading import Findings, plain, shown
from adapters.sdk.documents.working import read_apart
from adapters.sdk.letters.outgoing import Outgoing, first_document, note
from adapters.sdk.state.client import AdapterState
from adapters.sdk.x12.acknowledgments import FUNCTIONAL_ID, acknowledged, acknowledgment_of
from adapters.sdk.x12.agreement import Way
from adapters.sdk.x12.envelope import Checks, Interchange, read_interchange
from adapters.sdk.x12.notes import Notes
from adapters.sdk.x12.tokenizer import Chunk, Unreadable, chunks, text_of
from adapters.sdk.x12.writing import Envelope


class Agreement(Checks, Protocol):
    """What an account says of its partner."""

    @property
    def way(self) -> Way | None:
        """The way to them; None where none was agreed."""

    @property
    def acknowledges(self) -> bool:
        """Whether what they send is acknowledged by a 997."""


A = TypeVar("A", bound=Agreement)


@dataclass(frozen=True)
class Came:
    """A document that came: the account, the document's id, and when it is read."""

    account_id: str
    document_id: str
    at: datetime


def interchanges_of(
    content: bytes, media_type: str, partner_of: Callable[[str], A], findings: Findings
) -> list[Interchange[A]]:
    """Return the interchanges of a document whose ISA can be believed; `partner_of` says what holds for a sender."""
    interchanges: list[Interchange[A]] = []
    parts = list(chunks(text_of(content)))
    if not any(isinstance(part, Chunk) for part in parts):
        reason = next((part.reason for part in parts if isinstance(part, Unreadable)), "is empty")
        findings.refuse("segment 1", plain(media_type), f"the document {reason}")
        return interchanges
    number = 0
    for part in parts:
        if isinstance(part, Chunk):
            number += 1
            interchange = read_interchange(part, number, partner_of, findings)
            interchanges += [interchange] if interchange is not None else []
        else:
            findings.refuse(f"segment {part.position}", "ISA", f"the text before segment {part.position} {part.reason}")
    return interchanges


def only_theirs(interchanges: Sequence[Interchange[A]], envelope: Envelope, findings: Findings) -> list[Interchange[A]]:
    """Return the interchanges from the partner to us; the others are refused by the id that is another."""
    theirs = []
    for interchange in interchanges:
        others = [
            (element, expected)
            for element, expected in ((6, envelope.receiver), (8, envelope.sender))
            if interchange.start.element(element) != expected
        ]
        for element, expected in others[:1]:
            reason = (
                f"expected {shown(expected)}, found {shown(interchange.start.element(element))}: not of this account"
            )
            Notes(findings, "ISA").refuse(interchange.start, element, reason)
        if not others:
            theirs.append(interchange)
    return theirs


async def only_new(
    came: Came, interchanges: Sequence[Interchange[A]], state: AdapterState, findings: Findings
) -> list[Interchange[A]]:
    """Return the interchanges that came in no other document; the others are refused by their control number."""
    fresh = []
    for interchange in interchanges:
        known = f"{plain(interchange.sender, 40)}/{plain(interchange.control, 40)}"
        document_id = await first_document(state, came.account_id, known, came.document_id)
        if document_id == came.document_id or "ISA13" in interchange.partner.tolerate:
            fresh.append(interchange)
            continue
        reason = (
            f"interchange {shown(interchange.control)} of {shown(interchange.sender)} came in document {document_id}"
        )
        Notes(findings, "ISA").refuse(interchange.start, 13, f"{reason}: it is not taken again")
    return fresh


async def take_in(
    content: bytes,
    media_type: str,
    settings: A,
    *,
    way: Way,
    came: Came,
    state: AdapterState,
    outgoing: Outgoing,
    findings: Findings,
) -> list[Interchange[A]]:
    """Return the interchanges of a document that are for us and new; what they acknowledge of ours is noted."""
    interchanges = await read_apart(partial(interchanges_of, content, media_type, lambda _: settings, findings))
    theirs = only_theirs(interchanges, way.envelope, findings)
    fresh = await only_new(came, theirs, state, findings)
    judged = acknowledged(fresh, findings)
    note(judged, await outgoing.acknowledge(came.account_id, judged), findings)
    return fresh


async def acknowledge(
    came: Came, interchanges: Sequence[Interchange[A]], outgoing: Outgoing, supported: frozenset[str]
) -> None:
    """Write the 997s that answer the groups of interchanges, once per document; acknowledgments get none."""
    for interchange in interchanges:
        partner = interchange.partner
        for group in interchange.groups if partner.acknowledges and not interchange.fault else ():
            if partner.way is not None and group.start.element(1) != FUNCTIONAL_ID:
                name = f"{came.account_id} {came.document_id} {group.start.position}"
                document = acknowledgment_of(group, supported)
                await outgoing.tell(came.account_id, name, partner.way, came.at, document)

"""Documents that come: their interchanges, whose they are, whether they came before, and their acknowledgment.

An interchange is known by its sender and control number. One that came in another document is not taken again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from adapters.sdk.documents.reading import Findings, plain, shown
from adapters.sdk.state.client import AdapterState, StateChanged
from adapters.sdk.x12.acknowledgments import FUNCTIONAL_ID, acknowledgment_of
from adapters.sdk.x12.envelope import Checks, Interchange, read_interchange
from adapters.sdk.x12.notes import Notes
from adapters.sdk.x12.outgoing import Outgoing
from adapters.sdk.x12.tokenizer import Chunk, chunks, text_of
from adapters.sdk.x12.writing import Envelope


class Agreement(Checks, Protocol):
    """What an account says of its partner."""

    @property
    def envelope(self) -> Envelope:
        """How we write to them."""

    @property
    def acknowledges(self) -> bool:
        """Whether what they send is acknowledged by a 997."""


@dataclass(frozen=True)
class Came:
    """A document that came: the account, the document's id, and when it is read."""

    account_id: str
    document_id: str
    at: datetime


def interchanges_of(
    content: bytes, media_type: str, agreement: Agreement, findings: Findings
) -> list[Interchange[Agreement]]:
    """Return the interchanges of a document whose envelopes can be believed and that their partner sent."""
    interchanges = []
    number, first_reason = 0, ""
    for part in chunks(text_of(content)):
        if not isinstance(part, Chunk):
            findings.refuse(f"segment {part.position}", "ISA", f"the text before segment {part.position} {part.reason}")
            first_reason = first_reason or part.reason
            continue
        number += 1
        interchange = read_interchange(part, number, lambda _: agreement, findings)
        if interchange is not None and _is_theirs(interchange, number, agreement, findings):
            interchanges.append(interchange)
    if not number:
        findings.refuse("segment 1", plain(media_type), f"the document {first_reason or 'is empty'}")
    return interchanges


async def only_new(
    came: Came, interchanges: Sequence[Interchange[Agreement]], state: AdapterState, findings: Findings
) -> list[Interchange[Agreement]]:
    """Return the interchanges that came in no other document; the others are refused by their control number."""
    fresh = []
    for interchange in interchanges:
        document_id = await _first_document(came, interchange, state)
        if document_id == came.document_id or "ISA13" in interchange.partner.tolerate:
            fresh.append(interchange)
            continue
        reason = (
            f"interchange {shown(interchange.control)} of {shown(interchange.sender)} came in document {document_id}"
        )
        Notes(findings, "ISA").refuse(interchange.start, 13, f"{reason}: it is not taken again")
    return fresh


async def acknowledge(
    came: Came, interchanges: Sequence[Interchange[Agreement]], outgoing: Outgoing, supported: frozenset[str]
) -> None:
    """Write the 997s that answer the groups of interchanges, once per document; acknowledgments get none."""
    for interchange in interchanges:
        for group in interchange.groups if interchange.partner.acknowledges and not interchange.fault else ():
            if group.start.element(1) != FUNCTIONAL_ID:
                name = f"{came.account_id} {came.document_id} {group.start.position}"
                document = acknowledgment_of(group, supported)
                await outgoing.tell(came.account_id, name, interchange.partner.envelope, came.at, document)


async def _first_document(came: Came, interchange: Interchange[Agreement], state: AdapterState) -> str:
    key = f"came/{plain(interchange.sender, 40)}/{plain(interchange.control, 40)}"
    try:
        await state.compare_and_set(came.account_id, key, came.document_id.encode(), 0)
    except StateChanged:
        return (await state.get(came.account_id, key)).value.decode()
    return came.document_id


def _is_theirs(interchange: Interchange[Agreement], number: int, agreement: Agreement, findings: Findings) -> bool:
    notes, envelope = Notes(findings, f"ISA[{number}]"), agreement.envelope
    for element, expected in ((6, envelope.receiver), (8, envelope.sender)):
        found = interchange.start.element(element)
        if found != expected:
            notes.refuse(
                interchange.start, element, f"expected {shown(expected)}, found {shown(found)}: not of this account"
            )
            return False
    return True

"""Reads X12 documents into commands: pure and total, so that every byte string has an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from adapters.sdk.documents.reading import Findings, Reading, shown
from adapters.sdk.x12.acknowledgments import ACKNOWLEDGING, ADVISING
from adapters.sdk.x12.envelope import Interchange, Transaction
from adapters.sdk.x12.incoming import interchanges_of
from adapters.sdk.x12.notes import Notes
from adapters.x12_channel.order_850 import command_of
from adapters.x12_channel.placed import Placed, placed_of
from adapters.x12_channel.settings import Partner, Settings
from crossdock.inbox.v1.inbox_pb2 import Command

ORDER: Final = "850"
CHANGE: Final = "860"
SUPPORTED: Final = frozenset({ORDER, CHANGE}) | ACKNOWLEDGING | ADVISING


def read_document(content: bytes, media_type: str, settings: Settings, channel_id: str) -> Reading:
    """Reads a document.

    Args:
        content: The bytes as they came.
        media_type: Media type as it came; X12 is read, whatever it is called.
        settings: Profile of the account.
        channel_id: Channel of the orders, unless the profile names one for their sender.

    Answers commands in the document's order, and problems. Nothing is raised.
    """
    findings = Findings()
    interchanges = interchanges_of(content, media_type, settings.partner_of, findings)
    commands, _ = commands_of(interchanges, channel_id, findings)
    return Reading(tuple(commands), findings.named())


def commands_of(
    interchanges: Sequence[Interchange[Partner]], channel_id: str, findings: Findings
) -> tuple[list[Command], list[Placed]]:
    """Return the orders of interchanges as commands, and as what is written about them must name them again."""
    commands, placed = [], []
    for interchange in interchanges:
        for transaction in interchange.transactions:
            command = _command(transaction, channel_id, findings)
            if command is not None:
                commands.append(command)
                placed.append(placed_of(transaction, interchange.sender))
    return commands, placed


def _command(transaction: Transaction[Partner], channel_id: str, findings: Findings) -> Command | None:
    if transaction.set_id == ORDER:
        return command_of(transaction, channel_id, findings)
    notes = Notes(findings, transaction.path)
    if transaction.set_id == CHANGE:
        _leave_change(transaction, notes)
    elif transaction.set_id not in SUPPORTED:
        reason = f"transaction set {shown(transaction.set_id)} is not read; this adapter reads {ORDER}"
        notes.refuse(transaction.segments[0], 1, reason)
    return None


def _leave_change(transaction: Transaction[Partner], notes: Notes) -> None:
    """Refuse a change to an order, saying what it asks for: a person answers the buyer."""
    start = next((segment for segment in transaction.segments if segment.tag == "BCH"), transaction.segments[0])
    asked = [
        f"{segment.element(2)} of line {segment.element(1)} to {segment.element(3)} {segment.element(5)}".strip()
        for segment in transaction.segments
        if segment.tag == "POC"
    ]
    more = f" and {len(asked) - 3} more" if len(asked) > 3 else ""
    reason = f"order {shown(start.element(3))} is to change: {shown('; '.join(asked[:3]), 120)}{more}"
    notes.refuse(start, 3, f"{reason}; no change is made by a document: decide, change the order, and answer the buyer")

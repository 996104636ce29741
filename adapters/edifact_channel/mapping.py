"""Reads EDIFACT documents into commands: pure and total, so that every byte string has an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from adapters.edifact_channel.orders import draft_of
from adapters.edifact_channel.placed import Placed, placed_of
from adapters.edifact_channel.settings import Settings
from adapters.sdk.documents.reading import Findings, Reading, plain, shown
from adapters.sdk.edifact.acknowledgments import REPORT, acknowledgments_of
from adapters.sdk.edifact.envelope import Interchange, Message, read_interchange
from adapters.sdk.edifact.notes import Notes
from adapters.sdk.edifact.tokenizer import Chunk, Unreadable, chunks
from adapters.sdk.letters.outgoing import Acknowledgment
from adapters.sdk.x12.tokenizer import text_of
from crossdock.inbox.v1.inbox_pb2 import Command

ORDER: Final = "ORDERS"


def read_document(content: bytes, media_type: str, settings: Settings, channel_id: str) -> Reading:
    """Return the orders of a document as commands, in its order, and problems. Nothing is raised.

    Args:
        content: The bytes as they came.
        media_type: Media type as it came; EDIFACT is read, whatever it is called.
        settings: Profile of the account.
        channel_id: Channel of the orders, unless the profile names one.
    """
    findings = Findings()
    interchanges = interchanges_of(content, media_type, settings, findings)
    commands, _ = commands_of(interchanges, settings, channel_id, findings)
    return Reading(tuple(commands), findings.named())


def interchanges_of(content: bytes, media_type: str, settings: Settings, findings: Findings) -> list[Interchange]:
    """Return the interchanges of a document, with what may be taken of them."""
    parts = list(chunks(text_of(content)))
    if not any(isinstance(part, Chunk) for part in parts):
        reason = next((part.reason for part in parts if isinstance(part, Unreadable)), "is empty")
        findings.refuse("segment 1", plain(media_type), f"the document {reason}")
    interchanges = list[Interchange]()
    for part in parts:
        if isinstance(part, Chunk):
            interchanges.append(read_interchange(part, len(interchanges) + 1, settings.tolerate, findings))
        elif any(isinstance(one, Chunk) for one in parts):
            findings.refuse(f"segment {part.position}", "UNB", f"the text before segment {part.position} {part.reason}")
    return interchanges


def acknowledged(interchanges: Sequence[Interchange], findings: Findings) -> list[Acknowledgment]:
    """Return what a buyer says of interchanges of ours."""
    return [
        told
        for interchange in interchanges
        for message in interchange.taken
        if message.kind == REPORT
        for told in acknowledgments_of(message.segments, Notes(findings, message.path))
    ]


def commands_of(
    interchanges: Sequence[Interchange], settings: Settings, channel_id: str, findings: Findings
) -> tuple[list[Command], list[Placed]]:
    """Return the orders of interchanges as commands, and as what is written about them must name them again."""
    commands, placed = list[Command](), list[Placed]()
    for interchange in interchanges:
        for message in interchange.taken:
            if message.kind == ORDER:
                command = _command(interchange, message, settings, channel_id, findings)
                if command is not None:
                    commands.append(command)
                    placed.append(placed_of(message.segments, command.place_order.channel_reference))
            elif message.kind != REPORT:
                reason = f"message {shown(message.kind)} is not read; this adapter reads {ORDER} and {REPORT}"
                Notes(findings, message.path).refuse(message.segments[0], 2, reason)
    return commands, placed


def _command(
    interchange: Interchange, message: Message, settings: Settings, channel_id: str, findings: Findings
) -> Command | None:
    own = Findings()
    draft = draft_of(message.segments, channel_id, settings, interchange.signs, Notes(own, message.path))
    draft.unread_facts.extend(own.unread_facts)
    findings.add(own)
    if own.refused:
        return None
    return Command(place_order=draft, location=message.path, draft_unknown_skus=settings.draft_unknown_skus)

"""Reads EDIFACT documents into commands: pure and total, so that every byte string has an answer."""

from __future__ import annotations

from typing import Final

from adapters.edifact_channel.orders import draft_of
from adapters.edifact_channel.settings import Settings
from adapters.sdk.documents.reading import Findings, Reading, plain, shown, unread
from adapters.sdk.edifact.envelope import Interchange, Message, read_interchange
from adapters.sdk.edifact.notes import Notes
from adapters.sdk.edifact.tokenizer import Chunk, Unreadable, chunks
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
    findings, commands = Findings(), list[Command]()
    parts = list(chunks(text_of(content)))
    if not any(isinstance(part, Chunk) for part in parts):
        reason = next((part.reason for part in parts if isinstance(part, Unreadable)), "is empty")
        return unread("segment 1", plain(media_type), f"the document {reason}")
    number = 0
    for part in parts:
        if isinstance(part, Chunk):
            number += 1
            interchange = read_interchange(part, number, settings.tolerate, findings)
            commands += _commands(interchange, settings, channel_id, findings)
        else:
            findings.refuse(f"segment {part.position}", "UNB", f"the text before segment {part.position} {part.reason}")
    return Reading(tuple(commands), findings.named())


def _commands(interchange: Interchange, settings: Settings, channel_id: str, findings: Findings) -> list[Command]:
    commands = []
    for message in interchange.taken:
        if message.kind != ORDER:
            reason = f"message {shown(message.kind)} is not read; this adapter reads {ORDER}"
            Notes(findings, message.path).refuse(message.segments[0], 2, reason)
            continue
        command = _command(interchange, message, settings, channel_id, findings)
        commands += [command] if command is not None else []
    return commands


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

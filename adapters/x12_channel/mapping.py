"""Reads X12 documents into commands: pure and total, every byte string has an answer.

Several interchanges, groups and orders may stand in one document. What is broken is named with segment, position,
element and reason, and is not taken; the others go on.
"""

from __future__ import annotations

from adapters.sdk.documents.reading import Findings, Reading, plain, shown, unread
from adapters.sdk.x12.envelope import read_interchange
from adapters.sdk.x12.notes import Notes
from adapters.sdk.x12.tokenizer import Chunk, chunks, text_of
from adapters.x12_channel.order_850 import command_of
from adapters.x12_channel.settings import Settings
from crossdock.inbox.v1.inbox_pb2 import Command

ORDER = "850"


def read_document(content: bytes, media_type: str, settings: Settings, channel_id: str) -> Reading:
    """Reads a document.

    Args:
        content: The bytes as they came.
        media_type: Media type as it came; X12 is read, whatever it is called.
        settings: Profile of the account.
        channel_id: Channel of the orders, unless the profile names one for their sender.

    Answers commands in the document's order, and problems. Nothing is raised.
    """
    commands: list[Command] = []
    findings = Findings()
    number, first_reason = 0, ""
    for part in chunks(text_of(content)):
        if isinstance(part, Chunk):
            number += 1
            commands.extend(_commands(part, number, settings, channel_id, findings))
        else:
            findings.refuse(f"segment {part.position}", "ISA", f"the text before segment {part.position} {part.reason}")
            first_reason = first_reason or part.reason
    if not number:
        return unread("segment 1", plain(media_type), f"the document {first_reason or 'is empty'}")
    return Reading(tuple(commands), findings.named())


def _commands(chunk: Chunk, number: int, settings: Settings, channel_id: str, findings: Findings) -> list[Command]:
    commands = []
    interchange = read_interchange(chunk, number, settings.partner_of, findings)
    for transaction in interchange.transactions if interchange else ():
        start = transaction.segments[0]
        if transaction.set_id != ORDER:
            reason = f"transaction set {shown(transaction.set_id)} is not read; this adapter reads {ORDER}"
            Notes(findings, transaction.path).refuse(start, 1, reason)
            continue
        command = command_of(transaction, channel_id, findings)
        if command is not None:
            commands.append(command)
    return commands

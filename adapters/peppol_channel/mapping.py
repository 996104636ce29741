"""Reads a Peppol order into a command: pure and total, so that every byte string has an answer."""

from __future__ import annotations

from typing import Final

from adapters.peppol_channel.orders import draft_of
from adapters.peppol_channel.placed import Placed, placed_of
from adapters.peppol_channel.settings import Settings
from adapters.sdk.documents.reading import Findings, Reading, shown
from adapters.sdk.ubl.elements import Element
from adapters.sdk.ubl.notes import Notes
from adapters.sdk.ubl.parsing import NotReadable, parse
from crossdock.inbox.v1.inbox_pb2 import Command

ORDER: Final = "Order"
ENVELOPE: Final = "StandardBusinessDocument"


def read_document(content: bytes, settings: Settings, channel_id: str) -> tuple[Reading, Placed | None]:
    """Return the order of a document as a command, with problems, and as what is written about it must name it.

    Nothing is raised. An order that is not taken has no command, and is None.

    Args:
        content: The bytes as they came.
        settings: Profile of the account.
        channel_id: Channel of the order, unless the profile names one.
    """
    findings = Findings()
    try:
        source = _unwrapped(parse(content))
    except NotReadable as error:
        findings.refuse("document", "", str(error))
        return Reading(problems=findings.named()), None
    if source.name != ORDER:
        findings.refuse(f"line {source.line}", "", f"{shown(source.name, 80)} is not read; this adapter reads {ORDER}")
        return Reading(problems=findings.named()), None
    draft = draft_of(source, channel_id, settings, Notes(findings, ORDER))
    draft.unread_facts.extend(findings.unread_facts)
    if findings.refused:
        return Reading(problems=findings.named()), None
    command = Command(place_order=draft, location=ORDER, draft_unknown_skus=settings.draft_unknown_skus)
    return Reading((command,), findings.named()), placed_of(source, draft.channel_reference)


def _unwrapped(root: Element) -> Element:
    """Return the document in the envelope that access points put about it; the root where there is none."""
    if root.name.endswith(ENVELOPE):
        return next((child for child in root.children if not child.name.endswith(f"{ENVELOPE}Header")), root)
    return root

"""A response to a load tender (990) into whether the carrier takes the parcel."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.sdk.documents.reading import plain, shown
from adapters.sdk.x12.notes import Notes
from adapters.sdk.x12.tokenizer import Segment
from adapters.sdk.x12.unread import report_unread
from adapters.x12_transport.codes import ACCEPTED
from adapters.x12_transport.facts import FACTS
from adapters.x12_transport.parcels import Response
from adapters.x12_transport.settings import Settings


def response_of(segments: Sequence[Segment], settings: Settings, notes: Notes) -> Response | None:
    """Return what a 990 says; None where `notes` say why not."""
    start = next((segment for segment in segments if segment.tag == "B1"), None)
    if start is None:
        notes.refuse(segments[0], 0, "the transaction has no B1: which tender it answers cannot be told")
        return None
    report_unread("990", FACTS["990"], settings.ignored_facts, segments[1:-1], notes)
    number, code = plain(start.element(2)), start.element(4)
    meaning = settings.responses.get(code)
    if not number:
        notes.refuse(start, 2, "is empty: which tender it answers cannot be told")
    if meaning is None:
        notes.refuse(start, 4, f"{shown(code)} is no answer that the profile's responses name")
    return Response(number, f"B1/{code}", meaning == ACCEPTED)

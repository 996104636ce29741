"""EasyPost's events -> where parcels are. Pure and total.

An event of a kind that is not acted on is a problem of the document, so that a person sees it once, and either
unsubscribes it or names it in `ignored_events`.
"""

from __future__ import annotations

from typing import Final

from adapters.easypost_transport.trackers import Unreadable, position_of
from adapters.sdk.documents.json_values import NotKept, at, json_of, text_at
from adapters.sdk.documents.reading import Reading, shown, unread
from crossdock.inbox.v1.inbox_pb2 import Command

_READ: Final = frozenset({"tracker.created", "tracker.updated"})
_RESULT: Final = "$.result"


def read_event(content: bytes, ignored: frozenset[str]) -> Reading:
    """Return what an event says; what cannot be read is a problem."""
    try:
        event = json_of(content)
    except NotKept as why:
        return unread("$", "event", str(why))
    kind = text_at(event, "description")
    if text_at(event, "object") != "Event" or not kind:
        return unread("$", "event", "is no event of EasyPost's: object or description is missing")
    if kind in _READ:
        return _tracker(at(event, "result"))
    if kind in ignored:
        return Reading()
    reason = f"{shown(kind)} is not acted on; unsubscribe it, or name it in ignored_events"
    return unread("$.description", "description", reason)


def _tracker(value: object) -> Reading:
    try:
        position = position_of(value)
    except Unreadable as why:
        return unread(_RESULT, why.field, str(why))
    if position is None:
        return Reading()
    return Reading((Command(carrier_event=position, location=_RESULT, event_id=position.event_reference),))

"""A shipment status (214) into where the parcel is.

The hub says which parcel of ours it is, and judges a status of an unknown parcel, in the future or out of order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final

from adapters.sdk.documents.reading import plain, shown
from adapters.sdk.times import timestamp_of
from adapters.sdk.x12.notes import Notes
from adapters.sdk.x12.segments import day_of, end_of
from adapters.sdk.x12.tokenizer import Segment
from adapters.sdk.x12.unread import report_unread
from adapters.x12_transport.codes import LOCAL, NOTHING, ZONES
from adapters.x12_transport.facts import FACTS
from adapters.x12_transport.settings import PREFIX, Settings
from crossdock.fulfillment.v1.fulfillment_pb2 import CarrierEvent
from crossdock.inbox.v1.inbox_pb2 import Command

MOST_NUMBER: Final = 80


@dataclass(frozen=True)
class StatusReader:
    """Reads one transaction as the account's profile says; notes what cannot be read. `at` is when it is read."""

    settings: Settings
    notes: Notes
    at: datetime

    def commands_of(self, segments: Sequence[Segment]) -> list[Command]:
        """Return where the parcel is or was, a command per status in the document's order."""
        start = next((segment for segment in segments if segment.tag == "B10"), None)
        if start is None:
            self.notes.refuse(segments[0], 0, "the transaction has no B10: which parcel it is about cannot be told")
            return []
        report_unread("214", FACTS["214"], self.settings.ignored_facts, segments[1:-1], self.notes)
        number = plain(start.element(2))
        if not 1 <= len(number) <= MOST_NUMBER:
            self.notes.refuse(start, 2, f"{shown(number)} is no tracking number of 1 to {MOST_NUMBER} characters")
            return []
        statuses = [segment for segment in segments if segment.tag == "AT7"]
        if not statuses:
            self.notes.refuse(start, 0, "the transaction has no AT7: where the parcel is cannot be told")
        events = [self._event(status, number) for status in statuses]
        return [
            Command(
                carrier_event=event, location=f"{self.notes.path}/{status.place}"[:200], event_id=event.event_reference
            )
            for status, event in zip(statuses, events, strict=True)
            if event is not None
        ]

    def _event(self, status: Segment, number: str) -> CarrierEvent | None:
        """Return where the parcel is by a status; None for an appointment, and where nothing is said of it."""
        code = status.element(1)
        if not code and status.element(3):
            return None
        state = self.settings.statuses.get(code)
        if state is None:
            self.notes.report(status, 1, f"{shown(code)} is no status that the profile's statuses name")
        happened = self._happened(status)
        if state is None or state == NOTHING or happened is None:
            return None
        occur_time = timestamp_of(happened)
        return CarrierEvent(
            tracking_number=number,
            state=f"{PREFIX}{state}",
            occur_time=occur_time,
            event_reference=f"{number}/{state}/{occur_time.seconds}",
        )

    def _happened(self, status: Segment) -> datetime | None:
        """Return when a status was seen: at its minute, else at the end of its day, which today is now."""
        zone = ZONES.get(code := status.element(7), self.settings.time_zone)
        if code and code != LOCAL and code not in ZONES:
            self.notes.refuse(status, 7, f"{shown(code)} is no time code that is known")
        start = day_of(status.element(5), self.settings.time_zone)
        if start is None:
            self.notes.refuse(status, 5, f"{shown(status.element(5))} is no day")
            return None
        minute = status.element(6)
        if not minute:
            return self.at if start <= self.at < end_of(start) else end_of(start)
        if not _is_minute(minute):
            self.notes.refuse(status, 6, f"{shown(minute)} is no time")
            return None
        return datetime.combine(start.date(), time(int(minute[:2]), int(minute[2:4])), zone)


def _is_minute(text: str) -> bool:
    return len(text) >= 4 and text.isascii() and text.isdigit() and text[:2] < "24" and text[2:4] < "60"

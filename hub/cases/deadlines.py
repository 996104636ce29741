"""What waits, for how long, and what the end of the wait does: every wait for somebody outside has a row here."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from msgspec import Struct

from hub.messages.payload import TimerPayload
from hub.messages.timers import HoldDue, NodeAnswerDue, ParcelDue, PartnerAnswerDue


class Deadline(Struct, frozen=True):
    """A wait in business time. `timer` ends it, `waits` and `ends` are for people."""

    timer: type[TimerPayload]
    waits: str
    span: timedelta
    ends: str


NODE_ANSWER: Final = Deadline(
    NodeAnswerDue,
    "A request to a node: to cancel units, or to give them back.",
    timedelta(minutes=60),
    "It counts as refused: the parcel ships; of a cancel the customer is offered a return, and CANCEL_REFUSED names it."
    " An answer that comes later is taken all the same.",
)

PARCEL_ARRIVAL: Final = Deadline(
    ParcelDue,
    "A parcel that left, counted from the day promised: to be delivered, or to come back.",
    timedelta(days=14),
    "PARCEL_OVERDUE names it. `crossdock parcels write-off` ends it as lost and credits the customer.",
)

PARTNER_ANSWER: Final = Deadline(
    PartnerAnswerDue,
    "A partner that answered PENDING: an authorization, screening, tax, capture, refund or report. It is asked again by"
    " FindOperation after 5 minutes, then after twice as long each time, at last once a day.",
    timedelta(days=1),
    "ANSWER_OVERDUE names it, and the partner is asked on. An answer that comes later is taken all the same.",
)

HOLD: Final = Deadline(
    HoldDue,
    "A hold that was put for a time; this is the longest there is.",
    timedelta(days=366),
    "It is EXPIRED, and the order goes on as if the hold had been resolved.",
)

DEADLINES: Final = (NODE_ANSWER, PARCEL_ARRIVAL, PARTNER_ANSWER, HOLD)
"""All of them."""

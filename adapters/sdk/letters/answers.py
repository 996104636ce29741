"""How a document that was sent answers the operation that asked for it."""

from __future__ import annotations

from adapters.sdk.calls import done, pending, refused
from adapters.sdk.letters.outgoing import ACCEPTED, REJECTED, Sent
from crossdock.partner.call.v1 import call_pb2


def answer_of(sent: Sent, *, awaits: bool) -> call_pb2.Answer:
    """Return REFUSED once the acknowledgment says so, and PENDING where one is awaited and none came."""
    reference = f"{sent.control:09}"
    if sent.state == REJECTED:
        return refused(sent.code, f"The partner's system did not accept our document {reference}.")
    return done(reference) if sent.state == ACCEPTED or not awaits else pending(reference)

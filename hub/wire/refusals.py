"""Refusals on the wire: the reason by its contract's name, one sentence, and the facts behind it."""

from __future__ import annotations

from datetime import timedelta

from crossdock.common.v1 import refusal_pb2
from hub.kernel.errors import Refusal

_PREFIX = "ERROR_REASON_"


def refusal_to_pb(refusal: Refusal) -> refusal_pb2.Refusal:
    """The refusal of one element of a batch."""
    made = refusal_pb2.Refusal(
        reason=_PREFIX + refusal.reason,
        message=refusal.message,
        metadata=refusal.metadata,
    )
    if refusal.retry_after_seconds is not None:
        made.retry_delay.FromTimedelta(timedelta(seconds=refusal.retry_after_seconds))
    return made

"""Trace context as a value: which trace and span something was caused by (W3C Trace Context, level 1)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from uuid import UUID

from msgspec import Struct

_TRACEPARENT: Final = re.compile(r"^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$")


class TraceContext(Struct, frozen=True):
    """A trace and the span in it that is the cause of what follows; hexadecimal ids as W3C writes them."""

    trace_id: str
    span_id: str

    def traceparent(self) -> str:
        """The header value."""
        return f"00-{self.trace_id}-{self.span_id}-01"


def trace_of(order_id: UUID) -> TraceContext:
    """The trace of an order, and its root span: named by the order's id and by the random half of it."""
    name = order_id.hex
    return TraceContext(name, name[-16:])


@lru_cache(maxsize=1024)
def from_traceparent(text: str | None) -> TraceContext | None:
    """The context a header names; None when it is absent, malformed or all zero."""
    match = _TRACEPARENT.match(text or "")
    if match is None or not match[1].strip("0") or not match[2].strip("0"):
        return None
    return TraceContext(match[1], match[2])

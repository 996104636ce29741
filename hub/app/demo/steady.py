"""A hub spoken to by someone who does not give up: while it does not answer, the same call is made again.

Every call repeated here is one that may be repeated: reads, changes under one request_id, documents of the same bytes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, timedelta
from threading import Event
from typing import Any, Final

from google.protobuf.duration_pb2 import Duration

from crossdock.admin.v1 import admin_pb2
from hub.app.client import FAILED, UNREACHABLE, HubClient, HubError
from hub.kernel.instant import Instant

PATIENCE_SECONDS: Final = 120.0
_PAUSE_SECONDS: Final = 0.2
_PASSING: Final = ("CANCELED", "INTERNAL", "UNKNOWN")


class Left(Exception):
    """Whoever wanted the calls has left."""


class SteadyHub:
    """Calls of a hub, repeated while it does not answer; `leaving` ends that early."""

    def __init__(self, client: HubClient, leaving: Event, *, patience_seconds: float = PATIENCE_SECONDS) -> None:
        self.client, self._leaving, self._patience_seconds = client, leaving, patience_seconds
        self.repeats = 0

    def call(self, rpc: Callable[..., Any], request: Any, *, seconds: float | None = 60.0) -> Any:
        """Makes a call until it is answered. Raises HubError when it is refused, or nobody answers for too long."""
        return self._until_answered(lambda: self.client.call(rpc, request, seconds=seconds))

    def pages(self, rpc: Callable[..., Any], request: Any, field: str) -> list[Any]:
        """Everything that a list answers, page by page."""
        found: list[Any] = []
        while True:
            answer = self.call(rpc, request)
            found += getattr(answer, field)
            if not answer.next_page_token:
                return found
            request.page.page_token = answer.next_page_token

    def now(self) -> Instant:
        """Business time."""
        status = self.call(self.client.admin.GetStatus, admin_pb2.GetStatusRequest())
        at: Instant = status.business_time.ToDatetime(tzinfo=UTC)
        return at

    def advance_to(self, target: Instant) -> None:
        """Moves business time on to an instant, unless it is past it, and lets due work finish."""
        self._until_answered(lambda: self._advance(target))

    def _advance(self, target: Instant) -> None:
        span = Duration()
        span.FromTimedelta(max(target - self.now(), timedelta()))
        self.client.call(self.client.admin.AdvanceTime, admin_pb2.AdvanceTimeRequest(span=span), seconds=None)

    def _until_answered(self, attempt: Callable[[], Any]) -> Any:
        deadline = time.monotonic() + self._patience_seconds
        while True:
            try:
                return attempt()
            except HubError as error:
                if not _may_pass(error) or time.monotonic() > deadline:
                    raise
            self.repeats += 1
            if self._leaving.wait(_PAUSE_SECONDS):
                raise Left


def _may_pass(error: HubError) -> bool:
    """Whether the hub was away or broke off, not: refused."""
    return error.exit_code == UNREACHABLE or (error.exit_code == FAILED and error.reason in _PASSING)

"""Figures of calls to partners: how many there were by account, rpc and outcome, and how long they took."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from hub.connect.failures import CallFailure
from hub.observability.figures import Count, Figure, Spread

ANSWERED: Final = "answered"


class PartnerFigures:
    """Counts calls to partners."""

    def __init__(self) -> None:
        self._calls = Count(
            "crossdock.partner.calls",
            "Calls to partners, by account, rpc and outcome: answered, or how they failed.",
            ("account", "rpc", "outcome"),
        )
        self._seconds = Spread("crossdock.partner.call", "How long partners took to answer.", ("account",))

    @property
    def figures(self) -> Sequence[Figure]:
        """What was counted."""
        return self._calls, self._seconds

    @contextmanager
    def call(self, account_id: str, rpc: str) -> Iterator[None]:
        """Count a call that is made within."""
        began, outcome = time.perf_counter(), ANSWERED
        try:
            yield
        except CallFailure as failure:
            outcome = type(failure).__name__
            raise
        finally:
            self._calls.add(account_id, rpc, outcome)
            self._seconds.note(time.perf_counter() - began, account_id)

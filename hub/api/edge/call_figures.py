"""Figures of calls: how many there were by rpc and outcome, and how long they took."""

from __future__ import annotations

import time
from collections.abc import Sequence

from hub.api.edge.journal import Note
from hub.observability.figures import Count, Figure, Spread


class CallFigures:
    """Counts calls that ended."""

    def __init__(self) -> None:
        self._calls = Count(
            "crossdock.calls", "Calls that ended, by rpc and outcome: OK or the reason.", ("rpc", "outcome")
        )
        self._seconds = Spread("crossdock.call", "How long calls took, streams until their end.", ("rpc",))

    @property
    def figures(self) -> Sequence[Figure]:
        """What was counted."""
        return self._calls, self._seconds

    def end(self, note: Note) -> None:
        """Take a call that ended."""
        self._calls.add(note.rpc, note.outcome)
        self._seconds.note(time.perf_counter() - note.began, note.rpc)

"""Which calls are turned away when more come than can be answered: early, before a request is even looked at.

How long a call would wait is the number of calls inside over the answers per second of late. A call that would wait for
more than half of the time its caller has is refused at once, with the time after which to come again: the work it would
cost goes to calls that can still be answered. Ranks differ in how much of that wait they are granted: what ships goes
before what is ordered, and both before what is only looked at. What a call then waits for is the gate's business.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Final

MOST_CALLS: Final = 2048
"""Calls inside at any time, unless told otherwise."""
FEW: Final = 64
"""Calls inside that are never too many: a batch of the gate."""
PATIENCE_SECONDS: Final = 5.0
"""How long a caller without a deadline may wait at most."""
SHARE_OF_DEADLINE: Final = 0.5
SHORTEST_RETRY_SECONDS: Final = 0.1
WINDOW_SECONDS: Final = 0.5


class Rank(Enum):
    """What is done first when not all can be; the value is the share of the longest wait that is granted."""

    SHIP = 1.0
    ORDER = 0.8
    LOOK = 0.4


class Shedding:
    """Counts calls inside and answers per second. `now` is the loop's clock; `most` calls are inside at any time."""

    def __init__(self, now: Callable[[], float], *, most: int = MOST_CALLS) -> None:
        self._now = now
        self._most, self._few = most, min(FEW, most)
        self._inside = 0
        self._rate = most / PATIENCE_SECONDS
        self._began: float | None = None
        self._answered = 0

    @property
    def pressed(self) -> bool:
        """Whether so many calls are inside that another one may be turned away."""
        return self._inside >= self._few

    def turned_away(self, rank: Rank, remaining_seconds: float | None) -> float | None:
        """Lets a call in that has so much time left (None: no deadline), which then must leave; answers None.

        Or answers after how many seconds it may come again.
        """
        if self.pressed:
            patience = PATIENCE_SECONDS
            if remaining_seconds is not None:
                patience = min(patience, remaining_seconds * SHARE_OF_DEADLINE)
            wait = self._inside / self._rate
            if wait > patience * rank.value or self._inside >= self._most:
                return max(SHORTEST_RETRY_SECONDS, wait)
            if self._began is None:
                self._began, self._answered = self._now(), 0
        self._inside += 1
        return None

    def leave(self) -> None:
        """Counts a call that was let in as answered. Only times with enough to do tell how fast answers can be."""
        self._inside -= 1
        if self._began is None:
            return
        self._answered += 1
        if (passed := self._now() - self._began) >= WINDOW_SECONDS:
            self._rate += (self._answered / passed - self._rate) / 2
            self._began, self._answered = self._now(), 0
        if self._inside < self._few:
            self._began = None

"""Answers for one flow, until it takes them in: those that come within a moment are taken in together.

An answer that is the only one awaited is taken in at once. Where others are awaited, it waits while answers keep
coming: a slow partner delays the answers of others by one pace. Accounts take turns in a batch.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from hub.kernel.instant import Instant
from hub.outbox.model import Claim
from hub.work.applying import Piece

BATCH_SIZE: Final = 64
"""Answers that one transaction takes in at most."""
PACE_SECONDS: Final = 0.003
"""While answers come within this time of each other, they gather."""
PATIENCE_SECONDS: Final = 0.02
"""How long an answer waits for others at most."""


@dataclass
class AnswerQueue:
    """What came and is not taken in yet, by account, and how many calls are still awaited."""

    awaited: int = 0
    taking: bool = False
    _by_account: dict[str, deque[tuple[Piece, Instant]]] = field(default_factory=dict)
    _waiting: set[tuple[UUID, int]] = field(default_factory=set)

    @contextmanager
    def awaiting(self) -> Iterator[None]:
        """Counts a call as awaited until it has ended."""
        self.awaited += 1
        try:
            yield
        finally:
            self.awaited -= 1

    def put(self, piece: Piece, at: Instant) -> None:
        """Has an answer of business time `at` wait."""
        account_id = piece.claim.message.account_id or ""
        self._by_account.setdefault(account_id, deque()).append((piece, at))
        self._waiting.add(piece.claim.key)

    def holds(self, claim: Claim) -> bool:
        """Whether the answer that was got under a claim waits."""
        return claim.key in self._waiting

    async def gathered(self) -> bool:
        """Comes back when what waits is worth a transaction; says whether anything waits."""
        until = asyncio.get_running_loop().time() + PATIENCE_SECONDS
        came = 0
        while self.awaited and came < len(self._waiting) < BATCH_SIZE:
            came = len(self._waiting)
            if asyncio.get_running_loop().time() >= until:
                break
            await asyncio.sleep(PACE_SECONDS)
        return bool(self._waiting)

    def take(self, size: int = BATCH_SIZE) -> list[tuple[Piece, Instant]]:
        """Removes the next answers, at most so many: the first of each account, then the second of each, and so on."""
        taken: list[tuple[Piece, Instant]] = []
        while self._by_account and len(taken) < size:
            for account_id in list(self._by_account)[: size - len(taken)]:
                answers = self._by_account.pop(account_id)
                taken.append(answers.popleft())
                if answers:
                    self._by_account[account_id] = answers
        self._waiting.difference_update(piece.claim.key for piece, _ in taken)
        return taken

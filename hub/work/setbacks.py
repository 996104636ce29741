"""What becomes of messages that were not done: put off, given up; and of accounts whose partners fail: breakers."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from msgspec.structs import replace
from psycopg import OperationalError

from hub.cases.deadlines import MESSAGES
from hub.connect.failures import CallFailure, Misanswered, NeverAccepted, PutOff
from hub.database.pool import Database
from hub.kernel.errors import Refusal, Status
from hub.kernel.instant import Instant
from hub.messages.timers import MessagesDue
from hub.outbox import operations as outbox
from hub.outbox.model import Claim, Timer
from hub.work.applying import Applying, Piece, reason_of
from hub.work.calling import Ended, OwnFault
from hub.work.handlers import Call, Misanswers, OnDead
from hub.work.machine import Machine, WorkSettings, wait_seconds

log = logging.getLogger(__name__)

_PASSING = (Status.ABORTED, Status.RESOURCE_EXHAUSTED, Status.DEADLINE_EXCEEDED)
"""Refusals that another attempt may not meet."""


@dataclass
class Setbacks:
    """Decides on what failed and writes it down, under the claims' fences."""

    database: Database
    settings: WorkSettings
    machine: Machine
    random: Random
    on_dead: OnDead
    misanswers: Misanswers
    _failures: dict[str, int] = field(default_factory=dict)

    async def ours(self, failed: Sequence[tuple[Piece, Exception]], at: Instant) -> None:
        """Our own side failed: what was refused for good is given up at once, the rest after some attempts.

        An answer that could not be taken in is asked for again.
        """
        lost, later = [], []
        for piece, error in failed:
            claim = replace(piece.claim, unknown=piece.kept is not None)
            if self._is_final(claim, error):
                lost.append((claim, reason_of(error)))
            else:
                later.append((claim, self._until(claim, None), reason_of(error)))
        if later:
            async with self.database.transaction() as tx:
                await outbox.put_off(tx, later)
        await self.give_up(lost, at)

    async def theirs(self, handler: Call, ended: Ended, at: Instant) -> None:
        """The partner gave no answer: the message is put off, or given up when another attempt is useless.

        A repeatable call is never given up for want of an answer: it asks for news, and is asked as long as it takes.
        """
        claim, failure = ended.claim, ended.failure
        if isinstance(failure, OwnFault):
            log.error("calling for message %s failed", claim.message.message_id, exc_info=failure.__cause__)
            hopeless = claim.attempts >= self.settings.faults
        else:
            hopeless = claim.attempts >= self.settings.attempts and not handler.repeatable
        if isinstance(failure, NeverAccepted) or hopeless:
            await self.give_up([(claim, str(failure))], at)
            return
        asked = failure.retry_after_seconds if isinstance(failure, PutOff) else None
        async with self.database.transaction() as tx:
            await outbox.put_off(tx, [(claim, self._until(claim, asked), str(failure))])
            if isinstance(failure, Misanswered) and claim.attempts >= self.settings.patience:
                await self.misanswers.named(tx, claim, str(failure), at)
            await outbox.ensure_timers(tx, [Timer(MessagesDue(due_at=at + MESSAGES.span))])

    async def account(self, ended: Ended) -> None:
        """Opens the account's breaker after failures in a row, or for as long as the partner said; closes it again.

        Each failed probe doubles the time to the next one. One that is answered wakes all that wait for the account.
        """
        account_id = ended.claim.message.account_id or ""
        if not ended.partner_failed:
            self._failures.pop(account_id, None)
            if ended.claim.probe:
                async with self.database.transaction() as tx:
                    await outbox.close_breakers(tx, [account_id], now=self.machine.now())
            return
        count = self._failures[account_id] = self._failures.get(account_id, 0) + 1
        asked = ended.failure.retry_after_seconds if isinstance(ended.failure, PutOff) else None
        if asked is None and count < self.settings.breaker_failures and not ended.claim.probe:
            return
        longer = self.settings.breaker_seconds * 2.0 ** min(max(count - self.settings.breaker_failures, 0), 30)
        seconds = min(longer, self.settings.longest_breaker_seconds) if asked is None else asked
        until = self.machine.now() + timedelta(seconds=seconds)
        async with self.database.transaction() as tx:
            await outbox.open_breaker(tx, account_id, until=until)

    async def give_up(self, claims: Sequence[tuple[Claim, str]], at: Instant) -> None:
        """Makes dead letters, with the reason."""
        if claims:
            async with self.database.transaction() as tx:
                await Applying(self.database, self.on_dead).give_up(tx, claims, at)

    def _is_final(self, claim: Claim, error: Exception) -> bool:
        if isinstance(error, Refusal):
            return error.status not in _PASSING or claim.attempts >= self.settings.attempts
        if isinstance(error, CallFailure):
            return isinstance(error, NeverAccepted) or claim.attempts >= self.settings.attempts
        log.error("message %s failed", claim.message.message_id, exc_info=error)
        passing = isinstance(error, OperationalError)
        return claim.attempts >= (self.settings.attempts if passing else self.settings.faults)

    def _until(self, claim: Claim, retry_after: float | None) -> Instant:
        seconds = max(wait_seconds(self.settings, claim.attempts, self.random), retry_after or 0.0)
        return self.machine.now() + timedelta(seconds=seconds)

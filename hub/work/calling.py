"""One attempt at a call: asks first where the last outcome is unknown, sends, reconnects, and says how it ended."""

from __future__ import annotations

from random import Random
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from hub.connect.failures import CallFailure, Misanswered, NeverAccepted, NotReached, OutcomeUnknown
from hub.kernel.instant import Instant
from hub.messages.payload import Payload
from hub.outbox.model import Answer, Claim, Message, Outcome
from hub.work.handlers import Call
from hub.work.machine import Machine

RECONNECTS = 3
"""Tries inside one attempt at an adapter that is not reached."""
_FIRST_PAUSE_SECONDS = 0.02


class OwnFault(CallFailure):
    """The hub's own code failed in building or reading the call."""


class Ended(Struct, frozen=True):
    """How an attempt ended: with an answer, or with a failure; `claim` knows whether the outcome is unknown now."""

    claim: Claim
    answer: Answer[Any] | None = None
    failure: CallFailure | None = None

    @property
    def partner_failed(self) -> bool:
        """Whether the partner did not answer for itself: what breakers count. A wrong answer is one, too."""
        return self.failure is not None and not isinstance(self.failure, NeverAccepted | Misanswered | OwnFault)

    @property
    def outcome(self) -> str:
        """For traces."""
        return self.answer.outcome.value if self.answer is not None else type(self.failure).__name__


async def attempt(
    call: Call, claim: Claim, message: Message[Payload], at: Instant, machine: Machine, random: Random
) -> Ended:
    """Makes one attempt at a claimed message; `message` is it with its own place in the trace.

    Where the outcome of an earlier attempt is unknown, the partner is asked what became of it; only its NOT_FOUND lets
    the operation be sent again, under the same key.
    """
    unknown = claim.unknown and not call.repeatable
    try:
        if unknown:
            found = await _reached(call.find, message, at, machine, random)
            if found.outcome is not Outcome.NOT_FOUND:
                return Ended(replace(claim, unknown=False), found)
            unknown = False
        answer = await _reached(call.send, message, at, machine, random)
    except OutcomeUnknown as failure:
        return Ended(replace(claim, unknown=not call.repeatable), failure=failure)
    except CallFailure as failure:
        return Ended(replace(claim, unknown=unknown), failure=failure)
    except Exception as error:
        own = OwnFault(f"{type(error).__name__} in the hub's own code; see the log.")
        own.__cause__ = error
        return Ended(replace(claim, unknown=not call.repeatable), failure=own)
    if answer.outcome is Outcome.NOT_FOUND:
        return Ended(claim, failure=NeverAccepted("The partner answered NOT_FOUND to an operation that was sent."))
    return Ended(replace(claim, unknown=False), answer)


async def _reached(ask: Any, message: Message[Payload], at: Instant, machine: Machine, random: Random) -> Answer[Any]:
    """Asks, and again at once where the adapter was not reached: it may be restarting."""
    for number in range(1, RECONNECTS):
        try:
            answer: Answer[Any] = await ask(message, at)
        except NotReached:
            await machine.sleep(_FIRST_PAUSE_SECONDS * 2**number * (1 + random.random()))
        else:
            return answer
    last: Answer[Any] = await ask(message, at)
    return last

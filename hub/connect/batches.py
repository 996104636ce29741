"""Operations of one account that begin at the same moment travel as one call, where its adapter takes batches.

A batch is no operation: each of its operations has a key, an answer and a failure of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from msgspec import Struct

from hub.connect.failures import Misanswered, NeverAccepted, NotOffered

MOST: Final = 64
"""Operations that a batch has at most; the contracts allow no more."""


class Batched(Struct, frozen=True):
    """An operation that a contract takes several of: its stub, its rpc, the rpc of batches, and that one's request."""

    stub: Callable[[Any], Any]
    rpc: str
    batch_rpc: str
    batch_request: Callable[..., Any]


Ask = Callable[[Batched, Any], Awaitable[Any]]
"""Makes the call of a batch: what is batched, and the request."""


@dataclass
class _Batch:
    requests: list[Any] = field(default_factory=list)
    responses: asyncio.Task[Sequence[Any]] | None = None


class Batches:
    """What begins in the present turn of the event loop, and which accounts' adapters take no batches."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, str], _Batch] = {}
        self._singly: set[tuple[str, str]] = set()

    async def response(self, account_id: str, batched: Batched, request: Any, ask: Ask) -> Any | None:
        """Return the response to a request out of the call of its batch; None where it must be asked for by itself.

        That is so where nothing else began with it, where the adapter takes no batches, and where it refused this one.
        Raises what `ask` raises, and Misanswered where requests and responses are not as many.
        """
        key = (account_id, batched.batch_rpc)
        if key in self._singly:
            return None
        batch = self._open.get(key)
        if batch is None or len(batch.requests) == MOST:
            batch = self._open[key] = _Batch()
        if batch.responses is None:
            batch.responses = asyncio.create_task(self._asked(key, batch, batched, ask))
        place = len(batch.requests)
        batch.requests.append(request)
        responses = await asyncio.shield(batch.responses)
        return responses[place] if responses else None

    async def _asked(self, key: tuple[str, str], batch: _Batch, batched: Batched, ask: Ask) -> Sequence[Any]:
        """Close the batch and make its call; return no responses where each must be asked for by itself."""
        if self._open.get(key) is batch:
            del self._open[key]
        if len(batch.requests) == 1:
            return ()
        try:
            answered = await ask(batched, batched.batch_request(requests=batch.requests))
        except NotOffered:
            self._singly.add(key)
            return ()
        except NeverAccepted:
            return ()
        if len(answered.responses) != len(batch.requests):
            said, asked = len(answered.responses), len(batch.requests)
            raise Misanswered(f"The answer to {batched.batch_rpc} has {said} responses to {asked} requests.")
        responses: Sequence[Any] = answered.responses
        return responses

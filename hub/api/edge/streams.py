"""Streams that are open: one whose caller has lost its right ends, though it asks nothing more."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import Struct

from hub.api.edge.access import Access
from hub.kernel.errors import Unauthenticated
from hub.kernel.scope import Scope


class _Stream(Struct, eq=False):
    """A stream, by the header that let it in. `ended`: its caller lost its right."""

    task: asyncio.Task[object]
    authorization: str | None
    scope: Scope
    ended: bool = False


class Streams:
    """Knows which streams are open, and ends those that would not be let in any more."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._open: set[_Stream] = set()

    @contextmanager
    def held(self, authorization: str | None, scope: Scope) -> Iterator[None]:
        """Hold the stream of the task at hand open; raises Unauthenticated once its caller lost its right."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("a stream is served by a task")
        stream = _Stream(task, authorization, scope)
        self._open.add(stream)
        try:
            yield
        except asyncio.CancelledError:
            if not stream.ended:
                raise
            task.uncancel()
            raise Unauthenticated("The token holds no more, or for something else now; call again.") from None
        finally:
            self._open.discard(stream)

    def end_unwelcome(self) -> None:
        """End each stream whose token would let nobody in now, or somebody who may see something else."""
        for stream in self._open:
            if not stream.ended and not self._welcome(stream):
                stream.ended = True
                stream.task.cancel()

    def _welcome(self, stream: _Stream) -> bool:
        try:
            return self._access.scope_of(stream.authorization) == stream.scope
        except Unauthenticated:
            return False

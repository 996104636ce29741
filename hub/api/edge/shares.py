"""How much of an api process one principal may take: so that no caller, honest or not, shuts out the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Final

from hub.kernel.errors import TooManyAtOnce
from hub.kernel.scope import Scope

MOST_STREAMS: Final = 100
"""Streams of one principal in one api process, unless told otherwise."""


class Shares:
    """Counts what each principal has open: at most so many unary calls and so many streams."""

    def __init__(self, *, calls: int, streams: int) -> None:
        self._calls, self._streams = _Open("calls", calls), _Open("streams", streams)

    def call(self, scope: Scope) -> AbstractContextManager[None]:
        """Hold a call of a principal open; raises TooManyAtOnce."""
        return self._calls.held(scope.principal)

    def stream(self, scope: Scope) -> AbstractContextManager[None]:
        """Hold a stream of a principal open; raises TooManyAtOnce."""
        return self._streams.held(scope.principal)


class _Open:
    """What is open, by principal."""

    def __init__(self, kind: str, most: int) -> None:
        self._kind, self._most = kind, most
        self._open: Counter[str] = Counter()

    @contextmanager
    def held(self, principal: str) -> Iterator[None]:
        """Count one more, and one less in the end; raises TooManyAtOnce."""
        if self._open[principal] >= self._most:
            raise TooManyAtOnce(
                f"{principal} has {self._most} {self._kind} open, which is the most that it may have in one process of"
                " the hub; end some, or wait until some have ended.",
                principal=principal,
                most=self._most,
            )
        self._open[principal] += 1
        try:
            yield
        finally:
            self._open[principal] -= 1
            if not self._open[principal]:
                del self._open[principal]

"""How much of an api process one principal may take."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from hub.api.edge.shares import Shares
from hub.kernel.errors import TooManyAtOnce
from hub.kernel.scope import Scope

SHOP, STORE = Scope("shop", frozenset()), Scope("store", frozenset())


@pytest.mark.parametrize("kind", ["call", "stream"])
def test_a_principal_that_has_its_share_keeps_nobody_else_out(kind: str) -> None:
    shares = Shares(calls=2, streams=2)
    enter = getattr(shares, kind)
    with ExitStack() as stack:
        for _ in range(2):
            stack.enter_context(enter(SHOP))
        with pytest.raises(TooManyAtOnce) as refused, enter(SHOP):
            pass
        with enter(STORE):
            pass

    assert refused.value.metadata == {"principal": "shop", "most": "2"}
    assert refused.value.retry_after_seconds is not None
    with enter(SHOP):
        pass


def test_calls_and_streams_are_counted_apart() -> None:
    shares = Shares(calls=1, streams=1)

    with shares.call(SHOP), shares.stream(SHOP):
        pass

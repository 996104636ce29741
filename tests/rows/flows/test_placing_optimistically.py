"""Placing without a look: what is as planned stands, what is not leaves nothing behind."""

from __future__ import annotations

import pytest

from tests.rows.flows import optimistic
from tests.support.world import World


@pytest.mark.parametrize("check", optimistic.CHECKS)
async def test_what_is_not_as_planned_leaves_nothing_behind(world: World, check: optimistic.Check) -> None:
    await check(world)

"""Placing without a look: what is as planned stands, what is not leaves nothing behind."""

from __future__ import annotations

import pytest

from tests.rows.flows import surely
from tests.support.world import World


@pytest.mark.parametrize("check", surely.CHECKS)
async def test_what_is_not_as_planned_leaves_nothing_behind(world: World, check: surely.Check) -> None:
    await check(world)

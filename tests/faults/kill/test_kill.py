"""kill -9 of any part, at any moment, leaves the same end: nothing lost, nothing done twice."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from hub.app.embedded import discard
from tests.faults.kill.playing import VICTIMS, Kill, Run, kills_of, played
from tests.support.postgres import scratch_folder

FULL = "CROSSDOCK_TEST_FULL"
"""Set to 1, all 20 points are tried; else the 4 of the first seed."""
SEEDS = range(1, 6) if os.environ.get(FULL) == "1" else range(1, 2)


@pytest.fixture(scope="module")
def unkilled() -> Run:
    with _folder() as data:
        return asyncio.run(played(data, []))


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
async def test_a_hub_whose_parts_are_killed_ends_as_one_left_in_peace(seed: int, unkilled: Run) -> None:
    await survives(kills_of(seed, unkilled.settled), unkilled)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
async def test_a_hub_whose_parts_are_killed_while_goods_come_back_ends_as_one_left_in_peace(
    seed: int, unkilled: Run
) -> None:
    assert unkilled.before_returns < unkilled.settled

    await survives(kills_of(100 + seed, unkilled.settled, begun=unkilled.before_returns), unkilled)


async def survives(kills: Sequence[Kill], unkilled: Run) -> None:
    """Plays with kills, and compares the end."""
    with _folder() as data:
        run = await played(data, kills)

    assert len(run.killed) == len(VICTIMS), run.killed
    assert run.doubled == {}
    assert run.untoward == []
    assert run.ending.violations == 0
    assert run.unmet == []
    assert run.state == unkilled.state
    assert run.digest == unkilled.digest


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder for an installation, gone afterwards with its database."""
    with tempfile.TemporaryDirectory(prefix="crossdock-kill-", dir=scratch_folder()) as name:
        data = Path(name) / "data"
        try:
            yield data
        finally:
            discard(data)

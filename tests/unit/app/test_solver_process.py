"""Batches sourced in a process of their own: the same plans, started when needed, anew where it was lost."""

from __future__ import annotations

import os
import signal
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children

import pytest

from bench.joint import batch
from hub.app.process.solver_process import SolverProcess
from hub.tasks.sourcing.cool_downs import solved


async def test_a_batch_is_sourced_apart_as_it_is_here_and_nothing_is_left_running() -> None:
    asked, before, solver = batch(1, orders=5, nodes=3), active_children(), SolverProcess()
    assert active_children() == before, "no process before the first batch"

    joint = await solver.solve(asked, 1, 7)

    assert joint == solved(asked, 1, 7)
    solver.close()
    assert active_children() == before


async def test_a_process_that_is_killed_is_started_anew() -> None:
    asked, before, solver = batch(1, orders=5, nodes=3), active_children(), SolverProcess()
    await solver.solve(asked, 1, 7)
    (child,) = [one for one in active_children() if one not in before]
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    child.join()

    with pytest.raises(BrokenProcessPool):
        await solver.solve(asked, 1, 7)

    assert await solver.solve(asked, 1, 7) == solved(asked, 1, 7)
    solver.close()

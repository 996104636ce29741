"""A process beside the worker for long searches: batches sourced together, values of stock; deliveries go on."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from hub.sourcing.policy.joint import Batch, Joint
from hub.sourcing.policy.stock_values import StockValue, ValueProblem
from hub.tasks.sourcing.cool_downs import Solve, solved
from hub.tasks.sourcing.stock_values import Value, valued

R = TypeVar("R")


class SolverProcess:
    """Starts the process at the first batch, anew where it was lost, and ends it with `close`.

    It is spawned, never forked: no thread of gRPC's is copied. If the worker is killed it ends by itself.
    """

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    @property
    def searches(self) -> tuple[Solve, Value]:
        """What handlers have it search."""
        return self.solve, self.value

    async def solve(self, batch: Batch, rounds: int, seed: int) -> Joint:
        """Return the joint plan of a batch. Raises BrokenProcessPool where the process is lost meanwhile."""
        return await self._run(solved, batch, rounds, seed)

    async def value(self, problem: ValueProblem) -> Sequence[StockValue]:
        """Return the values of a problem. Raises BrokenProcessPool where the process is lost meanwhile."""
        return await self._run(valued, problem)

    async def _run(self, search: Callable[..., R], *question: object) -> R:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(max_workers=1, mp_context=context, initializer=_end_with_parent)
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, search, *question)
        except BrokenProcessPool:
            self.close()
            raise

    def close(self) -> None:
        """Ends the process, once it has done what it is at."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


def _end_with_parent() -> None:
    threading.Thread(target=_await_parent, daemon=True).start()


def _await_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)

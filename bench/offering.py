"""Offers calls at a rate of its own, however slowly they are answered, and counts what becomes of them.

Also keeps processes to one processor, so that who serves and who asks do not take it from each other.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import grpc

from bench.ratio import Unmeasurable

LEAD_SECONDS: Final = 1.0
"""How long calls are offered before they count: by then queues are as long as they get."""
DEADLINE_SECONDS: Final = 2.0
"""How long a caller waits; what is answered later is of no use."""
_DETAILS: Final = "grpc-status-details-bin"
_RETRY: Final = b"google.rpc.RetryInfo"
_REFUSED_STREAM: Final = "RST_STREAM with error code 7"
"""What gRPC says of a call that a server turned away before it began, for its connection has too many: one may repeat
it at any time (RFC 9113, 8.7), so it needs no RetryInfo."""
_STEP_SECONDS: Final = 0.002

Ask = Callable[[], Awaitable[object]]
"""One call; raises grpc.aio.AioRpcError."""


@dataclass
class Offered:
    """What became of calls offered at a rate: answered well in the window, refused, too late; all that were sent."""

    done: int = 0
    refused: int = 0
    late: int = 0
    unhelpful: int = 0
    sent: int = 0
    seconds: float = 0.0

    @property
    def goodput(self) -> float:
        """Answers a second."""
        return self.done / self.seconds

    @property
    def rate(self) -> float:
        """Calls a second that were really offered."""
        return self.sent / self.seconds


async def offer(ask: Ask, rate: float, seconds: float) -> Offered:
    """Offers calls at a rate for some seconds after a lead, and waits until the last is answered.

    Counted is what is sent, and what is answered, within those seconds. Raises Unmeasurable for an answer that is
    neither well, a refusal for overload, nor late.
    """
    loop = asyncio.get_running_loop()
    came, waiting = Offered(seconds=seconds), set[asyncio.Task[None]]()
    began = loop.time()
    counted_from, until = began + LEAD_SECONDS, began + LEAD_SECONDS + seconds
    sent = 0
    while (now := loop.time()) < until:
        due = int((now - began) * rate) - sent
        for _ in range(due):
            task = loop.create_task(_one(ask, came, counted_from, until))
            waiting.add(task)
            task.add_done_callback(waiting.discard)
        sent += due
        if now >= counted_from:
            came.sent += due
        await asyncio.sleep(_STEP_SECONDS)
    await asyncio.gather(*waiting)
    return came


async def _one(ask: Ask, came: Offered, counted_from: float, until: float) -> None:
    clock = asyncio.get_running_loop().time
    try:
        await ask()
    except grpc.aio.AioRpcError as error:
        count_refusal(error, came)
    else:
        if counted_from <= clock() < until:
            came.done += 1


def count_refusal(error: grpc.aio.AioRpcError, came: Offered) -> None:
    """Counts a call that was not answered well. Raises Unmeasurable where that has nothing to do with load."""
    match error.code():
        case grpc.StatusCode.RESOURCE_EXHAUSTED:
            trailers: Any = error.trailing_metadata() or ()
            came.refused += 1
            came.unhelpful += not any(key == _DETAILS and _RETRY in value for key, value in trailers)
        case grpc.StatusCode.UNAVAILABLE if _REFUSED_STREAM in str(error.details()):
            came.refused += 1
        case grpc.StatusCode.DEADLINE_EXCEEDED | grpc.StatusCode.CANCELLED:
            came.late += 1
        case _:
            raise Unmeasurable(f"a call ended {error.code()}: {error.details()}") from error


def not_refused(met: Sequence[Offered]) -> str:
    """Says so where most calls that were not answered had waited until their callers had gone; else nothing."""
    refused, late = sum(came.refused for came in met), sum(came.late for came in met)
    return f"{late} calls were let wait until it was too late, only {refused} refused" if late > refused else ""


def keep_to(processors: Collection[int], pid: int) -> None:
    """Keeps a process, its threads and its children to processors, and what they start later too.

    Those that end meanwhile are left out.
    """
    with suppress(FileNotFoundError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            with suppress(FileNotFoundError, ProcessLookupError):
                os.sched_setaffinity(int(task.name), processors)
                for child in (task / "children").read_text().split():
                    keep_to(processors, int(child))


def parent_of(pid: int) -> int:
    """The process that started another one."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])

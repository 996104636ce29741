"""A paying caller: places orders at a modest, even rate, and notes how long each took, counted from when it was due."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Final

import grpc
from msgspec import Struct

from tools.attack.floods import PLACE

PER_SECOND: Final = 25
DEADLINE_SECONDS: Final = 30.0
_OWN_CONNECTION: Final = (("grpc.use_local_subchannel_pool", 1),)


class Sample(Struct, frozen=True):
    """A call: when it was due, in seconds of the loop's clock, how long it took, and whether it was answered."""

    due: float
    seconds: float
    answered: bool


class Caller:
    """Calls as long as it is open; `request` gives the bytes of the next one, `token` is what it shows."""

    def __init__(self, address: str, token: str, request: Callable[[], bytes]) -> None:
        self.samples: list[Sample] = []
        self._address, self._request = address, request
        self._metadata = (("authorization", f"Bearer {token}"),)

    @asynccontextmanager
    async def calling(self) -> AsyncIterator[None]:
        """Call while the block runs."""
        async with grpc.aio.insecure_channel(self._address, options=_OWN_CONNECTION) as channel:
            task = asyncio.create_task(self._call(channel))
            try:
                yield
            finally:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)

    async def _call(self, channel: grpc.aio.Channel) -> None:
        loop = asyncio.get_running_loop()
        place = channel.unary_unary(PLACE, request_serializer=bytes, response_deserializer=bytes)
        due = loop.time()
        async with asyncio.TaskGroup() as group:
            while True:
                group.create_task(self._place(place, due))
                due += 1 / PER_SECOND
                await asyncio.sleep(max(0.0, due - loop.time()))

    async def _place(self, place: grpc.aio.UnaryUnaryMultiCallable[bytes, bytes], due: float) -> None:
        answered = True
        try:
            await place(self._request(), metadata=self._metadata, timeout=DEADLINE_SECONDS)
        except grpc.aio.AioRpcError:
            answered = False
        self.samples.append(Sample(due, asyncio.get_running_loop().time() - due, answered))

    def between(self, begin: float, end: float) -> list[Sample]:
        """The calls that were due in a span of the loop's clock."""
        return [sample for sample in self.samples if begin <= sample.due < end]


def quantile(samples: Sequence[Sample], share: float) -> float:
    """Return the seconds within which a share of calls was done; one that failed counts as long as its deadline."""
    if not samples:
        return DEADLINE_SECONDS
    times = sorted(sample.seconds if sample.answered else DEADLINE_SECONDS for sample in samples)
    return times[min(len(times) - 1, int(share * len(times)))]

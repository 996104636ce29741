"""The adapter's memory at the hub: concurrent writers, lost answers, leases and numbers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import grpc
import pytest

from adapters.sdk.calls import Context
from adapters.sdk.state.client import AdapterState, Entry, LeaseHeld, StateChanged
from crossdock.adapter.v1 import state_pb2 as pb
from crossdock.adapter.v1 import state_pb2_grpc


class HubMemory(state_pb2_grpc.AdapterStateServiceServicer):
    """The hub's service in memory; fails as often as told, before or after its work."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], Entry] = {}
        self.holders: dict[str, str] = {}
        self.numbers: dict[str, int] = {}
        self.fail_before = 0
        self.fail_after = 0
        self.credentials: set[object] = set()

    async def _before(self, context: Context) -> None:
        self.credentials |= {value for key, value in context.invocation_metadata() or () if key == "authorization"}
        if self.fail_before:
            self.fail_before -= 1
            await context.abort(grpc.StatusCode.UNAVAILABLE, "gone")

    async def _after(self, context: Context) -> None:
        if self.fail_after:
            self.fail_after -= 1
            await context.abort(grpc.StatusCode.UNAVAILABLE, "gone before the answer")

    async def GetState(self, request: pb.GetStateRequest, context: Context) -> pb.GetStateResponse:
        await self._before(context)
        entry = self.entries.get((request.account_id, request.key), Entry(b"", 0))
        return pb.GetStateResponse(value=entry.value, version=entry.version)

    async def CompareAndSetState(
        self, request: pb.CompareAndSetStateRequest, context: Context
    ) -> pb.CompareAndSetStateResponse:
        await self._before(context)
        place = (request.account_id, request.key)
        version = self.entries.get(place, Entry(b"", 0)).version
        if version != request.expected_version:
            await context.abort(grpc.StatusCode.ABORTED, "state changed")
        self.entries[place] = Entry(request.value, version + 1)
        await self._after(context)
        return pb.CompareAndSetStateResponse(version=version + 1)

    async def AcquireLease(self, request: pb.AcquireLeaseRequest, context: Context) -> pb.AcquireLeaseResponse:
        await self._before(context)
        if self.holders.setdefault(request.name, request.holder) != request.holder:
            await context.abort(grpc.StatusCode.ABORTED, "lease held")
        return pb.AcquireLeaseResponse(fence=request.span.seconds)

    async def NextNumber(self, request: pb.NextNumberRequest, context: Context) -> pb.NextNumberResponse:
        await self._before(context)
        number = self.numbers.setdefault(request.request_id, len(self.numbers) + 1)
        await self._after(context)
        return pb.NextNumberResponse(number=number)


@asynccontextmanager
async def _hub(tmp_path: Path) -> AsyncIterator[tuple[HubMemory, AdapterState]]:
    memory, server = HubMemory(), grpc.aio.server()
    state_pb2_grpc.add_AdapterStateServiceServicer_to_server(memory, server)
    server.add_insecure_port(f"unix:{tmp_path}/hub")
    await server.start()
    async with grpc.aio.insecure_channel(f"unix:{tmp_path}/hub") as channel:
        yield memory, AdapterState(channel, "token", first_wait_seconds=0.0001)
    await server.stop(None)


async def test_an_entry_is_read_as_it_was_written_under_the_credential(tmp_path: Path) -> None:
    async with _hub(tmp_path) as (memory, state):
        assert await state.get("A", "cursor") == Entry(b"", 0)

        assert await state.compare_and_set("A", "cursor", b"7", 0) == 1

        assert await state.get("A", "cursor") == Entry(b"7", 1)
        assert memory.credentials == {"Bearer token"}


async def test_a_writer_that_comes_second_learns_it(tmp_path: Path) -> None:
    async with _hub(tmp_path) as (_, state):
        await state.compare_and_set("A", "cursor", b"7", 0)

        with pytest.raises(StateChanged):
            await state.compare_and_set("A", "cursor", b"8", 0)


async def test_concurrent_updates_lose_nothing(tmp_path: Path) -> None:
    async with _hub(tmp_path) as (memory, state):

        def one_more(value: bytes) -> bytes:
            return str(int(value or b"0") + 1).encode()

        await asyncio.gather(*(state.update("A", "count", one_more, attempts=100) for _ in range(20)))

        assert memory.entries["A", "count"] == Entry(b"20", 20)


async def test_a_write_whose_answer_was_lost_is_known_by_reading(tmp_path: Path) -> None:
    async with _hub(tmp_path) as (memory, state):
        memory.fail_after = 1

        assert await state.compare_and_set("A", "cursor", b"7", 0) == 1
        assert memory.entries["A", "cursor"] == Entry(b"7", 1)


async def test_a_write_that_never_arrived_is_sent_again(tmp_path: Path) -> None:
    async with _hub(tmp_path) as (memory, state):
        memory.fail_before = 1

        assert await state.compare_and_set("A", "cursor", b"7", 0) == 1


async def test_a_read_survives_a_hub_that_restarts_and_gives_up_in_the_end(tmp_path: Path) -> None:
    async with _hub(tmp_path) as (memory, state):
        memory.fail_before = 4
        assert await state.get("A", "cursor") == Entry(b"", 0)

        memory.fail_before = 5
        with pytest.raises(grpc.aio.AioRpcError):
            await state.get("A", "cursor")


async def test_a_lease_belongs_to_one_holder_who_may_renew_it(tmp_path: Path) -> None:
    async with _hub(tmp_path) as (_, state):
        fences: list[Any] = [await state.acquire_lease("A", "poll", "me", span_seconds=30) for _ in range(2)]

        assert fences == [30, 30]
        with pytest.raises(LeaseHeld):
            await state.acquire_lease("A", "poll", "you", span_seconds=30)


async def test_a_number_whose_answer_was_lost_is_not_skipped(tmp_path: Path) -> None:
    async with _hub(tmp_path) as (memory, state):
        memory.fail_after = 1

        numbers = [await state.next_number("A", "isa-control", request_id) for request_id in ("r1", "r2", "r1")]

        assert numbers == [1, 2, 1]

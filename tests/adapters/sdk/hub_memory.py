"""The hub's memory for adapters, served in this process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import grpc

from adapters.sdk.calls import Context
from adapters.sdk.state.client import AdapterState, Entry
from crossdock.adapter.v1 import state_pb2 as pb
from crossdock.adapter.v1 import state_pb2_grpc


class HubMemory(state_pb2_grpc.AdapterStateServiceServicer):
    """The hub's service in memory; fails as often as told, before or after its work."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], Entry] = {}
        self.writers: dict[tuple[str, str], str] = {}
        self.holders: dict[str, str] = {}
        self.numbers: dict[tuple[str, str], dict[str, int]] = {}
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
        if self.writers.get(place) != request.request_id:
            if version != request.expected_version:
                await context.abort(grpc.StatusCode.ABORTED, "state changed")
            self.entries[place], self.writers[place] = Entry(request.value, version + 1), request.request_id
        await self._after(context)
        return pb.CompareAndSetStateResponse(version=self.entries[place].version)

    async def AcquireLease(self, request: pb.AcquireLeaseRequest, context: Context) -> pb.AcquireLeaseResponse:
        await self._before(context)
        if self.holders.setdefault(request.name, request.holder) != request.holder:
            await context.abort(grpc.StatusCode.ABORTED, "lease held")
        return pb.AcquireLeaseResponse(fence=request.span.seconds)

    async def NextNumber(self, request: pb.NextNumberRequest, context: Context) -> pb.NextNumberResponse:
        await self._before(context)
        series = self.numbers.setdefault((request.account_id, request.series), {})
        number = series.setdefault(request.request_id, len(series) + 1)
        await self._after(context)
        return pb.NextNumberResponse(number=number)


@asynccontextmanager
async def hub_memory(tmp_path: Path) -> AsyncIterator[tuple[HubMemory, AdapterState]]:
    """Serves a memory until the block ends; answers it and a client of it."""
    memory, server = HubMemory(), grpc.aio.server()
    state_pb2_grpc.add_AdapterStateServiceServicer_to_server(memory, server)
    server.add_insecure_port(f"unix:{tmp_path}/hub")
    await server.start()
    async with grpc.aio.insecure_channel(f"unix:{tmp_path}/hub") as channel:
        yield memory, AdapterState(channel, "token", first_wait_seconds=0.0001)
    await server.stop(None)

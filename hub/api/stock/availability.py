"""What can be sold, answered from memory: once, and as it changes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from crossdock.admin.v1 import admin_pb2
from crossdock.inventory.v1 import inventory_pb2 as pb
from hub.api.deps import Memory, ServiceDeps
from hub.api.edge.calls import Call
from hub.availability.model import Asking
from hub.wire.instants import duration_to_pb
from hub.wire.stock.availability import asking_from_pb, position_piece

GATHER_SECONDS: Final = 0.1
"""Changes that come within so long of each other are sent to a watcher together."""
QUIET_SECONDS: Final = 15.0
"""After so long without a change a watcher is told how far it has seen, so that it may resume from there."""


class Availability:
    """Answers from the board; messages leave as bytes that were put together, not built anew."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def get(self, request: pb.GetAvailabilityRequest, call: Call) -> bytes:
        """What can be sold now."""
        memory, least = self._deps.availability, request.min_position
        if least or not memory.loaded:
            await memory.ready(call.deadline)
            await memory.reached(least, call.deadline)
        board = memory.board
        pieces = board.view(asking_from_pb(request, call.scope)).pieces(request.skus)
        pieces.append(position_piece(max(board.cut.position, least)))
        return b"".join(pieces)

    async def watch(self, request: pb.WatchAvailabilityRequest, call: Call) -> AsyncIterator[bytes]:
        """What can be sold, and again what becomes another, until the caller leaves."""
        memory = self._deps.availability
        await memory.ready(call.deadline)
        if request.after_position:
            await memory.reached(request.after_position, call.deadline)
        watching = _Watching(asking_from_pb(request, call.scope), tuple(dict.fromkeys(request.skus)))
        loop = asyncio.get_running_loop()
        told_at = -QUIET_SECONDS
        position = request.after_position
        while True:
            board = memory.board
            changed = watching.changed(self._deps, position)
            if changed or loop.time() - told_at >= QUIET_SECONDS:
                told_at = loop.time()
                yield changed + position_piece(board.cut.position)
            position = max(position, board.cut.position)
            tick = board.tick
            while memory.board.tick == tick and loop.time() - told_at < QUIET_SECONDS:
                await memory.turn(QUIET_SECONDS)
            await asyncio.sleep(GATHER_SECONDS)


def memory_to_pb(memory: Memory) -> admin_pb2.MemoryStatus:
    """How far memory is behind."""
    delays = memory.delays
    return admin_pb2.MemoryStatus(
        loaded=memory.loaded,
        position=memory.board.cut.position,
        age=duration_to_pb(memory.age_seconds()),
        change_count=delays.count,
        usual_staleness=duration_to_pb(delays.quantile(0.5)),
        late_staleness=duration_to_pb(delays.quantile(0.99)),
        longest_staleness=duration_to_pb(delays.most_seconds),
    )


class _Watching:
    """What was sent to a watcher, by SKU, so that only what is another is sent again."""

    def __init__(self, asking: Asking, skus: tuple[str, ...]) -> None:
        self._asking, self._skus = asking, skus
        self._sent: dict[str, bytes] = {}

    def changed(self, deps: ServiceDeps, position: int) -> bytes:
        """What became another since a position, as it is sent."""
        board = deps.availability.board
        view = board.view(self._asking)
        found = []
        for sku in self._skus:
            if board.changed_after(sku, position) and (piece := view[sku]) != self._sent.get(sku):
                self._sent[sku] = piece
                found.append(piece)
        return b"".join(found)

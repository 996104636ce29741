"""A full count as it comes in: kept chunk by chunk in constant memory, then applied whole.

While one chunk is written the next one is packed. Rows that were kept stay when the stream breaks; the same header goes
on behind them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from crossdock.inventory.v1 import inventory_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.stock.changes import IMPORT_SNAPSHOT
from hub.cases.context import FlowContext
from hub.database.pool import Database
from hub.database.tx import Tx
from hub.flows.stock.import_snapshot import Imported
from hub.flows.stock.receive_counts import Chunk, add_rows, open_counts
from hub.gate.change import Asked
from hub.gate.gate import Gate
from hub.inventory.errors import SnapshotIncomplete
from hub.inventory.model import Count, CountState, StagedCount
from hub.inventory.operations import counting
from hub.kernel.errors import InvalidField, Refusal
from hub.kernel.ids import derived
from hub.wire.stock.inventory import Row, applied_to_pb, count_from_pb, progress_to_pb, rows_from_pb

CHUNK_ROWS: Final = 50_000
"""Rows that are held in memory, packed, and committed at once."""


@dataclass(slots=True)
class Intake:
    """One count on its way into the database. Use `open_`, `add` as often as it takes, `finish`."""

    gate: Gate
    database: Database
    asked: Asked
    count: Count
    _rows: list[Row] = field(default_factory=list)
    _sent: int = 0
    _writing: asyncio.Task[Count] | None = None

    @property
    def received(self) -> int:
        """Rows that came, kept or still on their way."""
        return self._sent + len(self._rows)

    async def open_(self) -> Count:
        """Begins the count, or finds it as it stands. Raises its refusal."""
        async with self.database.transaction() as tx:
            flow = await self._flow_context(tx)
            (answer,) = await open_counts(flow, [self.count])
        self.count = _sound(answer)
        self._sent = self.count.received
        return self.count

    async def add(self, rows: Sequence[Row]) -> Count | None:
        """Takes rows; answers how the count stands where a chunk was kept meanwhile."""
        self._rows += rows
        return await self._write() if len(self._rows) >= CHUNK_ROWS else None

    async def keep(self) -> Count:
        """Keeps all that came; answers how the count stands."""
        if self._rows:
            await self._write()
        if self._writing is not None:
            writing, self._writing = self._writing, None
            self.count = await writing
        return self.count

    async def finish(self) -> Imported:
        """Applies the count. Raises its refusal, SnapshotIncomplete where rows are missing."""
        count = await self.keep()
        if count.state is CountState.RECEIVING and count.received != count.row_count:
            raise SnapshotIncomplete(
                f"{count.received} of {count.row_count} rows came; nothing was applied. They are kept for a day: send"
                " the header again and go on behind them.",
                snapshot_id=count.snapshot_id,
                rows=count.received,
                announced=count.row_count,
            )
        return await self.gate.run_aside(IMPORT_SNAPSHOT, self.asked, StagedCount(count.snapshot_id))

    async def _write(self) -> Count | None:
        """Packs what came while the chunk before is written, then has it written; answers the chunk before."""
        rows, self._rows = self._rows, []
        chunk = Chunk(self.count.snapshot_id, self._sent, counting.packed(rows))
        before = None
        if self._writing is not None:
            writing, self._writing = self._writing, None
            before = self.count = await writing
        self._sent += len(rows)
        self._writing = asyncio.create_task(self._add(chunk))
        return before

    async def _add(self, chunk: Chunk) -> Count:
        async with self.database.transaction() as tx:
            flow = await self._flow_context(tx)
            (answer,) = await add_rows(flow, [chunk])
        return _sound(answer)

    async def _flow_context(self, tx: Tx) -> FlowContext:
        return await self.gate.flow_context(tx, self.asked.scope)


async def take(
    deps: ServiceDeps, requests: AsyncIterator[pb.ImportSnapshotRequest], call: Call
) -> AsyncIterator[pb.ImportSnapshotResponse]:
    """Takes a count in: answers progress as rows are kept, and at last what was applied."""
    header = await _header(requests, call)
    asked = call.asked(header, header.request_id)
    now = await deps.now(call.scope)
    snapshot_id = derived(asked.request_id, "snapshot", call.scope.principal)
    count = count_from_pb(header, snapshot_id, call.scope.principal, asked.content, now)
    intake = Intake(deps.gate, deps.database, asked, count)
    count = await intake.open_()
    yield progress_to_pb(count)
    nodes = {node_id: node_id for node_id in header.node_ids}
    try:
        async for request in requests:
            if kept := await intake.add(_rows(request, call, intake, nodes)):
                yield progress_to_pb(kept)
    finally:
        await intake.keep()
    yield progress_to_pb(intake.count)
    done = await intake.finish()
    yield applied_to_pb(done.snapshot_id, done.result, done.unknown_skus)


async def _header(requests: AsyncIterator[pb.ImportSnapshotRequest], call: Call) -> pb.SnapshotHeader:
    async for request in requests:
        if request.WhichOneof("part") != "header":
            break
        call.refuse_flawed(request)
        return request.header
    raise InvalidField("The first message of a count must be its header; send it first.", header="missing")


def _rows(request: pb.ImportSnapshotRequest, call: Call, intake: Intake, nodes: dict[str, str]) -> list[Row]:
    """The rows of a message, sound and where they belong. Raises InvalidField or SnapshotIncomplete."""
    if request.WhichOneof("part") != "rows":
        raise InvalidField("Send the header of a count once, as the first message.", header="given twice")
    first, size, count = request.rows.first_row, len(request.rows.rows), intake.count
    if first != intake.received or first + size > count.row_count:
        raise SnapshotIncomplete(
            f"{size} rows came that begin behind {first}, where {intake.received} of {count.row_count} have come;"
            " nothing was applied. Send the header again and go on behind the rows that are kept.",
            snapshot_id=count.snapshot_id,
            rows=intake.received,
            announced=count.row_count,
            first_row=first,
        )
    call.refuse_texts(request)
    return rows_from_pb(request.rows.rows, nodes, first)


def _sound(answer: Count | Refusal) -> Count:
    if isinstance(answer, Refusal):
        raise answer
    return answer

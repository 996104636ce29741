"""Takes in full counts chunk by chunk: nothing is applied before all rows have come; what does not end is given up."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from hub.cases.context import FlowContext
from hub.cases.stock.count_permissions import refuse_uncountable
from hub.exceptions import operations as exceptions
from hub.exceptions.model import ExceptionReason
from hub.exceptions.policy import raised
from hub.inventory.model import Count, CountState, PackedRows
from hub.inventory.operations import counting
from hub.kernel.errors import Refusal
from hub.kernel.ids import derived
from hub.messages.timers import CountAbandoned
from hub.outbox import operations as outbox
from hub.outbox.model import Timer


class Chunk(Struct, frozen=True):
    """Rows of a count, behind `first_row` rows that came before."""

    snapshot_id: UUID
    first_row: int
    rows: PackedRows


async def open_counts(flow: FlowContext, counts: Sequence[Count]) -> list[Count | Refusal]:
    """Begins counts, or answers them as they stand where they were begun: their rows have a day from now.

    Refuses UNKNOWN_NODE, NODE_SOURCE_TAKEN, REQUEST_ID_REUSED, and SNAPSHOT_OUTDATED where one has ended without being
    applied.
    """
    answers: list[Count | Refusal] = []
    for count in counts:
        try:
            await refuse_uncountable(flow, count)
            answers.append(await counting.open_count(flow.tx, count))
        except Refusal as refusal:
            answers.append(refusal)
    begun = [answer for answer in answers if isinstance(answer, Count) and answer.state is CountState.RECEIVING]
    await outbox.set_timers(
        flow.tx, [Timer(CountAbandoned(one.snapshot_id, flow.at + counting.PATIENCE)) for one in begun]
    )
    return answers


async def add_rows(flow: FlowContext, chunks: Sequence[Chunk]) -> list[Count | Refusal]:
    """Keeps rows of counts, in order; answers how the counts stand. Refuses SNAPSHOT_INCOMPLETE, SNAPSHOT_OUTDATED."""
    answers: list[Count | Refusal] = []
    for chunk in chunks:
        try:
            answers.append(await counting.add_rows(flow.tx, chunk.snapshot_id, chunk.first_row, chunk.rows))
        except Refusal as refusal:
            answers.append(refusal)
    return answers


async def abandon_counts(flow: FlowContext, snapshot_ids: Sequence[UUID]) -> list[Count]:
    """Gives up counts that still come in: nothing of them is applied, an exception names each."""
    ended = await counting.end(flow.tx, snapshot_ids, CountState.ABANDONED, at=flow.at)
    records = [
        raised(
            exception_id=derived(count.snapshot_id, "abandoned"),
            reason=ExceptionReason.SNAPSHOT_ABANDONED,
            subject=str(count.snapshot_id),
            detail=f"A count of {count.source} stopped at row {count.received} of {count.row_count}; none applied."
            " Have it sent again.",
            suggested_command=None,
            at=flow.at,
        )
        for count in ended
    ]
    await exceptions.open_all(flow.tx, records)
    return ended

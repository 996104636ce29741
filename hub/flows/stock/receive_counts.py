"""Takes in full counts chunk by chunk: nothing is applied before all rows have come; what does not end is given up."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from hub.cases.context import Unit
from hub.cases.stock.count_permissions import ABANDONED_TIMER, refuse_uncountable
from hub.exceptions import operations as exceptions
from hub.exceptions.model import ExceptionReason
from hub.exceptions.policy import raised
from hub.inventory.model import Count, CountState, PackedRows
from hub.inventory.operations import counting
from hub.kernel.errors import Refusal
from hub.kernel.ids import derived
from hub.outbox import operations as outbox
from hub.outbox.model import Timer


class Chunk(Struct, frozen=True):
    """Rows of a count, behind `first_row` rows that came before."""

    snapshot_id: UUID
    first_row: int
    rows: PackedRows


async def open_counts(unit: Unit, counts: Sequence[Count]) -> list[Count | Refusal]:
    """Begins counts, or answers them as they stand where they were begun: their rows have a day from now.

    Refuses UNKNOWN_NODE, NODE_SOURCE_TAKEN, REQUEST_ID_REUSED, and SNAPSHOT_OUTDATED where one has ended without being
    applied.
    """
    answers: list[Count | Refusal] = []
    for count in counts:
        try:
            await refuse_uncountable(unit, count)
            answers.append(await counting.open_count(unit.tx, count))
        except Refusal as refusal:
            answers.append(refusal)
    begun = [one for one in answers if isinstance(one, Count) and one.state is CountState.RECEIVING]
    await outbox.set_timers(
        unit.tx, [Timer(str(one.snapshot_id), ABANDONED_TIMER, unit.at + counting.PATIENCE) for one in begun]
    )
    return answers


async def add_rows(unit: Unit, chunks: Sequence[Chunk]) -> list[Count | Refusal]:
    """Keeps rows of counts, in order; answers how the counts stand. Refuses SNAPSHOT_INCOMPLETE, SNAPSHOT_OUTDATED."""
    answers: list[Count | Refusal] = []
    for chunk in chunks:
        try:
            answers.append(await counting.add_rows(unit.tx, chunk.snapshot_id, chunk.first_row, chunk.rows))
        except Refusal as refusal:
            answers.append(refusal)
    return answers


async def abandon_counts(unit: Unit, snapshot_ids: Sequence[UUID]) -> list[Count]:
    """Gives up counts that still come in: nothing of them is applied, an exception names each."""
    ended = await counting.end(unit.tx, snapshot_ids, CountState.ABANDONED, at=unit.at)
    records = [
        raised(
            exception_id=derived(count.snapshot_id, "abandoned"),
            reason=ExceptionReason.SNAPSHOT_ABANDONED,
            subject=str(count.snapshot_id),
            detail=f"A count by {count.source} stopped at {count.received} of {count.row_count} rows; nothing applied.",
            suggested_command="crossdock feeds --snapshots",
            at=unit.at,
        )
        for count in ended
    ]
    await exceptions.open_all(unit.tx, records)
    return ended

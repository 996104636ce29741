"""Takes full counts of nodes: whole or not at all; what was shipped or adjusted after the count stays counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.context import FlowContext
from hub.cases.feeds.feeds import watch
from hub.cases.stock.count_permissions import refuse_uncountable
from hub.cases.stock.variance import note_count
from hub.cases.store import stock_changed
from hub.catalog import operations as catalog
from hub.exceptions import operations as exceptions
from hub.exceptions.model import ExceptionReason, ExceptionRecord
from hub.exceptions.policy import raised
from hub.inbox.operations import feeds
from hub.inventory.errors import CountedTwice, SnapshotIncomplete, SnapshotOutdated
from hub.inventory.model import Count, CountState, Snapshot, SnapshotResult, StagedCount
from hub.inventory.operations import counting
from hub.kernel.errors import Refusal
from hub.kernel.ids import derived
from hub.messages.events.stock import StockCounted
from hub.messages.timers import CountAbandoned
from hub.outbox import operations as outbox
from hub.outbox.model import Event

_ENDS: Final = {SnapshotOutdated: CountState.SUPERSEDED, CountedTwice: CountState.ABANDONED}
"""How a count ends that is refused for good. Others may be tried again under their id."""
MOST_UNKNOWN_SKUS: Final = 100
"""SKUs named that a count has and the catalog does not."""


class Imported(Struct, frozen=True):
    """What a snapshot did, and the SKUs left out because the catalog does not know them, some of them."""

    snapshot_id: UUID
    result: SnapshotResult
    unknown_skus: tuple[str, ...]


async def import_snapshot(flow: FlowContext, snapshots: Sequence[Snapshot | StagedCount]) -> list[Imported | Refusal]:
    """Applies snapshots in order: with all their rows, or counts whose rows have come in before.

    Refuses UNKNOWN_NODE, NODE_SOURCE_TAKEN, SNAPSHOT_OUTDATED, SNAPSHOT_INCOMPLETE, COUNTED_TWICE.
    """
    answers: list[Imported | Refusal] = []
    for snapshot in snapshots:
        snapshot_id = snapshot.snapshot_id if isinstance(snapshot, StagedCount) else flow.new_id()
        try:
            answers.append(await _import(flow, await _count(flow, snapshot, snapshot_id)))
        except Refusal as refusal:
            if type(refusal) in _ENDS:
                await counting.end(flow.tx, [snapshot_id], _ENDS[type(refusal)], at=flow.at)
            answers.append(refusal)
    return answers


async def _count(flow: FlowContext, snapshot: Snapshot | StagedCount, snapshot_id: UUID) -> Count:
    """Return the count of a snapshot, its rows kept and its nodes ready for it."""
    if isinstance(snapshot, Snapshot):
        count = counting.count_of(snapshot, snapshot_id, flow.scope.principal, flow.at)
        await refuse_uncountable(flow, count)
        await counting.stage(flow.tx, count, snapshot)
        count = replace(count, received=count.row_count)
    else:
        count = await _complete(flow, snapshot_id)
        await refuse_uncountable(flow, count)
    await counting.refuse_doubles(flow.tx, count)
    await _pass(flow, count)
    await counting.begin(flow.tx, count)
    return count


async def _complete(flow: FlowContext, snapshot_id: UUID) -> Count:
    """Return a count whose rows have all come in, locked. Raises SnapshotIncomplete."""
    standing = await counting.load(flow.tx, snapshot_id, lock=True)
    if standing is None or standing.received != standing.row_count or standing.state is not CountState.RECEIVING:
        raise SnapshotIncomplete(
            "Some rows of this count are missing. Nothing was applied; send the header again, then the missing rows.",
            snapshot_id=snapshot_id,
        )
    return standing


async def _import(flow: FlowContext, count: Count) -> Imported:
    await counting.compare(flow.tx, count)
    unknown = await catalog.sift(flow.tx, counting.NEW_ROWS, most=MOST_UNKNOWN_SKUS)
    result = await counting.apply_count(flow.tx, count, at=flow.at)
    await counting.end(flow.tx, await counting.outrun(flow.tx, count), CountState.SUPERSEDED, at=flow.at)
    await exceptions.open_all(flow.tx, _discrepancies(flow, count, result))
    await outbox.emit(flow.tx, [_event(flow, count, result)])
    await outbox.clear_timers(flow.tx, [(CountAbandoned, count.snapshot_id)])
    await note_count(flow, count.snapshot_id, count.source, count.counted_at, sorted(count.node_ids))
    changed = result.changed > 0
    await stock_changed(flow, freed=changed, claimed=changed, moved=changed)
    return Imported(count.snapshot_id, result, tuple(unknown))


async def _pass(flow: FlowContext, count: Count) -> None:
    """Moves the source's feed behind what the count contains; what waits behind that is taken in next.

    Events that the count contains and that wait are taken in too: they moved before it, and change nothing on hand.
    """
    if count.through is None:
        return
    watermarks = await feeds.lock(flow.tx, [count.source])
    if watermarks[count.source] < count.through:
        await feeds.pass_to(flow.tx, count.source, count.through)
    await watch(flow, [count.source])


def _discrepancies(flow: FlowContext, count: Count, result: SnapshotResult) -> list[ExceptionRecord]:
    reason = ExceptionReason.STOCK_DISCREPANCY
    return [
        raised(
            exception_id=derived(count.snapshot_id, "discrepancy", sku, node_id),
            reason=reason,
            subject=f"{node_id}/{sku}",
            detail=f"{count.source} counted {counted} {sku} at {node_id}, but orders claim {claimed} there.",
            suggested_command=f"crossdock bulk source-again --sku {sku} --node {node_id}",
            at=flow.at,
        )
        for sku, node_id, counted, claimed in result.discrepancies
    ]


def _event(flow: FlowContext, count: Count, result: SnapshotResult) -> Event:
    nodes = sorted(count.node_ids)
    facts = StockCounted(
        source=count.source,
        snapshot_id=count.snapshot_id,
        count_time=count.counted_at,
        node_ids=tuple(nodes),
        row_count=result.rows,
        changed_count=result.changed,
    )
    return Event(count.snapshot_id, facts, flow.at, node_id=nodes[0] if len(nodes) == 1 else None)

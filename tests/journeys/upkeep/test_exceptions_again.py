"""What is raised, ended and raised again at one business instant is open again: no id is made from an instant alone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final
from uuid import UUID

import pytest

from hub.api.orders.changes import REPORT_PAYMENTS
from hub.cases.context import FlowContext
from hub.cases.feeds.feeds import tell_gaps
from hub.cases.feeds.parked_events import settle
from hub.exceptions import operations as exceptions
from hub.exceptions.model import ExceptionFilter, ExceptionRecord
from hub.exceptions.model import ExceptionReason as Reason
from hub.flows.stock.import_snapshot import import_snapshot
from hub.flows.upkeep.await_answers import ask_again
from hub.flows.upkeep.watch_accounts import watch_accounts
from hub.inbox.operations import parked
from hub.inventory.model import Snapshot
from hub.kernel.scope import HUB
from hub.messages.timers import PartnerAnswerDue
from hub.payments.model import PaymentEventKind, PaymentReport
from tests.journeys.upkeep.node_troubles import left
from tests.journeys.upkeep.troubles import TROUBLES, adjusted, bad_adoption, screening_later, update_refused
from tests.support.world import TUESDAY, World, opened
from tests.unit.api.serving import Served, serving

Again = Callable[[Served, ExceptionRecord, Path, pytest.MonkeyPatch], Awaitable[None]]


@pytest.fixture
async def hub(database_url: str, tmp_path: Path) -> AsyncIterator[Served]:
    async with opened(database_url, tmp_path) as world, serving(world) as served:
        yield served


def in_flow(run: Callable[[FlowContext, ExceptionRecord], Awaitable[object]]) -> Again:
    """Raises it by a flow, in a transaction of its own."""

    async def again(hub: Served, record: ExceptionRecord, *_: object) -> None:
        async with hub.world.database.transaction() as tx:
            await run(await hub.world.surroundings.flow_context(tx, HUB), record)

    return again


async def parked_still(flow: FlowContext, record: ExceptionRecord) -> None:
    await settle(flow, list((await parked.load(flow.tx, [UUID(record.subject)])).values()))


async def counted_again(flow: FlowContext, record: ExceptionRecord) -> None:
    rows = (("CUP", "DC-NL", 2, 0),)
    await import_snapshot(flow, [Snapshot("wms", TUESDAY, frozenset({"DC-NL"}), rows)])


async def shipped_again(hub: Served, record: ExceptionRecord, *_: object) -> None:
    case = await hub.world.case(record.order_id) if record.order_id else None
    assert case is not None
    await left(hub.world, case, 6)


async def notified_again(hub: Served, record: ExceptionRecord, *_: object) -> None:
    told = PaymentReport(UUID(record.subject), PaymentEventKind.CAPTURE_FAILED, TUESDAY)
    await hub.world.ask(REPORT_PAYMENTS, told)


async def moved_again(hub: Served, *_: object) -> None:
    told = await hub.world.rows("SELECT 1 FROM exception_record WHERE reason = 'NODE_CONTESTED'")
    await adjusted(hub, len(told) + 1, 7, "erp")


async def promised_again(hub: Served, record: ExceptionRecord, _: Path, patch: pytest.MonkeyPatch) -> None:
    due = PartnerAnswerDue(UUID(record.subject), await hub.world.now(), TUESDAY)
    with screening_later(patch):
        await in_flow(lambda flow, _: ask_again(flow, [due]))(hub, record, _, patch)
        await hub.world.settle()


AGAIN: Final[Mapping[Reason, Again]] = {
    Reason.MESSAGES_OVERDUE: in_flow(lambda flow, _: watch_accounts(flow)),
    Reason.ANSWER_OVERDUE: promised_again,
    Reason.FEED_GAP: in_flow(lambda flow, record: tell_gaps(flow, [record.subject])),
    Reason.EVENT_UNMATCHED: in_flow(parked_still),
    Reason.EVENT_REFUSED: in_flow(parked_still),
    Reason.STOCK_DISCREPANCY: in_flow(counted_again),
    Reason.UPDATE_REFUSED: lambda hub, _, folder, patch: update_refused(hub, folder, patch),
    Reason.NODE_CONTESTED: moved_again,
    Reason.ADOPTION_REFUSED: lambda hub, _, folder, patch: bad_adoption(hub, folder, patch),
    Reason.PARCEL_OVERSHIPPED: shipped_again,
    Reason.PAYMENT_CONTRADICTED: notified_again,
}
"""How it is raised again where its cause lasts, or is told again."""


@pytest.mark.parametrize("reason", AGAIN, ids=lambda reason: reason.value)
async def test_what_is_raised_again_is_open_again(
    hub: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reason: Reason
) -> None:
    await TROUBLES[reason](hub, tmp_path, monkeypatch)
    first, at = await of_reason(hub.world, reason), await hub.world.now()

    for _ in range(2):
        record = await of_reason(hub.world, reason)
        async with hub.world.database.transaction() as tx:
            await exceptions.end(tx, [record], at=at)
        await AGAIN[reason](hub, record, tmp_path, monkeypatch)

    again = await of_reason(hub.world, reason)
    assert (again.subject, await hub.world.now()) == (first.subject, at)


async def of_reason(world: World, reason: Reason) -> ExceptionRecord:
    """The one open record of a reason."""
    async with world.database.reading() as tx:
        (record,) = await exceptions.page(tx, HUB, ExceptionFilter(TUESDAY, reason), None, 9)
    return record

"""Confirms changes of orders: does each as a whole, as it was previewed, or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.case import Case
from hub.cases.changes.applying import attempted
from hub.cases.changes.drafts import refuse_ended
from hub.cases.changes.permissions import refuse_forbidden
from hub.cases.changes.sourcing import Sourced, sourced
from hub.cases.context import FlowContext, PlanStale
from hub.cases.stock import stock
from hub.cases.store import Loaded, load, read, save
from hub.changes import operations as changes
from hub.changes.errors import ChangeExpired, ChangeNotFound
from hub.changes.model import ChangeState, OrderChange
from hub.changes.policy import refuse_other_version
from hub.inventory.errors import InsufficientStock
from hub.kernel.errors import Refusal
from hub.orders import operations as orders

FLOW = "confirm_changes"


class Confirmation(Struct, frozen=True):
    """A change to confirm, by order and change."""

    order_id: UUID
    change_id: UUID


class PlannedChange(Struct, frozen=True):
    """A change to confirm, and where its added units come from."""

    command: Confirmation
    source: Sourced


class ChangedOrder(Struct, frozen=True):
    """An order after a change, and the change."""

    case: Case
    change: OrderChange


async def plan(flow: FlowContext, commands: Sequence[Confirmation]) -> list[PlannedChange | Refusal]:
    """Finds where added units come from, from what is read; claims nothing.

    Refuses CHANGE_NOT_FOUND, CHANGE_EXPIRED, CHANGE_OUTDATED, CHANGE_NOT_ALLOWED, ORDER_ACTION_NOT_ALLOWED, NO_ROUTE,
    INSUFFICIENT_STOCK.
    """
    cases = await read(flow.tx, flow.scope, [command.order_id for command in commands])
    known = await changes.load(flow.tx, [command.change_id for command in commands])
    meant = [_allowed(flow, cases, _meant(flow, cases, known, command)) for command in commands]
    proposed = [one for one in meant if isinstance(one, OrderChange) and one.confirmed_at is None]
    sources = await sourced(flow, [(cases[change.order_id], change.added) for change in proposed])
    by_change = {change.change_id: source for change, source in zip(proposed, sources, strict=True)}
    planned: list[PlannedChange | Refusal] = []
    for command, one in zip(commands, meant, strict=True):
        source = one if isinstance(one, Refusal) else by_change.get(command.change_id, Sourced())
        planned.append(source if isinstance(source, Refusal) else PlannedChange(command, source))
    return planned


async def confirm_changes(flow: FlowContext, planned: Sequence[PlannedChange]) -> list[ChangedOrder | Refusal]:
    """Does planned changes, each once: one that is confirmed already stays as it is.

    Refuses as `plan` does, and CHANGE_NOT_PAYABLE. Answers PlanStale where stock went meanwhile.
    """
    loaded = await load(flow, FLOW, [one.command.order_id for one in planned])
    known = await changes.load(flow.tx, [one.command.change_id for one in planned])
    answers = [_confirmed(flow, loaded, known, one) for one in planned]
    changed = {
        answer.case.order_id: answer for answer in answers if isinstance(answer, ChangedOrder) and answer.case.changed
    }
    shortages = await stock.claim(flow, [one.case for one in changed.values()])
    short = {order_id for order_id, lacking in zip(changed, shortages, strict=True) if lacking is not None}
    done = {order_id: one for order_id, one in changed.items() if order_id not in short}
    await orders.save_lines(flow.tx, [one.case.order for one in done.values()])
    await changes.confirm(flow.tx, [one.change for one in done.values()])
    await save(flow, FLOW, Loaded({order_id: one.case for order_id, one in done.items()}, loaded.before))
    return [
        _out_of_stock(flow, answer) if isinstance(answer, ChangedOrder) and answer.case.order_id in short else answer
        for answer in answers
    ]


def _meant(
    flow: FlowContext, cases: Mapping[UUID, Case], known: Mapping[UUID, OrderChange], command: Confirmation
) -> OrderChange | Refusal:
    """The change that is meant, where it is confirmed already or can be confirmed now."""
    case, change = cases.get(command.order_id), known.get(command.change_id)
    try:
        if case is None or change is None or change.order_id != case.order_id:
            raise ChangeNotFound(
                f"No change {command.change_id} was proposed for order {command.order_id}.", change_id=command.change_id
            )
        if change.state(flow.at) is ChangeState.EXPIRED:
            raise ChangeExpired(
                "The proposal was not confirmed in time; propose the change again.", change_id=change.change_id
            )
        if change.confirmed_at is None:
            refuse_ended(case)
            refuse_other_version(change.order_version, case.order.version)
    except Refusal as refusal:
        return refusal
    return change


def _allowed(flow: FlowContext, cases: Mapping[UUID, Case], change: OrderChange | Refusal) -> OrderChange | Refusal:
    """The change, where the channel allows it still or it is confirmed already."""
    if isinstance(change, Refusal) or change.confirmed_at is not None:
        return change
    try:
        refuse_forbidden(flow, cases[change.order_id], change)
    except Refusal as refusal:
        return refusal
    return change


def _confirmed(
    flow: FlowContext, loaded: Loaded, known: dict[UUID, OrderChange], planned: PlannedChange
) -> ChangedOrder | Refusal:
    change = _meant(flow, loaded.cases, known, planned.command)
    if isinstance(change, Refusal):
        return change
    case = loaded.cases[change.order_id]
    if change.confirmed_at is not None:
        return ChangedOrder(case, change)
    try:
        attempt = attempted(flow, case, change, planned.source)
    except Refusal as refusal:
        return refusal
    loaded.cases[case.order_id] = attempt
    known[change.change_id] = replace(change, confirmed_at=flow.at)
    return ChangedOrder(attempt, known[change.change_id])


def _out_of_stock(flow: FlowContext, answer: ChangedOrder) -> Refusal:
    skus = ",".join(sorted({line.sku for line in answer.change.added}))
    if not flow.last:
        return PlanStale("Stock changed while the change was planned; plan again.", skus=skus)
    return InsufficientStock(f"Units of {skus} went to others meanwhile; propose the change again.", skus=skus)

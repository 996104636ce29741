"""Puts orders on hold, and has them go on, by a person's word about many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import UUID

from msgspec import Struct

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.fulfillment.endings import end_if_done
from hub.cases.holds import hold
from hub.cases.money.resumption import go_on
from hub.cases.screening import is_screening, refuse_resolving
from hub.cases.store import load, save
from hub.holds.errors import HoldNotFound
from hub.holds.model import BEFORE_RELEASE, HoldStatus, HoldType, Operation
from hub.kernel.errors import Refusal
from hub.orders.errors import OrderNotFound
from hub.orders.lifecycle import ENDED
from hub.orders.policy import ended

FLOW = "hold_orders"


class HoldOrder(Struct, frozen=True):
    """An order to hold, or to have go on: the type of the hold, why, the operations it blocks, and for how long.

    Without `ttl` a hold lasts until somebody ends it.
    """

    order_id: UUID
    type: HoldType
    reason: str
    blocks: frozenset[Operation] = BEFORE_RELEASE
    ttl: timedelta | None = None


class HoldResult(Struct, frozen=True):
    """A case, and how many holds were put or ended."""

    case: Case
    holds: int


async def hold_orders(flow: FlowContext, commands: Sequence[HoldOrder]) -> list[HoldResult | Refusal]:
    """Puts holds; an order held so already stays as it is. Refuses ORDER_NOT_FOUND, ORDER_ACTION_NOT_ALLOWED."""
    return await _each(flow, commands, _hold)


async def resume_orders(flow: FlowContext, commands: Sequence[HoldOrder]) -> list[HoldResult | Refusal]:
    """Ends all active holds of a type: the orders go on.

    Refuses ORDER_NOT_FOUND, HOLD_NOT_FOUND, SCREENING_UNDECIDED.
    """
    return await _each(flow, commands, _resume)


async def expire_holds(flow: FlowContext, due: Sequence[tuple[UUID, UUID]]) -> list[None]:
    """Ends holds, named by order and hold, whose time is over: the orders go on, as if somebody had resolved them."""
    loaded = await load(flow, FLOW, [order_id for order_id, _ in due])
    for order_id, hold_id in due:
        case = loaded.cases[order_id]
        for held in [one for one in case.holds if one.hold_id == hold_id and one.status is HoldStatus.ACTIVE]:
            channel = flow.network.channel(case.order.channel_id)
            go_on(case, channel, held, "its time was over", flow.at, HoldStatus.EXPIRED)
            end_if_done(case, channel, flow.at)
    await save(flow, FLOW, loaded)
    return [None] * len(due)


async def _each(
    flow: FlowContext, commands: Sequence[HoldOrder], act: Callable[[FlowContext, Case, HoldOrder], int]
) -> list[HoldResult | Refusal]:
    loaded = await load(flow, FLOW, [one.order_id for one in commands])
    answers: list[HoldResult | Refusal] = []
    for command in commands:
        case = loaded.cases.get(command.order_id)
        if case is None:
            answers.append(OrderNotFound(f"There is no order {command.order_id}.", order_id=command.order_id))
            continue
        try:
            answers.append(HoldResult(case, act(flow, case, command)))
        except Refusal as refusal:
            answers.append(refusal)
    await save(flow, FLOW, loaded)
    return answers


def _hold(flow: FlowContext, case: Case, command: HoldOrder) -> int:
    if case.order.state in ENDED:
        raise ended(case.order, "HOLD", "has nothing to hold")
    known = {(one.type, one.reason, one.blocks) for one in case.holds if one.status is HoldStatus.ACTIVE}
    if (command.type, command.reason, command.blocks) in known:
        return 0
    expires_at = flow.at + command.ttl if command.ttl is not None else None
    hold(case, command.type, command.reason, flow.at, command.blocks, expires_at)
    return 1


def _resume(flow: FlowContext, case: Case, command: HoldOrder) -> int:
    held = [one for one in case.holds if one.status is HoldStatus.ACTIVE and one.type is command.type]
    if not held:
        raise HoldNotFound(f"The order has no active {command.type.value} hold.", order_id=case.order_id)
    if any(map(is_screening, held)):
        raise refuse_resolving(case)
    channel = flow.network.channel(case.order.channel_id)
    for one in held:
        go_on(case, channel, one, command.reason, flow.at)
    end_if_done(case, channel, flow.at)
    return len(held)

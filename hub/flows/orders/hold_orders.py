"""Puts orders on hold, and has them go on, by a person's word about many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.credit import is_of_credit, refuse_resolving_credit
from hub.cases.fulfillment.endings import end_if_done
from hub.cases.held import live_units
from hub.cases.holds import hold, name_overdue
from hub.cases.money.resumption import go_on
from hub.cases.screening import is_screening, refuse_resolving
from hub.cases.store import load, save
from hub.holds.errors import HoldNotFound, HoldScopeNotFound, HoldTypeReserved
from hub.holds.model import (
    BEFORE_RELEASE,
    PLACED_BY_HUB,
    THE_ORDER,
    AtExpiry,
    HoldPart,
    HoldScope,
    HoldStatus,
    HoldType,
    Operation,
)
from hub.kernel.errors import InvalidField, Refusal
from hub.kernel.instant import Instant
from hub.orders.errors import OrderNotFound
from hub.orders.lifecycle import ENDED
from hub.orders.policy import ended

FLOW = "hold_orders"


class HoldOrder(Struct, frozen=True):
    """An order to hold, or to have go on: the type of the hold, why, the operations it blocks, and for how long.

    Without `ttl` or `expires_at` a hold lasts until somebody ends it. `part` is what of the order is
    held; an instrument is named by its number from 1. `owner`: who must decide.
    """

    order_id: UUID
    type: HoldType
    reason: str
    blocks: frozenset[Operation] = BEFORE_RELEASE
    ttl: timedelta | None = None
    part: HoldPart = THE_ORDER
    instrument_number: int = 0
    owner: str = ""
    expires_at: Instant | None = None


class HoldResult(Struct, frozen=True):
    """A case, and how many holds were put or ended."""

    case: Case
    holds: int


async def hold_orders(flow: FlowContext, commands: Sequence[HoldOrder]) -> list[HoldResult | Refusal]:
    """Puts holds; an order held so already stays as it is.

    Refuses ORDER_NOT_FOUND, ORDER_ACTION_NOT_ALLOWED, HOLD_TYPE_RESERVED, HOLD_SCOPE_NOT_FOUND, INVALID_FIELD.
    """
    return await _each(flow, commands, _hold)


async def resume_orders(flow: FlowContext, commands: Sequence[HoldOrder]) -> list[HoldResult | Refusal]:
    """Ends all active holds of a type: the orders go on.

    Refuses ORDER_NOT_FOUND, HOLD_NOT_FOUND, SCREENING_UNDECIDED, CREDIT_UNDECIDED.
    """
    return await _each(flow, commands, _resume)


async def expire_holds(flow: FlowContext, due: Sequence[tuple[UUID, UUID]]) -> list[None]:
    """Ends holds, named by order and hold, whose time is over: the orders go on, as if somebody had resolved them.

    Those of a type that no passing of time answers stay, and are named: see `Hold.at_expiry`.
    """
    loaded = await load(flow, FLOW, [order_id for order_id, _ in due])
    for order_id, hold_id in due:
        case = loaded.cases[order_id]
        for held in [one for one in case.holds if one.hold_id == hold_id and one.status is HoldStatus.ACTIVE]:
            if held.at_expiry is AtExpiry.EXCEPTION:
                name_overdue(case, held, flow.at)
                continue
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
    if command.type in PLACED_BY_HUB:
        raise HoldTypeReserved(
            f"The hub alone places {command.type.value} holds; place a MANUAL one with the reason.",
            hold_type=command.type.value,
        )
    if not command.blocks:
        raise InvalidField("A hold blocks at least one operation.", blocks="is empty")
    expires_at = flow.at + command.ttl if command.ttl is not None else command.expires_at
    if expires_at is not None and expires_at <= flow.at:
        raise InvalidField("A hold ends in the future; name a later instant, or none.", expire_time="is past")
    part = _part(case, command)
    known = {(one.type, one.reason, one.blocks, one.part) for one in case.holds if one.status is HoldStatus.ACTIVE}
    if (command.type, command.reason, command.blocks, part) in known:
        return 0
    reason, blocks = command.reason, command.blocks
    hold(case, command.type, reason, flow.at, blocks, expires_at, part=part, owner=command.owner)
    return 1


def _part(case: Case, command: HoldOrder) -> HoldPart:
    """What of the order a command is about. Raises HoldScopeNotFound where the order has no such part."""
    part = command.part
    if command.instrument_number:
        ranked = sorted(case.payments.instruments, key=lambda one: one.rank)
        if command.instrument_number > len(ranked):
            raise HoldScopeNotFound(
                f"The order has {len(ranked)} instruments; name one of them.", instrument=command.instrument_number
            )
        instrument = ranked[command.instrument_number - 1]
        return HoldPart(HoldScope.INSTRUMENT, instrument_id=instrument.instrument_id)
    if part.fulfillment_order_id is not None:
        if all(one.fulfillment_order_id != part.fulfillment_order_id for one in case.fulfillment_orders):
            raise HoldScopeNotFound(
                f"The order has no fulfillment order {part.fulfillment_order_id}; name one of its own.",
                fulfillment_order_id=part.fulfillment_order_id,
            )
    elif part.line_number is not None:
        live = live_units(case, part.line_number)
        if not live or (part.quantity or 0) > live:
            raise HoldScopeNotFound(
                f"Line {part.line_number} has {live} units that are not canceled; hold as many or fewer.",
                line_number=part.line_number,
                quantity=live,
            )
        return replace(part, quantity=part.quantity or live)
    return part


def _resume(flow: FlowContext, case: Case, command: HoldOrder) -> int:
    held = [one for one in case.holds if one.status is HoldStatus.ACTIVE and one.type is command.type]
    if not held:
        raise HoldNotFound(f"The order has no active {command.type.value} hold.", order_id=case.order_id)
    if any(map(is_screening, held)):
        raise refuse_resolving(case)
    if any(is_of_credit(case, one) for one in held):
        raise refuse_resolving_credit(case)
    channel = flow.network.channel(case.order.channel_id)
    for one in held:
        go_on(case, channel, one, command.reason, flow.at)
    end_if_done(case, channel, flow.at)
    return len(held)

"""Ends holds by a person's word: RESOLVED lets the order go on, REJECTED cancels it, and asks nodes for what they work.

A PAYMENT hold resolved has what was declined asked for once more.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.credit import is_of_credit, refuse_resolving_credit
from hub.cases.fulfillment.endings import cancel_units, end_if_done, reject
from hub.cases.fulfillment.node_requests import ask_nodes, unasked
from hub.cases.holds import lift
from hub.cases.money.money import pay_withheld
from hub.cases.money.refunds import pay_credits
from hub.cases.money.resumption import go_on
from hub.cases.screening import is_screening, refuse_resolving
from hub.cases.stock import stock
from hub.cases.store import Loaded, load, save
from hub.fulfillment.lifecycle import RequestKind
from hub.holds.errors import HoldAlreadyEnded, HoldNotFound
from hub.holds.model import Hold, HoldScope, HoldStatus
from hub.kernel.errors import Refusal
from hub.messages.tasks import ConfirmOrder, ReleaseOrder
from hub.orders.errors import OrderNotFound
from hub.orders.lifecycle import ENDED, OrderState
from hub.slices.lifecycle import AT_NODE, SliceAction
from hub.slices.policy import Taking, of_line

FLOW = "resolve_holds"


class HoldDecision(Struct, frozen=True):
    """A person's word on a hold: RESOLVED or REJECTED."""

    order_id: UUID
    hold_id: UUID
    status: HoldStatus
    note: str = ""


async def resolve_holds(flow: FlowContext, decisions: Sequence[HoldDecision]) -> list[Case | Refusal]:
    """Takes decisions in order.

    Refuses ORDER_NOT_FOUND, HOLD_NOT_FOUND, HOLD_ALREADY_ENDED, SCREENING_UNDECIDED,
    CREDIT_UNDECIDED.
    """
    loaded = await load(flow, FLOW, [decision.order_id for decision in decisions])
    answers = [_decided(flow, loaded, decision) for decision in decisions]
    await stock.settle(flow, [case for case in loaded.cases.values() if case.effects.moves])
    await save(flow, FLOW, loaded)
    return answers


def _decided(flow: FlowContext, loaded: Loaded, decision: HoldDecision) -> Case | Refusal:
    case = loaded.cases.get(decision.order_id)
    if case is None:
        return OrderNotFound(f"There is no order {decision.order_id}.", order_id=decision.order_id)
    held = next((hold for hold in case.holds if hold.hold_id == decision.hold_id), None)
    if held is None:
        return HoldNotFound(f"The order has no hold {decision.hold_id}.", hold_id=decision.hold_id)
    if held.status is not HoldStatus.ACTIVE:
        return HoldAlreadyEnded(f"The hold is {held.status.value} already.", hold_id=held.hold_id)
    if decision.status is HoldStatus.RESOLVED and (is_screening(held) or is_of_credit(case, held)):
        return refuse_resolving(case) if is_screening(held) else refuse_resolving_credit(case)
    channel = flow.network.channel(case.order.channel_id)
    if decision.status is HoldStatus.RESOLVED:
        go_on(case, channel, held, decision.note, flow.at)
        end_if_done(case, channel, flow.at)
        return case
    lift(case, held, decision.status, decision.note, flow.at)
    parted = held.scope in {HoldScope.LINE, HoldScope.FULFILLMENT_ORDER}
    if case.order.state is OrderState.PLACED and not parted:
        reject(case, channel, f"{held.type.value} hold rejected", flow.at)
    else:
        units = unasked(case, _rejected(case, held), RequestKind.CANCEL)
        ask_nodes(flow, case, [unit for unit in units if unit[0].state in AT_NODE], RequestKind.CANCEL)
        free = [unit for unit in units if unit[0].state not in AT_NODE]
        cancel_units(case, channel, free, f"{held.type.value} hold rejected", flow.at)
        pay_withheld(case, flow.at)
        pay_credits(case, channel, flow.at)
        end_if_done(case, channel, flow.at)
        if parted and case.order.state not in ENDED:
            placed = case.order.state is OrderState.PLACED
            case.task(ConfirmOrder(case.order_id) if placed else ReleaseOrder(case.order_id))
    return case


def _rejected(case: Case, held: Hold) -> list[Taking]:
    """The units that a rejected hold has canceled: those it is of, of which the least far ones of a line come first."""
    if held.scope is HoldScope.LINE and held.line_number is not None:
        return case.taking(SliceAction.CANCEL, held.quantity, where=of_line(held.line_number))
    if held.scope is HoldScope.FULFILLMENT_ORDER:
        return case.taking(SliceAction.CANCEL, where=lambda one: one.fulfillment_order_id == held.fulfillment_order_id)
    return case.taking(SliceAction.CANCEL)

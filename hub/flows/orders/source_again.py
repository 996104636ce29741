"""Sources units again: those that no node works at once, those that one works once it gives them back."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.case import Case, at_node
from hub.cases.context import FlowContext
from hub.cases.fulfillment.node_requests import ask_nodes, unasked
from hub.cases.stock import stock
from hub.cases.store import load, save
from hub.exceptions.model import ExceptionReason
from hub.fulfillment.lifecycle import FulfillmentState, RequestKind
from hub.kernel.errors import Refusal
from hub.messages.events.fulfillment import UnitsSourcedAgain
from hub.messages.tasks import ReleaseOrder
from hub.orders.errors import OrderNotFound
from hub.orders.lifecycle import ENDED
from hub.orders.policy import ended
from hub.slices.lifecycle import AT_NODE, WAITING, SliceAction
from hub.slices.model import Slice
from hub.slices.policy import units

FLOW = "source_again"


class SourceAgain(Struct, frozen=True):
    """Units of an order to be sourced again: those at a node, or all."""

    order_id: UUID
    node_id: str = ""


class SourcedAgain(Struct, frozen=True):
    """A case after it: units that go elsewhere at once, and units that nodes were asked for."""

    case: Case
    freed: int
    requested: int


async def source_again(flow: FlowContext, commands: Sequence[SourceAgain]) -> list[SourcedAgain | Refusal]:
    """Gives up what is claimed and not worked, and asks nodes for what they work; nodes that rejected units are offered
    them again. Refuses ORDER_NOT_FOUND,
    ORDER_ACTION_NOT_ALLOWED.
    """
    loaded = await load(flow, FLOW, [one.order_id for one in commands])
    answers: list[SourcedAgain | Refusal] = []
    for command in commands:
        case = loaded.cases.get(command.order_id)
        if case is None:
            answers.append(OrderNotFound(f"There is no order {command.order_id}.", order_id=command.order_id))
        elif case.order.state in ENDED:
            answers.append(ended(case.order, "SOURCE_AGAIN", "has nothing to source"))
        else:
            answers.append(_sourced(flow, case, command.node_id))
    await stock.settle(flow, [case for case in loaded.cases.values() if case.effects.moves])
    await save(flow, FLOW, loaded)
    return answers


def _sourced(flow: FlowContext, case: Case, node_id: str) -> SourcedAgain:

    def meant(slice_: Slice) -> bool:
        return not node_id or slice_.node_id == node_id

    takings = unasked(case, case.taking(SliceAction.SHORT, where=meant), RequestKind.CANCEL, RequestKind.GIVE_BACK)
    offered = _offer_again(case, node_id)
    free = [taking for taking in takings if taking[0].state not in AT_NODE]
    freed = sum(quantity for _, quantity in free)
    if free:
        cause = case.happened(UnitsSourcedAgain(node_id=node_id, quantity=freed), flow.at)
        case.move(free, SliceAction.SHORT, cause, flow.at, at_node(None))
        for slice_, _ in free:
            case.resolve_exception(ExceptionReason.STOCK_DISCREPANCY, f"{slice_.node_id}/{slice_.sku}")
    if free or offered or (not node_id and units(case.slices, WAITING)):
        case.task(ReleaseOrder(case.order_id))
    worked = [taking for taking in takings if taking[0].state in AT_NODE]
    requested = ask_nodes(flow, case, worked, RequestKind.GIVE_BACK)
    return SourcedAgain(case, freed, requested)


def _offer_again(case: Case, node_id: str) -> bool:
    """Lets units go again to nodes that rejected some of the order: to one of them, or to all; answers whether any."""
    rejected = [
        one
        for one in case.fulfillment_orders
        if one.state is FulfillmentState.REJECTED and (not node_id or one.node_id == node_id)
    ]
    for one in rejected:
        case.put_fulfillment_order(replace(one, state=FulfillmentState.CANCELED))
    return bool(rejected)

"""Reports about fulfillment orders: finding the case and the units a report speaks of, or why it cannot be taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from msgspec import Struct

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.fulfillment.endings import worked_at
from hub.cases.store import Loaded, load
from hub.fulfillment import operations as fulfillment
from hub.fulfillment.errors import FulfillmentActionNotAllowed, FulfillmentOrderNotFound
from hub.fulfillment.model import FulfillmentLine, FulfillmentOrder
from hub.slices.lifecycle import SliceAction, SliceState
from hub.slices.policy import Taking

_WAY: Final = (
    SliceState.RELEASED,
    SliceState.ACCEPTED,
    SliceState.PICKED,
    SliceState.PACKED,
    SliceState.READY_FOR_PICKUP,
    SliceState.SHIPPED,
    SliceState.DELIVERED,
    SliceState.COLLECTED,
)
_REACHED: Final = {
    SliceAction.ACCEPT: SliceState.ACCEPTED,
    SliceAction.PICK: SliceState.PICKED,
    SliceAction.PACK: SliceState.PACKED,
    SliceAction.MAKE_READY: SliceState.READY_FOR_PICKUP,
}


class FulfillmentResult(Struct, frozen=True):
    """A case after a report about one of its fulfillment orders."""

    case: Case
    fulfillment_order_id: UUID


class ShipmentResult(Struct, frozen=True):
    """A case after a report about one of its shipments."""

    case: Case
    shipment_id: UUID


class Reported(Struct, frozen=True):
    """Cases that reports speak of, locked, and which fulfillment order belongs to which."""

    loaded: Loaded
    order_of: dict[UUID, UUID]

    def case(self, fulfillment_order_id: UUID) -> Case:
        """The case of a fulfillment order; raises FulfillmentOrderNotFound."""
        case = self.loaded.cases.get(self.order_of.get(fulfillment_order_id, fulfillment_order_id))
        if case is None:
            raise FulfillmentOrderNotFound(
                f"There is no fulfillment order {fulfillment_order_id}; name one that was released to your node.",
                fulfillment_order_id=fulfillment_order_id,
            )
        return case


async def load_reported(
    flow: FlowContext, flow_name: str, fulfillment_order_ids: Iterable[UUID], also: Sequence[UUID] = ()
) -> Reported:
    """Loads and locks the cases of fulfillment orders in scope, and those of orders named beside them."""
    order_of = await fulfillment.orders_of(flow.tx, flow.scope, sorted(set(fulfillment_order_ids)))
    return Reported(await load(flow, flow_name, [*order_of.values(), *also]), order_of)


def further(case: Case, fulfillment_order: FulfillmentOrder, action: SliceAction) -> list[Taking]:
    """Units of a fulfillment order that are where an action takes them, or further."""
    reached = _WAY.index(_REACHED[action])
    identity = fulfillment_order.fulfillment_order_id
    return [
        (slice_, slice_.quantity)
        for slice_ in case.slices
        if slice_.fulfillment_order_id == identity and slice_.state in _WAY and _WAY.index(slice_.state) >= reached
    ]


def takings(
    case: Case, fulfillment_order: FulfillmentOrder, action: SliceAction, lines: Sequence[FulfillmentLine]
) -> list[Taking]:
    """The units a report names, or all that can take the action when it names none; a line may be named twice.

    Raises FulfillmentActionNotAllowed when the fulfillment order has fewer.
    """
    identity = fulfillment_order.fulfillment_order_id
    if not lines:
        return case.taking(action, where=worked_at(identity))
    named: dict[int, int] = {}
    for line in lines:
        named[line.line_number] = named.get(line.line_number, 0) + line.quantity
    result: list[Taking] = []
    for line_number, wanted in named.items():
        found = case.taking(action, wanted, where=worked_at(identity, line_number))
        have = sum(quantity for _, quantity in found)
        if have < wanted:
            raise FulfillmentActionNotAllowed(
                f"Line {line_number} of fulfillment order {identity} has {have} units that can take"
                f" {action.value}, the report names {wanted}; report what is there.",
                fulfillment_order_id=identity,
                line_number=line_number,
                action=action.value,
                possible=have,
            )
        result += found
    return result

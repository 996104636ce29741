"""Records what nodes cannot ship: shorts of units and rejections of whole fulfillment orders; the units go elsewhere.

Units that their node was asked to cancel are canceled instead.

NOT_IN_STOCK: somebody looked and found nothing more, so on hand becomes what fulfillment orders hold there, and units
that other orders have merely reserved there are sourced again. MISMATCH and DAMAGED lower on hand by the units named.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from uuid import UUID

from msgspec.structs import replace

from hub.cases import outgoing
from hub.cases.case import Case, at_node
from hub.cases.context import FlowContext, PlanStale
from hub.cases.fulfillment.endings import by_line, worked_at
from hub.cases.fulfillment.node_requests import leave_node
from hub.cases.fulfillment.reports import FulfillmentResult, Reported, load_reported, takings
from hub.cases.plausibility import refuse_implausible
from hub.cases.stock import stock
from hub.cases.store import save
from hub.fulfillment import operations as fulfillment
from hub.fulfillment.errors import FulfillmentActionNotAllowed
from hub.fulfillment.lifecycle import LIVE, FulfillmentState
from hub.fulfillment.model import FulfillmentLine, FulfillmentOrder, Rejection, ShortReason, ShortReport
from hub.inventory.model import StockChange, StockKey
from hub.kernel.errors import ReferenceReused, Refusal
from hub.messages.events.fulfillment import FulfillmentOrderRejected, UnitsShort
from hub.messages.notice import Template
from hub.messages.tasks import ReleaseOrder
from hub.slices import operations as slices
from hub.slices.lifecycle import SliceAction, SliceState
from hub.slices.policy import Taking

FLOW = "record_shorts"


async def record_shorts(flow: FlowContext, reports: Sequence[ShortReport]) -> list[FulfillmentResult | Refusal]:
    """Takes reports in order; one with a reference that is known changes nothing.

    Refuses FULFILLMENT_ORDER_NOT_FOUND, INSTANT_IMPLAUSIBLE, REFERENCE_REUSED, FULFILLMENT_ACTION_NOT_ALLOWED.
    """
    ids = [report.fulfillment_order_id for report in reports]
    neighbors = await _reserved_beside(
        flow, [report for report in reports if report.reason is ShortReason.NOT_IN_STOCK]
    )
    reported = await load_reported(flow, FLOW, ids, neighbors)
    answers = [_taken(flow, reported, report) for report in reports]
    if any(await stock.claim(flow, [case for case in reported.loaded.cases.values() if case.effects.moves])):
        # an order reserved there after its neighbors were looked up and before their rows were locked
        raise PlanStale("Stock was claimed while the short was recorded. Nothing was done; report it again.")
    await save(flow, FLOW, reported.loaded)
    return answers


async def record_rejections(flow: FlowContext, rejections: Sequence[Rejection]) -> list[FulfillmentResult | Refusal]:
    """Takes rejections in order: RELEASED or ACKNOWLEDGED -> REJECTED; not offered to that node again until
    a person has the order sourced again.

    Refuses FULFILLMENT_ORDER_NOT_FOUND, INSTANT_IMPLAUSIBLE, FULFILLMENT_ACTION_NOT_ALLOWED.
    """
    reported = await load_reported(flow, FLOW, [rejection.fulfillment_order_id for rejection in rejections])
    answers = [_rejected(flow, reported, rejection) for rejection in rejections]
    await stock.settle(flow, [case for case in reported.loaded.cases.values() if case.effects.moves])
    await save(flow, FLOW, reported.loaded)
    return answers


async def _reserved_beside(flow: FlowContext, reports: Sequence[ShortReport]) -> list[UUID]:
    if not reports:
        return []
    order_of = await fulfillment.orders_of(flow.tx, flow.scope, [one.fulfillment_order_id for one in reports])
    worked = await fulfillment.load(flow.tx, sorted(set(order_of.values())))
    node_of = {one.fulfillment_order_id: one for several in worked.values() for one in several}
    keys: set[StockKey] = set()
    for report in reports:
        if (one := node_of.get(report.fulfillment_order_id)) is not None:
            named = {line.line_number for line in report.lines}
            keys |= {(line.sku, one.node_id) for line in one.lines if line.line_number in named}
    return await slices.orders_reserved_at(flow.tx, sorted(keys))


def _taken(flow: FlowContext, reported: Reported, report: ShortReport) -> FulfillmentResult | Refusal:
    try:
        case = reported.case(report.fulfillment_order_id)
        refuse_implausible(case, report.occurred_at, flow.at)
        fulfillment_order = case.fulfillment_order(report.fulfillment_order_id)
        if not _repeats(fulfillment_order, report):
            units = takings(case, fulfillment_order, SliceAction.SHORT, report.lines)
            reports = (*fulfillment_order.reports, _key(report))
            case.put_fulfillment_order(replace(fulfillment_order, reports=reports))
            _short(flow, reported, case, fulfillment_order, report, units)
    except Refusal as refusal:
        return refusal
    return FulfillmentResult(case, report.fulfillment_order_id)


def _repeats(fulfillment_order: FulfillmentOrder, report: ShortReport) -> bool:
    """Whether a report came before; raises ReferenceReused where its reference came with other content."""
    key = _key(report)
    if key in fulfillment_order.reports:
        return True
    if any(one.startswith("SHORT/") and one.split("/", 2)[2] == report.reference for one in fulfillment_order.reports):
        raise ReferenceReused(
            f"Short {report.reference} came before with other units or another reason; report what is missing since"
            " under a reference of its own.",
            reference=report.reference,
            fulfillment_order_id=report.fulfillment_order_id,
        )
    return False


def _key(report: ShortReport) -> str:
    """What is remembered of a report: what it says, then its reference."""
    said = sorted((line.line_number, line.quantity) for line in report.lines)
    digest = hashlib.sha256(repr((report.reason.value, said)).encode()).hexdigest()[:16]
    return f"SHORT/{digest}/{report.reference}"


def _short(
    flow: FlowContext,
    reported: Reported,
    case: Case,
    fulfillment_order: FulfillmentOrder,
    report: ShortReport,
    units: list[Taking],
) -> None:
    lines, node_id = by_line(units), fulfillment_order.node_id
    cause = case.happened(
        UnitsShort(
            fulfillment_order_id=report.fulfillment_order_id,
            node_id=node_id,
            quantity=sum(line.quantity for line in lines),
            reason=report.reason.value,
        ),
        report.occurred_at,
    )
    again = leave_node(flow, case, report.fulfillment_order_id, units, cause, report.occurred_at)
    name = report.reason.value.lower()
    for line in lines:
        if report.reason is ShortReason.NOT_IN_STOCK:
            _give_up(flow, reported, (line.sku, node_id))
            case.effects.stock.append(StockChange(line.sku, node_id, name, cause, found_empty=True))
        else:
            case.effects.stock.append(StockChange(line.sku, node_id, name, cause, on_hand=-line.quantity))
    _tell(flow, case, cause, again, report.reason.value)


def _give_up(flow: FlowContext, reported: Reported, key: StockKey) -> None:
    """Takes reservations of all orders from stock that is not there. What a node works already it reports itself."""
    node_id = key[1]
    for other in reported.loaded.cases.values():
        reserved = other.taking(
            SliceAction.SHORT,
            where=lambda one: one.state is SliceState.RESERVED and (one.sku, one.node_id) == key,
        )
        if reserved:
            quantity = sum(units for _, units in reserved)
            reason = ShortReason.NOT_IN_STOCK.value
            cause = other.happened(UnitsShort(node_id=node_id, quantity=quantity, reason=reason), flow.at)
            other.move(reserved, SliceAction.SHORT, cause, flow.at, at_node(None))
            other.task(ReleaseOrder(other.order_id))
            _tell(flow, other, cause, by_line(reserved), reason)


def _tell(flow: FlowContext, case: Case, cause: UUID, lines: Sequence[FulfillmentLine], reason: str) -> None:
    """Tells channel and customer of units that come later, from elsewhere."""
    if not lines:
        return
    channel = flow.network.channel(case.order.channel_id)
    outgoing.short(case, channel, cause, lines, reason)
    outgoing.notify(case, channel, Template.ORDER_DELAYED, cause, {}, about=(None, lines))


def _rejected(flow: FlowContext, reported: Reported, rejection: Rejection) -> FulfillmentResult | Refusal:
    try:
        case = reported.case(rejection.fulfillment_order_id)
        refuse_implausible(case, rejection.occurred_at, flow.at)
        fulfillment_order = case.fulfillment_order(rejection.fulfillment_order_id)
        if fulfillment_order.state is not FulfillmentState.REJECTED:
            _reject(flow, case, fulfillment_order, rejection)
    except Refusal as refusal:
        return refusal
    return FulfillmentResult(case, rejection.fulfillment_order_id)


def _reject(flow: FlowContext, case: Case, fulfillment_order: FulfillmentOrder, rejection: Rejection) -> None:
    identity = fulfillment_order.fulfillment_order_id
    shipped = any(shipment.fulfillment_order_id == identity for shipment in case.shipments)
    if fulfillment_order.state not in LIVE or shipped:
        raise FulfillmentActionNotAllowed(
            f"It is {'shipped' if shipped else fulfillment_order.state.value} and cannot be rejected; report a short.",
            fulfillment_order_id=identity,
        )
    case.put_fulfillment_order(replace(fulfillment_order, state=FulfillmentState.REJECTED))
    cause = case.happened(
        FulfillmentOrderRejected(
            fulfillment_order_id=identity, node_id=fulfillment_order.node_id, reason=rejection.reason
        ),
        rejection.occurred_at,
    )
    units = case.taking(SliceAction.SHORT, where=worked_at(identity))
    again = leave_node(flow, case, identity, units, cause, rejection.occurred_at)
    _tell(flow, case, cause, again, "REJECTED")

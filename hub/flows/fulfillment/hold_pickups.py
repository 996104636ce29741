"""What lies ready at stores: handed over to who names the code, held longer, or canceled when nobody came."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.fulfillment import pickups
from hub.cases.fulfillment.reports import FulfillmentResult, Reported, load_reported
from hub.cases.plausibility import refuse_implausible
from hub.cases.stock import stock
from hub.cases.store import Loaded, load, save
from hub.fulfillment.model import CollectionReport
from hub.kernel.errors import Refusal

FLOW = "hold_pickups"


async def record_collections(
    flow: FlowContext, reports: Sequence[CollectionReport]
) -> list[FulfillmentResult | Refusal]:
    """Takes reports in order; one of the instant of a collection that is known changes nothing.

    Refuses FULFILLMENT_ORDER_NOT_FOUND, INSTANT_IMPLAUSIBLE, BLOCKED_BY_HOLD, NOTHING_TO_HAND_OVER, PICKUP_LOCKED,
    PICKUP_CODE_WRONG; wrong codes are counted.
    """
    reported = await load_reported(flow, FLOW, [report.fulfillment_order_id for report in reports])

    def hand_over(report: CollectionReport) -> Callable[[Case], None]:
        def done(case: Case) -> None:
            refuse_implausible(case, report.occurred_at, flow.at)
            pickups.hand_over(flow, case, report)

        return done

    results = [_result(reported, report.fulfillment_order_id, hand_over(report)) for report in reports]
    await _settled(flow, reported.loaded)
    return results


async def renew_pickups(flow: FlowContext, fulfillment_order_ids: Sequence[UUID]) -> list[FulfillmentResult | Refusal]:
    """Sends other codes, and holds what lies ready anew. Refuses FULFILLMENT_ORDER_NOT_FOUND, NOTHING_TO_HAND_OVER."""
    reported = await load_reported(flow, FLOW, fulfillment_order_ids)

    def renew(identity: UUID) -> Callable[[Case], None]:
        return lambda case: pickups.renew(flow, case, identity)

    results = [_result(reported, identity, renew(identity)) for identity in fulfillment_order_ids]
    await _settled(flow, reported.loaded)
    return results


async def expire_pickups(flow: FlowContext, held: Sequence[tuple[UUID, UUID]]) -> list[None]:
    """Ends the waits (order id, fulfillment order id) that are over."""
    loaded = await load(flow, FLOW, [order_id for order_id, _ in held])
    for order_id, fulfillment_order_id in held:
        if (case := loaded.cases.get(order_id)) is not None:
            pickups.expire(flow, case, fulfillment_order_id)
    await _settled(flow, loaded)
    return [None] * len(held)


def _result(reported: Reported, identity: UUID, change: Callable[[Case], None]) -> FulfillmentResult | Refusal:
    try:
        case = reported.case(identity)
        change(case)
    except Refusal as refusal:
        return refusal
    return FulfillmentResult(case, identity)


async def _settled(flow: FlowContext, loaded: Loaded) -> None:
    await stock.settle(flow, [case for case in loaded.cases.values() if case.effects.moves])
    await save(flow, FLOW, loaded)

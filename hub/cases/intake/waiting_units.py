"""Says what units of an order wait for: stock, an item that is complete, or a lane to where they go."""

from __future__ import annotations

from collections.abc import Sequence

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.intake.planning import Routes
from hub.exceptions.model import ExceptionReason
from hub.fulfillment.lifecycle import FulfillmentState


def name_waiting(
    flow: FlowContext, case: Case, quantity: int, *, draft_skus: Sequence[str] = (), limited_by: str = ""
) -> None:
    """Opens the exception that names what `quantity` units wait for, with the command that helps.

    `limited_by` is what a plan says of limits that keep units from shipping.
    """
    order, subject = case.order, str(case.order_id)
    detail, command = f"{quantity} units wait for stock.", "crossdock import stock FILE"
    reason = ExceptionReason.UNKNOWN_ITEM if draft_skus else ExceptionReason.STOCK_SHORT
    rejecting = {one.node_id for one in case.fulfillment_orders if one.state is FulfillmentState.REJECTED}
    if rejecting:
        command = f"crossdock bulk source-again --order {case.order_id}"
        detail += f" Those at {', '.join(sorted(rejecting))} are not asked for, as it rejected units of this order."
    if limited_by:
        command = f"crossdock bulk source-again --order {case.order_id}"
        detail += f" {limited_by}. Change the rule in the network, then source the order again."
    if draft_skus:
        detail += f" Complete the draft items {', '.join(sorted(set(draft_skus)))}."
    channel = flow.network.channel(order.channel_id)
    if missing := Routes(flow.network, flow.at).without(channel, order.destination, order.service_code):
        reason, command = ExceptionReason.NO_ROUTE, "crossdock load network FILE"
        detail = f"{quantity} units wait for a lane. {missing.message}"
    case.open_exception(reason, subject, detail, command, flow.at)

"""Which changes a channel allows: its rules for staff and for customers, over the facts of a change."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.changes.errors import ChangeNotAllowed
from hub.changes.model import OrderChange, Requester
from hub.parties.model import Contact

_MINUTE: Final = timedelta(minutes=1)


def refuse_forbidden(flow: FlowContext, case: Case, change: OrderChange) -> None:
    """Raises ChangeNotAllowed where the rule of the channel does not allow a previewed change now.

    Without a rule staff may change anything and customers nothing. A rule without an answer allows nothing.
    """
    terms = flow.network.channel(case.order.channel_id).change_terms
    by_staff = change.requested_by is Requester.STAFF
    allowed, rule = by_staff, terms.staff_rule if by_staff else terms.customer_rule
    if rule and flow.change_rules is not None:
        allowed = flow.change_rules.compile(rule).evaluate(_facts(flow, case, change), undecided=False)
    if not allowed:
        raise ChangeNotAllowed(
            f"Channel {case.order.channel_id} does not allow this change of its orders to"
            f" {'staff' if by_staff else 'customers'}, or not any more. Cancel or send back what is not wanted, and"
            " place another order for the rest.",
            requested_by=change.requested_by.value,
            channel_id=case.order.channel_id,
        )


def refuse_elsewhere(flow: FlowContext, case: Case, ship_to: Contact) -> None:
    """Raises ChangeNotAllowed for a recipient in another country or zone than the goods go to already.

    Days of arrival and taxes were promised for that.
    """
    address, order = ship_to.address, case.order
    to = address and flow.network.zones.destination(address.country_code, address.region_code, address.postal_code)
    if to != order.destination:
        raise ChangeNotAllowed(
            f"The goods go to {order.destination}, and the address is not there; cancel the order, and place another.",
            channel_id=order.channel_id,
        )


def _facts(flow: FlowContext, case: Case, change: OrderChange) -> dict[str, object]:
    order = case.order
    return {
        "channel_id": order.channel_id,
        "order_state": order.state.value,
        "minutes_since_placed": max(0, (flow.at - order.placed_at) // _MINUTE),
        "currency_code": order.currency,
        "total_before_minor": change.preview.total_before_minor,
        "total_after_minor": change.preview.total_after_minor,
        "added_units": sum(line.quantity for line in change.added),
        "removed_units": sum(units for _, units in change.removed),
        "added_skus": [line.sku for line in change.added],
        "ship_to_country_code": order.ship_to_country,
        "demand_class": order.demand_class,
        "attributes": dict(order.attributes),
        "told": list(change.told),
    }

"""Which changes a channel allows: its rules for staff and for customers, over the facts of a change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from hub.cases.case import Case
from hub.cases.changes.amounts import agreed
from hub.cases.changes.drafts import units_by_line
from hub.cases.context import FlowContext
from hub.changes.errors import ChangeNotAllowed
from hub.changes.model import OrderChange, Requester
from hub.parties.model import Contact
from hub.slices.policy import Taking

_MINUTE: Final = timedelta(minutes=1)


def refuse_forbidden(flow: FlowContext, case: Case, change: OrderChange) -> None:
    """Raises ChangeNotAllowed where the rule of the channel does not allow a previewed change now.

    Without a rule staff may change anything and customers nothing. A rule without an answer allows nothing.
    """
    terms = flow.network.channel(case.order.channel_id).change_terms
    by_staff = change.requested_by is Requester.STAFF
    allowed, rule = by_staff, terms.staff_rule if by_staff else terms.customer_rule
    if rule and flow.change_rules is not None:
        preview, added = change.preview, [line.sku for line in change.added]
        facts = _facts(flow, case, preview.total_before_minor, preview.total_after_minor) | {
            "added_units": sum(line.quantity for line in change.added),
            "removed_units": sum(units for _, units in change.removed),
            "added_skus": added,
            "told": list(change.told),
        }
        allowed = flow.change_rules.compile(rule).evaluate(facts, undecided=False)
    if not allowed:
        raise ChangeNotAllowed(
            f"Channel {case.order.channel_id} does not allow this change of its orders to"
            f" {'staff' if by_staff else 'customers'}, or not any more. Cancel or send back what is not wanted, and"
            " place another order for the rest.",
            requested_by=change.requested_by.value,
            channel_id=case.order.channel_id,
        )


def refuse_canceling(flow: FlowContext, case: Case, canceled: Sequence[Taking]) -> None:
    """Raises ChangeNotAllowed where the channel's rule for customers does not allow to cancel units now.

    It is asked as about a change that takes these units away and adds none; without a rule customers cancel nothing.
    """
    rule = flow.network.channel(case.order.channel_id).change_terms.customer_rule
    before = units_by_line(case)
    after = Counter(before)
    for slice_, units in canceled:
        after[slice_.line_number] -= units
    totals = (agreed(case.order, units)[0] for units in (before, after))
    facts = _facts(flow, case, *totals) | {
        "added_units": 0,
        "removed_units": sum(units for _, units in canceled),
        "added_skus": [],
        "told": [],
    }
    rules = flow.change_rules
    if not rule or rules is None or not rules.compile(rule).evaluate(facts, undecided=False):
        raise ChangeNotAllowed(
            "The shop does not allow its customers to cancel this, or not any more. Send back what is not wanted once"
            " it has arrived.",
            requested_by=Requester.CUSTOMER.value,
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


def _facts(flow: FlowContext, case: Case, total_before: int, total_after: int) -> dict[str, object]:
    """What rules may ask of the order of a change, and of its totals before and after it, in minor units."""
    order = case.order
    return {
        "channel_id": order.channel_id,
        "order_state": order.state.value,
        "minutes_since_placed": max(0, (flow.at - order.placed_at) // _MINUTE),
        "currency_code": order.currency,
        "total_before_minor": total_before,
        "total_after_minor": total_after,
        "ship_to_country_code": order.ship_to_country,
        "demand_class": order.demand_class,
        "attributes": dict(order.attributes),
    }

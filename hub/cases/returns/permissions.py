"""Whether units may come back, worked out before the transaction as far as rules and people go, verified inside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from msgspec import Struct

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.store import read
from hub.catalog import operations as catalog
from hub.catalog.model import Item
from hub.kernel.errors import Refusal
from hub.kernel.instant import Instant
from hub.kernel.money import first_units
from hub.orders.errors import OrderLineNotFound, OrderNotFound
from hub.orders.model import OrderLine
from hub.parties import operations as parties
from hub.parties.operations import blind_index
from hub.returns import operations as returns
from hub.returns.errors import (
    CustomerMismatch,
    ReturnNotPermitted,
    ReturnWindowClosed,
    UnitsAlreadyReturned,
    UnitsNotDelivered,
)
from hub.returns.model import ReturnLine, ReturnPolicy, ReturnRequest
from hub.returns.policy.credits import closes_at, policy_for, promised
from hub.rules.cel import Rules
from hub.slices.lifecycle import COMING_BACK, RECEIVED, RETURNED, SliceAction, SliceState
from hub.slices.model import Slice
from hub.slices.policy import Taking, Where, units

_BACK = COMING_BACK | RETURNED | {SliceState.KEPT, SliceState.LOST}


class PlannedReturn(Struct, frozen=True):
    """A return that no rule refuses, with the policy it is asked for under."""

    request: ReturnRequest
    policy: ReturnPolicy
    policy_version: int
    items: Mapping[str, Item]


async def plan_returns(
    flow: FlowContext, requests: Sequence[ReturnRequest], *, rules: Rules
) -> list[PlannedReturn | Refusal]:
    """Evaluates the rules of the policies, and compares who returns, from what is read; changes nothing.

    Refuses ORDER_NOT_FOUND, ORDER_LINE_NOT_FOUND, RETURN_NOT_PERMITTED, CUSTOMER_MISMATCH.
    """
    cases = await read(flow.tx, flow.scope, sorted({one.order_id for one in requests}))
    policies = await returns.policies(flow.tx)
    sold_under = await returns.policies_in_force(flow.tx, {case.order.placed_at for case in cases.values()})
    skus = {line.sku for case in cases.values() for line in case.order.lines}
    items = await catalog.load(flow.tx, sorted(skus))
    strange = await strangers(flow, [(one.order_id, one.customer_email) for one in requests], cases)
    answers: list[PlannedReturn | Refusal] = []
    for index, request in enumerate(requests):
        try:
            case = case_of(cases, request.order_id)
            channel_id, at_sale = case.order.channel_id, sold_under[case.order.placed_at]
            policy = promised(
                policy_for(policies, channel_id), [policy_for(version, channel_id) for version in at_sale]
            )
            if index in strange:
                raise stranger(request.order_id)
            _permit(flow, case, request, policy, items, rules)
            answers.append(PlannedReturn(request, policy, policies.version, items))
        except Refusal as refusal:
            answers.append(refusal)
    return answers


def case_of(cases: Mapping[UUID, Case], order_id: UUID) -> Case:
    """The case of an order; raises OrderNotFound."""
    if case := cases.get(order_id):
        return case
    raise OrderNotFound("There is no order with this id; name one of yours.")


def ordered_line(case: Case, line_number: int) -> OrderLine:
    """The line of a number; raises OrderLineNotFound."""
    if line := case.order.line(line_number):
        return line
    raise OrderLineNotFound(
        f"The order has no line {line_number}; name one of 1 to {len(case.order.lines)}.", line_number=line_number
    )


def returnable(case: Case, line: ReturnLine, policy: ReturnPolicy, at: Instant) -> list[Taking]:
    """The units of a line that may come back now.

    Raises UnitsNotDelivered, UnitsAlreadyReturned or ReturnWindowClosed, whichever is why there are too few.
    """
    own = [slice_ for slice_ in case.slices if slice_.line_number == line.line_number]
    in_time = _in_time(case, policy, at)
    found = case.taking(
        SliceAction.AUTHORIZE_RETURN,
        line.quantity,
        where=lambda one: one.line_number == line.line_number and in_time(one),
    )
    possible = sum(quantity for _, quantity in found)
    if possible >= line.quantity:
        return found
    facts = {"order_id": case.order_id, "line_number": line.line_number, "possible": possible}
    delivered = units(own, RECEIVED)
    if line.quantity <= delivered:
        raise ReturnWindowClosed(
            f"{policy.window_days} days after delivery are over for units of line {line.line_number}: {possible} of"
            f" {line.quantity} may still come back; grant a credit instead (GrantCredits).",
            **facts,
        )
    if line.quantity <= delivered + units(own, _BACK):
        raise UnitsAlreadyReturned(
            f"Units of line {line.line_number} are in a return already or were credited: {possible} of {line.quantity}"
            " may still come back; look at the order's returns.",
            **facts,
        )
    raise UnitsNotDelivered(
        f"Line {line.line_number} has {delivered} units that were delivered, {line.quantity} are to come back; cancel"
        " what has not shipped, and wait for what is on its way.",
        **facts,
    )


def _in_time(case: Case, policy: ReturnPolicy, at: Instant) -> Where:
    delivered = {shipment.shipment_id: shipment.delivered_at for shipment in case.shipments}

    def where(slice_: Slice) -> bool:
        delivered_at = delivered.get(slice_.shipment_id) if slice_.shipment_id else None
        return delivered_at is not None and at <= closes_at(policy, delivered_at)

    return where


def _permit(
    flow: FlowContext, case: Case, request: ReturnRequest, policy: ReturnPolicy, items: Mapping[str, Item], rules: Rules
) -> None:
    for line in request.lines:
        ordered = ordered_line(case, line.line_number)
        if not policy.refusals:
            continue
        facts = _facts(case, ordered, line, items.get(ordered.sku), flow.at) | {"keep": request.keep}
        for refusal in policy.refusals:
            if rules.compile(refusal.when).evaluate(facts, undecided=False):
                raise ReturnNotPermitted(
                    refusal.message, line_number=line.line_number, sku=ordered.sku, policy_id=policy.policy_id
                )


def _facts(case: Case, ordered: OrderLine, line: ReturnLine, item: Item | None, at: Instant) -> dict[str, object]:
    numbers = {slice_.shipment_id for slice_ in case.slices if slice_.line_number == line.line_number}
    delivered = [
        shipment.delivered_at
        for shipment in case.shipments
        if shipment.shipment_id in numbers and shipment.delivered_at
    ]
    return {
        "channel_id": case.order.channel_id,
        "seller_id": case.order.seller_id,
        "currency_code": case.order.currency,
        "sku": ordered.sku,
        "quantity": line.quantity,
        "unit_paid_minor": first_units(ordered.total_minor, ordered.quantity, 1),
        "days_since_delivery": (at - max(delivered)).days if delivered else 0,
        "reason": line.reason.value,
        "condition": line.condition.value if line.condition else "",
        "ship_to_country_code": case.order.ship_to_country,
        "item_attributes": dict(item.attributes) if item else {},
    }


def stranger(order_id: UUID) -> CustomerMismatch:
    """What somebody is told whose e-mail address none of the order's parties has."""
    return CustomerMismatch(
        "This e-mail address belongs to no party of the order; use the one that the order was placed with.",
        order_id=order_id,
    )


async def strangers(flow: FlowContext, asked_by: Sequence[tuple[UUID, str]], cases: Mapping[UUID, Case]) -> set[int]:
    """The indexes of those (order id, e-mail address) who ask by an address that none of the order's parties has."""
    asked = [(index, one, email) for index, (one, email) in enumerate(asked_by) if email and one in cases]
    parties_of = {order_id: _parties(cases[order_id]) for _, order_id, _ in asked}
    known = await parties.email_indexes(
        flow.tx, sorted({party for several in parties_of.values() for party in several})
    )
    return {
        index
        for index, order_id, email in asked
        if blind_index(email, flow.secrets.blind_index) not in {known.get(party) for party in parties_of[order_id]}
    }


def _parties(case: Case) -> set[UUID]:
    order = case.order
    return {order.customer_party_id, order.ship_to_party_id, order.bill_to_party_id}

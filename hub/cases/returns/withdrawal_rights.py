"""Until when a customer may withdraw from an order, of which units, and by which law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from msgspec import Struct

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.returns.permissions import case_of, stranger, strangers
from hub.cases.store import read
from hub.catalog import operations as catalog
from hub.catalog.model import Item
from hub.kernel.errors import Refusal
from hub.kernel.instant import Instant
from hub.network.model import Network
from hub.orders.model import OrderLine
from hub.returns import operations as returns
from hub.returns.policy.withdrawals import Exemption, Information, WithdrawalRule, period_end, rule_for
from hub.slices.lifecycle import COMING_BACK, RECEIVED, RETURNED, SliceState
from hub.slices.policy import units

EXEMPTION: Final = "withdrawal_exemption"
"""The attribute of an item that names why nobody may withdraw from it."""

_OVER = COMING_BACK | RETURNED | {SliceState.CANCELED, SliceState.KEPT, SliceState.LOST}
_HAD = RECEIVED | _OVER


class RightRequest(Struct, frozen=True):
    """Of which order the right is asked, by whose e-mail address, and whether the customer was informed of it."""

    order_id: UUID
    customer_email: str
    information: Information

    def __repr__(self) -> str:
        return f"RightRequest(order_id={self.order_id!r})"


class LineRight(Struct, frozen=True):
    """Units of a line that may still be withdrawn from; none where the goods are exempt."""

    line_number: int
    sku: str
    quantity: int
    exemption: Exemption | None = None


class WithdrawalRight(Struct, frozen=True):
    """The right of an order. `ends_at` is None while a parcel is still to come: the period has not begun."""

    order_id: UUID
    rule: WithdrawalRule
    lines: tuple[LineRight, ...]
    ends_at: Instant | None
    open: bool


async def withdrawal_rights(flow: FlowContext, requests: Sequence[RightRequest]) -> list[WithdrawalRight | Refusal]:
    """Works out rights from what is read.

    Refuses ORDER_NOT_FOUND, CUSTOMER_MISMATCH, WITHDRAWAL_RULE_MISSING.
    """
    cases = await read(flow.tx, flow.scope, sorted({one.order_id for one in requests}))
    items = await catalog.load(flow.tx, sorted({line.sku for case in cases.values() for line in case.order.lines}))
    strange = await strangers(flow, [(one.order_id, one.customer_email) for one in requests], cases)
    answers: list[WithdrawalRight | Refusal] = []
    for index, request in enumerate(requests):
        try:
            case = case_of(cases, request.order_id)
            if index in strange:
                raise stranger(request.order_id)
            answers.append(right_of(flow, case, items, request.information))
        except Refusal as refusal:
            answers.append(refusal)
    return answers


def right_of(flow: FlowContext, case: Case, items: Mapping[str, Item], information: Information) -> WithdrawalRight:
    """Return the right of an order; raises WithdrawalRuleMissing."""
    rules, exemptions = returns.withdrawal_rules()
    country = case.order.ship_to_country
    rule = rule_for(rules, country, case.order.placed_at.date())
    lines = tuple(_line(case, line, items.get(line.sku), exemptions) for line in case.order.lines)
    ends_at = None
    received = [shipment.delivered_at for shipment in case.shipments if shipment.delivered_at]
    if received and all(slice_.state in _HAD for slice_ in case.slices):
        ends_at = period_end(rule, max(received), _holidays(flow.network, country), information)
    left = any(line.quantity for line in lines)
    return WithdrawalRight(case.order_id, rule, lines, ends_at, left and (ends_at is None or flow.at < ends_at))


def _line(case: Case, line: OrderLine, item: Item | None, exemptions: Mapping[str, Exemption]) -> LineRight:
    exemption = exemptions.get(item.attributes.get(EXEMPTION, "")) if item else None
    own = [slice_ for slice_ in case.slices if slice_.line_number == line.line_number]
    left = sum(slice_.quantity for slice_ in own) - units(own, _OVER)
    return LineRight(line.line_number, line.sku, 0 if exemption else left, exemption)


def _holidays(network: Network, country: str) -> frozenset[date]:
    """The days off of the calendars by which goods arrive in a country."""
    calendars = {lane.calendar_id for lane in network.lanes.values() if lane.to_country_code == country}
    return frozenset(day for name in calendars for day in network.calendars[name].holidays)

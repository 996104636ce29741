"""What customs must know before goods leave a customs territory: the catalog completes it, or the order waits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.holds import hold
from hub.cases.money.resumption import go_on
from hub.catalog.model import Item
from hub.holds import operations as holds
from hub.holds.model import Hold, HoldStatus, HoldType, Operation
from hub.kernel.ids import derived
from hub.kernel.instant import Instant
from hub.messages.tasks import ReleaseOrder
from hub.network.model import Channel, Network
from hub.orders.model import Order, OrderLine
from hub.outbox import operations as outbox
from hub.outbox.model import Message
from hub.sourcing.model import Plan
from hub.trade.model.rules import TradeRules

MOST_NAMED: Final = 20
"""Lines that one hold names; the others are counted."""


class CustomsCheck(Struct, frozen=True):
    """What was found of an order whose goods leave a customs territory.

    `completed` are lines that the catalog completes, by number. `missing` says of each other line what it lacks.
    """

    completed: Mapping[int, OrderLine]
    missing: tuple[str, ...]

    def complete(self, order: Order) -> Order:
        """Return the order with what the catalog knows."""
        lines = tuple(self.completed.get(line.line_number, line) for line in order.lines)
        return replace(order, lines=lines) if self.completed else order


async def check_customs(flow: FlowContext, plans: Sequence[tuple[Case, Plan | None]]) -> dict[UUID, CustomsCheck]:
    """Return the check of each order of which a node in another customs territory has or gets units; others have none.

    `plans` say where waiting units come from. Nothing is checked before trade rules were loaded. For contexts that only
    read.
    """
    if not flow.trade_version:
        return {}
    leaving = {case.order_id: set(_abroad(flow.network, case, plan)) for case, plan in plans}
    if not any(leaving.values()):
        return {}
    rules = await flow.trade_rules.load(flow.tx, flow.trade_version)
    day = flow.at.date()
    lines = {
        case.order_id: _crossing(case.order, leaving[case.order_id], rules, day)
        for case, _ in plans
        if leaving[case.order_id]
    }
    lacking = {line.sku for crossing in lines.values() for line in crossing if _lack(line)}
    items = await flow.items.load(flow.tx, lacking) if lacking else {}
    return {order_id: _checked(crossing, items) for order_id, crossing in lines.items() if crossing}


def clear_customs(case: Case, channel: Channel, check: CustomsCheck | None, at: Instant) -> bool:
    """Holds an order whose customs data is missing, or lifts such a hold where it is complete.

    Returns whether the order may be released now, as far as customs data goes.
    """
    held = _customs_holds(case)
    if check is not None and check.missing:
        if not held:
            more = len(check.missing) - MOST_NAMED
            named = [*check.missing[:MOST_NAMED], *([f"and {more} more lines"] if more > 0 else [])]
            reason = f"customs data is missing: {'; '.join(named)}; complete the items with PutItems"
            hold(case, HoldType.CUSTOMS_DATA, reason, at)
        return False
    for customs_hold in held:
        go_on(case, channel, customs_hold, "the customs data is complete", at)
    return not held


def lacks_customs_data(flow: FlowContext, case: Case) -> bool:
    """Return whether units leave a node abroad without all that customs may ask, so that its release must look."""
    numbers = {number for number, _ in _abroad(flow.network, case, None)}
    return flow.trade_version > 0 and any(_lack(line) for line in case.order.lines if line.line_number in numbers)


def held_for_customs_alone(case: Case) -> bool:
    """Return whether nothing but missing customs data keeps an order from being released."""
    blocking = [one for one in case.holds if one.status is HoldStatus.ACTIVE and Operation.RELEASE in one.blocks]
    return bool(blocking) and all(one.type is HoldType.CUSTOMS_DATA for one in blocking)


async def release_completed(flow: FlowContext, items: Iterable[Item]) -> None:
    """Has orders that wait for customs data released again, where items are written that may complete them."""
    if not any(item.hs_code and item.origin_country for item in items):
        return
    messages = [
        Message(
            message_id=derived(flow.new_id(), "task", str(order_id)),
            lane=f"task:{order_id}",
            payload=ReleaseOrder(order_id),
            order_id=order_id,
        )
        for order_id in await holds.orders_held(flow.tx, HoldType.CUSTOMS_DATA)
    ]
    await outbox.append(flow.tx, messages, at=flow.at)


def _abroad(network: Network, case: Case, plan: Plan | None) -> Iterator[tuple[int, str]]:
    """Lines and the countries of their nodes, where that is not the country of destination."""
    places = [(slice_.line_number, slice_.node_id) for slice_ in case.slices]
    places += [(assignment.line_number, assignment.node_id) for assignment in (plan.assignments if plan else ())]
    for line_number, node_id in places:
        if node_id is not None and node_id in network.nodes:
            country = network.nodes[node_id].address.country_code
            if country != case.order.ship_to_country:
                yield line_number, country


def _crossing(order: Order, leaving: set[tuple[int, str]], rules: TradeRules, day: date) -> list[OrderLine]:
    """The lines that cross a customs border."""
    numbers = {number for number, country in leaving if rules.crosses(country, order.ship_to_country, day)}
    return [line for line in order.lines if line.line_number in numbers]


def _checked(lines: Sequence[OrderLine], items: Mapping[str, Item]) -> CustomsCheck:
    completed, missing = dict[int, OrderLine](), list[str]()
    for line in lines:
        item = items.get(line.sku)
        known = line
        if item is not None:
            known = replace(
                line,
                hs_code=line.hs_code or item.hs_code,
                origin_country=line.origin_country or item.origin_country,
            )
        if lack := _lack(known):
            missing.append(f"line {line.line_number} ({line.sku}) has no {' and no '.join(lack)}")
        if known != line:
            completed[line.line_number] = known
    return CustomsCheck(completed, tuple(missing))


def _lack(line: OrderLine) -> list[str]:
    """What customs must know of a line and is not stated."""
    facts = {"HS code": line.hs_code, "country of origin": line.origin_country}
    return [name for name, value in facts.items() if not value]


def _customs_holds(case: Case) -> list[Hold]:
    return [one for one in case.holds if one.type is HoldType.CUSTOMS_DATA and one.status is HoldStatus.ACTIVE]

"""Does a change to a copy of a case: to preview it, and to confirm it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from copy import copy
from uuid import UUID

from msgspec.structs import replace

from hub.cases.case import Case, Effects
from hub.cases.changes.amounts import agreed, balance, pay_more
from hub.cases.changes.drafts import refuse_told, takings_of, units_by_line
from hub.cases.changes.sourcing import Sourced
from hub.cases.context import FlowContext
from hub.cases.fulfillment.endings import cancel_units
from hub.cases.intake.waiting import name_waiting
from hub.cases.places import places_of
from hub.cases.screening import await_screening
from hub.changes.model import ChangedLine, OrderChange, Preview
from hub.changes.policy import refuse_later
from hub.kernel.money import Money, first_units
from hub.messages.events.orders import LinesBackordered, OrderChanged
from hub.messages.tasks import ReleaseOrder
from hub.messages.timers import LinesExpire
from hub.orders.lifecycle import OrderState
from hub.orders.policy import expiry_of
from hub.slices.policy import born


def previewed(flow: FlowContext, case: Case, change: OrderChange, source: Sourced) -> OrderChange:
    """Return a change with its preview: what it does to a copy of the case, which is then forgotten.

    Raises ChangeTooLate, ChangeNotPayable.
    """
    after, authorized = _applied(flow, case, change, source)
    total_before, tax_before = agreed(case.order, units_by_line(case))
    total_after, tax_after = agreed(after.order, units_by_line(after))
    preview = Preview(
        lines=tuple(_changed_lines(case, after, change, source)),
        total_before_minor=total_before,
        total_after_minor=total_after,
        tax_before_minor=tax_before,
        tax_after_minor=tax_after,
        authorize_minor=authorized,
        give_back_minor=max(0, balance(after)),
    )
    return replace(change, preview=preview)


def attempted(flow: FlowContext, case: Case, change: OrderChange, source: Sourced) -> Case:
    """Return a case after a change; `case` stays as it was, so that a change that is refused leaves nothing.

    Raises ChangeTooLate, ChangeNotPayable, and ChangeOutdated where goods would arrive later than was previewed.
    """
    refuse_later(change.preview.lines, source.promises, _waiting(source))
    after, _ = _applied(flow, case, change, source)
    return after


def _applied(flow: FlowContext, case: Case, change: OrderChange, source: Sourced) -> tuple[Case, int]:
    """A copy of a case after a change, and the amount that its instruments pay more.

    Lines are added before units are taken away, so that an order of which all goods are exchanged does not end.
    """
    case = copy(case)
    case.effects = Effects()
    lacked = balance(case)
    takings = takings_of(case, change.removed)
    units = Counter(units_by_line(case))
    before, _ = agreed(case.order, units)
    if change.told:
        refuse_told(case)
    case.order = replace(
        case.order,
        lines=(*case.order.lines, *change.added),
        ship_to_party_id=change.ship_to_party_id or case.order.ship_to_party_id,
        gift_message=change.gift_message or case.order.gift_message,
        delivery_instructions=change.delivery_instructions or case.order.delivery_instructions,
    )
    units.update({line.line_number: line.quantity for line in change.added})
    units.subtract(dict(change.removed))
    after, _ = agreed(case.order, units)
    cause = case.happened(_event(change, before, after), flow.at)
    _add(flow, case, change, source, cause)
    cancel_units(case, flow.network.channel(case.order.channel_id), takings, change.reason, flow.at)
    authorized = pay_more(case, lacked, flow.at)
    if change.ship_to_party_id:
        channel = flow.network.channel(case.order.channel_id)
        await_screening(case, channel, "the recipient changed and is to be compared", flow.at)
    if case.order.state is OrderState.CONFIRMED:
        case.task(ReleaseOrder(case.order_id))
    return case, authorized


def _waiting(source: Sourced) -> Counter[int]:
    """Units that wait for stock, by line."""
    waiting = Counter[int]()
    for one in source.plan.assignments if source.plan else ():
        waiting[one.line_number] += 0 if one.node_id else one.quantity
    return waiting


def _add(flow: FlowContext, case: Case, change: OrderChange, source: Sourced, cause: UUID) -> None:
    if source.plan is None:
        return
    ordered = [(line.line_number, line.sku, line.quantity) for line in change.added]
    assigned = [(one.line_number, one.node_id, one.quantity) for one in source.plan.assignments]
    last = max(slice_.slice_number for slice_ in case.slices)
    slices, moves = born(case.order_id, ordered, cause, flow.at, assigned=assigned, behind=last)
    case.slices = (*case.slices, *slices)
    case.effects.moves += moves
    case.effects.floors = source.floors
    case.order = replace(
        case.order,
        promises={**case.order.promises, **source.promises},
        ship_days={**source.ship_days, **dict(places_of(case))},
    )
    if source.plan.uncovered:
        case.happened(LinesBackordered(quantity=source.plan.uncovered), flow.at)
        name_waiting(flow, case, source.plan.uncovered)
    if expiry := expiry_of(case.order.lines, flow.at):
        case.set_timer(LinesExpire(case.order_id, expiry))


def _event(change: OrderChange, before: int, after: int) -> OrderChanged:
    return OrderChanged(
        change_id=change.change_id,
        reason=change.reason,
        total_before=Money(before, change.currency),
        total_after=Money(after, change.currency),
        added={line.line_number: line.quantity for line in change.added},
        removed=dict(change.removed),
        told=change.told,
    )


def _changed_lines(case: Case, after: Case, change: OrderChange, source: Sourced) -> Iterator[ChangedLine]:
    numbers = [*(number for number, _ in change.removed), *(line.line_number for line in change.added)]
    before, now = units_by_line(case), units_by_line(after)
    waiting = _waiting(source)
    lines = {line.line_number: line for line in after.order.lines}
    for number in sorted(numbers):
        line, was, will = lines[number], before.get(number, 0), now[number]
        yield ChangedLine(
            line_number=number,
            sku=line.sku,
            quantity_before=was,
            quantity_after=will,
            total_before_minor=first_units(line.total_minor, line.quantity, was),
            total_after_minor=first_units(line.total_minor, line.quantity, will),
            promised_at=None if waiting[number] else source.promises.get(number),
            waiting=waiting[number],
        )

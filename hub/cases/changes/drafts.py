"""What a draft of a change comes to for an order: units to take away, and lines to add with their prices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from hub.cases.case import Case
from hub.cases.fulfillment.node_requests import unasked
from hub.cases.intake.acceptance import refuse_past, refuse_unknown_items
from hub.catalog.model import Item
from hub.changes.errors import ChangeEmpty, ChangeTooLate
from hub.changes.model import ChangeDraft
from hub.changes.policy import more_of, numbered, refuse_other_version, refuse_taken
from hub.fulfillment.lifecycle import RequestKind
from hub.kernel.errors import InvalidField
from hub.kernel.instant import Instant
from hub.orders.errors import OrderLineNotFound
from hub.orders.lifecycle import ENDED
from hub.orders.model import Draft, OrderLine
from hub.orders.policy import ended, lines_of
from hub.parties.model import Contact
from hub.slices.lifecycle import AT_NODE, SliceAction, SliceState
from hub.slices.policy import Taking, first, of_line


class Difference(Struct, frozen=True):
    """How an order changes: (line number, units) to take away, and lines to add under the numbers that they get."""

    removed: tuple[tuple[int, int], ...]
    added: tuple[OrderLine, ...]


def difference(case: Case, draft: ChangeDraft, items: Mapping[str, Item], at: Instant) -> Difference:
    """Return how an order changes by a draft.

    Raises OrderActionNotAllowed for an order that has ended, ChangeOutdated, ChangeTooLate, ChangeEmpty, and for lines
    the refusals of placing an order.
    """
    refuse_ended(case)
    if draft.order_version:
        refuse_other_version(draft.order_version, case.order.version)
    wanted = _wanted(case, draft)
    removed: list[tuple[int, int]] = []
    more: list[OrderLine] = []
    units = units_by_line(case)
    for line, quantity in wanted:
        standing = units[line.line_number]
        if quantity > standing:
            more.append(_more_of(case, line, quantity - standing))
        elif quantity < standing:
            free = sum(units for _, units in _free(case, line.line_number))
            refuse_taken(line.line_number, standing - quantity, free)
            removed.append((line.line_number, standing - quantity))
    priced = _priced(case, draft, items, at) if draft.added else ()
    told = bool(draft.ship_to or draft.gift_message or draft.delivery_instructions)
    if told:
        refuse_told(case)
    if not removed and not more and not priced and not told:
        raise ChangeEmpty(
            "The order is as the change wants it already; there is nothing to do.", order_id=case.order_id
        )
    return Difference(tuple(removed), numbered([*more, *priced], case.order.lines))


def refuse_told(case: Case) -> None:
    """Raises ChangeTooLate where a node was told already where the units of an order go."""
    worked = sum(slice_.quantity for slice_ in case.slices if slice_.state in AT_NODE)
    if worked:
        raise ChangeTooLate(
            f"{worked} units are with a node, which was told recipient, gift message and delivery instructions. Ask the"
            " node with CancelLines, and place another order.",
            free=0,
            wanted=worked,
        )


def takings_of(case: Case, removed: Iterable[tuple[int, int]]) -> list[Taking]:
    """Return the units that a change takes away; raises ChangeTooLate where they are not free any more."""
    takings: list[Taking] = []
    for line_number, quantity in removed:
        free = _free(case, line_number)
        refuse_taken(line_number, quantity, sum(units for _, units in free))
        takings += first(free, quantity)
    return takings


def units_by_line(case: Case) -> dict[int, int]:
    """Return the units of each line that are not canceled."""
    units = {line.line_number: 0 for line in case.order.lines}
    for slice_ in case.slices:
        if slice_.state is not SliceState.CANCELED:
            units[slice_.line_number] += slice_.quantity
    return units


def refuse_ended(case: Case) -> None:
    """Raises OrderActionNotAllowed for an order that has ended."""
    if case.order.state in ENDED:
        raise ended(case.order, "CHANGE", "cannot be changed; place another order, or have goods sent back")


def _wanted(case: Case, draft: ChangeDraft) -> list[tuple[OrderLine, int]]:
    named = Counter(line_number for line_number, _ in draft.quantities)
    wanted: list[tuple[OrderLine, int]] = []
    for line_number, quantity in draft.quantities:
        line = case.order.line(line_number)
        if line is None:
            raise OrderLineNotFound(f"The order has no line {line_number}.", line_number=line_number)
        if named[line_number] > 1:
            raise InvalidField(
                f"change.lines name line {line_number} twice; name it once.", **{"change.lines": "twice"}
            )
        wanted.append((line, quantity))
    return wanted


def _more_of(case: Case, line: OrderLine, quantity: int) -> OrderLine:
    if line.bundle_sku:
        raise InvalidField(
            f"Line {line.line_number} is a part of bundle {line.bundle_sku}; add the bundle as a line of its own.",
            **{"change.lines": "part of a bundle"},
        )
    return more_of(line, quantity, case.order.currency)


def _priced(case: Case, draft: ChangeDraft, items: Mapping[str, Item], at: Instant) -> tuple[OrderLine, ...]:
    order = case.order
    stated = Draft(order.channel_id, order.channel_reference, order.currency, draft.added, Contact(""))
    refuse_unknown_items(stated, items)
    refuse_past(stated, items, at)
    try:
        return lines_of(stated, items)
    except InvalidField as error:
        raise _of_added(error) from error


def _of_added(error: InvalidField) -> InvalidField:
    """Return a refusal of a draft with its fields named as the change has them: the lines are those that it adds."""
    fields = {
        f"change.added_{name}" if name.startswith("lines") else "change.added_lines": problem
        for name, problem in error.metadata.items()
    }
    return InvalidField(f"In change.added_lines: {error.message}", **fields)


def _free(case: Case, line_number: int) -> list[Taking]:
    """Units of a line that no node works."""
    able = unasked(case, case.taking(SliceAction.CANCEL, where=of_line(line_number)), RequestKind.CANCEL)
    return [taking for taking in able if taking[0].state not in AT_NODE]

"""Takes goods back: what came, what was found, what happens to it. Each is a record of its own, reported once.

Units move RETURN_AUTHORIZED | RETURN_IN_TRANSIT | RETURNING -> RETURN_RECEIVED -> RETURN_CLOSED; accepted ones are
credited when they are inspected, whatever becomes of the goods.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeVar
from uuid import UUID

from hub.cases.crediting import credit_lines, credit_units
from hub.cases.ending import end_if_done
from hub.cases.returning import Back, ReturnCase, in_return, load_returns, reopen, save_returning
from hub.cases.store import stock_changed
from hub.cases.unit import Unit
from hub.exceptions.model import ExceptionReason
from hub.inventory import operations as inventory
from hub.inventory.model import Condition, ConditionedChange
from hub.kernel.errors import CurrencyMismatch, Refusal
from hub.network.errors import UnknownNode
from hub.returns.errors import UnitsNotExpected
from hub.returns.lifecycle import OPEN, ReturnAction, ReturnState
from hub.returns.model import (
    Disposed,
    Disposition,
    DispositionReport,
    Inspection,
    Outcome,
    Receipt,
    Received,
    Verdict,
)
from hub.returns.policy.credits import (
    DEADLINE_TIMER,
    accepted,
    credited_outcome,
    require_undisposed,
    require_uninspected,
)
from hub.slices.lifecycle import COMING_BACK, SliceAction, SliceState
from hub.slices.policy import Taking, of_line

FLOW = "receive_returns"

C = TypeVar("C", Receipt, Inspection, DispositionReport)

CONDITIONS: Final = {
    Disposition.RESTOCK: Condition.SELLABLE,
    Disposition.TRANSFER: Condition.SELLABLE,
    Disposition.OPEN_BOX: Condition.OPEN_BOX,
    Disposition.REPAIR: Condition.REPAIR,
    Disposition.RETURN_TO_VENDOR: Condition.RETURN_TO_VENDOR,
    Disposition.LIQUIDATE: Condition.LIQUIDATION,
    Disposition.DONATE: Condition.DONATION,
    Disposition.RECYCLE: Condition.RECYCLING,
    Disposition.QUARANTINE: Condition.QUARANTINE,
}
"""In which condition units are in stock after a disposition; what is sent back to the customer is in none."""

_ACTIONS: Final = {
    Outcome.AS_EXPECTED: SliceAction.RECEIVE_BACK,
    Outcome.LOST_IN_TRANSIT: SliceAction.LOSE,
    Outcome.KEPT_BY_CUSTOMER: SliceAction.KEEP,
    Outcome.NOT_RETURNED: SliceAction.END_RETURN,
}
"""What an outcome does to units; the other outcomes leave them where they are and become exceptions."""


async def receive_returns(unit: Unit, receipts: Sequence[Receipt]) -> list[Back | Refusal]:
    """Takes receipts in order, each whole or not at all; a known reference changes nothing.

    Refuses RETURN_NOT_FOUND, RETURN_ACTION_NOT_ALLOWED, UNITS_NOT_EXPECTED, UNKNOWN_NODE; goods that came although they
    are not expected become an exception.
    """
    return await _each(unit, receipts, _receive)


async def inspect_returns(unit: Unit, inspections: Sequence[Inspection]) -> list[Back | Refusal]:
    """Takes inspections in order, each whole or not at all; a known reference changes nothing.

    Refuses RETURN_NOT_FOUND, UNITS_NOT_RECEIVED, CURRENCY_MISMATCH, REDUCTION_TOO_LARGE.
    """
    return await _each(unit, inspections, _inspect)


async def dispose_returns(unit: Unit, reports: Sequence[DispositionReport]) -> list[Back | Refusal]:
    """Takes dispositions in order, each whole or not at all; a known reference changes nothing.

    Refuses RETURN_NOT_FOUND, UNITS_NOT_RECEIVED, UNKNOWN_NODE.
    """
    changes: list[ConditionedChange] = []

    def dispose(unit: Unit, found: ReturnCase, report: DispositionReport) -> None:
        changes.extend(_dispose(unit, found, report))

    answers = await _each(unit, reports, dispose, changes)
    await stock_changed(unit, freed=any(one.condition is Condition.SELLABLE for one in changes), claimed=False)
    return answers


async def _each(
    unit: Unit,
    commands: Sequence[C],
    act: Callable[[Unit, ReturnCase, C], None],
    changes: Sequence[ConditionedChange] = (),
) -> list[Back | Refusal]:
    returning = await load_returns(unit, FLOW, [command.return_id for command in commands])
    answers: list[Back | Refusal] = []
    for command in commands:
        try:
            act(unit, returning.of(command.return_id), command)
            answers.append(returning.back(command.return_id))
        except Refusal as refusal:
            answers.append(refusal)
    await inventory.change_conditioned(unit.tx, [changes] if changes else [], at=unit.at)
    await save_returning(unit, FLOW, returning)
    return answers


def _receive(unit: Unit, found: ReturnCase, receipt: Receipt) -> None:
    rma = found.returns[receipt.return_id]
    if any(one.reference == receipt.reference for one in rma.received):
        return
    _node(unit, receipt.node_id)
    wanted = Counter[tuple[int, Outcome]]()
    for one in receipt.units:
        wanted[one.line_number, one.outcome] += one.quantity
    for (line_number, outcome), quantity in wanted.items():
        _require_expected(unit, found, receipt, line_number, outcome, quantity)
    moving = {key: quantity for key, quantity in wanted.items() if key[1] in _ACTIONS}
    if moving:
        if rma.state is ReturnState.EXPIRED:
            _take_up_again(unit, found, rma.return_id, moving)
        rma = found.act(receipt.return_id, ReturnAction.RECEIVE)
    found.put(replace(rma, received=(*rma.received, *receipt.units)))
    _move(found, receipt, moving)
    for one in receipt.units:
        if one.outcome not in _ACTIONS:
            _unexpected(unit, found, receipt, one)
    credited: Counter[int] = Counter()
    for (line_number, outcome), quantity in moving.items():
        credited[line_number] += quantity if credited_outcome(outcome) else 0
    credit_units(unit, found, receipt.return_id, +credited)
    close_if_done(unit, found, receipt.return_id)


def _require_expected(
    unit: Unit, found: ReturnCase, receipt: Receipt, line_number: int, outcome: Outcome, quantity: int
) -> None:
    """Raises UnitsNotExpected where fewer units are expected, and opens an exception where goods have come."""
    action = _ACTIONS.get(outcome)
    if action is None:
        return
    have = sum(count for _, count in _expected(found, receipt.return_id, line_number, action))
    if have >= quantity:
        return
    if outcome is Outcome.AS_EXPECTED:
        subject = f"{receipt.return_id}/{receipt.reference}/{line_number}"
        detail = f"{quantity} units of line {line_number} came to {receipt.node_id}, {have} are expected."
        command = f"crossdock returns show {receipt.return_id}"
        found.case.open_exception(ExceptionReason.RETURN_UNEXPECTED, subject, detail, command, unit.at)
    raise UnitsNotExpected(
        f"{have} units of line {line_number} are expected, the receipt names {quantity}; report what the return names"
        " as AS_EXPECTED and the rest as OVER.",
        return_id=receipt.return_id,
        line_number=line_number,
        possible=have,
    )


def _expected(found: ReturnCase, return_id: UUID, line_number: int, action: SliceAction) -> list[Taking]:
    """Units of a return that can take an action; of one that had expired, those it named and the customer has."""
    rma = found.returns[return_id]
    if rma.state is not ReturnState.EXPIRED:
        return found.taking(action, return_id, line_number)
    line = rma.line(line_number)
    return found.case.taking(SliceAction.AUTHORIZE_RETURN, line.quantity if line else 0, where=of_line(line_number))


def _take_up_again(unit: Unit, found: ReturnCase, return_id: UUID, moving: Mapping[tuple[int, Outcome], int]) -> None:
    """A return that had expired goes on, as its units came after all."""
    case = found.case
    reopen(case, return_id, unit.at)
    cause = case.happened("ReturnAuthorized", unit.at, return_id=return_id, quantity=sum(moving.values()))
    for (line_number, _), quantity in moving.items():
        units = case.taking(SliceAction.AUTHORIZE_RETURN, quantity, where=of_line(line_number))
        case.move(units, SliceAction.AUTHORIZE_RETURN, cause, unit.at, in_return(return_id))


def _move(found: ReturnCase, receipt: Receipt, moving: Mapping[tuple[int, Outcome], int]) -> None:
    cause = found.case.happened(
        "ReturnReceived",
        receipt.occurred_at,
        return_id=receipt.return_id,
        node_id=receipt.node_id,
        reference=receipt.reference,
        quantity=sum(one.quantity for one in receipt.units if one.outcome is Outcome.AS_EXPECTED),
        outcomes=[f"{one.quantity} of line {one.line_number} {one.outcome.value}" for one in receipt.units],
    )
    for (line_number, outcome), quantity in moving.items():
        action = _ACTIONS[outcome]
        units = found.taking(action, receipt.return_id, line_number, quantity)
        place = in_return(None if outcome is Outcome.NOT_RETURNED else receipt.return_id)
        found.case.move(units, action, cause, receipt.occurred_at, place)


def _unexpected(unit: Unit, found: ReturnCase, receipt: Receipt, one: Received) -> None:
    came = f", {one.found_sku} came" if one.found_sku else ""
    detail = f"{one.outcome.value}: {one.quantity} units of line {one.line_number} at {receipt.node_id}{came}."
    subject = f"{receipt.return_id}/{receipt.reference}/{one.entry_number}"
    command = f"crossdock returns show {receipt.return_id}"
    found.case.open_exception(ExceptionReason.RETURN_UNEXPECTED, subject, detail, command, unit.at)


def _inspect(unit: Unit, found: ReturnCase, inspection: Inspection) -> None:
    rma, case = found.returns[inspection.return_id], found.case
    if any(one.reference == inspection.reference for one in rma.inspected):
        return
    if inspection.currency not in {"", case.order.currency}:
        raise CurrencyMismatch(
            f"The order was paid in {case.order.currency}; state reductions in it.",
            expected=case.order.currency,
            found=inspection.currency,
        )
    named: Counter[int] = Counter()
    for one in inspection.units:
        named[one.line_number] += one.quantity
    for line_number, quantity in named.items():
        require_uninspected(rma, line_number, quantity)
    taken = [one for one in inspection.units if accepted(one)]
    credited: Counter[int] = Counter()
    for one in taken:
        credited[one.line_number] += one.quantity
    credit_lines(found, rma, credited, taken)
    found.put(replace(rma, inspected=(*rma.inspected, *inspection.units)))
    case.happened(
        "ReturnInspected",
        inspection.occurred_at,
        return_id=rma.return_id,
        reference=inspection.reference,
        verdicts=[f"{one.quantity} of line {one.line_number} {one.verdict.value}" for one in inspection.units],
    )
    credit_units(unit, found, rma.return_id, credited, taken)
    subject = str(rma.return_id)
    if any(one.verdict is Verdict.MANUAL for one in inspection.units):
        detail, command = "A person must decide on units that came back.", f"crossdock returns show {rma.return_id}"
        case.open_exception(ExceptionReason.RETURN_TO_DECIDE, subject, detail, command, unit.at)
    else:
        case.resolve_exception(ExceptionReason.RETURN_TO_DECIDE, subject)


def _dispose(unit: Unit, found: ReturnCase, report: DispositionReport) -> list[ConditionedChange]:
    rma, case = found.returns[report.return_id], found.case
    if any(one.reference == report.reference for one in rma.disposed):
        return []
    named: Counter[int] = Counter()
    for one in report.units:
        named[one.line_number] += one.quantity
    for line_number, quantity in named.items():
        require_undisposed(rma, line_number, quantity)
    at_node = next((one.node_id for one in reversed(rma.received)), "")
    disposed = tuple(replace(one, node_id=one.node_id or at_node) for one in report.units)
    for one in disposed:
        _node(unit, one.node_id)
    found.put(replace(rma, disposed=(*rma.disposed, *disposed)))
    cause = case.happened(
        "ReturnDisposed",
        report.occurred_at,
        return_id=rma.return_id,
        reference=report.reference,
        dispositions=[f"{one.quantity} of line {one.line_number} {one.disposition.value}" for one in disposed],
    )
    for line_number, quantity in named.items():
        units = found.taking(SliceAction.DISPOSE, rma.return_id, line_number, quantity)
        case.move(units, SliceAction.DISPOSE, cause, report.occurred_at)
    close_if_done(unit, found, rma.return_id)
    return [_change(found, one, cause) for one in disposed if one.disposition in CONDITIONS]


def _change(found: ReturnCase, one: Disposed, cause: UUID) -> ConditionedChange:
    line = found.case.order.line(one.line_number)
    sku = line.sku if line else ""
    return ConditionedChange(sku, one.node_id, CONDITIONS[one.disposition], one.quantity, "return", cause)


def close_if_done(unit: Unit, found: ReturnCase, return_id: UUID) -> None:
    """Closes a return once none of its units is on its way or waits for a decision, and the order with it."""
    waiting = COMING_BACK | {SliceState.RETURN_RECEIVED}
    own = [one for one in found.case.slices if one.return_id == return_id and one.state in waiting]
    if own or found.returns[return_id].state not in OPEN:
        return
    found.act(return_id, ReturnAction.CLOSE)
    found.case.happened("ReturnClosed", unit.at, return_id=return_id)
    found.case.clear_timer(str(return_id), DEADLINE_TIMER)
    found.case.resolve_exception(ExceptionReason.RETURN_OVERDUE, str(return_id))
    end_if_done(found.case, unit.at)


def _node(unit: Unit, node_id: str) -> None:
    unit.network.node(node_id)
    if not unit.scope.sees(node_id=node_id):
        raise UnknownNode(f"Node {node_id} is not one you work at.", node_id=node_id)

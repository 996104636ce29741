"""Takes goods back: what came, and what was found. Each is a record of its own, reported once.

Units move RETURN_AUTHORIZED | RETURN_IN_TRANSIT | RETURNING -> RETURN_RECEIVED; accepted ones are credited when they
are inspected, whatever becomes of the goods.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

from msgspec.structs import replace

from hub.cases.context import Unit
from hub.cases.returns.credits import credit_lines, credit_units
from hub.cases.returns.receipts import receive
from hub.cases.returns.return_cases import Back, ReturnCase, load_returns, save_returning
from hub.cases.returns.unexpected_goods import keep
from hub.exceptions.model import ExceptionReason
from hub.kernel.errors import CurrencyMismatch, Refusal
from hub.returns.model import (
    Inspection,
    Receipt,
    Unexpected,
    Verdict,
)
from hub.returns.policy.credits import (
    accepted,
    require_uninspected,
)

FLOW = "receive_returns"

C = TypeVar("C", Receipt, Inspection)


async def receive_returns(unit: Unit, receipts: Sequence[Receipt]) -> list[Back | Refusal]:
    """Takes receipts in order, each whole or not at all; a known reference changes nothing.

    Refuses RETURN_NOT_FOUND, RETURN_ACTION_NOT_ALLOWED, UNITS_NOT_EXPECTED, UNKNOWN_NODE; goods that came although they
    are not expected become an exception.
    """
    kept: list[Unexpected] = []

    def take(unit: Unit, found: ReturnCase, receipt: Receipt) -> None:
        kept.extend(receive(unit, found, receipt))

    answers = await _each(unit, receipts, take)
    await keep(unit, kept)
    return answers


async def inspect_returns(unit: Unit, inspections: Sequence[Inspection]) -> list[Back | Refusal]:
    """Takes inspections in order, each whole or not at all; a known reference changes nothing.

    Refuses RETURN_NOT_FOUND, UNITS_NOT_RECEIVED, CURRENCY_MISMATCH, REDUCTION_TOO_LARGE.
    """
    return await _each(unit, inspections, _inspect)


async def _each(
    unit: Unit,
    commands: Sequence[C],
    act: Callable[[Unit, ReturnCase, C], None],
) -> list[Back | Refusal]:
    returning = await load_returns(unit, FLOW, [command.return_id for command in commands])
    answers: list[Back | Refusal] = []
    for command in commands:
        try:
            act(unit, returning.of(command.return_id), command)
            answers.append(returning.back(command.return_id))
        except Refusal as refusal:
            answers.append(refusal)
    await save_returning(unit, FLOW, returning)
    return answers


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

"""Takes goods back: what came, and what was found. Each is a record of its own, reported once.

Units move RETURN_AUTHORIZED | RETURN_IN_TRANSIT | RETURNING -> RETURN_RECEIVED; accepted ones are credited when they
are inspected, whatever becomes of the goods.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

from msgspec.structs import replace

from hub.cases.context import FlowContext
from hub.cases.plausibility import refuse_before, refuse_implausible
from hub.cases.returns.credits import credit_lines, credit_units
from hub.cases.returns.receipts import receive
from hub.cases.returns.repeated_reports import repeats
from hub.cases.returns.return_cases import ReturnCase, ReturnResult, load_returns, save_returning
from hub.cases.returns.unexpected_goods import keep
from hub.exceptions.model import ExceptionReason
from hub.kernel.errors import CurrencyMismatch, Refusal
from hub.messages.events.returns import ReturnInspected, UnitsInspected
from hub.returns.model import (
    Inspection,
    Receipt,
    Unexpected,
    Verdict,
)
from hub.returns.policy.credits import (
    accepted,
    require_uninspected,
    undecided_units,
)

FLOW = "receive_returns"

C = TypeVar("C", Receipt, Inspection)


async def receive_returns(flow: FlowContext, receipts: Sequence[Receipt]) -> list[ReturnResult | Refusal]:
    """Takes receipts in order, each whole or not at all; a known reference changes nothing.

    Refuses RETURN_NOT_FOUND, RETURN_ACTION_NOT_ALLOWED, INSTANT_IMPLAUSIBLE, UNITS_NOT_EXPECTED, UNKNOWN_NODE; goods
    that came although they are not expected become an exception.
    """
    kept: list[Unexpected] = []

    def take(flow: FlowContext, found: ReturnCase, receipt: Receipt) -> None:
        kept.extend(receive(flow, found, receipt))

    answers = await _each(flow, receipts, take)
    await keep(flow, kept)
    return answers


async def inspect_returns(flow: FlowContext, inspections: Sequence[Inspection]) -> list[ReturnResult | Refusal]:
    """Takes inspections in order, each whole or not at all; a known reference changes nothing.

    Refuses RETURN_NOT_FOUND, REFERENCE_REUSED, INSTANT_IMPLAUSIBLE, UNITS_NOT_RECEIVED, CURRENCY_MISMATCH,
    REDUCTION_TOO_LARGE.
    """
    return await _each(flow, inspections, _inspect)


async def _each(
    flow: FlowContext,
    commands: Sequence[C],
    act: Callable[[FlowContext, ReturnCase, C], None],
) -> list[ReturnResult | Refusal]:
    returning = await load_returns(flow, FLOW, [command.return_id for command in commands])
    answers: list[ReturnResult | Refusal] = []
    for command in commands:
        try:
            act(flow, returning.of(command.return_id), command)
            answers.append(returning.back(command.return_id))
        except Refusal as refusal:
            answers.append(refusal)
    await save_returning(flow, FLOW, returning)
    return answers


def _inspect(flow: FlowContext, found: ReturnCase, inspection: Inspection) -> None:
    rma, case = found.returns[inspection.return_id], found.case
    if repeats(rma.inspected, inspection):
        return
    refuse_implausible(case, inspection.occurred_at, flow.at)
    lines = {unit.line_number for unit in inspection.units}
    came = [unit.at for unit in rma.received if unit.line_number in lines]
    refuse_before(inspection.occurred_at, came, "the units came")
    if inspection.currency not in {"", case.order.currency}:
        raise CurrencyMismatch(
            f"The order was paid in {case.order.currency}; state reductions in that currency.",
            expected=case.order.currency,
            found=inspection.currency,
        )
    named: Counter[int] = Counter()
    for unit in inspection.units:
        named[unit.line_number] += unit.quantity
    for line_number, quantity in named.items():
        require_uninspected(rma, line_number, quantity)
    taken = [unit for unit in inspection.units if accepted(unit)]
    credited: Counter[int] = Counter()
    for one in taken:
        credited[one.line_number] += one.quantity
    credit_lines(found, rma, credited, taken)
    found.put(replace(rma, inspected=(*rma.inspected, *inspection.units)))
    case.happened(
        ReturnInspected(
            return_id=rma.return_id,
            reference=inspection.reference,
            verdicts=tuple(
                UnitsInspected(
                    line_number=unit.line_number,
                    quantity=unit.quantity,
                    verdict=unit.verdict.value,
                    condition=unit.condition.value if unit.condition else "",
                    note=unit.note,
                )
                for unit in inspection.units
            ),
        ),
        inspection.occurred_at,
    )
    credit_units(flow, found, rma.return_id, credited, taken)
    if not undecided_units(found.returns[rma.return_id]):
        case.resolve_exception(ExceptionReason.WITHDRAWAL_REFUND_DUE, str(rma.return_id))
    subject = str(rma.return_id)
    if any(unit.verdict is Verdict.MANUAL for unit in inspection.units):
        undecided = [unit for unit in inspection.units if unit.verdict is Verdict.MANUAL]
        words = " ".join(f"{unit.line_number}:{unit.quantity}:accepted" for unit in undecided)
        detail = "A person must decide what happens to units that came back: accepted, accepted_reduced or rejected."
        command = f"crossdock returns inspect {rma.return_id} {words}"
        case.open_exception(ExceptionReason.RETURN_TO_DECIDE, subject, detail, command, flow.at)
    else:
        case.resolve_exception(ExceptionReason.RETURN_TO_DECIDE, subject)

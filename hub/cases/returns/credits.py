"""What units that come back are credited with: goods and charges, less reductions and fees, by the return's policy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from msgspec.structs import replace

from hub.cases.context import FlowContext
from hub.cases.money.refunds import grant
from hub.cases.returns.return_cases import ReturnCase
from hub.kernel.ids import derived
from hub.payments.model import TransactionKind
from hub.payments.policy import grantable, uncredited
from hub.returns.errors import CreditExceedsPaid
from hub.returns.model import Credit, CreditKind, CreditLine, Inspected, Resolution, Return, ShippingRefund
from hub.returns.policy.credits import CUSTOMERS_CHOICE, credited_line, not_taken_off, reduced
from hub.slices.lifecycle import GONE, SliceState


def credit_units(
    flow: FlowContext,
    found: ReturnCase,
    return_id: UUID,
    quantities: Mapping[int, int],
    inspected: Sequence[Inspected] = (),
) -> Credit | None:
    """Credits units of a return (line number -> units), less what their inspection takes off; None where it is nothing.

    Raises ReductionTooLarge.
    """
    rma = found.returns[return_id]
    if rma.resolution is Resolution.NONE or not quantities:
        return None
    return _credit(flow, found, rma, credit_lines(found, rma, quantities, inspected))


def credit_shipping(flow: FlowContext, found: ReturnCase) -> Credit | None:
    """Credits shipping by the last return that was credited, where it is due by now; None where it is not."""
    credited = [one for one in found.credits if one.return_id is not None]
    last = max(credited, key=lambda one: (one.granted_at, one.credit_id), default=None)
    rma = found.returns.get(last.return_id) if last and last.return_id else None
    if rma is None or not _shipping(found, rma, {}):
        return None
    return _credit(flow, found, rma, credit_lines(found, rma, {}))


def _credit(flow: FlowContext, found: ReturnCase, rma: Return, lines: Sequence[CreditLine]) -> Credit:
    case = found.case
    total = sum(line.amount_minor for line in lines)
    credit_id = derived(rma.return_id, "credit", case.order.version)
    channel = flow.network.channel(case.order.channel_id)
    paid_by = [(TransactionKind.STORE_CREDIT, total)] if rma.resolution is Resolution.STORE_CREDIT else []
    if exchanged := min(total, rma.exchange_minor):
        found.put(replace(rma, exchange_minor=rma.exchange_minor - exchanged))
        paid_by = [(TransactionKind.EXCHANGED, exchanged)]
    credit = grant(case, channel, credit_id, lines, flow.at, return_id=rma.return_id, paid_by=paid_by)
    found.credits.append(credit)
    return credit


def credit_lines(
    found: ReturnCase,
    rma: Return,
    quantities: Mapping[int, int],
    inspected: Sequence[Inspected] = (),
) -> list[CreditLine]:
    """What units are credited with; raises ReductionTooLarge."""
    known = [line for credit in found.credits_of(rma.return_id) for line in credit.lines]
    lines: list[CreditLine] = []
    for line_number, quantity in sorted(quantities.items()):
        ordered = found.case.order.line(line_number)
        if ordered is None or not quantity:
            continue
        sold = found.sold(ordered)
        stated = sum(entry.reduction_minor for entry in inspected if entry.line_number == line_number)
        carried = not_taken_off(rma, line_number, known, inspected)
        lines += reduced(sold, credited_line(sold, quantity, rma.promotions), stated, carried)
    lines += _shipping(found, rma, quantities)
    lines += _fee(found, rma, lines)
    return lines + _granted_before(found, lines)


def require_paid(found: ReturnCase, amount_minor: int) -> None:
    """Raises CreditExceedsPaid where more would be credited than the customer paid and has not been credited with."""
    case = found.case
    possible = grantable(case.payments)
    if amount_minor > possible:
        raise CreditExceedsPaid(
            f"The customer paid {possible} minor units that were not credited; credit at most that.",
            order_id=case.order_id,
            possible_minor=possible,
            currency=case.order.currency,
        )


def _shipping(found: ReturnCase, rma: Return, quantities: Mapping[int, int]) -> list[CreditLine]:
    given = any(line.kind is CreditKind.SHIPPING for credit in found.credits for line in credit.lines)
    to_come = any(slice_.state not in GONE | {SliceState.CANCELED} for slice_ in found.case.slices)
    if rma.shipping is not ShippingRefund.WHEN_ALL_RETURNED or given or to_come:
        return []
    for ordered in found.case.order.lines:
        sold = found.sold(ordered)
        if sold.shipped != sold.credited + quantities.get(ordered.line_number, 0):
            return []
    charges = found.case.order.charges
    total = sum(charge.total_minor for charge in charges)
    return [CreditLine(CreditKind.SHIPPING, total, sum(charge.tax_minor for charge in charges))] if total else []


def _granted_before(found: ReturnCase, lines: Sequence[CreditLine]) -> list[CreditLine]:
    """What is taken off because the customer was granted it before: credits never sum to more than was paid."""
    over = sum(line.amount_minor for line in lines) - uncredited(found.case.payments)
    return [CreditLine(CreditKind.APPEASEMENT, -over)] if over > 0 else []


def _fee(found: ReturnCase, rma: Return, lines: Sequence[CreditLine]) -> list[CreditLine]:
    """What is taken off for the return, once in all: what its units before were worth too little for, of later ones."""
    known = [line for credit in found.credits_of(rma.return_id) for line in credit.lines if line.kind is CreditKind.FEE]
    left = rma.fee_minor + sum(line.amount_minor for line in known)
    chosen = all(line.reason in CUSTOMERS_CHOICE for line in rma.lines)
    fee = min(left, sum(line.amount_minor for line in lines))
    return [CreditLine(CreditKind.FEE, -fee)] if fee > 0 and chosen else []

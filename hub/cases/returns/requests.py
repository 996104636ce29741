"""The return that is asked for: made of a planned request, and held against what the customer agreed to."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.returns.credits import credit_lines
from hub.cases.returns.permissions import PlannedReturn, ordered_line
from hub.cases.returns.return_cases import ReturnCase
from hub.kernel.errors import CurrencyMismatch
from hub.kernel.ids import derived
from hub.kernel.money import Money
from hub.returns.errors import ReturnPreviewOutdated
from hub.returns.lifecycle import ReturnState
from hub.returns.model import Return
from hub.returns.policy.lines import merged


def made(flow: FlowContext, case: Case, planned: PlannedReturn) -> Return:
    """The return that a request asks for; raises CurrencyMismatch where new goods are priced in another currency."""
    request, policy = planned.request, planned.policy
    if request.exchange is not None and request.exchange.currency not in {"", case.order.currency}:
        raise CurrencyMismatch(
            f"The order was paid in {case.order.currency}; state the amounts of the exchange in it.",
            expected=case.order.currency,
            found=request.exchange.currency,
        )
    lines = tuple(replace(line, sku=ordered_line(case, line.line_number).sku) for line in merged(request.lines))
    return Return(
        return_id=derived(case.order_id, "return", case.order.version),
        order_id=case.order_id,
        state=ReturnState.AUTHORIZED,
        lines=lines,
        resolution=request.resolution,
        policy_id=policy.policy_id,
        policy_version=planned.policy_version,
        created_at=flow.at,
        return_by=flow.at + timedelta(days=policy.return_days),
        node_id=flow.network.node(request.node_id).node_id if request.node_id else "",
        promotions=policy.promotions,
        shipping=policy.shipping,
        fee_minor=policy.fees.get(case.order.currency, 0),
        keep=request.keep,
        exchange=request.exchange,
    )


def require_agreed(found: ReturnCase, rma: Return, planned: PlannedReturn) -> None:
    """Raises CurrencyMismatch or ReturnPreviewOutdated where the customer agreed to something else."""
    agreed, currency = planned.request.agreed_minor, found.case.order.currency
    if agreed is None:
        return
    if planned.request.agreed_currency != currency:
        raise CurrencyMismatch(
            f"The order was paid in {currency}; state the agreed amount in that currency.",
            expected=currency,
            found=planned.request.agreed_currency,
        )
    quantities = {line.line_number: line.quantity for line in rma.lines}
    total = sum(line.amount_minor for line in credit_lines(found, rma, quantities))
    if total != agreed:
        raise ReturnPreviewOutdated(
            f"The return now brings {Money(total, currency)}. Show that to the customer (PreviewReturn) and ask again.",
            total=Money(total, currency),
            agreed=Money(agreed, currency),
        )

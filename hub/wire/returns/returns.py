"""Returns on the wire: what callers ask for and report as values, returns, credits and policies as messages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, Final, TypeVar

from crossdock.returns.v1 import returns_pb2 as pb
from hub.cases.returns.return_cases import ReturnResult
from hub.flows.returns.preview_returns import Preview
from hub.kernel.money import Money
from hub.payments.policy import Payout
from hub.returns.lifecycle import ReturnState
from hub.returns.model import (
    Credit,
    CreditKind,
    CreditLine,
    Disposed,
    Disposition,
    Inspected,
    ItemCondition,
    Outcome,
    Promotions,
    Reason,
    Received,
    Resolution,
    Return,
    ReturnLine,
    ReturnPolicies,
    ReturnPolicy,
    ShippingRefund,
    Verdict,
)
from hub.trade.policy.exact import Conversion
from hub.wire.enums import Names
from hub.wire.instants import instant_to_pb
from hub.wire.money import money_to_pb
from hub.wire.orders.drafts import HOLDERS
from hub.wire.orders.orders import slice_fields
from hub.wire.prices import minor_to_pb

R = TypeVar("R", Received, Inspected, Disposed)

RETURN_STATES: Final = Names(ReturnState, pb.ReturnState, "RETURN_STATE")
REASONS: Final = Names(Reason, pb.ReturnReason, "RETURN_REASON")
CONDITIONS: Final = Names(ItemCondition, pb.ItemCondition, "ITEM_CONDITION")
RESOLUTIONS: Final = Names(Resolution, pb.MoneyResolution, "MONEY_RESOLUTION")
OUTCOMES: Final = Names(Outcome, pb.ReceiptOutcome, "RECEIPT_OUTCOME")
VERDICTS: Final = Names(Verdict, pb.InspectionVerdict, "INSPECTION_VERDICT")
DISPOSITIONS: Final = Names(Disposition, pb.Disposition, "DISPOSITION")
CREDIT_KINDS: Final = Names(CreditKind, pb.CreditKind, "CREDIT_KIND")
PROMOTIONS: Final = Names(Promotions, pb.PromotionPolicy, "PROMOTION_POLICY")
SHIPPING_REFUNDS: Final = Names(ShippingRefund, pb.ShippingRefund, "SHIPPING_REFUND")


def return_to_pb(back: ReturnResult) -> pb.Return:
    """A return as it stands."""
    rma, currency = back.rma, back.case.order.currency
    return pb.Return(
        return_id=str(rma.return_id),
        order_id=str(rma.order_id),
        state=RETURN_STATES.to_pb(rma.state),
        lines=[_line(back, line) for line in rma.lines],
        resolution=RESOLUTIONS.to_pb(rma.resolution),
        node_id=rma.node_id,
        return_by_time=instant_to_pb(rma.return_by),
        create_time=instant_to_pb(rma.created_at),
        receipts=_receipts(rma),
        inspections=_inspections(rma, currency),
        dispositions=_dispositions(rma),
        credits=[credit_to_pb(credit, currency) for credit in back.credits],
        exchange_order_id=str(rma.exchange_order_id or ""),
        policy_id=rma.policy_id,
        policy_version=rma.policy_version,
    )


def credit_to_pb(credit: Credit, currency: str) -> pb.Credit:
    """What a customer is owed."""
    return pb.Credit(
        credit_id=str(credit.credit_id),
        total=minor_to_pb(credit.total_minor, currency),
        lines=credit_lines_to_pb(credit.lines, currency),
        create_time=instant_to_pb(credit.granted_at),
    )


def credit_lines_to_pb(lines: Iterable[CreditLine], currency: str) -> list[pb.CreditLine]:
    """What a credit is made of."""
    return [
        pb.CreditLine(
            kind=CREDIT_KINDS.to_pb(line.kind),
            line_number=line.line_number,
            quantity=line.quantity,
            amount=minor_to_pb(line.amount_minor, currency),
            tax=minor_to_pb(line.tax_minor, currency),
        )
        for line in lines
    ]


def policies_to_pb(policies: ReturnPolicies) -> pb.GetReturnPoliciesResponse:
    """The policies in force."""
    return pb.GetReturnPoliciesResponse(
        version=policies.version, policies=[_policy(policy) for policy in policies.policies]
    )


def preview_to_pb(preview: Preview, shown: Conversion | None = None) -> pb.PreviewReturnResponse:
    """What a return would bring; by `shown` its total in another currency, too."""
    currency = preview.case.order.currency
    response = pb.PreviewReturnResponse(
        total=minor_to_pb(sum(line.amount_minor for line in preview.lines), currency),
        lines=credit_lines_to_pb(preview.lines, currency),
        shares=[_share(payout, currency) for payout in preview.payouts],
        return_by_time=instant_to_pb(preview.rma.return_by),
        policy_id=preview.rma.policy_id,
        policy_version=preview.rma.policy_version,
    )
    if shown is not None:
        total = Money(sum(line.amount_minor for line in preview.lines), currency)
        response.shown_total.CopyFrom(money_to_pb(shown.to_abroad(total)))
        response.shown_rate = shown.rate_abroad()
        response.shown_rate_rule_id = shown.rate.rule_id if shown.rate else ""
    return response


def _share(payout: Payout, currency: str) -> pb.RefundShare:
    instrument = payout.instrument
    if instrument is None:
        return pb.RefundShare(kind=payout.kind.value, amount=minor_to_pb(payout.amount_minor, currency))
    return pb.RefundShare(
        instrument_id=str(instrument.instrument_id),
        kind=instrument.kind,
        holder=HOLDERS.to_pb(instrument.holder),
        amount=minor_to_pb(payout.amount_minor, currency),
    )


def _policy(policy: ReturnPolicy) -> pb.ReturnPolicy:
    return pb.ReturnPolicy(
        policy_id=policy.policy_id,
        channel_ids=sorted(policy.channel_ids),
        window_days=policy.window_days,
        return_days=policy.return_days,
        refusals=[pb.RefusalRule(when=refusal.when, message=refusal.message) for refusal in policy.refusals],
        promotions=PROMOTIONS.to_pb(policy.promotions),
        shipping=SHIPPING_REFUNDS.to_pb(policy.shipping),
        fees=[minor_to_pb(amount, currency) for currency, amount in sorted(policy.fees.items())],
    )


def _line(back: ReturnResult, line: ReturnLine) -> pb.ReturnLine:
    own = [
        slice_
        for slice_ in back.case.slices
        if slice_.return_id == back.rma.return_id and slice_.line_number == line.line_number
    ]
    return pb.ReturnLine(
        line_number=line.line_number,
        sku=line.sku,
        quantity=line.quantity,
        reason=REASONS.to_pb(line.reason),
        condition=_condition(line.condition),
        slices=[slice_fields(one) for one in own],
    )


def _receipts(rma: Return) -> list[pb.ReturnReceipt]:
    return [
        pb.ReturnReceipt(
            return_id=str(rma.return_id),
            receipt_reference=reference,
            node_id=entries[0].node_id,
            units=[
                pb.ReceivedUnits(
                    line_number=entry.line_number,
                    quantity=entry.quantity,
                    outcome=OUTCOMES.to_pb(entry.outcome),
                    found_sku=entry.found_sku,
                )
                for entry in entries
            ],
            occur_time=instant_to_pb(entries[0].at),
        )
        for reference, entries in _by_reference(rma.received)
    ]


def _inspections(rma: Return, currency: str) -> list[pb.ReturnInspection]:
    return [
        pb.ReturnInspection(
            return_id=str(rma.return_id),
            report_reference=reference,
            units=[_inspected(entry, currency) for entry in entries],
            occur_time=instant_to_pb(entries[0].at),
        )
        for reference, entries in _by_reference(rma.inspected)
    ]


def _inspected(inspected: Inspected, currency: str) -> pb.InspectedUnits:
    return pb.InspectedUnits(
        line_number=inspected.line_number,
        quantity=inspected.quantity,
        verdict=VERDICTS.to_pb(inspected.verdict),
        reduction=minor_to_pb(inspected.reduction_minor, currency) if inspected.reduction_minor else None,
        condition=_condition(inspected.condition),
        note=inspected.note,
    )


def _dispositions(rma: Return) -> list[pb.ReturnDisposition]:
    return [
        pb.ReturnDisposition(
            return_id=str(rma.return_id),
            report_reference=reference,
            units=[
                pb.DisposedUnits(
                    line_number=entry.line_number,
                    quantity=entry.quantity,
                    disposition=DISPOSITIONS.to_pb(entry.disposition),
                    node_id=entry.node_id,
                    best_node=entry.best_node,
                )
                for entry in entries
            ],
            occur_time=instant_to_pb(entries[0].at),
        )
        for reference, entries in _by_reference(rma.disposed)
    ]


def _by_reference(entries: Sequence[R]) -> list[tuple[str, list[R]]]:
    """Entries of one report stand together."""
    return [(reference, list(several)) for reference, several in groupby(entries, key=lambda one: one.reference)]


def _condition(condition: ItemCondition | None) -> Any:
    return pb.ITEM_CONDITION_UNSPECIFIED if condition is None else CONDITIONS.to_pb(condition)

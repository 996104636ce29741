"""What callers ask and report about returns: messages to commands."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from google.type import money_pb2

from crossdock.orders.v1 import orders_pb2
from crossdock.returns.v1 import returns_pb2 as pb
from hub.kernel.errors import InvalidField, inside
from hub.kernel.instant import Instant
from hub.returns.model import (
    CreditRequest,
    Disposed,
    DispositionReport,
    Exchange,
    Inspected,
    Inspection,
    Receipt,
    Received,
    RefusalRule,
    Resolution,
    ReturnLine,
    ReturnPolicies,
    ReturnPolicy,
    ReturnRequest,
    Verdict,
)
from hub.wire.defaults import meant
from hub.wire.instants import optional_instant
from hub.wire.orders.drafts import line_from_pb
from hub.wire.prices import minor_from_pb
from hub.wire.returns.returns import (
    CONDITIONS,
    DISPOSITIONS,
    OUTCOMES,
    PROMOTIONS,
    REASONS,
    RESOLUTIONS,
    SHIPPING_REFUNDS,
    VERDICTS,
)


def request_from_pb(message: pb.ReturnDraft) -> ReturnRequest:
    """A return as asked for; raises InvalidField where parts contradict each other."""
    resolution = RESOLUTIONS.from_pb(meant(message, "resolution"), "resolution")
    exchanged = message.HasField("exchange")
    if exchanged != (resolution is Resolution.EXCHANGE):
        raise InvalidField(
            "exchange goes with resolution EXCHANGE: state both or neither.",
            exchange="goes with resolution EXCHANGE",
        )
    if exchanged and message.keep:
        raise InvalidField(
            "keep and EXCHANGE exclude each other; state REFUND or STORE_CREDIT.", keep="not of EXCHANGE"
        )
    agreed = message.HasField("agreed_total")
    currency = message.agreed_total.currency_code
    return ReturnRequest(
        order_id=UUID(message.order_id),
        lines=tuple(return_line_from_pb(line, index) for index, line in enumerate(message.lines)),
        resolution=resolution,
        keep=message.keep,
        customer_email=message.customer_email,
        agreed_minor=minor_from_pb(message.agreed_total, currency, field="agreed_total") if agreed else None,
        agreed_currency=currency,
        node_id=message.node_id,
        exchange=_exchange(message.exchange) if exchanged else None,
    )


def receipt_from_pb(message: pb.ReturnReceipt, now: Instant) -> Receipt:
    """What came."""
    at = optional_instant(message, "occur_time") or now
    reference = message.receipt_reference
    units = tuple(
        Received(
            reference=reference,
            entry_number=number,
            line_number=one.line_number,
            quantity=one.quantity,
            outcome=OUTCOMES.from_pb(one.outcome, f"units[{number - 1}].outcome"),
            node_id=message.node_id,
            at=at,
            found_sku=one.found_sku,
        )
        for number, one in enumerate(message.units, 1)
    )
    return Receipt(UUID(message.return_id), reference, message.node_id, units, at)


def inspection_from_pb(message: pb.ReturnInspection, now: Instant) -> Inspection:
    """What was found; raises InvalidField where reductions are in two currencies or of what is not reduced."""
    at = optional_instant(message, "occur_time") or now
    currencies = {unit.reduction.currency_code for unit in message.units if unit.HasField("reduction")}
    if len(currencies) > 1:
        raise InvalidField(
            "units have reductions in several currencies; state all in the currency of the order.", units="mixed"
        )
    units = []
    for index, one in enumerate(message.units):
        with inside(f"units[{index}]"):
            units.append(_inspected(message, one, index + 1, at))
    return Inspection(UUID(message.return_id), message.report_reference, tuple(units), at, "".join(currencies))


def disposition_from_pb(message: pb.ReturnDisposition, now: Instant) -> DispositionReport:
    """What happens to units."""
    at = optional_instant(message, "occur_time") or now
    units = tuple(
        Disposed(
            reference=message.report_reference,
            entry_number=number,
            line_number=one.line_number,
            quantity=one.quantity,
            disposition=DISPOSITIONS.from_pb(one.disposition, f"units[{number - 1}].disposition"),
            node_id=one.node_id,
            at=at,
            best_node=one.best_node,
        )
        for number, one in enumerate(message.units, 1)
    )
    return DispositionReport(UUID(message.return_id), message.report_reference, units, at)


def credit_request_from_pb(message: pb.CreditDraft) -> CreditRequest:
    """Money without goods; raises InvalidField where it is nothing."""
    currency = message.amount.currency_code
    return CreditRequest(
        order_id=UUID(message.order_id),
        amount_minor=minor_from_pb(message.amount, currency, field="amount", least=1),
        currency=currency,
        reason=message.reason,
        resolution=RESOLUTIONS.from_pb(meant(message, "resolution"), "resolution"),
    )


def policies_from_pb(message: pb.PutReturnPoliciesRequest) -> ReturnPolicies:
    """Policies to be put in force; their version is the one that they replace, 0 for any."""
    policies = []
    for index, policy in enumerate(message.policies):
        with inside(f"policies[{index}]"):
            policies.append(_policy(policy))
    return ReturnPolicies(message.expected_version, tuple(policies))


def return_line_from_pb(message: pb.ReturnLineDraft, index: int) -> ReturnLine:
    """Units to send back, at an index among the lines of their return."""
    return ReturnLine(
        line_number=message.line_number,
        quantity=message.quantity,
        reason=REASONS.from_pb(meant(message, "reason"), f"lines[{index}].reason"),
        condition=CONDITIONS.optional(message.condition, f"lines[{index}].condition"),
    )


def _exchange(message: pb.ExchangeDraft) -> Exchange:
    stated = [amount for line in message.lines for amount in _amounts(line)]
    currency = stated[0].currency_code if stated else ""
    lines = tuple(line_from_pb(line, currency, f"exchange.lines[{index}]") for index, line in enumerate(message.lines))
    return Exchange(lines, message.advance, message.instrument_token, currency)


def _amounts(line: orders_pb2.OrderLineDraft) -> list[money_pb2.Money]:
    return [
        *([line.unit_price] if line.HasField("unit_price") else []),
        *(discount.amount for discount in line.discounts),
        *(tax.amount for tax in line.taxes),
    ]


def _inspected(message: pb.ReturnInspection, one: Any, number: int, at: Instant) -> Inspected:
    verdict = VERDICTS.from_pb(one.verdict, "verdict")
    reduced = one.HasField("reduction")
    if reduced != (verdict is Verdict.ACCEPTED_REDUCED):
        raise InvalidField(
            "reduction says how much less units are credited: give it for ACCEPTED_REDUCED, and only then.",
            reduction="goes with verdict ACCEPTED_REDUCED",
        )
    currency = one.reduction.currency_code
    return Inspected(
        reference=message.report_reference,
        entry_number=number,
        line_number=one.line_number,
        quantity=one.quantity,
        verdict=verdict,
        at=at,
        reduction_minor=minor_from_pb(one.reduction, currency, field="reduction", least=1) if reduced else 0,
        condition=CONDITIONS.optional(one.condition, "condition"),
        note=one.note,
    )


def _policy(message: pb.ReturnPolicy) -> ReturnPolicy:
    return ReturnPolicy(
        policy_id=message.policy_id,
        channel_ids=frozenset(message.channel_ids),
        window_days=message.window_days,
        return_days=message.return_days,
        refusals=tuple(RefusalRule(refusal.when, refusal.message) for refusal in message.refusals),
        promotions=PROMOTIONS.from_pb(meant(message, "promotions"), "promotions"),
        shipping=SHIPPING_REFUNDS.from_pb(meant(message, "shipping"), "shipping"),
        fees={
            fee.currency_code: minor_from_pb(fee, fee.currency_code, field=f"fees[{index}]")
            for index, fee in enumerate(message.fees)
        },
    )

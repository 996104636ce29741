"""Supply, what is kept for whom, conditions, projections and explanations on the wire."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from uuid import UUID

from google.protobuf.timestamp_pb2 import Timestamp

from crossdock.inventory.v1 import supply_pb2 as pb
from hub.flows.stock.change_conditions import ConditionMove
from hub.flows.stock.explain_stock import Cause, Explanation
from hub.flows.stock.project_availability import Projection, Question
from hub.inventory.lifecycle import SupplyAction, SupplyState
from hub.inventory.model import Condition, ConditionedStock
from hub.inventory.model.explanation import Figures, LedgerRow
from hub.inventory.model.supply import (
    Cancellation,
    Claimant,
    Offer,
    Protection,
    ProtectionChange,
    Receipt,
    SafetyChange,
    Slip,
    Step,
    Supply,
    SupplyDraft,
    SupplyKey,
    SupplyKind,
    SupplyMove,
)
from hub.kernel.errors import InvalidField
from hub.kernel.instant import Instant
from hub.wire.defaults import meant
from hub.wire.enums import Names
from hub.wire.instants import instant_from_pb, instant_to_pb, optional_instant

KINDS = Names(SupplyKind, pb.SupplyKind, "SUPPLY_KIND")
STATES = Names(SupplyState, pb.SupplyState, "SUPPLY_STATE")
ACTIONS = Names(SupplyAction, pb.SupplyAction, "SUPPLY_ACTION")
CONDITIONS = Names(Condition, pb.Condition, "CONDITION")


def key_from_pb(message: pb.SupplyKey) -> SupplyKey:
    """What names a supply."""
    return SupplyKey(message.source, message.reference, message.line)


def draft_from_pb(message: pb.SupplyDraft, change_id: UUID) -> SupplyDraft:
    """Supply as its source states it; raises InvalidField where a date is missing."""
    expected_at = optional_instant(message, "expect_time")
    kind = KINDS.from_pb(message.kind, "kind")
    if expected_at is None and kind is not SupplyKind.THIRD_PARTY:
        raise InvalidField(
            f"{message.key.reference} has no expect_time; state when it is expected.", expect_time="missing"
        )
    return SupplyDraft(
        change_id, key_from_pb(message.key), kind, message.sku, message.node_id, message.quantity, expected_at
    )


def slip_from_pb(message: pb.Slip, change_id: UUID) -> Slip:
    """A new expected date."""
    expected_at = instant_from_pb(message.expect_time, field="expect_time")
    return Slip(change_id, key_from_pb(message.key), expected_at, message.reason)


def receipt_from_pb(message: pb.Receipt, change_id: UUID) -> Receipt:
    """Units that came; raises InvalidField where there are none and more will come."""
    if not message.quantity and not message.final:
        raise InvalidField(
            f"Receipt {message.receipt_reference} has no units; state a quantity, or final.",
            quantity="missing",
        )
    condition = CONDITIONS.from_pb(meant(message, "condition"), "condition")
    return Receipt(
        change_id, key_from_pb(message.key), message.receipt_reference, message.quantity, condition, message.final
    )


def cancellation_from_pb(message: pb.SupplyCancellation, change_id: UUID) -> Cancellation:
    """Supply of which nothing more is to come."""
    return Cancellation(change_id, key_from_pb(message.key), message.reason)


def supply_to_pb(supply: Supply, sellable_at: Instant | None) -> pb.Supply:
    """A supply, and from when its units can be sold."""
    return pb.Supply(
        supply_id=str(supply.supply_id),
        key=pb.SupplyKey(source=supply.key.source, reference=supply.key.reference, line=supply.key.line),
        kind=KINDS.to_pb(supply.kind),
        sku=supply.sku,
        node_id=supply.node_id,
        quantity=supply.quantity,
        received=supply.received,
        remaining=supply.remaining,
        expect_time=instant_to_pb(supply.expected_at) if supply.expected_at else None,
        sellable_time=instant_to_pb(sellable_at) if sellable_at else None,
        state=STATES.to_pb(supply.state),
    )


def move_to_pb(move: SupplyMove) -> pb.SupplyChange:
    """Something that happened to a supply."""
    return pb.SupplyChange(
        action=ACTIONS.to_pb(move.action),
        quantity_delta=move.quantity,
        received_delta=move.received,
        expect_time=instant_to_pb(move.expected_at) if move.expected_at else None,
        reason=move.reason,
        change_time=instant_to_pb(move.at),
        change_id=str(move.change_id),
    )


def protection_from_pb(message: pb.Protection, change_id: UUID) -> ProtectionChange:
    """Units kept for a holder; raises InvalidField where it names none."""
    if not message.channel_id and not message.demand_class:
        raise InvalidField(
            "A protection names a channel, a demand class or both; what is kept from everybody is safety stock.",
            channel_id="missing",
        )
    kept = Protection(message.node_id, message.sku, message.channel_id, message.demand_class, message.quantity)
    return ProtectionChange(change_id, kept)


def protection_to_pb(protection: Protection) -> pb.Protection:
    """Units kept for a holder."""
    return pb.Protection(
        sku=protection.sku,
        node_id=protection.node_id,
        channel_id=protection.channel_id,
        demand_class=protection.demand_class,
        quantity=protection.units,
    )


def safety_from_pb(message: pb.SafetyStock, change_id: UUID) -> SafetyChange:
    """Units kept back from everybody."""
    return SafetyChange(change_id, message.sku, message.node_id, message.quantity)


def safety_to_pb(change: SafetyChange) -> pb.SafetyStock:
    """Units kept back from everybody."""
    return pb.SafetyStock(sku=change.sku, node_id=change.node_id, quantity=change.units)


def condition_move_from_pb(message: pb.ConditionChange, change_id: UUID) -> ConditionMove:
    """Units that change their condition; raises InvalidField where they do not."""
    if message.from_condition == message.to_condition:
        raise InvalidField("to_condition equals from_condition; state another.", to_condition="the same")
    return ConditionMove(
        change_id,
        message.sku,
        message.node_id,
        CONDITIONS.from_pb(message.from_condition, "from_condition"),
        CONDITIONS.from_pb(message.to_condition, "to_condition"),
        message.quantity,
        message.cause,
    )


def condition_move_to_pb(move: ConditionMove) -> pb.ConditionChange:
    """Units that changed their condition."""
    return pb.ConditionChange(
        sku=move.sku,
        node_id=move.node_id,
        from_condition=CONDITIONS.to_pb(move.source),
        to_condition=CONDITIONS.to_pb(move.target),
        quantity=move.quantity,
        cause=move.cause,
    )


def conditioned_to_pb(stock: ConditionedStock) -> pb.ConditionedStock:
    """Units not sold as new."""
    return pb.ConditionedStock(
        sku=stock.sku, node_id=stock.node_id, condition=CONDITIONS.to_pb(stock.condition), on_hand=stock.on_hand
    )


def question_from_pb(request: pb.ProjectAvailabilityRequest) -> Question:
    """What can be promised when, as it is asked."""
    return Question(
        wanted=tuple((question.sku, question.quantity) for question in request.questions),
        claimant=Claimant(request.channel_id, request.demand_class),
        node_ids=frozenset(request.node_ids),
        kinds=frozenset(KINDS.from_pb(kind, "kinds") for kind in request.kinds) or frozenset(SupplyKind),
        until=optional_instant(request, "until_time"),
    )


def projection_to_pb(projection: Projection) -> pb.Projection:
    """What can be promised of a SKU when."""
    return pb.Projection(
        sku=projection.sku,
        steps=_steps(projection.steps),
        nodes=[
            pb.NodeProjection(node_id=node_id, steps=_steps(steps))
            for node_id, steps in sorted(projection.by_node.items())
        ],
        offers=[_offer(offer) for offer in projection.offers],
    )


def explanation_to_pb(explanation: Explanation, token: str) -> pb.ExplainStockResponse:
    """Why stock is what it is."""
    explained = explanation.explained
    return pb.ExplainStockResponse(
        as_of_time=instant_to_pb(explained.at),
        figures=_figures(explained.figures),
        protected=explained.protected,
        available=explained.available,
        conditioned=[conditioned_to_pb(one) for one in explained.conditioned],
        row_count=explained.row_count,
        rows=[_row(row, after, explanation.causes.get(row.cause_id)) for row, after in explained.rows],
        next_page_token=token,
    )


def _row(row: LedgerRow, after: Figures, cause: Cause | None) -> pb.StockLedgerRow:
    return pb.StockLedgerRow(
        row_number=row.number,
        move_time=instant_to_pb(row.at),
        delta=_figures(row.delta),
        after=_figures(after),
        cause=row.cause,
        cause_id=str(row.cause_id),
        event_type=cause.type if cause else "",
        order_id=str(cause.order_id) if cause and cause.order_id else "",
        facts=cause.facts if cause else {},
    )


def _figures(figures: Figures) -> pb.StockFigures:
    return pb.StockFigures(
        on_hand=figures.on_hand, reserved=figures.reserved, allocated=figures.allocated, safety=figures.safety
    )


def _steps(steps: Sequence[Step]) -> list[pb.AvailabilityStep]:
    return [pb.AvailabilityStep(start_time=_stamp(step.at), available=step.available) for step in steps]


@lru_cache(maxsize=1024)
def _stamp(at: Instant) -> Timestamp:
    """The same few instants stand in thousands of steps; messages copy what they are made of."""
    return instant_to_pb(at)


def _offer(offer: Offer) -> pb.SupplyOffer:
    parts = [pb.OfferPart(available_time=instant_to_pb(at), quantity=units) for at, units in offer.parts]
    return pb.SupplyOffer(parts=parts, uncovered=offer.uncovered)

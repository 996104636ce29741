"""What becomes of dated supply when its source speaks of it again, when its date moves, when units come."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from msgspec.structs import replace

from hub.inventory.errors import ReceiptTaken, SupplyBelowReceived, SupplyClaimed, SupplyEnded, SupplyNotFound
from hub.inventory.lifecycle import SUPPLY_TRANSITIONS, SupplyAction, SupplyState
from hub.inventory.model.supply import (
    Cancellation,
    Receipt,
    Slip,
    Supply,
    SupplyDecision,
    SupplyDraft,
    SupplyKey,
    SupplyMove,
)
from hub.kernel.ids import derived
from hub.kernel.instant import Instant, iso


def put(standing: Supply | None, others: Iterable[Supply], draft: SupplyDraft, *, at: Instant) -> SupplyDecision:
    """The supply as its source states it now; nothing happened where it says the same again.

    `others` are the supplies of other sources under the same reference and line: where one expects the same units
    there, they would be counted twice. Raises SupplyClaimed, SupplyBelowReceived.
    """
    if rival := next((other for other in others if _same_units(other, draft)), None):
        raise SupplyClaimed(
            f"{rival.key.source} keeps {_name(draft.key)} of {draft.sku} at {draft.node_id}; have it canceled there, or"
            " state it under that source.",
            source=rival.key.source,
            reference=draft.key.reference,
            line=draft.key.line,
        )
    if standing is None:
        supply = Supply(
            draft.change_id, draft.key, draft.kind, draft.sku, draft.node_id, draft.quantity, draft.expected_at
        )
        move = SupplyMove(
            draft.change_id, supply.supply_id, SupplyAction.PUT, at, draft.quantity, expected_at=draft.expected_at
        )
        return SupplyDecision(supply, (move,))
    return _stated_again(standing, draft, at)


def slipped(standing: Supply | None, slip: Slip, *, at: Instant) -> SupplyDecision:
    """The supply at its new date; nothing happened where it is the old one. Raises SupplyNotFound, SupplyEnded."""
    supply = _known(standing, slip.key)
    if supply.expected_at == slip.expected_at:
        return SupplyDecision(supply)
    state = _next(supply, SupplyAction.SLIP)
    after = replace(supply, expected_at=slip.expected_at, state=state)
    return SupplyDecision(after, (_slip(slip.change_id, supply, slip.expected_at, at, slip.reason),))


def received(standing: Supply | None, receipt: Receipt, earlier: SupplyMove | None, *, at: Instant) -> SupplyDecision:
    """The supply with the units that came, in whatever state it is: goods that are there are there.

    `earlier` is what happened under the same reference before: a repeat changes nothing. `unexpected` counts units
    that nobody expected. Raises SupplyNotFound; ReceiptTaken where the repeat says something else.
    """
    supply = _known(standing, receipt.key)
    if earlier is not None:
        if (earlier.received, earlier.condition) == (receipt.quantity, receipt.condition):
            return SupplyDecision(supply)
        raise ReceiptTaken(
            f"Receipt {receipt.reference} of {_name(receipt.key)} brought {earlier.received} units before; give this"
            " one a reference of its own.",
            receipt_reference=receipt.reference,
            received=earlier.received,
        )
    unexpected = max(0, receipt.quantity - supply.remaining)
    units = supply.received + receipt.quantity
    complete = receipt.final or units >= supply.quantity
    action = SupplyAction.COMPLETE if complete else SupplyAction.RECEIVE
    after = replace(supply, received=units, state=_next(supply, action))
    move = SupplyMove(
        receipt.change_id,
        supply.supply_id,
        action,
        at,
        received=receipt.quantity,
        expected_at=supply.expected_at,
        reason=receipt.reference,
        receipt_reference=receipt.reference,
        condition=receipt.condition,
    )
    return SupplyDecision(after, (move,), unexpected)


def canceled(standing: Supply | None, cancellation: Cancellation, *, at: Instant) -> SupplyDecision:
    """The supply without what has not come; a repeat changes nothing. Raises SupplyNotFound, SupplyEnded."""
    supply = _known(standing, cancellation.key)
    if supply.state is SupplyState.CANCELED:
        return SupplyDecision(supply)
    after = replace(supply, state=_next(supply, SupplyAction.CANCEL))
    move = SupplyMove(
        cancellation.change_id,
        supply.supply_id,
        SupplyAction.CANCEL,
        at,
        expected_at=supply.expected_at,
        reason=cancellation.reason,
    )
    return SupplyDecision(after, (move,))


def _stated_again(standing: Supply, draft: SupplyDraft, at: Instant) -> SupplyDecision:
    stated = replace(
        standing,
        kind=draft.kind,
        sku=draft.sku,
        node_id=draft.node_id,
        quantity=draft.quantity,
        expected_at=draft.expected_at,
    )
    if stated == standing:
        return SupplyDecision(standing)
    if draft.quantity < standing.received:
        raise SupplyBelowReceived(
            f"{standing.received} units of {_name(draft.key)} came already; state at least as many, or cancel the rest"
            " of it.",
            received=standing.received,
            quantity=draft.quantity,
        )
    action = SupplyAction.COMPLETE if draft.quantity == standing.received else SupplyAction.PUT
    moves: list[SupplyMove] = []
    if replace(stated, expected_at=standing.expected_at) != standing:
        more = draft.quantity - standing.quantity
        moves.append(SupplyMove(draft.change_id, standing.supply_id, action, at, more, expected_at=draft.expected_at))
    if draft.expected_at != standing.expected_at:
        moves.append(_slip(derived(draft.change_id, "slip"), standing, draft.expected_at, at, "stated anew"))
    return SupplyDecision(replace(stated, state=_next(standing, action)), tuple(moves))


def _same_units(other: Supply, draft: SupplyDraft) -> bool:
    return (
        other.state is SupplyState.EXPECTED
        and other.key.source != draft.key.source
        and (other.sku, other.node_id) == (draft.sku, draft.node_id)
    )


def _slip(change_id: UUID, supply: Supply, expected_at: Instant | None, at: Instant, reason: str) -> SupplyMove:
    return SupplyMove(change_id, supply.supply_id, SupplyAction.SLIP, at, expected_at=expected_at, reason=reason)


def _next(supply: Supply, action: SupplyAction) -> SupplyState:
    state = SUPPLY_TRANSITIONS.get((supply.state, action))
    if state is None:
        raise SupplyEnded(
            f"{_name(supply.key)} is {supply.state.value}; have its source state it again if more of it comes.",
            state=supply.state.value,
            action=action.value,
            expected_at=iso(supply.expected_at) if supply.expected_at else "",
        )
    return state


def _known(standing: Supply | None, key: SupplyKey) -> Supply:
    if standing is None:
        raise SupplyNotFound(
            f"{key.source} has not announced {_name(key)}; send it with PutSupply first.",
            source=key.source,
            line=key.line,
        )
    return standing


def _name(key: SupplyKey) -> str:
    return f"{key.reference} line {key.line}" if key.line else key.reference

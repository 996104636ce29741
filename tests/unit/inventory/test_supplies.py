"""Supply, whatever its source says and whatever comes: its history sums to it, and nothing that came is lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.inventory.errors import SupplyEnded
from hub.inventory.lifecycle import SUPPLY_TRANSITIONS, SupplyAction, SupplyState
from hub.inventory.model.supply import (
    Cancellation,
    Receipt,
    Slip,
    Supply,
    SupplyDecision,
    SupplyDraft,
    SupplyKey,
    SupplyKind,
    SupplyMove,
)
from hub.inventory.policy import supplies
from hub.kernel.errors import Refusal

AT = datetime(2026, 11, 17, 9, tzinfo=UTC)
KEY = SupplyKey("erp", "PO-1", "10")
Step = tuple[str, int]
STEPS = st.lists(
    st.tuples(st.sampled_from(["put", "slip", "receive", "final", "cancel"]), st.integers(1, 12)), max_size=12
)


def draft(quantity: int, **changes: Any) -> SupplyDraft:
    values: dict[str, Any] = {"kind": SupplyKind.ON_ORDER, "sku": "X", "node_id": "DC", "expected_at": AT} | changes
    return SupplyDraft(UUID(int=1), KEY, quantity=quantity, **values)


def decided(standing: Supply | None, step: Step, number: int) -> SupplyDecision:
    kind, units = step
    change_id = UUID(int=number + 2)
    if kind == "put":
        return supplies.put(standing, (), draft(units), at=AT)
    if kind == "slip":
        return supplies.slipped(standing, Slip(change_id, KEY, AT + timedelta(days=units)), at=AT)
    if kind == "cancel":
        return supplies.canceled(standing, Cancellation(change_id, KEY), at=AT)
    receipt = Receipt(change_id, KEY, f"R-{number}", units, final=kind == "final")
    return supplies.received(standing, receipt, None, at=AT)


def walked(steps: Sequence[Step]) -> tuple[Supply | None, list[SupplyMove], int, int]:
    """The supply after steps, its history, units that came, units that nobody expected."""
    standing: Supply | None = None
    history: list[SupplyMove] = []
    came = unexpected = 0
    for number, step in enumerate(steps):
        try:
            decision = decided(standing, step, number)
        except Refusal:
            continue
        if step[0] in {"receive", "final"}:
            came += step[1]
        standing, unexpected = decision.supply, unexpected + decision.unexpected
        history += decision.moves
    return standing, history, came, unexpected


@given(STEPS)
def test_the_history_sums_to_the_supply_and_all_that_came_is_in_it(steps: list[Step]) -> None:
    supply, history, came, unexpected = walked([("put", 6), *steps])

    assert supply is not None
    assert supply.quantity == sum(move.quantity for move in history)
    assert supply.received == sum(move.received for move in history) == came
    assert supply.received <= supply.quantity or unexpected
    assert supply.remaining >= 0
    assert supply.state is not SupplyState.EXPECTED or supply.remaining


@given(STEPS, st.integers(1, 12))
def test_saying_the_same_twice_changes_nothing(steps: list[Step], units: int) -> None:
    supply, *_ = walked([("put", 6), *steps])
    try:
        first = supplies.put(supply, (), draft(units), at=AT)
    except Refusal:
        return

    second = supplies.put(first.supply, (), draft(units), at=AT)

    assert second.supply == first.supply
    assert second.moves == ()


@pytest.mark.parametrize("state", SupplyState)
@pytest.mark.parametrize("action", SupplyAction)
def test_goods_that_come_are_taken_in_every_state(state: SupplyState, action: SupplyAction) -> None:
    if action in {SupplyAction.RECEIVE, SupplyAction.COMPLETE}:
        assert (state, action) in SUPPLY_TRANSITIONS
    if action in {SupplyAction.SLIP, SupplyAction.CANCEL}:
        assert ((state, action) in SUPPLY_TRANSITIONS) == (state is SupplyState.EXPECTED)


def test_what_ended_slips_no_more() -> None:
    supply, *_ = walked([("put", 6), ("receive", 6)])

    with pytest.raises(SupplyEnded) as refused:
        supplies.slipped(supply, Slip(UUID(int=9), KEY, AT + timedelta(days=1)), at=AT)

    assert refused.value.metadata["state"] == "RECEIVED"

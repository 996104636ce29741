"""Tax engines that determine what cannot be the tax of an order: it is held, says why, and books nothing of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from adapters.sdk.doubles.faults import FaultKind
from hub.api.orders.changes import RESOLVE_HOLD
from hub.flows.orders.resolve_holds import HoldDecision
from hub.holds.model import HoldStatus, HoldType
from hub.orders.lifecycle import OrderState
from tests.support.drafts import draft, line
from tests.support.world import World


@pytest.mark.parametrize(
    ("lie", "said"),
    [
        ("taxes.tax.currency_code=USD", "line 0 has a tax of"),
        ("taxes.tax.currency_code=JPY;taxes.tax.units=5;taxes.tax.nanos=", "5 JPY"),
        ("taxes.tax.units=-5;taxes.tax.nanos=", "line 1 has a tax of -5.00 EUR"),
        ("taxes.tax.units=500", "line 1 has a tax of 500"),
        ("taxes.line_number=7", "line 7 was not asked about"),
        ("taxes=", "line 0 has no tax; line 1 has no tax"),
        ("answer.outcome=OUTCOME_REFUSED;answer.code=CLOSED;taxes=", "refused the order: CLOSED"),
    ],
)
async def test_an_order_whose_tax_cannot_be_so_is_held_until_a_person_lets_it_go_on(
    world: World, lie: str, said: str
) -> None:
    world.doubles.fault("double_tax", "DetermineTax", FaultKind.SAY, lie)
    await world.stock("VASE", "DC-NL", 5)
    placed = await world.place(draft("W-80", [line("VASE", 2, "50.00")], shipping="5.00"))
    await world.settle()

    case = await world.case(placed.order_id)
    (hold,) = case.holds
    assert (hold.type, case.order.state) == (HoldType.TAX, OrderState.PLACED)
    assert said in hold.reason
    assert await world.exceptions() == ["ON_HOLD"]
    assert await world.rows("SELECT 1 FROM tax_record") == []
    assert "TaxDetermined" not in await world.events(placed.order_id)

    await world.ask(RESOLVE_HOLD, HoldDecision(placed.order_id, hold.hold_id, HoldStatus.RESOLVED))
    await world.advance(timedelta(days=2))

    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED
    assert world.money("payment.capture") == ["105.00"]
    assert await world.exceptions() == []


@pytest.mark.parametrize("lie", ["taxes.rate=abc", "taxes.tax=", "taxes.tax.nanos=1", "garbage"])
async def test_a_tax_that_breaks_the_contract_is_asked_for_again(world: World, lie: str) -> None:
    world.doubles.fault("double_tax", "DetermineTax", FaultKind.SAY, lie)
    await world.stock("VASE", "DC-NL", 5)
    placed = await world.place(draft("W-80", [line("VASE", 2, "50.00")], shipping="5.00"))

    await world.advance(timedelta(days=2))

    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED
    assert len(world.effects("double_tax", "tax.determine")) == 1
    assert await world.exceptions() == []

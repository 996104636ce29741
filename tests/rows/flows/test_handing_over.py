"""Confirming hands an order over to its nodes in the same transaction, unless nodes must be chosen first."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from hub.cases.case import Case
from hub.cases.intake.waiting import Planned
from hub.cases.partner_answers.authorizations import AuthorizationAnswer
from hub.flows.orders import confirm_orders
from hub.flows.orders.confirm_orders import Answer, ScreeningAnswer, TaxAnswer, take_answers
from hub.flows.orders.release_orders import plan, release_orders
from hub.fulfillment.lifecycle import FulfillmentState
from hub.kernel.money import Money
from hub.kernel.scope import HUB
from hub.messages.fraud import Advice, Screening
from hub.messages.tax import DeterminedTax
from hub.network.model import ShortagePolicy
from hub.orders.lifecycle import OrderState
from hub.slices.lifecycle import SliceState
from tests.support.drafts import draft, line
from tests.support.watching import Watch, watched
from tests.support.world import World, opened

_WAITING = "SELECT kind FROM message WHERE order_id = %(order_id)s AND state = 'DUE' AND kind = ANY(%(kinds)s)"
_KINDS = ["order.release", "warehouse.release"]


async def test_an_order_whose_units_are_reserved_is_handed_over_as_it_is_confirmed(world: World) -> None:
    await world.stock("A", "DC-NL", 5)
    order_id = (await world.place(draft("P-1", [line("A", 2)]))).order_id

    case = await confirmed(world, order_id)

    assert case.order.state is OrderState.CONFIRMED
    assert [one.state for one in case.fulfillment_orders] == [FulfillmentState.RELEASED]
    assert [one.state for one in case.slices] == [SliceState.RELEASED]
    assert await world.on_shelf("A", "DC-NL") == (5, 0, 2)
    assert await waiting(world, order_id) == ["warehouse.release"]


async def test_nodes_of_an_order_that_waits_for_units_are_chosen_by_a_task(world: World) -> None:
    await world.items("A")
    waits = draft("P-1", [line("A", 2)], shortage_policy=ShortagePolicy.BACKORDER)
    order_id = (await world.place(waits)).order_id
    await world.stock("A", "DC-NL", 5)

    case = await confirmed(world, order_id)

    assert case.order.state is OrderState.CONFIRMED
    assert case.fulfillment_orders == ()
    assert await waiting(world, order_id) == ["order.release"]


async def test_handing_over_as_it_is_confirmed_saves_an_order_a_third_of_the_statements(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Against confirming alone with a task that plans and releases after it, which is forced here."""
    watch = Watch()
    async with opened(database_url, tmp_path, database_class=watched(watch)) as world:
        await world.stock("A", "DC-NL", 50)
        first, second = [(await world.place(draft(f"P-{n}", [line("A", 2)]))).order_id for n in (1, 2)]
        with watch.counting() as together:
            await confirmed(world, first)
        with monkeypatch.context() as forced, watch.counting() as apart:
            forced.setattr(confirm_orders, "held", lambda _: True)
            await confirmed(world, second)
            await released(world, second)

        assert [len((await world.case(one)).fulfillment_orders) for one in (first, second)] == [1, 1]
        assert 3 * len(together) <= 2 * len(apart), (len(together), len(apart))


async def released(world: World, order_id: UUID) -> None:
    """Plans and releases an order, as the task does."""
    async with world.database.reading() as tx:
        plans = await plan(await world.surroundings.flow_context(tx, HUB), [order_id])
    await world.run(release_orders, [one for one in plans if isinstance(one, Planned)])


async def confirmed(world: World, order_id: UUID) -> Case:
    """Takes the answers of all that check an order, in one transaction; returns the order after it."""
    case = await world.case(order_id)
    answers: list[Answer] = [
        *(AuthorizationAnswer(order_id, one.transaction_id, "AUTH-1") for one in case.payments.transactions),
        ScreeningAnswer(order_id, Screening(Advice.APPROVE, 1)),
        TaxAnswer(order_id, (DeterminedTax(1, "0.21", Money(0, "EUR")),)),
    ]
    await world.run(take_answers, answers)
    return await world.case(order_id)


async def waiting(world: World, order_id: UUID) -> list[str]:
    """Kinds of the messages that would hand the order over."""
    async with world.database.reading() as tx:
        return [row["kind"] for row in await tx.fetch(_WAITING, {"order_id": order_id, "kinds": _KINDS})]

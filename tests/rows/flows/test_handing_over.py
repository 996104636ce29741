"""Confirming hands an order over to its nodes in the same transaction, unless nodes must be chosen first."""

from __future__ import annotations

from uuid import UUID

from hub.cases.case import Case
from hub.cases.partner_answers.authorizations import AuthorizationAnswer
from hub.flows.orders.confirm_orders import Answer, ScreeningAnswer, TaxAnswer, take_answers
from hub.fulfillment.lifecycle import FulfillmentState
from hub.kernel.money import Money
from hub.messages.fraud import Advice, Screening
from hub.messages.tax import DeterminedTax
from hub.network.model import ShortagePolicy
from hub.orders.lifecycle import OrderState
from hub.slices.lifecycle import SliceState
from tests.support.drafts import draft, line
from tests.support.world import World

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

"""Scenario 25: bought in one country and currency, brought back to a store of another seller in another."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from hub.cases.case import Case
from hub.kernel.errors import CurrencyMismatch
from hub.orders.model import TaxDraft
from hub.payments.model import TransactionKind
from hub.returns.model import Disposition
from hub.trade import operations as trade
from hub.trade.model.intercompany import IntercompanyCause, IntercompanyEntry
from tests.support.drafts import contact, draft, line
from tests.support.returns import authorize, balance, delivered, dispose, inspect, receive, request
from tests.support.world import World

UK, NL = "SHOP-UK", "SHOP-NL"
STORE = "ST-AMS"


async def across(world: World, **nodes: Any) -> None:
    """A British shop whose warehouse is its own, and a store that belongs to the Dutch one."""
    await world.network(
        channel={"seller_id": UK},
        nodes={"DC-UK": {"owner_id": UK}, STORE: {"owner_id": NL}} | nodes,
    )
    await world.stock("COAT", "DC-UK", 9)


async def sold(world: World, units: int = 1, price: str = "100.00", tax: int = 2000) -> Case:
    """Coats for a customer in London, in pounds, with the tax on top."""
    stated = line("COAT", units, price, taxes=(TaxDraft(tax, "VAT", "0.20"),))
    return await delivered(world, draft("W-1", [stated], currency="GBP", customer=contact("Ada Hill", "GB")), days=4)


async def entries(world: World, order_id: UUID) -> tuple[IntercompanyEntry, ...]:
    async with world.database.reading() as tx:
        return (await trade.intercompany(tx, [order_id])).get(order_id, ())


def posted(world: World) -> list[tuple[str, ...]]:
    """Intercompany documents at the ERP: who gives, who takes, where, and their value."""
    return [
        tuple(str(one.detail[name]) for name in ("from", "to", "node_id", "total", "currency"))
        for one in world.effects("double_erp", "erp.post")
        if one.detail["kind"] == "INTERCOMPANY"
    ]


async def test_scenario_25_the_refund_is_in_pounds_and_the_coat_is_the_stores(world: World) -> None:
    await across(world)
    case = await sold(world)
    assert world.money("payment.capture") == ["120.00"]
    assert await entries(world, case.order_id) == ()

    back = await authorize(world, request(case.order_id))
    await receive(world, back, node_id=STORE)
    with pytest.raises(CurrencyMismatch):
        await inspect(world, back, currency="EUR", reduction_minor=1)
    assert await world.on_shelf("COAT", STORE) == (0, 0, 0)
    await inspect(world, back)
    back = await dispose(world, back, node_id=STORE)
    await world.settle()

    (refund,) = [
        one for one in (await world.case(case.order_id)).payments.transactions if one.kind is TransactionKind.REFUND
    ]
    assert refund.amount_minor == 12000
    assert world.money("payment.refund") == ["120.00"]
    (credit,) = back.credits
    assert [(one.amount_minor, one.tax_minor) for one in credit.lines] == [(12000, 2000)]
    assert await world.on_shelf("COAT", STORE) == (1, 0, 0)
    (entry,) = await entries(world, case.order_id)
    assert (entry.cause, entry.subject_id) == (IntercompanyCause.RETURNED, back.rma.return_id)
    assert (entry.from_seller_id, entry.to_seller_id, entry.quantity) == (UK, NL, 1)
    assert (entry.value_minor, entry.currency) == (10000, "GBP")
    assert posted(world) == [(UK, NL, STORE, "100.00", "GBP")]
    assert await balance(world, "tax") == 0


async def test_a_decision_that_is_told_twice_is_entered_once(world: World) -> None:
    await across(world)
    case = await sold(world)
    back = await authorize(world, request(case.order_id))
    await receive(world, back, node_id=STORE)
    await inspect(world, back)
    for _ in range(2):
        await dispose(world, back, node_id=STORE, reference="D-1")
    await world.settle()

    assert len(await entries(world, case.order_id)) == 1
    assert len(posted(world)) == 1


async def test_units_of_one_line_are_worth_its_share_to_the_penny(world: World) -> None:
    await across(world)
    case = await sold(world, 3, price="8.3233", tax=500)
    net = case.order.lines[0].total_minor - 500
    for _ in range(3):
        back = await authorize(world, request(case.order_id))
        await receive(world, back, node_id=STORE)
        await inspect(world, back)
        await dispose(world, back, node_id=STORE)
        await world.advance(timedelta(minutes=1))

    values = [one.value_minor for one in await entries(world, case.order_id)]
    assert (net, values) == (2497, [832, 833, 832])


async def test_what_another_seller_ships_changes_its_owner_as_it_leaves_and_back(world: World) -> None:
    await across(world, **{"DC-UK": {"owner_id": NL}})
    case = await sold(world)
    back = await authorize(world, request(case.order_id))
    await receive(world, back, node_id="DC-UK")
    await inspect(world, back)
    await dispose(world, back, node_id="DC-UK")
    await world.settle()

    moved = [(one.cause.name, one.from_seller_id, one.to_seller_id) for one in await entries(world, case.order_id)]
    assert moved == [("SHIPPED", NL, UK), ("RETURNED", UK, NL)]
    assert Counter(posted(world)) == Counter([(NL, UK, "DC-UK", "100.00", "GBP"), (UK, NL, "DC-UK", "100.00", "GBP")])


async def test_within_one_seller_nothing_is_entered(world: World) -> None:
    await across(world, **{STORE: {"owner_id": UK}})
    case = await sold(world)
    back = await authorize(world, request(case.order_id))
    await receive(world, back, node_id=STORE)
    await inspect(world, back)
    await dispose(world, back, node_id=STORE)
    await world.settle()

    assert await entries(world, case.order_id) == ()
    assert posted(world) == []


async def test_what_goes_on_to_another_sellers_node_is_its_own_at_once(world: World) -> None:
    await across(world)
    case = await sold(world)
    back = await authorize(world, request(case.order_id))
    await receive(world, back, node_id="DC-UK")
    await inspect(world, back)
    await dispose(world, back, Disposition.TRANSFER, node_id=STORE)

    (entry,) = await entries(world, case.order_id)
    assert (entry.node_id, entry.to_seller_id) == (STORE, NL)

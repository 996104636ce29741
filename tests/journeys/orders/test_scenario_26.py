"""Scenario 26: goods from two countries to Switzerland: the buyer sees the whole price, pays exactly that, and the
difference to what is owed when parcels leave is booked.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import pytest

from hub.api.orders.promising import FREEZE_PROMISE
from hub.api.setup.setup_changes import PUT_ITEMS, RETRY_MESSAGE
from hub.api.setup.trade import LOAD_RULES, RuleSet
from hub.cases.case import Case
from hub.cases.intake.quotes import PromiseRequest
from hub.catalog.model import Item
from hub.flows.orders.quote_promises import Freeze
from hub.kernel.errors import InvalidField
from hub.kernel.money import Money
from hub.network.model import PromiseTerms
from hub.orders.errors import PriceMissing
from hub.orders.lifecycle import OrderState
from hub.orders.model import OrderLine, PromiseChoice, TaxDraft, TaxKind
from hub.promising.model import FrozenQuote, PromiseOption
from hub.trade import operations as trade
from hub.trade.errors import TradeRuleMissing
from hub.trade.model.landed_cost import ChargeKind, Declaration, Incoterm, LandedQuestion, Settlement
from hub.trade.model.rules import Flow
from tests.support.drafts import bundle, card, contact, draft, item, line
from tests.support.network import CHANNEL
from tests.support.world import World
from tests.unit.trade.laws import files

VALUES: Final = {"COAT": "200.00", "BOOTS": "150.00"}
FREIGHT: Final = PromiseTerms(900, {"STANDARD": Money(3500, "CHF")})


@pytest.fixture
async def abroad(world: World) -> World:
    """Coats in the Netherlands, boots in the United Kingdom, and a duty of 5 % and a tax of 8.1 % in Switzerland."""
    await world.network(channel={"promise_terms": FREIGHT}, abroad=["CH"])
    await world.stock("COAT", "DC-NL", 5)
    await world.stock("BOOTS", "DC-UK", 5)
    await world.ask(PUT_ITEMS, item("COAT", hs_code="620120", origin_country="IT"))
    await world.ask(PUT_ITEMS, item("BOOTS", hs_code="640399", origin_country="VN"))
    await world.ask(LOAD_RULES, RuleSet(law()))
    return world


def law(duty: str = "5", *fees: str) -> dict[str, str]:
    """Trade rules of Switzerland with one rate of duty, or with none where it is empty."""
    end = "2010-01-01,,test"
    return files(
        territories=[f"CH,CH,CH,CHF,CIF,CIF,0.01 HALF_UP,0.01 HALF_UP,{end}"],
        duty_rates=[f"CH-DUTY,CH,,,no,{duty},,{end}"] if duty else [],
        tax_rates=[f"CH-TAX,CH,STANDARD,8.1,{end}"],
        fees=[f"CH-FEE,CH,,*,CONSIGNMENT,{fee},,{end}" for fee in fees],
    )


async def freeze(world: World, *, incoterm: Incoterm = Incoterm.DDP, **changes: str | None) -> FrozenQuote:
    """Keep a quote of a coat and boots to Switzerland with their landed cost."""
    values = tuple(Money.of(value, "CHF") if value else None for value in (VALUES | changes).values())
    question = LandedQuestion(Flow.EXPRESS, incoterm, Declaration.REDUCED, "CHF", values)
    lines = tuple((sku, 1) for sku in VALUES | changes)
    return await world.ask(FREEZE_PROMISE, Freeze(PromiseRequest(CHANNEL, "CH", lines, landed=question)))


async def order(world: World, quote: FrozenQuote, *, boots: str = "150.00", taxes: tuple[TaxDraft, ...] = ()) -> Case:
    """Place the order that was quoted."""
    lines = [line("COAT", 1, "200.00", taxes=taxes), line("BOOTS", 1, boots)]
    choice = PromiseChoice(quote.quote_id, 1)
    return await world.place(
        draft("W-26", lines, promise=choice, currency="CHF", customer=contact(country="CH"), instruments=[card()])
    )


async def left(world: World, case: Case) -> list[Settlement]:
    """Have the order shipped and delivered; return what its consignments came to."""
    await world.settle()
    await world.advance(timedelta(days=7))
    async with world.database.reading() as tx:
        return list((await trade.settlements(tx, [case.order_id])).get(case.order_id, ()))


def import_of(ordered: OrderLine) -> list[tuple[TaxKind, str, int]]:
    return [(tax.kind, tax.title, tax.amount_minor) for tax in ordered.taxes]


def only(quote: FrozenQuote) -> PromiseOption:
    (option,) = quote.quote.options
    return option


async def test_the_buyer_sees_the_whole_price_and_pays_exactly_that(abroad: World) -> None:
    quote = await freeze(abroad)

    costs = {one.consignment.consignment_id.split()[0]: one.cost for one in only(quote).landed}
    assert {name: str(cost.total) for name, cost in costs.items()} == {"DC-NL": "249.71 CHF", "DC-UK": "187.28 CHF"}
    assert [str(cost.sum_of(ChargeKind.DUTY)) for cost in costs.values()] == ["11.00 CHF", "8.25 CHF"]
    assert [str(cost.sum_of(ChargeKind.TAX)) for cost in costs.values()] == ["18.71 CHF", "14.03 CHF"]

    case = await order(abroad, quote)
    assert case.holds == ()
    assert case.order.total_minor == 43699
    assert [import_of(ordered) for ordered in case.order.lines] == [
        [(TaxKind.DUTY, "CH-DUTY", 1100), (TaxKind.IMPORT_TAX, "CH-TAX", 1871)],
        [(TaxKind.DUTY, "CH-DUTY", 825), (TaxKind.IMPORT_TAX, "CH-TAX", 1403)],
    ]

    settled = await left(abroad, case)
    assert sorted((one.charged.minor, one.owed.minor) for one in settled) == [(2228, 2228), (2971, 2971)]
    assert sum(minor(one) for one in abroad.money("payment.capture")) == 43699
    assert (await abroad.case(case.order_id)).order.state is OrderState.CLOSED
    assert (await abroad.events(case.order_id)).count("ConsignmentSettled") == 2
    assert await abroad.audit() == []


async def test_boots_that_come_from_elsewhere_change_nothing_for_the_buyer(abroad: World) -> None:
    quote = await freeze(abroad)
    await abroad.network(channel={"promise_terms": FREIGHT}, abroad=["CH"], nodes={"DC-UK": {"closed": True}})
    await abroad.stock("BOOTS", "DC-NL", 5)
    await abroad.ask(PUT_ITEMS, item("BOOTS", hs_code="640399", origin_country="VN"))

    case = await order(abroad, quote)
    settled = await left(abroad, case)

    assert [sorted(one.units) for one in settled] == [[1, 2]]
    assert [(str(one.charged), str(one.owed)) for one in settled] == [("51.99 CHF", "51.99 CHF")]
    assert abroad.money("payment.capture") == ["436.99"]
    assert await abroad.audit() == []


async def test_what_is_owed_beyond_the_quote_is_the_sellers_and_is_booked(abroad: World) -> None:
    case = await order(abroad, await freeze(abroad))
    await abroad.ask(LOAD_RULES, RuleSet(law("6", "4.00")))

    settled = await left(abroad, case)

    # DC-NL: duty 13.20, tax on 233.20 18.89, fee 4.00; DC-UK: duty 9.90, tax on 174.90 14.17, fee 4.00
    assert sorted(one.owed.minor for one in settled) == [2807, 3609]
    assert sorted(one.variance.minor for one in settled) == [579, 638]
    posted = await abroad.rows(
        "SELECT account, amount_minor FROM entry JOIN posting USING (posting_id) WHERE cause = 'import variance'"
    )
    assert sorted((row["account"], row["amount_minor"]) for row in posted) == [
        ("customs", -638),
        ("customs", -579),
        ("import_variance", 579),
        ("import_variance", 638),
    ]
    assert sum(minor(one) for one in abroad.money("payment.capture")) == 43699
    assert await abroad.audit() == []


async def test_delivered_at_place_the_buyer_pays_at_the_border(abroad: World) -> None:
    quote = await freeze(abroad, incoterm=Incoterm.DAP)

    case = await order(abroad, quote)

    assert sum(one.cost.due_on_delivery.minor for one in only(quote).landed) == 5199
    assert (case.order.total_minor, [ordered.import_minor for ordered in case.order.lines]) == (38500, [0, 0])
    assert [one.variance.minor for one in await left(abroad, case)] == [0, 0]


async def test_an_order_that_is_not_what_was_quoted_is_somebodys_to_look_at(abroad: World) -> None:
    case = await order(abroad, await freeze(abroad), boots="140.00")

    assert [one.reason for one in case.holds] == [
        "BOOTS was quoted at a value of 150.00 CHF and is ordered at 140.00 CHF"
    ]


async def test_who_states_the_import_is_held_to_the_quote(abroad: World) -> None:
    stated = TaxDraft(5000, title="all", kind=TaxKind.DUTY)

    case = await order(abroad, await freeze(abroad), taxes=(stated,))

    assert [one.reason for one in case.holds] == [
        "the buyer was quoted 51.99 CHF for the import and is charged 50.00 CHF"
    ]
    assert [ordered.import_minor for ordered in case.order.lines] == [5000, 0]


async def test_the_catalogs_price_counts_where_no_value_is_stated(abroad: World) -> None:
    await abroad.ask(
        PUT_ITEMS,
        Item(
            "BOOTS",
            title="Boots",
            hs_code="640399",
            origin_country="VN",
            prices={"CHF": Money.of("150.00", "CHF")},
        ),
    )

    quote = await freeze(abroad, BOOTS=None)

    assert sum(one.cost.total.minor for one in only(quote).landed) == 43699
    with pytest.raises(PriceMissing, match="COAT has no price in CHF; state"):
        await freeze(abroad, COAT=None)


async def test_what_has_no_landed_cost_is_refused_by_field(abroad: World) -> None:
    await abroad.stock("SET", "DC-NL", 1)
    await abroad.ask(PUT_ITEMS, bundle("SET", {"COAT": 1}))
    with pytest.raises(InvalidField, match="is a bundle; ask for the landed cost of what is in it"):
        await freeze(abroad, SET="10.00")

    await abroad.ask(PUT_ITEMS, item("BOOTS", hs_code="640399"))
    with pytest.raises(InvalidField, match="is missing; state the country of origin"):
        await freeze(abroad)

    await abroad.ask(LOAD_RULES, RuleSet(law("")))
    with pytest.raises(TradeRuleMissing):
        await freeze(abroad)


async def test_a_parcel_that_no_rule_covers_waits_with_its_reason_and_is_settled_once_it_does(abroad: World) -> None:
    case = await order(abroad, await freeze(abroad))
    await abroad.ask(LOAD_RULES, RuleSet(law("")))

    assert await left(abroad, case) == []
    dead = await abroad.rows("SELECT message_id, kind FROM message WHERE state = 'DEAD'")
    assert {row["kind"] for row in dead} == {"consignment.settle"}
    assert await abroad.exceptions() == ["DEAD_LETTER"]
    assert sum(minor(one) for one in abroad.money("payment.capture")) == 43699

    await abroad.ask(LOAD_RULES, RuleSet(law()))
    for row in dead:
        await abroad.ask(RETRY_MESSAGE, row["message_id"])
    settled = await left(abroad, case)
    assert [one.variance.minor for one in settled] == [0, 0]
    assert await abroad.exceptions() == []


def minor(text: str) -> int:
    return Money.of(text, "CHF").minor

"""Labels of parcels that cross a customs border: what customs is told is what the papers say."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from hub.api.fulfillment.changes import BUY_LABELS
from hub.api.setup.setup_changes import ERASE_PARTY, PUT_ITEMS
from hub.api.setup.trade import LOAD_RULES, RuleSet
from hub.fulfillment.errors import LabelNotAllowed
from hub.fulfillment.model import PackedParcel
from hub.network.model.carriers import CarrierService
from hub.parties.errors import PartyNotFound
from hub.trade.errors import PapersIncomplete
from hub.trade.operations import default_files
from tests.support.drafts import card, contact, draft, item, line
from tests.support.network import SELLER
from tests.support.world import World
from tests.unit.trade.laws import COLUMNS

LATER = {f"{step}_after_minutes": 900_000 for step in ("acknowledge", "pick", "pack", "ship")}
BUYING = (CarrierService("carrier", "STANDARD", buys_labels=True),)
NUMBER = f"eori,{SELLER},GB,EORI,GB123456789000,2010-01-01,,gb-135"


async def packed(world: World, **facts: Any) -> tuple[UUID, UUID]:
    """The order and fulfillment order of three coats that lie packed in the United Kingdom, for the Netherlands."""
    await world.network(profiles={"wms": LATER}, services=BUYING, nodes={"DC-UK": {"title": "Warehouse Leeds"}})
    await world.stock("COAT", "DC-UK", 9)
    known = {"hs_code": "620120", "origin_country": "CN", "weight_grams": 500}
    await world.ask(PUT_ITEMS, item("COAT", **{**known, **facts}))
    rules = dict(default_files()) | {"registrations.csv": f"{COLUMNS['registrations.csv']}\n{NUMBER}"}
    await world.ask(LOAD_RULES, RuleSet(rules))
    customer = contact("Ada Visser")
    placed = await world.place(draft("W-1", [line("COAT", 3, "3.34")], customer=customer, instruments=[card()]))
    await world.settle()
    (work,) = (await world.case(placed.order_id)).fulfillment_orders
    return placed.order_id, work.fulfillment_order_id


async def test_a_label_across_a_border_says_to_customs_what_its_papers_say(world: World) -> None:
    _, work = await packed(world)
    await world.ask(BUY_LABELS, PackedParcel(work, "P-1", 1700, incoterm="DAP"))
    await world.settle()

    (sale,) = world.effects("double_transport", "transport.label")
    assert (sale.detail["incoterm"], sale.detail["customs"]) == ("DAP", ["3 620120 CN"])
    with pytest.raises(LabelNotAllowed, match="one parcel"):
        await world.ask(BUY_LABELS, PackedParcel(work, "P-2", 900, incoterm="DAP"))


async def test_a_label_that_lacks_a_fact_for_customs_is_refused(world: World) -> None:
    _, work = await packed(world, weight_grams=0)
    with pytest.raises(PapersIncomplete):
        await world.ask(BUY_LABELS, PackedParcel(work, "P-1", 1700, incoterm="DAP"))
    assert world.effects("double_transport") == []


async def test_a_label_without_an_incoterm_is_refused(world: World) -> None:
    _, work = await packed(world)
    with pytest.raises(PapersIncomplete):
        await world.ask(BUY_LABELS, PackedParcel(work, "P-1", 1700))


async def test_a_label_for_who_was_erased_is_refused(world: World) -> None:
    order_id, work = await packed(world)
    await world.ask(ERASE_PARTY, (await world.case(order_id)).order.ship_to_party_id)
    with pytest.raises(PartyNotFound):
        await world.ask(BUY_LABELS, PackedParcel(work, "P-1", 1700, incoterm="DAP"))

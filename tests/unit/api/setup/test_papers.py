"""GetConsignmentPapers: papers of what crosses a border, for who may see it, and what they refuse."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import grpc
import pytest
from google.type import money_pb2

from crossdock.trade.v1 import trade_pb2 as pb
from hub.api.setup.setup_changes import ERASE_PARTY, PUT_ITEMS
from hub.api.setup.trade import LOAD_RULES, RuleSet
from hub.cases.case import Case
from hub.orders.model import ChargeDraft, Discount
from hub.trade.operations import default_files
from tests.support.drafts import card, contact, draft, item, line, minor
from tests.support.network import SELLER
from tests.unit.api.serving import Served, euros, refusal
from tests.unit.trade.laws import COLUMNS

SINCE = "2010-01-01,,gb-135"
NUMBERS = [f"eori,{SELLER},GB,EORI,GB123456789000,{SINCE}", f"vat,{SELLER},CH,VAT,CHE123456789,{SINCE}"]


@pytest.fixture
async def abroad(hub: Served) -> Served:
    """Coats of 0.5 kg in the United Kingdom, with all that customs asks."""
    await hub.world.network(nodes={"DC-UK": {"title": "Warehouse Leeds"}})
    await hub.world.stock("COAT", "DC-UK", 9)
    await hub.world.ask(PUT_ITEMS, item("COAT", hs_code="620120", origin_country="CN", weight_grams=500))
    rules = dict(default_files()) | {"registrations.csv": "\n".join([COLUMNS["registrations.csv"], *NUMBERS])}
    await hub.world.ask(LOAD_RULES, RuleSet(rules))
    return hub


async def placed(hub: Served, name: str = "Ada Visser") -> Case:
    """Place three coats for 10.00 and have them released."""
    case = await hub.world.place(draft("W-1", [line("COAT", 3, "3.34")], customer=contact(name), instruments=[card()]))
    await hub.world.settle()
    return await hub.world.case(case.order_id)


async def papers(
    hub: Served, order_id: Any, role: str = "service", incoterm: Any = pb.INCOTERM_DAP
) -> list[pb.ConsignmentPapers]:
    request = pb.GetConsignmentPapersRequest(order_id=str(order_id), incoterm=incoterm)
    return list((await hub.rpc("TradeService.GetConsignmentPapers", role)(request)).papers)


async def reason(call: Any) -> str:
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await call
    return refusal(error.value)[1]


async def test_papers_name_goods_parties_and_numbers_and_are_drawn(abroad: Served) -> None:
    case = await placed(abroad)

    (made,) = await papers(abroad, case.order_id)

    (goods,) = made.goods
    assert (goods.hs_code, goods.origin_country_code) == ("620120", "CN")
    assert (goods.description, goods.quantity, goods.net_weight_grams) == ("Item COAT", 3, 1500)
    assert made.goods_value == goods.value == euros(10, 20_000_000)
    assert (made.exporter.name, made.exporter.address.country_code) == ("Warehouse Leeds", "GB")
    assert (made.recipient.name, made.seller_imports, made.form) == ("Ada Visser", False, pb.PAPER_FORM_CN23)
    assert [(one.kind, one.number) for one in made.registrations] == [("EORI", "GB123456789000")]
    assert made.invoice_pdf.startswith(b"%PDF")
    assert made.declaration_pdf.startswith(b"%PDF")
    assert (await papers(abroad, case.order_id, incoterm=pb.INCOTERM_DDP))[0].seller_imports


async def test_papers_are_for_who_sees_the_order_and_its_node(abroad: Served) -> None:
    order_id = (await placed(abroad)).order_id

    assert len(await papers(abroad, order_id, "warehouse")) == 1
    for principal, why in (("viewer", "PERMISSION_DENIED"), ("channel", "PERMISSION_DENIED")):
        assert await reason(papers(abroad, order_id, principal)) == why
    for principal in ("stranger", "other-seller", "other-node"):
        assert await reason(papers(abroad, order_id, principal)) == "ORDER_NOT_FOUND"
    assert await reason(papers(abroad, uuid4())) == "ORDER_NOT_FOUND"


async def test_what_papers_lack_is_refused_by_name(abroad: Served) -> None:
    case = await placed(abroad, "王小明")

    assert await reason(papers(abroad, case.order_id, incoterm=pb.INCOTERM_UNSPECIFIED)) == "PAPERS_INCOMPLETE"
    assert await reason(papers(abroad, case.order_id)) == "PAPERS_UNPRINTABLE"
    await abroad.world.network()
    assert await reason(papers(abroad, case.order_id)) == "PAPERS_INCOMPLETE"
    await abroad.world.ask(ERASE_PARTY, case.order.ship_to_party_id)
    assert await reason(papers(abroad, case.order_id)) == "PARTY_NOT_FOUND"


async def test_what_stays_inside_a_customs_territory_has_no_papers(abroad: Served) -> None:
    await abroad.world.stock("RING", "ST-BER", 1)
    case = await abroad.world.place(draft("W-2", [line("RING", 1, "80.00")], instruments=[card()]))
    await abroad.world.settle()

    assert await papers(abroad, case.order_id) == []


async def test_papers_of_several_nodes_add_up_to_their_order(abroad: Served) -> None:
    await abroad.world.network(nodes={"DC-UK": {"title": "Warehouse Leeds"}, "ST-LON": {"title": "Store London"}})
    await abroad.world.stock("BOOTS", "DC-UK", 1)
    await abroad.world.stock("BOOTS", "ST-LON", 1)
    await abroad.world.ask(PUT_ITEMS, item("BOOTS", hs_code="640399", origin_country="VN", weight_grams=900))
    boots = line("BOOTS", 2, "5.01", discounts=(Discount(1),))
    freight = ChargeDraft("SHIPPING", minor("7.01"))
    case = await abroad.world.place(draft("W-3", [boots], charges=(freight,), instruments=[card()]))
    await abroad.world.settle()

    made = await papers(abroad, case.order_id)

    assert sorted(cents(one.goods_value) for one in made) == [500, 501]
    assert sorted(cents(one.freight) for one in made) == [350, 351]


def cents(amount: money_pb2.Money) -> int:
    return amount.units * 100 + amount.nanos // 10_000_000

"""Lines that goods are exchanged for are lines of an order: all that is stated of them holds."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from google.type import money_pb2

from crossdock.orders.v1 import orders_pb2
from crossdock.returns.v1 import returns_pb2
from hub.kernel.errors import CurrencyMismatch
from hub.orders.model import OrderLine
from hub.wire.returns.return_drafts import request_from_pb
from tests.support.drafts import draft, line
from tests.support.returns import authorize, delivered
from tests.support.world import World


def euros(cents: int, currency: str = "EUR") -> money_pb2.Money:
    return money_pb2.Money(currency_code=currency, units=cents // 100, nanos=cents % 100 * 10_000_000)


LESS = orders_pb2.Discount(amount=euros(1000))
TAX = orders_pb2.Tax(amount=euros(1890), title="VAT", rate="0.21")


async def exchanged(world: World, **stated: Any) -> OrderLine:
    """Asks over the wire for a pair of shoes in place of another; answers the line of the new order."""
    await world.stock("SHOE-80", "DC-NL", 1)
    await world.stock("SHOE-90", "DC-NL", 1)
    case = await delivered(world, draft("W-24", [line("SHOE-80", 1, "80.00")]))
    new = orders_pb2.OrderLineDraft(sku="SHOE-90", quantity=1, **stated)
    asked = returns_pb2.ReturnDraft(
        order_id=str(case.order_id),
        lines=[returns_pb2.ReturnLineDraft(line_number=1, quantity=1)],
        resolution=returns_pb2.MONEY_RESOLUTION_EXCHANGE,
        exchange=returns_pb2.ExchangeDraft(lines=[new]),
    )
    await authorize(world, request_from_pb(asked))
    await world.settle()
    (row,) = await world.rows("SELECT exchange_order_id FROM return_authorization")
    order_id: UUID = row["exchange_order_id"]
    return (await world.case(order_id)).order.lines[0]


@pytest.mark.parametrize(
    ("stated", "authorized"),
    [
        ({"unit_price": euros(9000), "discounts": [LESS]}, []),
        ({"unit_price": euros(9000), "taxes": [TAX]}, ["28.90"]),
        ({"unit_price": euros(9000), "discounts": [LESS], "taxes": [TAX]}, ["18.90"]),
    ],
)
async def test_new_goods_cost_what_is_stated_of_them_with_discounts_and_taxes(
    world: World, stated: dict[str, Any], authorized: list[str]
) -> None:
    new = await exchanged(world, **stated)

    cost = 9000 - (1000 if "discounts" in stated else 0) + (1890 if "taxes" in stated else 0)
    assert new.total_minor == cost
    assert world.money("payment.authorize")[1:] == authorized


async def test_all_else_that_is_stated_of_new_goods_reaches_their_order(world: World) -> None:
    customs = orders_pb2.CustomsData(hs_code="640399", origin_country_code="PT")

    new = await exchanged(
        world, unit_price=euros(8000), title="Shoe", channel_line_reference="L-7", unit_code="EA", customs=customs
    )

    assert (new.title, new.channel_line_reference, new.unit_code) == ("Shoe", "L-7", "EA")
    assert (new.hs_code, new.origin_country) == ("640399", "PT")


async def test_new_goods_in_units_that_they_are_not_counted_in_are_not_ordered(world: World) -> None:
    with pytest.raises(KeyError):  # there is no order of the new goods
        await exchanged(world, unit_price=euros(8000), unit_code="PR")

    (said,) = await world.rows("SELECT detail FROM exception_record")
    assert "SHOE-90 is ordered in PR, and counted in EA" in said["detail"]


@pytest.mark.parametrize(
    "stated",
    [
        {"unit_price": euros(9000, "USD")},
        {"discounts": [orders_pb2.Discount(amount=euros(100, "USD"))]},
        {"unit_price": euros(9000), "taxes": [orders_pb2.Tax(amount=euros(100, "USD"))]},
    ],
)
async def test_new_goods_in_another_currency_than_the_order_are_refused(world: World, stated: dict[str, Any]) -> None:
    with pytest.raises(CurrencyMismatch):
        await exchanged(world, **stated)

"""Until when customers may withdraw, as orders, parcels and items make it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from hub.cases.returns.withdrawal_rights import RightRequest, WithdrawalRight, withdrawal_rights
from hub.kernel.errors import Refusal
from hub.orders.errors import OrderNotFound
from hub.returns.errors import CustomerMismatch
from hub.returns.policy.withdrawals import INFORMED, Information
from tests.support.drafts import draft, item, line
from tests.support.world import World


async def right(world: World, order_id: UUID, email: str = "", information: Information = INFORMED) -> WithdrawalRight:
    (answer,) = await world.run(withdrawal_rights, [RightRequest(order_id, email, information)])
    if isinstance(answer, Refusal):
        raise answer
    return answer


async def test_the_period_begins_with_the_last_parcel_of_a_split_order(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 1)
    await world.stock("SHIRT", "ST-BER", 1)
    placed = await world.place(draft("W-1", [line("SHIRT", 2)]))
    assert (await right(world, placed.order_id)).ends_at is None
    await world.advance(timedelta(days=5))

    case = await world.case(placed.order_id)
    arrivals = [one.delivered_at for one in case.shipments if one.delivered_at]
    assert len(arrivals) == 2
    shown = await right(world, placed.order_id, "ada@example.com")

    assert shown.open
    assert shown.ends_at is not None
    assert timedelta(days=14) <= shown.ends_at - max(arrivals) < timedelta(days=18)
    assert [one.quantity for one in shown.lines] == [2]
    later = await right(world, placed.order_id, "", Information(missing=True))
    assert later.ends_at is not None
    assert later.ends_at - shown.ends_at > timedelta(days=360)
    await world.advance(timedelta(days=20))
    assert not (await right(world, placed.order_id)).open


async def test_exempt_goods_are_named_with_their_article(world: World) -> None:
    await world.stock("RING", "DC-NL", 1)
    await world.items(item("RING", attributes={"withdrawal_exemption": "CUSTOM_MADE"}))
    placed = await world.place(draft("W-2", [line("RING")]))

    shown = await right(world, placed.order_id)

    assert not shown.open
    assert [(one.quantity, one.exemption and one.exemption.article) for one in shown.lines] == [(0, "16(c)")]


async def test_the_right_is_told_to_parties_of_the_order_alone(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 1)
    placed = await world.place(draft("W-3", [line("SHIRT")]))

    with pytest.raises(CustomerMismatch):
        await right(world, placed.order_id, "eve@example.com")
    with pytest.raises(OrderNotFound):
        await right(world, world.identity())

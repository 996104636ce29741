"""Changes of orders: previewed to the cent and the day, confirmed once as previewed, or not at all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import pytest

from hub.api.orders.changes import RESOLVE_HOLD
from hub.changes.errors import (
    ChangeEmpty,
    ChangeExpired,
    ChangeNotAllowed,
    ChangeNotPayable,
    ChangeOutdated,
    ChangeTooLate,
)
from hub.changes.model import Requester
from hub.flows.orders.resolve_holds import HoldDecision
from hub.flows.upkeep.forget_expired import Retention, forget_expired
from hub.holds.model import HoldStatus
from hub.inventory.errors import InsufficientStock
from hub.kernel.errors import InvalidField
from hub.kernel.scope import HUB
from hub.network.model import ChangeTerms
from hub.orders.errors import OrderActionNotAllowed, OrderLineNotFound
from hub.orders.lifecycle import OrderState
from hub.orders.model import TaxDraft
from hub.parties import operations as parties
from hub.parties.model import Contact
from hub.slices.lifecycle import SliceState
from tests.support.changes import changed, confirm, propose
from tests.support.drafts import contact, draft, line, on_terms, prepaid
from tests.support.world import World

HELD: Final[dict[str, Any]] = {"customer": contact("Review Me")}
"""The order waits for a person: no node works it yet."""


async def test_fewer_units_and_another_line_are_previewed_and_then_done_as_previewed(world: World) -> None:
    await world.stock("HAT", "DC-NL", 5)
    await world.stock("CUP", "DC-NL", 5)
    vat = (TaxDraft(1042, included=True),)
    placed = await world.place(draft("W-1", [line("HAT", 3, "20.00", taxes=vat)], shipping="5.00", **HELD))
    await world.settle()

    change = await propose(world, placed, quantities=((1, 1),), added=(line("CUP", 2, "30.00"),))
    assert await world.on_shelf("HAT", "DC-NL") == (5, 3, 0)
    preview = change.preview
    assert [(one.line_number, one.quantity_before, one.quantity_after) for one in preview.lines] == [
        (1, 3, 1),
        (2, 0, 2),
    ]
    assert (preview.total_before_minor, preview.total_after_minor) == (6500, 8500)
    assert (preview.tax_before_minor, preview.tax_after_minor) == (1042, 347)
    assert (preview.authorize_minor, preview.give_back_minor) == (2000, 0)
    assert preview.lines[1].promised_at is not None

    case = (await confirm(world, change)).case
    assert await world.on_shelf("HAT", "DC-NL") == (5, 1, 0)
    assert await world.on_shelf("CUP", "DC-NL") == (5, 2, 0)
    assert case.order.promises[2] == preview.lines[1].promised_at
    await world.settle()
    assert world.money("payment.authorize") == ["65.00", "20.00"]
    assert await world.audit() == []


async def test_a_changed_order_ships_and_is_charged_what_was_previewed(world: World) -> None:
    await world.stock("HAT", "DC-NL", 5)
    placed = await world.place(draft("W-2", [line("HAT", 2, "50.00")]))
    await world.settle()

    more = await changed(world, placed, added=(line("HAT", 1, "30.00"),))
    assert more.order.state is OrderState.CONFIRMED
    await world.advance(timedelta(days=3))

    assert (await world.case(placed.order_id)).order.state is OrderState.CLOSED
    assert sorted(world.money("payment.capture")) == ["100.00", "30.00"]
    assert await world.audit() == []
    assert await world.exceptions() == []


async def test_what_is_added_is_not_handed_to_a_node_before_it_is_authorized(world: World) -> None:
    await world.stock("HAT", "DC-NL", 5)
    placed = await world.place(draft("W-3", [line("HAT", 1, "50.00")]))
    await world.settle()

    case = await changed(world, placed, added=(line("HAT", 1, "30.00"),))

    assert [one.state for one in case.slices if one.line_number == 2] == [SliceState.RESERVED]
    assert len(case.fulfillment_orders) == 1
    await world.settle()
    assert len((await world.case(placed.order_id)).fulfillment_orders) == 2


async def test_more_units_of_a_line_cost_its_price_and_its_proportion_of_tax(world: World) -> None:
    await world.stock("HAT", "DC-NL", 9)
    lines = [line("HAT", 3, "9.99", taxes=(TaxDraft(630),))]
    placed = await world.place(draft("W-4", lines, instruments=(on_terms(),), **HELD))
    await world.settle()

    case = await changed(world, placed, quantities=((1, 5),))

    added = case.order.lines[1]
    assert (added.quantity, added.tax_minor, added.total_minor) == (2, 420, 2418)
    assert case.order.total_minor == 3627 + 2418
    assert await world.audit() == []


async def test_a_prepaid_order_gives_back_what_is_taken_away_and_takes_no_more(world: World) -> None:
    await world.stock("HAT", "DC-NL", 9)
    placed = await world.place(draft("W-5", [line("HAT", 3, "20.00")], instruments=(prepaid(),), **HELD))
    await world.settle()

    with pytest.raises(ChangeNotPayable):
        await propose(world, placed, quantities=((1, 4),))
    change = await propose(world, placed, quantities=((1, 2),))
    assert change.preview.total_after_minor == 4000
    await confirm(world, change)
    await world.settle()

    assert [one.detail["amount"] for one in world.effects("double_channel", "channel.refund")] == ["20.00"]
    assert await world.audit() == []


async def test_all_goods_of_an_order_may_be_exchanged_for_others(world: World) -> None:
    await world.stock("HAT", "DC-NL", 9)
    await world.stock("CUP", "DC-NL", 9)
    placed = await world.place(draft("W-6", [line("HAT", 2, "20.00")], **HELD))
    await world.settle()

    case = await changed(world, placed, quantities=((1, 0),), added=(line("CUP", 1, "40.00"),))

    assert case.order.state is OrderState.PLACED
    assert await world.on_shelf("HAT", "DC-NL") == (9, 0, 0)
    await world.settle()
    assert world.money("payment.authorize") == ["40.00"]


async def test_a_change_is_confirmed_once_however_often_it_is_asked_for(world: World) -> None:
    await world.stock("HAT", "DC-NL", 9)
    placed = await world.place(draft("W-7", [line("HAT", 2, "20.00")], **HELD))
    await world.settle()
    change = await propose(world, placed, quantities=((1, 1),), added=(line("HAT", 1, "20.00"),))

    first, second = await confirm(world, change), await confirm(world, change)

    assert second.change == first.change
    assert second.case.order.version == first.case.order.version
    assert await world.on_shelf("HAT", "DC-NL") == (9, 2, 0)


async def test_a_proposal_expires(world: World) -> None:
    await world.stock("HAT", "DC-NL", 9)
    placed = await world.place(draft("W-8", [line("HAT", 2, "20.00")], **HELD))
    await world.settle()
    change = await propose(world, placed, quantities=((1, 1),))

    await world.advance(timedelta(minutes=15))

    with pytest.raises(ChangeExpired):
        await confirm(world, change)
    assert (await world.case(placed.order_id)).order.version == change.order_version


async def test_a_proposal_for_an_older_version_is_refused_and_leaves_the_order(world: World) -> None:
    await world.stock("HAT", "DC-NL", 9)
    placed = await world.place(draft("W-9", [line("HAT", 3, "20.00")], **HELD))
    await world.settle()
    first = await propose(world, placed, quantities=((1, 2),))
    second = await propose(world, placed, quantities=((1, 1),))

    await confirm(world, first)

    with pytest.raises(ChangeOutdated):
        await confirm(world, second)
    with pytest.raises(ChangeOutdated):
        await propose(world, placed, quantities=((1, 1),), order_version=first.order_version)
    assert await world.on_shelf("HAT", "DC-NL") == (9, 2, 0)


async def test_units_that_a_node_works_are_not_taken_away(world: World) -> None:
    await world.stock("HAT", "DC-NL", 9)
    placed = await world.place(draft("W-10", [line("HAT", 3, "20.00")]))
    await world.settle()

    with pytest.raises(ChangeTooLate, match="Ask the node with CancelLines") as refused:
        await propose(world, placed, quantities=((1, 2),))

    assert refused.value.metadata["free"] == "0"


async def test_stock_that_went_meanwhile_refuses_the_change_as_a_whole(world: World) -> None:
    await world.stock("HAT", "DC-NL", 9)
    await world.stock("CUP", "DC-NL", 1)
    placed = await world.place(draft("W-11", [line("HAT", 3, "20.00")], **HELD))
    await world.settle()
    change = await propose(world, placed, quantities=((1, 1),), added=(line("CUP", 1, "5.00"),))

    await world.place(draft("W-12", [line("CUP", 1)]))

    with pytest.raises(InsufficientStock):
        await confirm(world, change)
    assert await world.on_shelf("HAT", "DC-NL") == (9, 3, 0)
    assert (await world.case(placed.order_id)).order.lines == placed.order.lines
    with pytest.raises(InsufficientStock):
        await propose(world, placed, added=(line("CUP", 1, "5.00"),))


async def test_changes_that_mean_nothing_are_refused_with_what_is_wrong(world: World) -> None:
    await world.stock("HAT", "DC-NL", 9)
    placed = await world.place(draft("W-13", [line("HAT", 3, "20.00")], **HELD))
    await world.settle()

    with pytest.raises(ChangeEmpty):
        await propose(world, placed, quantities=((1, 3),))
    with pytest.raises(OrderLineNotFound):
        await propose(world, placed, quantities=((7, 3),))
    with pytest.raises(InvalidField):
        await propose(world, placed, quantities=((1, 2), (1, 1)))
    ended = await changed(world, placed, quantities=((1, 0),))
    assert ended.order.state is OrderState.CANCELED
    with pytest.raises(OrderActionNotAllowed):
        await propose(world, placed, quantities=((1, 1),))


async def test_proposals_that_nobody_confirmed_are_forgotten(world: World) -> None:
    await world.stock("HAT", "DC-NL", 9)
    placed = await world.place(draft("W-14", [line("HAT", 3, "20.00")], **HELD))
    await world.settle()
    await propose(world, placed, quantities=((1, 2),))
    kept = await propose(world, placed, quantities=((1, 1),))
    await confirm(world, kept)

    await world.advance(timedelta(days=10))
    async with world.database.transaction() as tx:
        await forget_expired(await world.surroundings.flow_context(tx, HUB), Retention())

    rows = await world.rows("SELECT change_id FROM order_change")
    assert [row["change_id"] for row in rows] == [kept.change_id]


async def test_the_rules_of_the_channel_say_who_may_change_what_and_until_when(world: World) -> None:
    terms = ChangeTerms(
        staff_rule="change.total_after_minor <= 10000 && change.order_state == 'PLACED'",
        customer_rule="change.minutes_since_placed < 30 && change.added_units == 0",
        validity_seconds=3600,
    )
    await world.network(channel={"change_terms": terms})
    await world.stock("HAT", "DC-NL", 9)
    placed = await world.place(draft("W-15", [line("HAT", 3, "20.00")], **HELD))
    await world.settle()

    with pytest.raises(ChangeNotAllowed) as refused:
        await propose(world, placed, quantities=((1, 4),), requested_by=Requester.CUSTOMER)
    assert refused.value.metadata["requested_by"] == "CUSTOMER"
    with pytest.raises(ChangeNotAllowed):
        await propose(world, placed, quantities=((1, 6),))
    assert (await propose(world, placed, quantities=((1, 5),))).preview.total_after_minor == 10000

    late = await propose(world, placed, quantities=((1, 2),), requested_by=Requester.CUSTOMER)
    assert late.expires_at - late.proposed_at == timedelta(hours=1)
    await world.advance(timedelta(minutes=30))
    with pytest.raises(ChangeNotAllowed):
        await confirm(world, late)
    assert (await world.case(placed.order_id)).order.version == late.order_version


async def test_customers_change_nothing_where_their_channel_has_no_rule_for_them(world: World) -> None:
    await world.stock("HAT", "DC-NL", 9)
    placed = await world.place(draft("W-16", [line("HAT", 3, "20.00")], **HELD))
    await world.settle()

    with pytest.raises(ChangeNotAllowed):
        await propose(world, placed, quantities=((1, 2),), requested_by=Requester.CUSTOMER)


async def test_what_a_node_is_told_changes_until_a_node_has_it(world: World) -> None:
    await world.stock("HAT", "DC-NL", 9)
    placed = await world.place(draft("W-17", [line("HAT", 1, "20.00")], gift_message="From Bob", **HELD))
    await world.settle()
    neighbor = contact("Bea Visser")

    change = await propose(world, placed, ship_to=neighbor, gift_message="From Ann", delivery_instructions="Ring twice")
    assert (change.preview.lines, change.preview.authorize_minor) == ((), 0)
    case = (await confirm(world, change)).case
    (held,) = case.holds
    await world.ask(RESOLVE_HOLD, HoldDecision(placed.order_id, held.hold_id, HoldStatus.RESOLVED))
    await world.settle()

    assert (case.order.gift_message, case.order.delivery_instructions) == ("From Ann", "Ring twice")
    assert case.order.ship_to_party_id == change.ship_to_party_id
    people = await shown_to(world, change.ship_to_party_id)
    assert people == [neighbor]
    (release,) = await world.rows("SELECT payload FROM message WHERE kind = 'warehouse.release'")
    assert release["payload"]["ship_to_party_id"] == str(change.ship_to_party_id)
    assert release["payload"]["gift_message"] == "From Ann"
    with pytest.raises(ChangeTooLate, match="1 units are with a node"):
        await propose(world, placed, gift_message="From all of us")


async def test_goods_do_not_go_to_another_country_by_a_change(world: World) -> None:
    await world.stock("HAT", "DC-NL", 9)
    placed = await world.place(draft("W-18", [line("HAT", 1, "20.00")], **HELD))
    await world.settle()

    with pytest.raises(ChangeNotAllowed, match="cancel the order, and place another"):
        await propose(world, placed, ship_to=contact("Bea Visser", country="DE"))


async def shown_to(world: World, party_id: UUID | None) -> list[Contact]:
    async with world.database.reading() as tx:
        keys = world.surroundings.secrets.people
        return list((await parties.contacts(tx, [party_id] if party_id else [], keys)).values())

"""Orders are added once per channel reference, loaded within a scope, saved and found."""

from __future__ import annotations

import asyncio
import json
from decimal import Decimal

import pytest
from msgspec.structs import replace

from hub.database.pool import Database
from hub.database.tx import Tx
from hub.exceptions import operations as exceptions
from hub.exceptions.model import ExceptionReason
from hub.fulfillment import operations as fulfillment
from hub.kernel.scope import HUB, Scope
from hub.network.model import ShortagePolicy
from hub.orders import operations as orders
from hub.orders.lifecycle import OrderState
from hub.orders.model import (
    Charge,
    Check,
    CheckState,
    DeliveryMethod,
    Discount,
    Existing,
    Order,
    OrderFilter,
    OrderLine,
    ReservationPolicy,
    StatedTotals,
    TaxDraft,
)
from hub.parties import operations as parties
from hub.parties.model import Contact, Party
from hub.slices import operations as slices
from tests.rows.rooms.building import (
    AT,
    MINUTE,
    exception,
    fulfillment_order,
    identity,
    order,
    seen_by,
    shipment,
    slice_of,
)
from tests.support.keys import KeysInMemory

VAT = TaxDraft(87, "VAT", "0.21", included=True)
FULL = order(
    lines=(
        OrderLine(
            1,
            "SHIRT",
            3,
            Decimal("9.9999"),
            discount_minor=500,
            tax_minor=433,
            total_minor=2497,
            title="Hemd, größe L",
            channel_line_reference="line-1",
            bundle_sku="SET",
            unit_code="PR",
            hs_code="6205.20",
            origin_country="PT",
            ship_not_before=AT + MINUTE,
            cancel_after=AT + 3 * MINUTE,
            discounts=(Discount(300, "SPRING"), Discount(200, units_needed=3)),
            taxes=(VAT,),
            bundle_quantity=1,
            bundle_price=Decimal("24.97"),
        ),
    ),
    charges=(Charge("SHIPPING", 500, 87, (VAT,)), Charge("GIFT", 250, 0)),
    discounts=(Discount(100, "ALL"),),
    taxes=(TaxDraft(5, "levy"),),
    stated=StatedTotals(2497, 433, 3247),
    reservation_ids=(identity(77),),
    reservation_policy=ReservationPolicy.FREE_STOCK,
    delivery_method=DeliveryMethod.PICKUP,
    pickup_node_id="ST-AMS",
    service_code="EXPRESS",
    shortage_policy=ShortagePolicy.BACKORDER,
    language_code="de",
    incoterm="DDP",
    demand_class="B2B",
    attributes={"gift": "yes"},
    checks={Check.PAYMENT: CheckState.PENDING, Check.FRAUD: CheckState.PASSED},
    promises={1: AT + 1440 * MINUTE},
)


async def test_an_order_is_loaded_as_it_was_added(tx: Tx) -> None:
    assert await orders.add(tx, [FULL]) == [FULL]

    assert await orders.load(tx, HUB, [FULL.order_id], lock=True) == {FULL.order_id: FULL}


async def test_what_is_by_default_is_not_stored_and_reads_the_same_where_it_is(tx: Tx) -> None:
    line_of = OrderLine(1, "SHIRT", 1, Decimal(10), discount_minor=0, tax_minor=0, total_minor=1000)
    plain = order(lines=(line_of,), charges=())
    await orders.add(tx, [plain])

    (row,) = await tx.fetch("SELECT document FROM orders")
    line = {"line_number": 1, "sku": "SHIRT", "quantity": 1, "unit_price": "10"}
    line |= {"discount_minor": 0, "tax_minor": 0, "total_minor": 1000}
    assert row["document"] == {"lines": [line], "charges": []}
    await tx.execute("UPDATE orders SET document = %(told)s::jsonb", {"told": json.dumps(WITH_ALL_DEFAULTS)})
    assert await orders.load(tx, HUB, [plain.order_id], lock=True) == {plain.order_id: plain}


WITH_ALL_DEFAULTS = {
    "lines": [
        {
            "sku": "SHIRT",
            "title": "",
            "hs_code": "",
            "quantity": 1,
            "tax_minor": 0,
            "unit_code": "EA",
            "bundle_sku": "",
            "multi_buys": [],
            "unit_price": "10",
            "line_number": 1,
            "total_minor": 1000,
            "cancel_after": None,
            "discount_minor": 0,
            "origin_country": "",
            "ship_not_after": None,
            "ship_not_before": None,
            "channel_line_reference": "",
        }
    ],
    "charges": [],
    "incoterm": "",
    "attributes": {},
    "demand_class": "",
    "service_code": "STANDARD",
    "language_code": "",
    "pickup_node_id": "",
    "delivery_method": "SHIP",
    "shortage_policy": "REFUSE",
}
"""A document as it was written when all was written: no default may become another one."""


async def test_discounts_of_several_units_are_read_from_a_document_that_kept_no_others(tx: Tx) -> None:
    sold = OrderLine(1, "SHIRT", 6, Decimal(10), 2000, 0, 4000, discounts=(Discount(2000, units_needed=3),))
    plain = order(lines=(sold,), charges=())
    await orders.add(tx, [plain])

    without = "document #- '{lines,0,discounts}'"
    await tx.execute(f"UPDATE orders SET document = jsonb_set({without}, '{{lines,0,multi_buys}}', '[[2000, 3]]')")

    assert sold.multi_buys == ((2000, 3),)
    assert await orders.load(tx, HUB, [plain.order_id], lock=True) == {plain.order_id: plain}


async def test_taxes_of_a_line_without_discounts_are_read_back_as_stated(tx: Tx) -> None:
    plain = order(lines=(OrderLine(1, "SHIRT", 6, Decimal(10), 0, 868, 6000, taxes=(VAT,)),), charges=())
    await orders.add(tx, [plain])

    assert await orders.load(tx, HUB, [plain.order_id], lock=True) == {plain.order_id: plain}


async def test_a_reference_that_is_taken_is_answered_with_the_order_that_stands(tx: Tx) -> None:
    standing = order(1)
    await orders.add(tx, [standing])
    twin, other = order(2, channel_reference="ref-1"), order(3)

    answers = await orders.add(tx, [twin, other])

    assert answers == [Existing(standing.order_id, standing.content_hash), other]


async def test_two_equal_references_in_a_batch_are_one_order(tx: Tx) -> None:
    first, second = order(1), order(2, channel_reference="ref-1")

    answers = await orders.add(tx, [first, second])

    assert answers == [first, Existing(first.order_id, first.content_hash)]
    assert list(await orders.load(tx, HUB, [first.order_id, second.order_id], lock=False)) == [first.order_id]


async def test_batches_of_two_processes_with_the_same_references_make_each_order_once(database: Database) -> None:
    ours = [order(number) for number in range(1, 40)]
    theirs = [order(100 + number, channel_reference=f"ref-{number}") for number in range(39, 0, -1)]

    async def added(batch: list[Order]) -> list[Order | Existing]:
        async with database.transaction() as tx:
            return await orders.add(tx, batch)

    one, two = await asyncio.gather(added(ours), added(theirs))

    made = [answer for answer in (*one, *two) if not isinstance(answer, Existing)]
    met = [answer.order_id for answer in (*one, *two) if isinstance(answer, Existing)]
    assert len({each.channel_reference for each in made}) == len(made) == 39
    assert sorted(met) == sorted(each.order_id for each in made)


async def test_an_order_that_is_not_to_be_is_taken_back(tx: Tx) -> None:
    await orders.add(tx, [order(1), order(2)])

    await orders.remove(tx, [identity(1)])

    assert list(await orders.load(tx, HUB, [identity(1), identity(2)], lock=False)) == [identity(2)]


async def test_saving_writes_the_life_of_an_order_and_none_of_its_facts(tx: Tx) -> None:
    await orders.add(tx, [order(1), order(2)])
    changed = replace(
        order(1),
        state=OrderState.CLOSED,
        version=7,
        checks={Check.TAX: CheckState.FAILED},
        promises={1: AT},
        erp_documents=3,
    )

    await orders.save(tx, [replace(changed, seller_id="other", lines=())])

    loaded = await orders.load(tx, HUB, [identity(1), identity(2)], lock=False)
    assert loaded == {identity(1): changed, identity(2): order(2)}


@pytest.mark.parametrize(
    ("scope", "visible"),
    [
        (HUB, True),
        (seen_by(channels=frozenset({"shop"}), sellers=frozenset({"seller"})), True),
        (seen_by(channels=frozenset({"other"})), False),
        (seen_by(sellers=frozenset({"other"})), False),
        (seen_by(channels=frozenset()), False),
        (seen_by(nodes=frozenset({"DC-NL"})), True),
        (seen_by(nodes=frozenset({"ST-BER"})), True),
        (seen_by(nodes=frozenset({"ST-AMS"})), False),
    ],
)
async def test_what_is_out_of_scope_does_not_exist(tx: Tx, scope: Scope, visible: bool) -> None:  # noqa: FBT001
    await orders.add(tx, [order(1)])
    await slices.save(tx, [], [slice_of(1)])
    await fulfillment.save(tx, [fulfillment_order(1, node_id="ST-BER")])
    expected = [identity(1)] if visible else []

    assert list(await orders.load(tx, scope, [identity(1)], lock=True)) == expected
    assert await orders.find(tx, scope, OrderFilter(), after=None, size=10) == expected
    assert list((await orders.find_by_reference(tx, scope, [("shop", "ref-1")])).values()) == expected


async def test_orders_are_listed_newest_first_page_by_page(tx: Tx) -> None:
    await orders.add(tx, [order(number) for number in (3, 1, 2)] + [order(9, placed_at=order(2).placed_at)])

    first = await orders.find(tx, HUB, OrderFilter(), after=None, size=2)
    second = await orders.find(tx, HUB, OrderFilter(), after=(order(2).placed_at, first[-1]), size=2)

    assert (first, second) == ([identity(3), identity(9)], [identity(2), identity(1)])


KEY = b"k" * 32


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (OrderFilter(channel_id="shop"), [2, 1]),
        (OrderFilter(channel_id="market"), [3]),
        (OrderFilter(channel_reference="ref-2"), [2]),
        (OrderFilter(state=OrderState.CLOSED), [2]),
        (OrderFilter(sku="SHOE"), [2]),
        (OrderFilter(node_id="ST-AMS"), [2]),
        (OrderFilter(tracking_number="3S1"), [1]),
        (OrderFilter(exception_reason="STOCK_SHORT"), [1]),
        (OrderFilter(exception_reason="*"), [3, 1]),
        (OrderFilter(exception_reason="ON_HOLD"), []),
        (OrderFilter(placed_since=AT + 2 * MINUTE), [3, 2]),
        (OrderFilter(placed_before=AT + 2 * MINUTE), [1]),
        (OrderFilter(placed_since=AT + MINUTE, placed_before=AT + 3 * MINUTE), [2, 1]),
        (OrderFilter(changed_since=AT + 60 * MINUTE), [1]),
        (OrderFilter(order_ids=(identity(3), identity(1), identity(9))), [3, 1]),
        (OrderFilter(party_id=identity(901)), [2, 1]),
        (OrderFilter(party_id=identity(902)), [3, 1]),
        (OrderFilter(party_id=identity(903)), []),
        (OrderFilter(email_index=parties.blind_index(" ANN@example.org", KEY)), [2, 1]),
        (OrderFilter(email_index=parties.blind_index("bob@example.org", KEY)), [3, 1]),
        (OrderFilter(email_index=parties.blind_index("bob@example.org", KEY), channel_id="market"), [3]),
    ],
    ids=str,
)
async def test_a_listing_matches_every_filter_given(tx: Tx, wanted: OrderFilter, numbers: list[int]) -> None:
    ann, bob = identity(901), identity(902)
    await parties.record(
        tx,
        [Party(ann, Contact("Ann", email="ann@example.org")), Party(bob, Contact("Bob", email="Bob@Example.org"))],
        key=KEY,
        keys=KeysInMemory(),
    )
    await orders.add(
        tx,
        [
            order(1, customer_party_id=ann, ship_to_party_id=bob, bill_to_party_id=ann, updated_at=AT + 60 * MINUTE),
            order(2, customer_party_id=ann, ship_to_party_id=ann, bill_to_party_id=ann, state=OrderState.CLOSED),
            order(3, channel_id="market", bill_to_party_id=bob),
        ],
    )
    await slices.save(tx, [], [slice_of(1), slice_of(2, sku="SHOE", node_id="ST-AMS"), slice_of(3)])
    await fulfillment.save_shipments(tx, [shipment(1)])
    ended = replace(exception(2, order_id=identity(2)), reason=ExceptionReason.ON_HOLD, resolved_at=AT)
    other = exception(3, order_id=identity(3), reason=ExceptionReason.UNKNOWN_ITEM)
    await exceptions.open_all(tx, [exception(1), ended, other])

    assert await orders.find(tx, HUB, wanted, after=None, size=10) == [identity(number) for number in numbers]


async def test_a_locked_order_keeps_others_waiting(database: Database) -> None:
    async with database.transaction() as tx:
        await orders.add(tx, [order(1)])
    seen: list[str] = []

    async def second(first_holds: asyncio.Event) -> None:
        await first_holds.wait()
        async with database.transaction() as tx:
            (found,) = (await orders.load(tx, HUB, [identity(1)], lock=True)).values()
            seen.append(found.state.value)

    async def first(holds: asyncio.Event) -> None:
        async with database.transaction() as tx:
            (found,) = (await orders.load(tx, HUB, [identity(1)], lock=True)).values()
            holds.set()
            await waiting(database)
            await orders.save(tx, [replace(found, state=OrderState.CLOSED)])

    holds = asyncio.Event()
    await asyncio.gather(first(holds), second(holds))

    assert seen == ["CLOSED"]


async def waiting(database: Database) -> None:
    """Returns once somebody waits for a lock in this database."""
    async with database.transaction() as tx:
        while not await tx.fetch(
            "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        ):
            await tx.execute("SELECT pg_stat_clear_snapshot()")

"""What items ask of nodes and carriers: skills, time (working_days of a class), rates that carry them; and CO2."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from hub.api.setup.network_changes import PUT_NETWORK
from hub.inventory.errors import InsufficientStock
from hub.kernel.money import Money
from hub.network.model import Network, Replacement, ShortagePolicy
from hub.network.model.carriers import RateBreak, RateTable, Zone, ZoneArea, Zones
from hub.orders.errors import NoRoute
from hub.promising.errors import QuoteMismatch
from hub.promising.model import ExclusionReason
from tests.journeys.orders.test_promised_orders import freeze, order
from tests.journeys.orders.test_quotes import quote
from tests.support.drafts import bundle, draft, item, line
from tests.support.network import network_of
from tests.support.world import World

SKILLED: Mapping[str, Mapping[str, Any]] = {"DC-UK": {"skills": frozenset({"HAZMAT", "GIFT_WRAP"})}}
WRAPPED = ("GIFT_WRAP",)
HOUR = timedelta(hours=1)
SLOW: Mapping[str, Mapping[str, Any]] = {"DC-NL": {"processing_days": {"ENGRAVED": 3}}}


async def paint(world: World, **facts: Any) -> None:
    """Put an item that stands at a node without skills, and at one with them, which costs more."""
    await world.stock("PAINT", "DC-NL", 10)
    await world.stock("PAINT", "DC-UK", 10)
    await world.items(item("PAINT", **{"required_skills": frozenset({"HAZMAT"})} | facts))


def nodes_of(case: Any) -> list[tuple[str, str | None]]:
    return sorted((slice_.sku, slice_.node_id) for slice_ in case.slices)


async def test_units_ship_only_from_nodes_with_the_skills_that_they_need(world: World) -> None:
    await world.network(nodes=SKILLED)
    await paint(world)
    await world.stock("CUP", "DC-NL", 10)

    plain = await world.place(draft("W-1", [line("CUP", 1)]))
    mixed = await world.place(draft("W-2", [line("PAINT", 1), line("CUP", 1)]))

    assert nodes_of(plain) == [("CUP", "DC-NL")]
    assert nodes_of(mixed) == [("CUP", "DC-NL"), ("PAINT", "DC-UK")]
    found = await quote(world, ("PAINT", 2))
    assert [part.node_id for part in found.options[0].parts] == ["DC-UK"]
    (unable,) = [node for node in found.nodes if "DC-NL" in node.node_ids]
    assert (unable.exclusion, unable.detail) == (ExclusionReason.SKILL, "it lacks HAZMAT for PAINT")


async def test_lines_that_are_wrapped_ship_from_nodes_that_wrap_and_these_are_told(world: World) -> None:
    await world.network(nodes=SKILLED)
    for node_id in ("DC-NL", "DC-UK"):
        await world.stock("CUP", node_id, 10)
    await world.items(bundle("SET", {"CUP": 2}))

    wrapped = await world.place(draft("W-1", [line("CUP", 1, value_added_services=WRAPPED)]))
    together = await world.place(draft("W-2", [line("CUP", 1), line("SET", 1, value_added_services=WRAPPED)]))
    engraved = draft("W-3", [line("CUP", 1, value_added_services=("ENGRAVE",))])
    with pytest.raises(InsufficientStock):
        await world.place(engraved)
    await world.settle()

    assert nodes_of(wrapped) == [("CUP", "DC-UK")]
    assert {node_id for _, node_id in nodes_of(together)} == {"DC-UK"}, "units of a SKU are not told apart"
    (told,) = await world.rows(
        "SELECT payload->'lines' AS lines FROM message WHERE kind = 'warehouse.release' AND order_id = %(order)s",
        order=wrapped.order_id,
    )
    assert [one["value_added_services"] for one in told["lines"]] == [["GIFT_WRAP"]]
    found = await quote(world, ("CUP", 1), services=(frozenset(WRAPPED),))
    assert [part.node_id for part in found.options[0].parts] == ["DC-UK"]
    (unable,) = [nodes for nodes in found.nodes if "DC-NL" in nodes.node_ids]
    assert (unable.exclusion, unable.detail) == (ExclusionReason.SKILL, "it lacks GIFT_WRAP for CUP")


async def test_wrapped_units_that_wait_go_to_a_node_that_wraps(world: World) -> None:
    await world.network(nodes=SKILLED)
    lines = [line("CUP", 1, value_added_services=WRAPPED)]
    await world.items("CUP")
    waits = await world.place(draft("W-1", lines, shortage_policy=ShortagePolicy.BACKORDER))
    await world.stock("CUP", "DC-NL", 10)
    await world.advance(HOUR)
    assert nodes_of(await world.case(waits.order_id)) == [("CUP", None)]

    await world.stock("CUP", "DC-UK", 10)
    await world.advance(HOUR)

    assert nodes_of(await world.case(waits.order_id)) == [("CUP", "DC-UK")]


async def test_a_bundle_is_quoted_from_the_node_that_may_ship_what_is_in_it(world: World) -> None:
    await world.network(nodes=SKILLED)
    await paint(world)
    await world.items(bundle("SET", {"PAINT": 2}))

    (option,) = (await quote(world, ("SET", 1))).options

    assert [part.node_id for part in option.parts] == ["DC-UK"]


async def test_an_order_that_no_node_may_ship_waits_until_one_learns_it(world: World) -> None:
    await paint(world)
    waits = await world.place(draft("W-1", [line("PAINT", 1)], shortage_policy=ShortagePolicy.BACKORDER))
    await world.settle()
    assert nodes_of(await world.case(waits.order_id)) == [("PAINT", None)]

    await world.ask(PUT_NETWORK, Replacement(network_of(nodes=SKILLED)))
    await world.settle()

    assert nodes_of(await world.case(waits.order_id)) == [("PAINT", "DC-UK")]


async def test_units_that_take_time_leave_later_with_all_that_is_in_their_parcel(world: World) -> None:
    await world.network(nodes=SLOW)
    for sku in ("RING", "CUP"):
        await world.stock(sku, "DC-NL", 10)
    await world.items(item("RING", item_class="ENGRAVED"))

    def leaving(found: Any) -> list[datetime]:
        return [part.dates.ship_at for part in found.options[0].parts]

    tuesday, friday = datetime(2026, 11, 17, 15, tzinfo=UTC), datetime(2026, 11, 20, 15, tzinfo=UTC)
    assert leaving(await quote(world, ("CUP", 1))) == [tuesday]
    assert leaving(await quote(world, ("RING", 1), ("CUP", 1))) == [friday, friday]
    assert (await quote(world, ("RING", 1))).options[0].order_by == tuesday

    case = await world.place(draft("W-1", [line("RING", 1)]))
    await world.settle()

    promised = (await quote(world, ("RING", 1))).options[0].deliver_by
    case = await world.case(case.order_id)
    assert case.order.promises == {1: promised}
    assert [one.ship_by for one in case.fulfillment_orders] == [friday]
    assert await world.audit() == []


def by_weight(network: Network) -> Network:
    """The network with rates by weight and volume: nothing above 2 kg or 30 l travels."""
    lanes = {key: replace(lane, parcel_rate=None) for key, lane in network.lanes.items()}
    breaks = (RateBreak(Money(300, "EUR"), 2_000, 3_000), RateBreak(Money(900, "EUR"), 2_000, 30_000))
    tables = {
        lane.rate_key: RateTable(*lane.service, breaks, to_country_code=lane.to_country_code) for lane in lanes.values()
    }
    return replace(network, lanes=lanes, rate_tables=tables)


async def test_rates_count_the_volume_and_what_no_rate_carries_does_not_travel(world: World) -> None:
    await world.ask(PUT_NETWORK, Replacement(by_weight(network_of())))
    await world.stock("LAMP", "DC-NL", 50)
    await world.items(item("LAMP", weight_grams=500, volume_cm3=2_000))

    one, three, five = [await quote(world, ("LAMP", units)) for units in (1, 3, 5)]

    assert [found.options[0].cost for found in (one, three)] == [Money(450, "EUR"), Money(1050, "EUR")]
    (heavy,) = [node for node in five.nodes if "DC-NL" in node.node_ids]
    assert (five.options, heavy.exclusion) == ((), ExclusionReason.NO_RATE)
    assert heavy.detail == "no rate of STANDARD to NL carries 2500 g, 10000 cm3"
    with pytest.raises(NoRoute, match="rate that carries 2500 g, 10000 cm3"):
        await world.place(draft("W-1", [line("LAMP", 5)]))


async def test_an_option_shows_the_carbon_of_its_parcels_where_all_lanes_state_it(world: World) -> None:
    network = network_of()
    lanes = {
        key: replace(lane, carbon_grams_per_parcel=120, carbon_grams_per_kg=80)
        if lane.from_node_id == "DC-NL"
        else lane
        for key, lane in network.lanes.items()
    }
    await world.ask(PUT_NETWORK, Replacement(replace(network, lanes=lanes)))
    await world.stock("LAMP", "DC-NL", 3)
    await world.stock("LAMP", "DC-UK", 3)
    await world.items(item("LAMP", weight_grams=500))

    near, split = (await quote(world, ("LAMP", 3))).options[0], (await quote(world, ("LAMP", 5))).options[0]

    assert (near.carbon_grams, split.carbon_grams) == (120 + 80 * 1_500 // 1_000, None)


async def test_a_kept_quote_is_for_the_zone_of_its_address(world: World) -> None:
    network = network_of()
    lane = next(lane for lane in network.lanes.values() if (lane.from_node_id, lane.to_country_code) == ("DC-NL", "NL"))
    island = Zone("NL-ISLAND", (ZoneArea("NL", postal_prefix="9166"),))
    slow = replace(lane, to_country_code="", to_zone_id="NL-ISLAND", transit_days=4)
    lanes = {**network.lanes, slow.key: slow}
    await world.ask(PUT_NETWORK, Replacement(replace(network, zones=Zones({"NL-ISLAND": island}), lanes=lanes)))
    await world.stock("SHIRT", "DC-NL", 20)

    mainland, there = await freeze(world), await freeze(world, postal_code="9166 SJ")

    assert (mainland.zone_id, there.zone_id) == ("", "NL-ISLAND")
    with pytest.raises(QuoteMismatch, match=r"quoted to NL \(zone NL-ISLAND\), not to NL\."):
        await order(world, there.quote_id)
    await order(world, mainland.quote_id)

"""What parcels cost from the nodes of a channel: what is remembered is what is looked up anew."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from msgspec.structs import replace

from hub.kernel.money import Money
from hub.network.model import Network
from hub.network.model.carriers import CarrierService, Load, RateBreak, RateTable, Surcharge
from hub.network.policy import parcel_costs
from hub.network.policy.parcel_costs import CostMemory
from tests.support.network import CHANNEL, network_of


def by_size() -> Network:
    """The network with breaks by weight and volume, and a surcharge from a weight on."""
    network = network_of(nodes={"ST-BER": {"closed": True}})
    lanes = {key: replace(lane, parcel_rate=None) for key, lane in network.lanes.items()}
    breaks = (RateBreak(Money(300, "EUR"), 2_000, 3_000), RateBreak(Money(900, "EUR"), 5_000))
    tables = {
        lane.rate_key: RateTable(*lane.service, breaks, to_country_code=lane.to_country_code) for lane in lanes.values()
    }
    heavy = (Surcharge("HEAVY", Money(50, "EUR"), Decimal("0.1"), from_weight_grams=1_000),)
    services = {lane.service: CarrierService(*lane.service, surcharges=heavy) for lane in lanes.values()}
    return replace(network, lanes=lanes, rate_tables=tables, services=services)


def test_parcels_of_every_size_cost_what_they_cost_when_looked_up_anew() -> None:
    network, memory, chance = by_size(), CostMemory(), Random(19)
    channel, to = network.channel(CHANNEL), network.zones.destination("NL")
    edges = [999, 1_000, 1_999, 2_000, 2_001, 5_000, 5_001]
    loads = [Load(chance.choice(edges), chance.choice([2_999, 3_000, 3_001])) for _ in range(200)]

    for load in loads:
        anew = parcel_costs.parcel_costs(network, channel, to, "STANDARD", load)
        assert memory.costs(network, channel, to, "STANDARD", load) == anew
    assert any(memory.costs(network, channel, to, "STANDARD", load).unrated for load in loads)


def test_the_least_cost_stands_first_and_equal_ones_stand_by_node() -> None:
    network = network_of(
        nodes={"DC-UK": {"handling_cost": Money(0, "EUR")}, "DC-NL": {"handling_cost": Money(450, "EUR")}}
    )

    costs = CostMemory().costs(network, network.channel(CHANNEL), network.zones.destination("NL"), "STANDARD", Load())

    ranked = [(cost.minor, node_id) for node_id, cost in costs.by_node.items()]
    assert ranked == sorted(ranked)
    assert len({minor for minor, _ in ranked}) < len(ranked), "two cost the same"


def test_another_network_is_looked_up_anew() -> None:
    memory, before, after = CostMemory(), network_of(), network_of(nodes={"DC-NL": {"closed": True}})
    to = before.zones.destination("NL")

    costs = [memory.costs(one, one.channel(CHANNEL), to, "STANDARD", Load()) for one in (before, after, before)]

    assert ["DC-NL" in one.by_node for one in costs] == [True, False, True]


def test_no_more_is_remembered_than_there_is_room_for() -> None:
    memory, network = CostMemory(), network_of()
    channel = network.channel(CHANNEL)

    for number in range(parcel_costs.MOST_REMEMBERED + 10):
        memory.costs(network, channel, network.zones.destination("NL"), f"S{number}", Load())

    assert memory.remembered <= parcel_costs.MOST_REMEMBERED

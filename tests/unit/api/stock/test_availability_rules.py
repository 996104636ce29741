"""Scenarios of availability rules over gRPC: written, previewed on live stock, switched on and off, kept up to date."""

from __future__ import annotations

import threading
from typing import Any
from uuid import uuid4

import grpc
import pytest
from msgspec.structs import replace

from crossdock.catalog.v1 import catalog_pb2
from crossdock.events.v1 import events_pb2
from crossdock.inventory.v1 import inventory_pb2
from crossdock.network.v1 import network_pb2
from crossdock.rules.v1 import scenarios_pb2 as pb
from hub.availability.policy.judging import Judge
from hub.network.model import Channel, Network
from hub.wire.setup.network import network_to_pb
from tests.support.network import network_of
from tests.unit.api.serving import Served, refusal

IN_GERMANY = 'cell.node.country_code == "DE"'
WINTER = 'cell.item.attributes["season"] == "winter"'
Cells = dict[tuple[str, str, str], int]


def scenario(name: str = "summer", *rules: tuple[str, int], **changes: Any) -> pb.AvailabilityScenario:
    made = pb.AvailabilityScenario(scenario_id=name, kind=pb.SCENARIO_KIND_MERCHANDISING, title="Summer", **changes)
    for number, (condition, units) in enumerate(rules or ((WINTER, 0),)):
        made.rules.add(rule_id=f"rule-{number}", condition=condition, withheld_units=units)
    return made


async def put(hub: Served, given: pb.AvailabilityScenario) -> pb.AvailabilityScenario:
    request = pb.PutScenarioRequest(request_id=str(uuid4()), scenario=given)
    answer: pb.PutScenarioResponse = await hub.rpc("AvailabilityRuleService.PutScenario")(request)
    return answer.scenario


async def activate(hub: Served, name: str = "summer", version: int = 0) -> pb.ActivateScenarioResponse:
    request = pb.ActivateScenarioRequest(request_id=str(uuid4()), scenario_id=name, version=version)
    answer: pb.ActivateScenarioResponse = await hub.rpc("AvailabilityRuleService.ActivateScenario")(request)
    return answer


async def deactivate(hub: Served, name: str = "summer") -> pb.DeactivateScenarioResponse:
    request = pb.DeactivateScenarioRequest(request_id=str(uuid4()), scenario_id=name)
    answer: pb.DeactivateScenarioResponse = await hub.rpc("AvailabilityRuleService.DeactivateScenario")(request)
    return answer


async def preview(hub: Served, name: str = "summer", **how: Any) -> pb.PreviewScenarioResponse:
    request = pb.PreviewScenarioRequest(scenario_id=name, **how)
    answer: pb.PreviewScenarioResponse = await hub.rpc("AvailabilityRuleService.PreviewScenario", "viewer")(request)
    return answer


async def item(hub: Served, sku: str, **attributes: str) -> None:
    request = catalog_pb2.PutItemsRequest(request_id=str(uuid4()))
    request.items.add(sku=sku, attributes=attributes)
    await hub.rpc("CatalogService.PutItems")(request)


async def sold(hub: Served, *skus: str, channel: str = "WEB-NL") -> Cells:
    """What can be sold, by SKU, node and channel, once all that was done is shown."""
    request = inventory_pb2.GetAvailabilityRequest(skus=skus, channel_id=channel, min_position=await hub.position())
    answer = await hub.rpc("InventoryService.GetAvailability")(request, timeout=10)
    return {
        (one.sku, node_id, channel): units
        for one in answer.availability
        for node_id, units in one.available_by_node.items()
    }


async def shelves(hub: Served) -> None:
    """A winter coat and a shirt, in three places."""
    for sku in ("COAT", "SHIRT"):
        for node_id in ("ST-AMS", "ST-BER"):
            await hub.world.stock(sku, node_id, 5)
    await item(hub, "COAT", season="winter")
    await item(hub, "SHIRT", season="summer")


async def test_a_scenario_withholds_once_it_is_switched_on_and_not_before(hub: Served) -> None:
    await shelves(hub)
    everything = await sold(hub, "COAT", "SHIRT")
    await put(hub, scenario())
    written = await sold(hub, "COAT", "SHIRT")
    await activate(hub)
    on = await sold(hub, "COAT", "SHIRT")
    await deactivate(hub)
    off = await sold(hub, "COAT", "SHIRT")

    assert everything == written == off
    assert on == {key: units for key, units in everything.items() if key[0] != "COAT"}
    assert {key[0] for key in everything} == {"COAT", "SHIRT"}


async def test_no_rule_touches_who_asks_for_no_channel(hub: Served) -> None:
    await shelves(hub)
    await put(hub, scenario())
    position = (await activate(hub)).position
    request = inventory_pb2.GetAvailabilityRequest(skus=["COAT"], min_position=position)

    answer = await hub.rpc("InventoryService.GetAvailability")(request)

    assert answer.availability[0].available == 10


async def test_rules_withhold_units_or_all_and_the_most_counts(hub: Served) -> None:
    await shelves(hub)
    await put(hub, scenario("stores", ('cell.node.kind == "STORE"', 2), (IN_GERMANY, 4)))
    await put(hub, scenario("coats-at-home", (f"{WINTER} && {IN_GERMANY}", 0)))
    await activate(hub, "stores")
    await activate(hub, "coats-at-home")

    assert await sold(hub, "COAT", "SHIRT") == {
        ("COAT", "ST-AMS", "WEB-NL"): 3,
        ("SHIRT", "ST-AMS", "WEB-NL"): 3,
        ("SHIRT", "ST-BER", "WEB-NL"): 1,
        ("SHIRT", "DC-NL", "WEB-NL"): 20,
    }


@pytest.mark.parametrize(
    "rule",
    [
        (WINTER, 0),
        (IN_GERMANY, 3),
        ('cell.item.sku == "SHIRT" && cell.node.kind == "STORE"', 0),
        ('cell.channel.channel_id == "WEB-DE"', 0),
        ('has(cell.item.attributes.season) && cell.node.country_code != "NL"', 1),
        ('cell.item.attributes["brand"] == "none"', 0),
    ],
)
async def test_a_preview_is_what_switching_on_then_does(hub: Served, rule: tuple[str, int]) -> None:
    await shelves(hub)
    await two_channels(hub)
    before = await sold(hub, "COAT", "SHIRT") | await sold(hub, "COAT", "SHIRT", channel="WEB-DE")
    await put(hub, scenario("other", ('cell.node.node_id == "ST-AMS"', 1)))
    await activate(hub, "other")
    standing = await sold(hub, "COAT", "SHIRT") | await sold(hub, "COAT", "SHIRT", channel="WEB-DE")
    await put(hub, scenario("summer", rule))

    looked = await preview(hub, example_limit=100)
    await activate(hub)
    after = await sold(hub, "COAT", "SHIRT") | await sold(hub, "COAT", "SHIRT", channel="WEB-DE")
    off = await preview(hub, off=True, example_limit=100)

    changed = {key for key in standing | after if standing.get(key, 0) != after.get(key, 0)}
    assert before != standing
    assert looked.changed_count == off.changed_count == len(changed)
    assert looked.withheld_units == -off.withheld_units == sum(standing.values()) - sum(after.values())
    assert {(one.sku, one.node_id, one.channel_id) for one in looked.examples} == changed
    assert looked.cell_count == 9


async def two_channels(hub: Served) -> None:
    """WEB-DE sells too, from stores only."""
    network = network_of()
    second = Channel("WEB-DE", "SHOP-NL", node_ids=frozenset({"ST-AMS", "ST-BER"}))
    await replace_network(hub, replace(network, channels={**network.channels, "WEB-DE": second}))


async def replace_network(hub: Served, network: Network) -> None:
    request = network_pb2.PutNetworkRequest(request_id=str(uuid4()), network=network_to_pb(network))
    await hub.rpc("NetworkService.PutNetwork")(request)


async def test_verdicts_are_renewed_with_the_item(hub: Served) -> None:
    await shelves(hub)
    await put(hub, scenario())
    await activate(hub)

    await item(hub, "COAT", season="summer")
    await item(hub, "SHIRT", season="winter")

    assert {sku for sku, _, _ in await sold(hub, "COAT", "SHIRT")} == {"COAT"}


async def test_verdicts_are_renewed_with_nodes_and_channels(hub: Served) -> None:
    await shelves(hub)
    await put(hub, scenario("outlets", ('cell.node.attributes["outlet"] == "yes"', 0)))
    await activate(hub, "outlets")
    before = await sold(hub, "COAT")

    network = network_of()
    outlet = replace(network.nodes["ST-BER"], attributes={"outlet": "yes"})
    await replace_network(hub, replace(network, nodes={**network.nodes, "ST-BER": outlet}))

    assert set(before) == {("COAT", "ST-AMS", "WEB-NL"), ("COAT", "ST-BER", "WEB-NL")}
    assert set(await sold(hub, "COAT")) == {("COAT", "ST-AMS", "WEB-NL")}


async def test_an_item_that_was_not_judged_yet_is_not_sold(hub: Served) -> None:
    await shelves(hub)
    await put(hub, scenario())
    await activate(hub)

    await hub.world.stock("SOCKS", "ST-AMS", 5)
    unjudged = await sold(hub, "SOCKS")
    await item(hub, "SOCKS")

    assert unjudged == {}
    assert await sold(hub, "SOCKS") == {("SOCKS", "ST-AMS", "WEB-NL"): 5}


async def test_versions_are_kept_and_the_active_one_stays_until_another_is_switched_on(hub: Served) -> None:
    first = await put(hub, scenario())
    again = await put(hub, scenario())
    await activate(hub)
    second = await put(hub, scenario("summer", (IN_GERMANY, 0)))
    listed = await hub.rpc("AvailabilityRuleService.ListScenarios", "viewer")(pb.ListScenariosRequest())
    switched = (await activate(hub)).scenario
    back = (await activate(hub, version=1)).scenario

    assert (first.version, again.version, second.version) == (1, 1, 2)
    assert [(one.version, one.active_version) for one in listed.scenarios] == [(2, 1)]
    assert (switched.version, switched.active_version) == (2, 2)
    assert (back.version, back.active_version, back.rules[0].condition) == (1, 1, WINTER)


async def test_a_rule_that_cannot_be_read_is_refused_when_it_is_written(hub: Served) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await put(hub, scenario("summer", ("cell.item.colour == 1", 0)))

    assert refusal(refused.value)[:2] == (grpc.StatusCode.INVALID_ARGUMENT, "RULE_INVALID")
    assert str(refused.value.details()).startswith("Rule rule-0: ")


async def test_a_scenario_that_is_not_there_is_not_found(hub: Served) -> None:
    await put(hub, scenario())

    for asked in (preview(hub, "winter"), activate(hub, "winter"), deactivate(hub, "winter"), activate(hub, version=9)):
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await asked
        assert refusal(refused.value)[:2] == (grpc.StatusCode.NOT_FOUND, "SCENARIO_NOT_FOUND")


async def test_two_rules_of_one_name_are_refused(hub: Served) -> None:
    given = scenario("summer", (WINTER, 1), (IN_GERMANY, 2))
    given.rules[1].rule_id = given.rules[0].rule_id

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await put(hub, given)

    assert refusal(refused.value)[1] == "RULE_INVALID"


async def test_the_feed_tells_when_a_scenario_is_switched(hub: Served) -> None:
    await put(hub, scenario())
    await activate(hub)
    await activate(hub)
    await deactivate(hub)
    await hub.world.settle()

    listed = await hub.rpc("EventService.ListEvents")(events_pb2.ListEventsRequest(page_size=1000))
    told = [event for event in listed.events if event.type.startswith("Scenario")]
    on, off = told[0].scenario_activated, told[1].scenario_deactivated
    assert [event.type for event in told] == ["ScenarioActivated", "ScenarioDeactivated"]
    assert (on.scenario_id, on.version, on.kind, on.title) == ("summer", 1, "MERCHANDISING", "Summer")
    assert (off.scenario_id, off.kind, off.title) == ("summer", "MERCHANDISING", "Summer")


async def test_others_are_answered_while_nodes_and_channels_are_grouped_for_rules(
    hub: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads, group = list[int](), Judge.__post_init__

    def noted(judge: Judge) -> None:
        threads.append(threading.get_ident())
        group(judge)

    monkeypatch.setattr(Judge, "__post_init__", noted)
    await shelves(hub)
    await put(hub, scenario())

    await preview(hub)
    await activate(hub)

    assert len(threads) == 2
    assert threading.get_ident() not in threads

"""`crossdock rules` and `crossdock find`: what they ask of a hub, and what they tell."""

from __future__ import annotations

from pathlib import Path

from crossdock.inventory.v1 import inventory_pb2
from crossdock.orders.v1 import orders_pb2
from crossdock.rules.v1 import scenarios_pb2 as pb
from tests.unit.app.cli.pretend import Crossdock, PretendHub

RULE = pb.AvailabilityRule(rule_id="coats", condition="cell.item.sku == 'COAT'")
SUMMER = pb.AvailabilityScenario(
    scenario_id="summer", kind=pb.SCENARIO_KIND_MERCHANDISING, title="Summer", rules=[RULE], version=2, active_version=1
)
FILE = (
    '{"scenario_id": "summer", "kind": "SCENARIO_KIND_MERCHANDISING",'
    ' "rules": [{"rule_id": "coats", "condition": "true"}]}'
)


def test_scenarios_are_listed_with_the_version_that_is_active(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["AvailabilityRuleService.ListScenarios"] = pb.ListScenariosResponse(scenarios=[SUMMER])

    told = crossdock("rules", "list").out

    assert all(word in told for word in ("summer", "MERCHANDISING", "Summer", "2", "1"))
    assert crossdock("rules", "list", "--json").json()["scenarios"][0]["scenario_id"] == "summer"


def test_a_scenario_is_written_from_a_file(hub: PretendHub, crossdock: Crossdock, tmp_path: Path) -> None:
    hub.answers["AvailabilityRuleService.PutScenario"] = pb.PutScenarioResponse(scenario=SUMMER)
    file = tmp_path / "summer.json"
    file.write_text(FILE)

    ran = crossdock("rules", "put", str(file))

    assert "summer version 2 is written; version 1 is active." in ran.out
    assert hub.requests("AvailabilityRuleService.PutScenario")[0].scenario.rules[0].condition == "true"


def test_a_file_that_is_no_scenario_is_refused(hub: PretendHub, crossdock: Crossdock, tmp_path: Path) -> None:
    file = tmp_path / "summer.json"
    file.write_text('{"rules": 1}')

    ran = crossdock("rules", "put", str(file))

    assert ran.code == 1
    assert "is not JSON of a scenario" in ran.err
    assert not hub.requests("AvailabilityRuleService.PutScenario")


def test_a_preview_tells_cells_units_and_examples(hub: PretendHub, crossdock: Crossdock) -> None:
    example = pb.CellChange(sku="COAT", node_id="ST-AMS", channel_id="WEB-NL", available=5)
    hub.answers["AvailabilityRuleService.PreviewScenario"] = pb.PreviewScenarioResponse(
        cell_count=40, changed_count=3, withheld_units=12, examples=[example], version=2
    )

    ran = crossdock("rules", "preview", "summer", "--off")

    assert "off changes 3 of 40 cells" in ran.out
    assert "ST-AMS" in ran.out
    assert hub.requests("AvailabilityRuleService.PreviewScenario")[0].off


def test_scenarios_are_switched_on_and_off(hub: PretendHub, crossdock: Crossdock) -> None:
    off = pb.AvailabilityScenario(scenario_id="summer", version=2)
    hub.answers["AvailabilityRuleService.ActivateScenario"] = pb.ActivateScenarioResponse(scenario=SUMMER)
    hub.answers["AvailabilityRuleService.DeactivateScenario"] = pb.DeactivateScenarioResponse(scenario=off)

    assert crossdock("rules", "activate", "summer", "--version", "1").out == "summer: version 1 is active.\n"
    assert crossdock("rules", "deactivate", "summer").out == "summer: it is switched off.\n"
    assert hub.requests("AvailabilityRuleService.ActivateScenario")[0].version == 1


def test_nodes_are_found_by_postal_code_or_by_coordinates(hub: PretendHub, crossdock: Crossdock) -> None:
    node = inventory_pb2.FoundNode(
        node_id="ST-AMS", title="Amsterdam", distance_meters=1234, available_by_sku={"COAT-M": 3}
    )
    hub.answers["InventoryService.FindNodes"] = inventory_pb2.FindNodesResponse(nodes=[node])

    ran = crossdock("find", "--style", "COAT", "--attribute", "size=M", "--near", "NL:1015AA", "--pickup")
    crossdock("find", "COAT-M", "--near", "52.4,4.9")
    asked, other = hub.requests("InventoryService.FindNodes")

    assert all(word in ran.out for word in ("1.2", "ST-AMS", "Amsterdam", "COAT-M", "3"))
    assert (asked.country_code, asked.postal_code, dict(asked.attributes)) == ("NL", "1015AA", {"size": "M"})
    assert asked.delivery_method == orders_pb2.DELIVERY_METHOD_PICKUP
    assert (other.sku, other.coordinates.latitude) == ("COAT-M", 52.4)
    assert crossdock("find", "COAT-M", "--near", "nowhere").code == 2

"""Availability scenarios on the wire."""

from __future__ import annotations

from typing import Final

from crossdock.rules.v1 import scenarios_pb2 as pb
from hub.availability.model import Scenario, ScenarioKind, WithholdingRule
from hub.availability.policy.previewing import Preview

_KINDS: Final = {
    ScenarioKind.GEOGRAPHY: pb.SCENARIO_KIND_GEOGRAPHY,
    ScenarioKind.MERCHANDISING: pb.SCENARIO_KIND_MERCHANDISING,
    ScenarioKind.LOGISTICS: pb.SCENARIO_KIND_LOGISTICS,
    ScenarioKind.FINANCE: pb.SCENARIO_KIND_FINANCE,
    ScenarioKind.STORE_OPERATIONS: pb.SCENARIO_KIND_STORE_OPERATIONS,
}


def scenario_from_pb(message: pb.AvailabilityScenario, *, expected_version: int = 0) -> Scenario:
    """The scenario in a message; its version is the newest that the caller expects, 0 for any."""
    kinds = {value: kind for kind, value in _KINDS.items()}
    return Scenario(
        scenario_id=message.scenario_id,
        kind=kinds[message.kind],
        title=message.title,
        version=expected_version,
        rules=tuple(WithholdingRule(rule.rule_id, rule.condition, rule.withheld_units) for rule in message.rules),
    )


def scenario_to_pb(scenario: Scenario) -> pb.AvailabilityScenario:
    """The scenario as a message."""
    return pb.AvailabilityScenario(
        scenario_id=scenario.scenario_id,
        kind=_KINDS[scenario.kind],
        title=scenario.title,
        rules=[
            pb.AvailabilityRule(rule_id=rule.rule_id, condition=rule.condition, withheld_units=rule.units)
            for rule in scenario.rules
        ],
        version=scenario.version,
        active_version=scenario.active_version,
    )


def preview_to_pb(preview: Preview, version: int) -> pb.PreviewScenarioResponse:
    """What a scenario would change, as a message."""
    return pb.PreviewScenarioResponse(
        cell_count=preview.cells,
        changed_count=preview.changed,
        withheld_units=preview.withheld_units,
        examples=[
            pb.CellChange(
                sku=example.sku,
                node_id=example.node_id,
                channel_id=example.channel_id,
                available=example.available,
                available_then=example.available_then,
            )
            for example in preview.examples
        ],
        version=version,
    )

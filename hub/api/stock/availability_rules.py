"""AvailabilityRuleService: named scenarios of rules, previewed on live stock, switched on and off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from crossdock.rules.v1 import scenarios_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.pages import Page
from hub.availability import operations as availability
from hub.availability.model import Scenario
from hub.cases.context import FlowContext
from hub.flows.stock.judge_availability import Switch, plan_switches, put_scenarios, switch_scenarios
from hub.flows.stock.preview_availability import preview
from hub.gate.change import Change
from hub.gate.outcomes import Stored
from hub.kernel.errors import PermissionDenied, Refusal
from hub.kernel.scope import Scope
from hub.wire.stock.scenarios import preview_to_pb, scenario_from_pb, scenario_to_pb

DEFAULT_EXAMPLES: Final = 10


def _scenario(scenario: Scenario) -> Stored:
    return {"scenario_id": scenario.scenario_id, "version": scenario.version}


async def _scenarios(flow: FlowContext, stored: Sequence[Stored]) -> list[Scenario | Refusal]:
    return [await availability.found(flow.tx, one["scenario_id"], one["version"]) for one in stored]


PUT_SCENARIO: Final[Change[Scenario, Scenario]] = Change("PutScenario", put_scenarios, _scenario, _scenarios)
ACTIVATE_SCENARIO: Final[Change[Switch, Scenario]] = Change(
    "ActivateScenario", switch_scenarios, _scenario, _scenarios, prepare=plan_switches
)
DEACTIVATE_SCENARIO: Final[Change[Switch, Scenario]] = Change(
    "DeactivateScenario", switch_scenarios, _scenario, _scenarios, prepare=plan_switches
)


class AvailabilityRuleService:
    """Scenarios of rules that withhold stock from channels."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def PutScenario(self, request: pb.PutScenarioRequest, call: Call) -> pb.PutScenarioResponse:
        """Writes a scenario, switched off."""
        asked = call.asked(request, request.request_id)
        draft = scenario_from_pb(request.scenario, expected_version=request.expected_version)
        scenario = await self._deps.gate.run(PUT_SCENARIO, asked, draft)
        return pb.PutScenarioResponse(scenario=scenario_to_pb(scenario))

    async def ListScenarios(self, request: pb.ListScenariosRequest, call: Call) -> pb.ListScenariosResponse:
        """Lists scenarios by id."""
        _refuse_partial(call.scope)
        page = Page(request)
        after = page.by_name()
        async with self._deps.database.reading() as tx:
            found = await availability.listed(tx, after or "", page.size + 1)
        rows, token = page.cut(found, lambda one: (one.scenario_id,))
        return pb.ListScenariosResponse(scenarios=[scenario_to_pb(row) for row in rows], next_page_token=token)

    async def PreviewScenario(self, request: pb.PreviewScenarioRequest, call: Call) -> pb.PreviewScenarioResponse:
        """Tells what switching a scenario would change."""
        _refuse_partial(call.scope)
        async with self._deps.database.reading() as tx:
            flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
            looked, version = await preview(
                flow,
                request.scenario_id,
                request.version,
                off=request.off,
                examples=request.example_limit or DEFAULT_EXAMPLES,
            )
        return preview_to_pb(looked, version)

    async def ActivateScenario(self, request: pb.ActivateScenarioRequest, call: Call) -> pb.ActivateScenarioResponse:
        """Switches a scenario on."""
        asked = call.asked(request, request.request_id)
        switch = Switch(request.scenario_id, request.version)
        scenario = await self._deps.gate.run(ACTIVATE_SCENARIO, asked, switch)
        return pb.ActivateScenarioResponse(scenario=scenario_to_pb(scenario), position=call.receipt.position)

    async def DeactivateScenario(
        self, request: pb.DeactivateScenarioRequest, call: Call
    ) -> pb.DeactivateScenarioResponse:
        """Switches a scenario off."""
        asked = call.asked(request, request.request_id)
        scenario = await self._deps.gate.run(DEACTIVATE_SCENARIO, asked, Switch(request.scenario_id, off=True))
        return pb.DeactivateScenarioResponse(scenario=scenario_to_pb(scenario), position=call.receipt.position)


def _refuse_partial(scope: Scope) -> None:
    if not scope.unlimited:
        raise PermissionDenied(
            "Only a principal without a limited scope may see what rules withhold; ask an administrator."
        )

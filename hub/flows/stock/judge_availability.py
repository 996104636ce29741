"""Keeps what availability rules withhold: judged anew when scenarios are switched, items written, the network replaced.

Verdicts are worked out in plans. Inside the transaction it is verified that they rest on what is in force; the change
and its verdicts are seen together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from hub.availability import operations as availability
from hub.availability.model import InForce, Scenario, Withheld
from hub.cases.context import FlowContext, PlanStale
from hub.cases.intake.customs import release_completed
from hub.cases.stock.availability import compiled, judge_all, judge_of
from hub.cases.stock.network_parts import await_trials, await_values
from hub.cases.store import stock_changed
from hub.catalog import operations as catalog
from hub.catalog.model import Item
from hub.inventory import operations as inventory
from hub.kernel.errors import PermissionDenied, Refusal
from hub.messages.events.facts import EventFacts
from hub.messages.events.stock import ScenarioActivated, ScenarioDeactivated
from hub.network import operations as networks
from hub.network.model import Network
from hub.outbox import operations as outbox
from hub.outbox.model import Event
from hub.rules.errors import RuleInvalid


class Switch(Struct, frozen=True):
    """A scenario to be switched on, in a version (0: the newest), or off."""

    scenario_id: str
    version: int = 0
    off: bool = False


class Rested(Struct, frozen=True):
    """What verdicts rest on: the scenarios that are on, the catalog, the network."""

    state: InForce
    catalog_version: int
    network_version: int


class PlannedSwitch(Struct, frozen=True):
    """A switch with what is on after it, and what that withholds; `after` is None where nothing changes."""

    scenario: Scenario
    rested: Rested
    after: InForce | None
    judged: Mapping[str, Withheld]


class PlannedItem(Struct, frozen=True):
    """An item to write, with what is withheld of it under the scenarios that were on."""

    item: Item
    version: int
    withheld: Withheld


class PlannedNetwork(Struct, frozen=True):
    """A network to put in force, with what is withheld under it."""

    network: Network
    rested: Rested
    judged: Mapping[str, Withheld]


async def put_scenarios(flow: FlowContext, scenarios: Sequence[Scenario]) -> list[Scenario | Refusal]:
    """Writes scenarios, switched off; a repeat keeps its version. Refuses RULE_INVALID, and who sees a part only."""
    answers: list[Scenario | Refusal] = []
    for scenario in scenarios:
        try:
            _refuse_partial(flow)
            _refuse_invalid(flow, scenario)
            answers.append(await availability.put(flow.tx, flow.scope, scenario, at=flow.at))
        except Refusal as refusal:
            answers.append(refusal)
    return answers


def _refuse_invalid(flow: FlowContext, scenario: Scenario) -> None:
    """Raises RuleInvalid, naming the rule, where its condition does not compile or another one bears its name."""
    known = set[str]()
    for rule in scenario.rules:
        if rule.rule_id in known:
            raise RuleInvalid(f"Rule {rule.rule_id} stands twice; give each its own name.", rule_id=rule.rule_id)
        known.add(rule.rule_id)
        try:
            compiled(flow, rule.condition)
        except RuleInvalid as invalid:
            raise RuleInvalid(f"Rule {rule.rule_id}: {invalid.message}", **invalid.metadata) from invalid


async def plan_switches(flow: FlowContext, switches: Sequence[Switch]) -> list[PlannedSwitch | Refusal]:
    """Works out what would be withheld. Refuses SCENARIO_NOT_FOUND."""
    answers: list[PlannedSwitch | Refusal] = []
    for switch in switches:
        try:
            _refuse_partial(flow)
            answers.append(await _planned(flow, switch))
        except Refusal as refusal:
            answers.append(refusal)
    return answers


async def switch_scenarios(flow: FlowContext, planned: Sequence[PlannedSwitch]) -> list[Scenario | Refusal]:
    """Switches scenarios on and off, each with its verdicts; answers them as they are then."""
    await availability.lock(flow.tx)
    answers: list[Scenario | Refusal] = []
    for one in planned:
        if await _rests_on(flow, flow.network) != one.rested:
            answers.append(PlanStale("Rules, items or the network changed meanwhile; evaluate again."))
            continue
        if one.after is not None:
            await _put_in_force(flow, one.after, one.judged)
            await outbox.emit(flow.tx, [_switched(flow, one.scenario, one.after)])
        state = one.after or one.rested.state
        answers.append(replace(one.scenario, active_version=state.scenarios.get(one.scenario.scenario_id, 0)))
    return answers


async def plan_items(flow: FlowContext, items: Sequence[Item | Refusal]) -> list[PlannedItem | Refusal]:
    """Judges items by the rules in force; what was refused before stands for itself."""
    state = await availability.in_force(flow.tx)
    sound = [item for item in items if isinstance(item, Item)]
    judged = (await judge_of(flow, state)).judged(sound) if state.scenarios else {}
    return [
        PlannedItem(item, state.version, judged.get(item.sku, {})) if isinstance(item, Item) else item for item in items
    ]


async def put_items(flow: FlowContext, planned: Sequence[PlannedItem]) -> list[Item | Refusal]:
    """Writes items, each alone, with their verdicts. Refuses INVALID_FIELD, UNKNOWN_SKU."""
    if any(one.version for one in planned):
        await availability.lock(flow.tx)
    state = await availability.in_force(flow.tx)
    if any(one.version != state.version for one in planned):
        return [PlanStale("Other rules came into force meanwhile; evaluate again.") for _ in planned]
    answers = await catalog.put(flow.tx, flow.scope, [one.item for one in planned], at=flow.at)
    if state.scenarios:
        written = zip(planned, answers, strict=True)
        judged = {one.item.sku: one.withheld for one, answer in written if isinstance(answer, Item)}
        await availability.save_verdicts(flow.tx, state.version, judged)
        await inventory.note(flow.tx, judged=sorted(judged))
    await release_completed(flow, [answer for answer in answers if isinstance(answer, Item)])
    return answers


async def plan_network(flow: FlowContext, network: Network) -> PlannedNetwork:
    """Judges all items over a network that is to be put in force."""
    rested = await _rests_on(flow, flow.network)
    return PlannedNetwork(network, rested, await judge_all(flow, rested.state, network))


async def put_network(flow: FlowContext, planned: PlannedNetwork) -> Network:
    """Put a whole network in force, with what rules withhold in it; return it with its version.

    Raises ConfigurationInvalid, and PlanStale where the plan rests on what is in force no more.
    """
    if planned.rested.state.scenarios:
        await availability.lock(flow.tx)
    before = await networks.keep(flow.tx, flow.network)
    rested = await _rests_on(flow, before)
    if rested.state != planned.rested.state or (rested.state.scenarios and rested != planned.rested):
        raise PlanStale("Rules, items or the network changed meanwhile; evaluate again.")
    put = await networks.put(flow.tx, flow.scope, planned.network, at=flow.at)
    if put.version != before.version:
        await await_trials(flow.tx, put, flow.at)
        await await_values(flow.tx, put, flow.at)
        await stock_changed(flow, freed=True, claimed=False, moved=False)  # a new lane may be what orders wait for
        if rested.state.scenarios:
            after = replace(rested.state, version=rested.state.version + 1)
            await _put_in_force(flow, after, planned.judged)
        else:
            await inventory.note(flow.tx, renewed=True)
    return put


async def _planned(flow: FlowContext, switch: Switch) -> PlannedSwitch:
    scenario = await availability.found(flow.tx, switch.scenario_id, switch.version)
    rested = await _rests_on(flow, flow.network)
    scenarios = switched(rested.state, scenario, off=switch.off)
    if scenarios == rested.state.scenarios:
        return PlannedSwitch(scenario, rested, None, {})
    after = InForce(rested.state.version + 1, scenarios)
    return PlannedSwitch(scenario, rested, after, await judge_all(flow, after))


def _switched(flow: FlowContext, scenario: Scenario, after: InForce) -> Event:
    name, kind = scenario.scenario_id, scenario.kind.value
    version = after.scenarios.get(name)
    facts: EventFacts = ScenarioDeactivated(scenario_id=name, kind=kind, title=scenario.title)
    if version is not None:
        facts = ScenarioActivated(scenario_id=name, version=version, kind=kind, title=scenario.title)
    return Event(flow.new_id(), facts, flow.at)


def switched(state: InForce, scenario: Scenario, *, off: bool) -> Mapping[str, int]:
    """The scenarios that are on once one is switched on in its version, or off."""
    others = {name: version for name, version in state.scenarios.items() if name != scenario.scenario_id}
    return others if off else others | {scenario.scenario_id: scenario.version}


async def _put_in_force(flow: FlowContext, state: InForce, judged: Mapping[str, Withheld]) -> None:
    await availability.put_in_force(flow.tx, state, flow.scope.principal, at=flow.at)
    await availability.save_verdicts(flow.tx, state.version, judged)
    await inventory.note(flow.tx, renewed=True)


async def _rests_on(flow: FlowContext, network: Network) -> Rested:
    state = await availability.in_force(flow.tx)
    return Rested(state, await catalog.version(flow.tx), network.version)


def _refuse_partial(flow: FlowContext) -> None:
    if not flow.scope.unlimited:
        raise PermissionDenied(
            "Only a principal without a limited scope may change availability rules; ask an administrator."
        )

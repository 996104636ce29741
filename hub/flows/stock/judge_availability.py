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
from hub.cases.context import PlanStale, Unit
from hub.cases.stock.availability import compiled, judge_all, judge_of
from hub.catalog import operations as catalog
from hub.catalog.model import Item
from hub.inventory import operations as inventory
from hub.kernel.errors import PermissionDenied, Refusal
from hub.network import operations as networks
from hub.network.model import Network


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


async def put_scenarios(unit: Unit, scenarios: Sequence[Scenario]) -> list[Scenario | Refusal]:
    """Writes scenarios, switched off; a repeat keeps its version. Refuses RULE_INVALID, and who sees a part only."""
    answers: list[Scenario | Refusal] = []
    for one in scenarios:
        try:
            _refuse_partial(unit)
            for rule in one.rules:
                compiled(unit, rule.condition)
            answers.append(await availability.put(unit.tx, unit.scope, one, at=unit.at))
        except Refusal as refusal:
            answers.append(refusal)
    return answers


async def plan_switches(unit: Unit, switches: Sequence[Switch]) -> list[PlannedSwitch | Refusal]:
    """Works out what would be withheld. Refuses SCENARIO_NOT_FOUND."""
    answers: list[PlannedSwitch | Refusal] = []
    for switch in switches:
        try:
            _refuse_partial(unit)
            answers.append(await _planned(unit, switch))
        except Refusal as refusal:
            answers.append(refusal)
    return answers


async def switch_scenarios(unit: Unit, planned: Sequence[PlannedSwitch]) -> list[Scenario | Refusal]:
    """Switches scenarios on and off, each with its verdicts; answers them as they are then."""
    await availability.lock(unit.tx)
    answers: list[Scenario | Refusal] = []
    for one in planned:
        if await _rests_on(unit, unit.network) != one.rested:
            answers.append(PlanStale("Rules, items or the network changed meanwhile; judge again."))
            continue
        if one.after is not None:
            await _put_in_force(unit, one.after, one.judged)
        state = one.after or one.rested.state
        answers.append(replace(one.scenario, active_version=state.scenarios.get(one.scenario.scenario_id, 0)))
    return answers


async def plan_items(unit: Unit, items: Sequence[Item | Refusal]) -> list[PlannedItem | Refusal]:
    """Judges items by the rules in force; what was refused before stands for itself."""
    state = await availability.in_force(unit.tx)
    sound = [item for item in items if isinstance(item, Item)]
    judged = (await judge_of(unit, state)).judged(sound) if state.scenarios else {}
    return [
        PlannedItem(item, state.version, judged.get(item.sku, {})) if isinstance(item, Item) else item for item in items
    ]


async def put_items(unit: Unit, planned: Sequence[PlannedItem]) -> list[Item | Refusal]:
    """Writes items, each alone, with their verdicts. Refuses INVALID_FIELD, UNKNOWN_SKU."""
    if any(one.version for one in planned):
        await availability.lock(unit.tx)
    state = await availability.in_force(unit.tx)
    if any(one.version != state.version for one in planned):
        return [PlanStale("Other rules are in force meanwhile; judge again.") for _ in planned]
    answers = await catalog.put(unit.tx, unit.scope, [one.item for one in planned], at=unit.at)
    if state.scenarios:
        written = zip(planned, answers, strict=True)
        judged = {one.item.sku: one.withheld for one, answer in written if isinstance(answer, Item)}
        await availability.save_verdicts(unit.tx, state.version, judged)
        await inventory.note(unit.tx, judged=sorted(judged))
    return answers


async def plan_network(unit: Unit, network: Network) -> PlannedNetwork:
    """Judges all items over a network that is to be put in force."""
    rested = await _rests_on(unit, unit.network)
    return PlannedNetwork(network, rested, await judge_all(unit, rested.state, network))


async def put_networks(unit: Unit, planned: Sequence[PlannedNetwork]) -> list[Network | Refusal]:
    """Puts whole networks in force, with what rules withhold in them. Refuses CONFIGURATION_INVALID."""
    answers: list[Network | Refusal] = []
    for one in planned:
        try:
            answers.append(await _put_network(unit, one))
        except Refusal as refusal:
            answers.append(refusal)
    return answers


async def _put_network(unit: Unit, planned: PlannedNetwork) -> Network:
    if planned.rested.state.scenarios:
        await availability.lock(unit.tx)
    before = await networks.current(unit.tx)
    rested = await _rests_on(unit, before)
    if rested.state != planned.rested.state or (rested.state.scenarios and rested != planned.rested):
        raise PlanStale("Rules, items or the network changed meanwhile; judge again.")
    put = await networks.put(unit.tx, unit.scope, planned.network, at=unit.at)
    if put.version != before.version:
        if rested.state.scenarios:
            after = replace(rested.state, version=rested.state.version + 1)
            await _put_in_force(unit, after, planned.judged)
        else:
            await inventory.note(unit.tx, renewed=True)
    return put


async def _planned(unit: Unit, switch: Switch) -> PlannedSwitch:
    scenario = await availability.found(unit.tx, switch.scenario_id, switch.version)
    rested = await _rests_on(unit, unit.network)
    scenarios = switched(rested.state, scenario, off=switch.off)
    if scenarios == rested.state.scenarios:
        return PlannedSwitch(scenario, rested, None, {})
    after = InForce(rested.state.version + 1, scenarios)
    return PlannedSwitch(scenario, rested, after, await judge_all(unit, after))


def switched(state: InForce, scenario: Scenario, *, off: bool) -> Mapping[str, int]:
    """The scenarios that are on once one is switched on in its version, or off."""
    others = {name: version for name, version in state.scenarios.items() if name != scenario.scenario_id}
    return others if off else others | {scenario.scenario_id: scenario.version}


async def _put_in_force(unit: Unit, state: InForce, judged: Mapping[str, Withheld]) -> None:
    await availability.put_in_force(unit.tx, state, unit.scope.principal, at=unit.at)
    await availability.save_verdicts(unit.tx, state.version, judged)
    await inventory.note(unit.tx, renewed=True)


async def _rests_on(unit: Unit, network: Network) -> Rested:
    state = await availability.in_force(unit.tx)
    return Rested(state, await catalog.version(unit.tx), network.version)


def _refuse_partial(unit: Unit) -> None:
    scope = unit.scope
    if not (scope.channels is None and scope.nodes is None and scope.sellers is None):
        raise PermissionDenied("Only who sees everything may change what all sell; ask an administrator.")

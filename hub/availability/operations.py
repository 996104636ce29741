"""What flows and queries ask of availability rules: write scenarios, switch them, keep verdicts, read what is kept.

Verdicts are worked out before a transaction and written in it, with what they rest on, so that no rule runs on a read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec.structs import replace

from hub.availability import store
from hub.availability.errors import ScenarioNotFound
from hub.availability.model import InForce, Scenario, Withheld, WithholdingRule
from hub.availability.store import in_force, lock, put_in_force, save_verdicts, verdicts
from hub.database.tx import Tx
from hub.kernel.errors import refuse_other_version
from hub.kernel.instant import Instant
from hub.kernel.scope import Scope

__all__ = ["found", "in_force", "listed", "lock", "put", "put_in_force", "rules_of", "save_verdicts", "withheld"]


async def put(tx: Tx, scope: Scope, scenario: Scenario, *, at: Instant) -> Scenario:
    """Writes a scenario as a new version, unless its newest one says the same; answers it as stored.

    Its version is the newest that the caller expects; 0 expects any. Raises StateChanged where it is another.
    """
    await store.lock(tx)
    standing = await store.scenario(tx, scenario.scenario_id, 0)
    newest = standing.version if standing else 0
    refuse_other_version(f"Scenario {scenario.scenario_id}", scenario.version, newest)
    if standing is not None and replace(scenario, version=standing.version) == standing:
        written = standing
    else:
        written = replace(scenario, version=newest + 1)
        await store.add(tx, written, scope.principal, at=at)
    return await _with_active(tx, written)


async def found(tx: Tx, scenario_id: str, version: int) -> Scenario:
    """A scenario in a version, 0 for the newest. Raises ScenarioNotFound."""
    scenario = await store.scenario(tx, scenario_id, version)
    if scenario is None:
        which = f" in version {version}" if version else ""
        raise ScenarioNotFound(
            f"There is no availability scenario {scenario_id}{which}; list scenarios to find one, or put it first.",
            scenario_id=scenario_id,
            version=version,
        )
    return await _with_active(tx, scenario)


async def listed(tx: Tx, after: str, size: int) -> list[Scenario]:
    """Scenarios by id, from behind an id, each in its newest version."""
    active = (await in_force(tx)).scenarios
    return [replace(one, active_version=active.get(one.scenario_id, 0)) for one in await store.newest(tx, after, size)]


async def rules_of(tx: Tx, state: InForce) -> list[WithholdingRule]:
    """The rules of scenarios that are switched on together."""
    return [rule for scenario in await store.scenarios(tx, state.scenarios) for rule in scenario.rules]


async def withheld(tx: Tx, skus: Collection[str] | None = None) -> Mapping[str, Withheld] | None:
    """What the rules in force withhold, by SKU, of all or of some; None where there are no rules."""
    state = await in_force(tx)
    return await verdicts(tx, state.version, skus) if state.scenarios else None


async def _with_active(tx: Tx, scenario: Scenario) -> Scenario:
    state = await in_force(tx)
    return replace(scenario, active_version=state.scenarios.get(scenario.scenario_id, 0))

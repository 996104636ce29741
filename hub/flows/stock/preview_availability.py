"""Looks at what switching a scenario would change in the stock as it is; changes nothing."""

from __future__ import annotations

from typing import Final

from hub.availability import operations as availability
from hub.availability.model import Asking, InForce
from hub.availability.policy.levels import window
from hub.availability.policy.previewing import Preview
from hub.cases.context import FlowContext
from hub.cases.stock.availability import judge_catalog, judge_of, kept_now
from hub.inventory import operations as inventory
from hub.kernel.scope import HUB

_PAGE: Final = 50
"""SKUs that are read at once. After each that is looked at, others may run: one SKU may have thousands of cells."""


async def preview(
    flow: FlowContext, scenario_id: str, version: int, *, off: bool, examples: int
) -> tuple[Preview, int]:
    """What switching a scenario on in a version (0: the newest), or off, would change; and which version that is.

    Raises ScenarioNotFound.
    """
    scenario = await availability.found(flow.tx, scenario_id, version)
    state = await availability.in_force(flow.tx)
    others = {name: number for name, number in state.scenarios.items() if name != scenario_id}
    then = InForce(0, others if off else others | {scenario_id: scenario.version})
    channels = sorted(flow.network.channels)
    windows = {channel: window(flow.network, Asking(HUB, channel), judged=False) for channel in channels}
    looked = Preview(windows, examples)
    judged = await judge_catalog(flow, await judge_of(flow, then))
    kept = await kept_now(flow.tx)
    after = ""
    while stock := await inventory.spare(flow.tx, after, _PAGE):
        for sku, spare in stock:
            looked.look(sku, spare, kept, judged if then.scenarios else None)
            await flow.tx.turn()
        after = stock[-1][0]
    return looked, scenario.version

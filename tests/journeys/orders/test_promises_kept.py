"""How many parcels arrive by the day last promised is counted, by channel."""

from __future__ import annotations

from datetime import timedelta

from hub.api.fulfillment.changes import RECORD_CARRIER_EVENTS
from hub.cases.intake.promises import change_promises
from hub.cases.store import load, save
from hub.fulfillment.lifecycle import ShipmentState
from hub.fulfillment.model import CarrierEvent
from hub.kernel.instant import Instant
from hub.kernel.scope import HUB
from hub.observability.figures import Count
from tests.support.drafts import draft, line
from tests.support.network import CHANNEL
from tests.support.world import World


async def test_parcels_count_as_kept_or_late_by_the_day_last_promised(world: World) -> None:
    await world.stock("SHIRT", "DC-NL", 10)
    placed = [await world.place(draft(f"W-{number}", [line("SHIRT")])) for number in range(3)]
    await world.advance(timedelta(hours=4))
    cases = [await world.case(one.order_id) for one in placed]
    now = await world.now()
    async with world.database.transaction() as tx:
        flow = await world.surroundings.flow_context(tx, HUB)
        loaded = await load(flow, "changed_by_hand", [cases[2].order_id])
        sooner: dict[int, Instant | None] = {1: now - timedelta(hours=1)}
        change_promises(flow, loaded.cases[cases[2].order_id], sooner, "a test says so")
        await save(flow, "changed_by_hand", loaded)

    for case in cases:
        (shipment,) = case.shipments
        event = CarrierEvent(ShipmentState.DELIVERED, now, shipment.tracking_number)
        await world.ask(RECORD_CARRIER_EVENTS, event)
        await world.ask(RECORD_CARRIER_EVENTS, event)

    (counted,) = [one for one in world.surroundings.teller.flows.figures if one.name == "crossdock.promises"]
    assert isinstance(counted, Count)
    assert counted.values == {(CHANNEL, "kept"): 2, (CHANNEL, "late"): 1}

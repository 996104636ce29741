"""Changes of orders as tests ask for them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from hub.api.orders.changes import CONFIRM_CHANGE, PROPOSE_CHANGE
from hub.cases.case import Case
from hub.changes.model import ChangeDraft, OrderChange
from hub.flows.orders.confirm_changes import ChangedOrder, Confirmation
from tests.support.world import World


async def propose(world: World, order: Case | UUID, **changes: Any) -> OrderChange:
    """Propose a change of an order; raises its refusal."""
    order_id = order if isinstance(order, UUID) else order.order_id
    return await world.ask(PROPOSE_CHANGE, ChangeDraft(order_id, "asked by the customer", **changes))


async def confirm(world: World, change: OrderChange) -> ChangedOrder:
    """Confirm a change; raises its refusal."""
    return await world.ask(CONFIRM_CHANGE, Confirmation(change.order_id, change.change_id))


async def changed(world: World, order: Case | UUID, **changes: Any) -> Case:
    """Propose a change, confirm it, and return the order; raises a refusal of either."""
    return (await confirm(world, await propose(world, order, **changes))).case

"""Which orders are a caller's own, decided before anything of an order is read."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from uuid import UUID

from hub.api.deps import ServiceDeps
from hub.cases.context import FlowContext
from hub.customers import operations as customers
from hub.customers.errors import NotTheirOwn, SessionEnded
from hub.database.tx import Tx
from hub.kernel.scope import Scope
from hub.orders import operations as orders

MOST_OWN: Final = 1000
"""Orders of a person that are looked at, the newest."""


def bound(scope: Scope, order_ids: Collection[UUID]) -> Scope:
    """Return the scope in which a customer's call is done: these orders, whatever their channels, and nothing else."""
    return Scope(scope.principal, scope.roles, orders=frozenset(order_ids))


async def own_orders(deps: ServiceDeps, tx: Tx, scope: Scope) -> tuple[FlowContext, list[UUID]]:
    """Return the caller's own orders, newest first, and the surroundings of a look at them.

    Raises SessionEnded, and NotTheirOwn for a caller who is bound to no order.
    """
    flow = await deps.surroundings.flow_context(tx, bound(scope, ()), causes={}, last=False)
    if scope.session is not None:
        session = (await customers.sessions(tx, [scope.session])).get(scope.session)
        if session is None or not session.holds(flow.at):
            raise SessionEnded
    if scope.orders is not None:
        mine = sorted(scope.orders)
    elif scope.parties is not None:
        channels = None if scope.session else scope.channel_list()
        mine = await orders.of_buyers(tx, sorted(scope.parties), channels=channels, size=MOST_OWN)
    else:
        raise NotTheirOwn
    flow = await deps.surroundings.flow_context(tx, bound(scope, mine), causes={}, last=False)
    return flow, mine


async def own_order(deps: ServiceDeps, scope: Scope, order_id: UUID) -> Scope:
    """Return the scope in which a call about an own order is done. Raises SessionEnded and NotTheirOwn."""
    async with deps.database.reading() as tx:
        _, mine = await own_orders(deps, tx, scope)
    if order_id not in mine:
        raise NotTheirOwn
    return bound(scope, [order_id])

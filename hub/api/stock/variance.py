"""VarianceService: where counts and what was thought differ."""

from __future__ import annotations

from crossdock.inventory.v1 import variance_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.pages import Page
from hub.cases.stock.variance import worth
from hub.catalog import operations as catalog
from hub.catalog.model import Item
from hub.inventory import operations as inventory
from hub.inventory.model import Variance
from hub.network.model import Network
from hub.wire.instants import instant_to_pb
from hub.wire.money import money_to_pb


class VarianceService:
    """Tells what the last count of each node changed."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def ListVariances(self, request: pb.ListVariancesRequest, call: Call) -> pb.ListVariancesResponse:
        """Lists differences by SKU and node."""
        page = Page(request)
        async with self._deps.database.reading() as tx:
            flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
            found = await inventory.variances(
                tx,
                call.scope,
                list(request.skus),
                list(request.node_ids),
                request.min_quantity,
                page.by_names(),
                page.size + 1,
            )
            items = await catalog.load(tx, sorted({one.sku for one in found}))
        rows, token = page.cut(found, lambda one: (one.sku, one.node_id))
        currency = request.currency_code or _currency(flow.network)
        variances = [_to_pb(row, items.get(row.sku), currency) for row in rows]
        return pb.ListVariancesResponse(variances=variances, next_page_token=token)


def _currency(network: Network) -> str:
    return next((node.handling_cost.currency for node in network.nodes.values()), "")


def _to_pb(variance: Variance, item: Item | None, currency: str) -> pb.Variance:
    value = worth(variance, item, currency)
    return pb.Variance(
        sku=variance.sku,
        node_id=variance.node_id,
        quantity=variance.quantity,
        value=None if value is None else money_to_pb(value),
        source=variance.source,
        count_time=instant_to_pb(variance.counted_at),
        since_time=None if variance.since is None else instant_to_pb(variance.since),
    )

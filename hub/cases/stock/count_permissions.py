"""Who may count which nodes, and until when the rows of a count are waited for."""

from __future__ import annotations

from hub.cases.context import FlowContext
from hub.cases.feeds.feeds import claim_nodes
from hub.inventory.model import Count
from hub.network.errors import UnknownNode


async def refuse_uncountable(flow: FlowContext, count: Count) -> None:
    """Raises UnknownNode or NodeSourceTaken where the source may not count one of the nodes."""
    for node_id in sorted(count.node_ids):
        if node_id not in flow.network.nodes or not flow.scope.sees(node_id=node_id):
            raise UnknownNode(f"{node_id} is not a node that you may count.", node_id=node_id)
    taken = await claim_nodes(flow, [(node_id, count.source) for node_id in sorted(count.node_ids)])
    if taken:
        raise taken[min(taken)]

"""Who may count which nodes, when, and until when the rows of a count are waited for."""

from __future__ import annotations

from hub.cases.context import FlowContext
from hub.cases.feeds.feeds import claim_nodes
from hub.inventory.model import Count
from hub.kernel.errors import InvalidField
from hub.kernel.instant import iso
from hub.network.errors import UnknownNode


async def refuse_uncountable(flow: FlowContext, count: Count) -> None:
    """Raises UnknownNode or NodeSourceTaken where the source may not count one of the nodes.

    Raises InvalidField for a count that is still to come: it would keep every count until then from being applied.
    """
    if count.counted_at > flow.at:
        raise InvalidField(
            f"The count was taken at {iso(count.counted_at)}, which is in the future; correct the time of the count.",
            count_time="in the future",
        )
    for node_id in sorted(count.node_ids):
        if node_id not in flow.network.nodes or not flow.scope.sees(node_id=node_id):
            raise UnknownNode(f"{node_id} is not a node that you may count.", node_id=node_id)
    taken = await claim_nodes(flow, [(node_id, count.source) for node_id in sorted(count.node_ids)])
    if taken:
        raise taken[min(taken)]

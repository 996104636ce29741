"""IntercompanyService: goods that went from one seller to another."""

from __future__ import annotations

from uuid import UUID

from crossdock.trade.v1 import intercompany_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.pages import Page
from hub.kernel.instant import EPOCH
from hub.trade import operations as trade
from hub.trade.model.intercompany import IntercompanyFilter
from hub.wire.instants import optional_instant
from hub.wire.papers.intercompany import entry_to_pb


class IntercompanyService:
    """Lists what changed its owner."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def ListIntercompanyEntries(
        self, request: pb.ListIntercompanyEntriesRequest, call: Call
    ) -> pb.ListIntercompanyEntriesResponse:
        """Lists entries of an order, or of a time."""
        page, since, before = (
            Page(request),
            optional_instant(request, "since_time"),
            optional_instant(request, "before_time"),
        )
        after = page.by_instant()
        async with self._deps.database.reading() as tx:
            flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
            wanted = IntercompanyFilter(
                since=since or EPOCH,
                before=before or flow.at,
                order_id=UUID(request.order_id) if request.order_id else None,
                seller_id=request.seller_id,
            )
            entries = await trade.list_intercompany(tx, wanted, after=after, size=page.size + 1)
        rows, token = page.cut(entries, lambda entry: (entry.occurred_at, entry.entry_id))
        return pb.ListIntercompanyEntriesResponse(entries=[entry_to_pb(row) for row in rows], next_page_token=token)

"""CatalogService: items and bundles."""

from __future__ import annotations

from crossdock.catalog.v1 import catalog_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.pages import Page
from hub.api.setup.setup_changes import PUT_ITEMS
from hub.catalog import operations as catalog
from hub.catalog.model import Item
from hub.kernel.errors import InvalidField, Refusal
from hub.wire.refusals import refusal_to_pb
from hub.wire.setup.catalog import item_from_pb, item_state_from_pb, item_to_pb

MOST_ITEMS = 1000
"""Items in a request."""


class CatalogService:
    """Items and bundles, written and read."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def PutItems(self, request: pb.PutItemsRequest, call: Call) -> pb.PutItemsResponse:
        """Writes items; each stands alone."""
        if not 1 <= len(request.items) <= MOST_ITEMS:
            raise InvalidField(f"items has {len(request.items)}; give 1 to {MOST_ITEMS}.", items="out of range")
        asked = call.asked(request, request.request_id)
        items = [_item(message, f"items[{index}]", call) for index, message in enumerate(request.items)]
        answers = await self._deps.gate.run_many(PUT_ITEMS, asked, items)
        return pb.PutItemsResponse(results=[_result(answer) for answer in answers])

    async def GetItem(self, request: pb.GetItemRequest, _: Call) -> pb.GetItemResponse:
        """Reads one item."""
        async with self._deps.database.reading() as tx:
            item = await catalog.get(tx, request.sku)
        return pb.GetItemResponse(item=item_to_pb(item))

    async def ListItems(self, request: pb.ListItemsRequest, _: Call) -> pb.ListItemsResponse:
        """Lists items by SKU."""
        page = Page(request, catalog.LARGEST_PAGE - 1)
        after = page.by_name()
        state = item_state_from_pb(request.state) if request.state else None
        async with self._deps.database.reading() as tx:
            found = await catalog.page(tx, after or "", page.size + 1, state)
        rows, token = page.cut(found, lambda item: (item.sku,))
        return pb.ListItemsResponse(items=[item_to_pb(item) for item in rows], next_page_token=token)


def _item(message: pb.Item, field: str, call: Call) -> Item | Refusal:
    try:
        call.refuse_flawed(message, f"{field}.")
        return item_from_pb(message)
    except Refusal as refusal:
        return refusal


def _result(answer: Item | Refusal) -> pb.PutItemResult:
    if isinstance(answer, Refusal):
        return pb.PutItemResult(refusal=refusal_to_pb(answer))
    return pb.PutItemResult(item=item_to_pb(answer))

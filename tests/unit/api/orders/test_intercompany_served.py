"""Intercompany entries over gRPC: by order, by seller, by time, page by page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from crossdock.common.v1.refusal_pb2 import PageRequest
from crossdock.trade.v1 import intercompany_pb2 as pb
from tests.unit.api.serving import Served, euros


async def listed(hub: Served, **asked: Any) -> pb.ListIntercompanyEntriesResponse:
    rpc = hub.rpc("IntercompanyService.ListIntercompanyEntries", "viewer")
    response: pb.ListIntercompanyEntriesResponse = await rpc(pb.ListIntercompanyEntriesRequest(**asked))
    return response


async def test_what_another_seller_ships_is_listed(hub: Served) -> None:
    await hub.world.network(nodes={"DC-NL": {"owner_id": "SHOP-DE"}})
    first = await hub.place(quantity=2)
    await hub.world.advance(timedelta(days=2))
    between = await hub.world.now()
    second = await hub.place(reference="1002", quantity=1)
    await hub.world.advance(timedelta(days=2))

    entries = list((await listed(hub)).entries)
    page = await listed(hub, page=PageRequest(page_size=1))
    rest = await listed(hub, page=PageRequest(page_size=1, page_token=page.next_page_token))

    assert [one.order_id for one in entries] == [first.order_id, second.order_id]
    assert (entries[0].from_seller_id, entries[0].to_seller_id) == ("SHOP-DE", "SHOP-NL")
    assert (entries[0].cause, entries[0].quantity, entries[0].value) == (
        pb.INTERCOMPANY_CAUSE_SHIPPED,
        2,
        euros(100),
    )
    assert [*page.entries, *rest.entries] == entries
    assert list((await listed(hub, order_id=second.order_id)).entries) == entries[1:]
    assert list((await listed(hub, since_time=between)).entries) == entries[1:]
    assert list((await listed(hub, before_time=between)).entries) == entries[:1]
    assert list((await listed(hub, seller_id="SHOP-DE")).entries) == entries
    assert list((await listed(hub, seller_id="SHOP-UK")).entries) == []

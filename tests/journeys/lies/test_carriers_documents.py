"""Documents that tell of parcels: believed only from the transport account that follows the parcel."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.inbox.v1 import inbox_pb2
from hub.connect.documents import DocumentRead
from hub.inbox import operations as inbox
from hub.inbox.model import REPEAT_WINDOW
from hub.messages.tasks import ReadDocument
from hub.network.model import PartnerKind
from hub.outbox.model import Message
from hub.wire.fulfillment.inbox import read_command
from hub.wire.instants import instant_to_pb
from tests.support.drafts import draft, line
from tests.support.world import World

TRANSPORT: Mapping[str, Mapping[str, Any]] = {"counts": {"kind": PartnerKind.TRANSPORT, "adapter": "double_transport"}}


class Telling:
    """An adapter that reads the same command in every document."""

    def __init__(self, command: inbox_pb2.Command) -> None:
        self._command = command

    async def read(self, *_: object) -> DocumentRead[Any]:
        return DocumentRead([read_command(self._command)], [])


@pytest.mark.parametrize(
    ("account_id", "accounts", "delivered"),
    [("carrier", {}, True), ("counts", TRANSPORT, False), ("wms", {}, False)],
    ids=["who follows the parcel", "another carrier", "a warehouse"],
)
async def test_only_who_follows_a_parcel_tells_of_it(
    world: World, account_id: str, accounts: Mapping[str, Mapping[str, Any]], *, delivered: bool
) -> None:
    await world.network(accounts=accounts)
    await world.stock("VASE", "DC-NL", 5)
    placed = await world.place(draft("W-80", [line("VASE", 1, "50.00")]))
    await world.advance(timedelta(hours=8))
    (parcel,) = (await world.case(placed.order_id)).shipments
    at = await world.now()
    event = fulfillment_pb2.CarrierEvent(
        tracking_number=parcel.tracking_number,
        state=fulfillment_pb2.SHIPMENT_STATE_DELIVERED,
        occur_time=instant_to_pb(at),
    )
    async with world.database.transaction() as tx:
        key = world.surroundings.secrets.documents
        received = await inbox.receive(
            tx, account_id, "application/json", "event", b"{}", key=key, at=at, repeat_window=REPEAT_WINDOW
        )
    reader = replace(world.reader, documents=Telling(inbox_pb2.Command(location="$", carrier_event=event)))
    asked = Message(message_id=world.identity(), lane="document", payload=ReadDocument(received.document_id))

    (reading,) = await reader.read(world.database, [asked], at)

    assert ((await world.case(placed.order_id)).shipments[0].delivered_at is not None) is delivered
    assert [problem.reason.split(":")[0] for problem in reading.problems] == [] if delivered else ["SHIPMENT_NOT_FOUND"]

"""Documents that tell of declarations: believed only from the customs account that a parcel was declared to."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from crossdock.inbox.v1 import inbox_pb2
from crossdock.trade.v1 import declarations_pb2
from hub.inbox import operations as inbox
from hub.inbox.model import REPEAT_WINDOW
from hub.messages.tasks import ReadDocument
from hub.outbox.model import Message
from hub.trade.model.declarations import DeclarationState
from hub.wire.instants import instant_to_pb
from tests.journeys.fulfillment.test_declarations import abroad, declared, sent
from tests.journeys.lies.test_carriers_documents import Telling
from tests.support.world import World


@pytest.mark.parametrize(("account_id", "believed"), [("customs", True), ("carrier", False), ("webshop", False)])
async def test_only_the_customs_account_of_a_declaration_tells_of_it(
    world: World, account_id: str, *, believed: bool
) -> None:
    await abroad(world, "SILENT")
    case = await sent(world)
    (one,) = await declared(world, case.order_id)
    at = await world.now()
    event = declarations_pb2.DeclarationEvent(
        declaration_id=str(one.declaration_id),
        state=declarations_pb2.DECLARATION_STATE_ACCEPTED,
        occur_time=instant_to_pb(at),
        event_reference="E-1",
    )
    async with world.database.transaction() as tx:
        key = world.surroundings.secrets.documents
        received = await inbox.receive(
            tx, account_id, "application/json", "event", b"{}", key=key, at=at, repeat_window=REPEAT_WINDOW
        )
    command = inbox_pb2.Command(location="$", declaration_event=event)
    reader = replace(world.reader, documents=Telling(command))
    asked = Message(message_id=world.identity(), lane="document", payload=ReadDocument(received.document_id))

    (reading,) = await reader.read(world.database, [asked], at)

    (after,) = await declared(world, case.order_id)
    assert after.state is (DeclarationState.ACCEPTED if believed else DeclarationState.DECLARED)
    refused = [problem.reason.split(":")[0] for problem in reading.problems]
    assert refused == ([] if believed else ["DECLARATION_NOT_FOUND"])

"""PartyService: people and firms, read and erased."""

from __future__ import annotations

from uuid import UUID

from crossdock.parties.v1 import parties_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.setup.setup_changes import ERASE_PARTY
from hub.orders import operations as orders
from hub.orders.model import OrderFilter
from hub.parties import operations as parties
from hub.parties.errors import PartyNotFound
from hub.parties.model import Party
from hub.wire.setup.parties import party_to_pb


class PartyService:
    """Reads and erases parties. Who sees an order may see its people."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def GetParty(self, request: pb.GetPartyRequest, call: Call) -> pb.GetPartyResponse:
        """Reads one party."""
        party_id = UUID(request.party_id)
        async with self._deps.database.reading() as tx:
            seen = call.scope.unlimited or await orders.find(
                tx, call.scope, OrderFilter(party_id=party_id), after=None, size=1
            )
            contact = (await parties.contacts(tx, [party_id], self._deps.person_keys)).get(party_id) if seen else None
        if contact is None:
            raise PartyNotFound("There is no party with this id, or it was erased.", party_id=party_id)
        return pb.GetPartyResponse(party=party_to_pb(Party(party_id, contact)))

    async def EraseParty(self, request: pb.ErasePartyRequest, call: Call) -> pb.ErasePartyResponse:
        """Erases the personal data of a party for ever."""
        asked = call.asked(request, request.request_id)
        await self._deps.gate.run(ERASE_PARTY, asked, UUID(request.party_id))
        return pb.ErasePartyResponse()

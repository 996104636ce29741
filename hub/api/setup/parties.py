"""PartyService: people and firms, read and erased."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from crossdock.parties.v1 import parties_pb2 as pb
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.pages import Page
from hub.api.setup.setup_changes import ERASE_PARTY
from hub.orders import operations as orders
from hub.orders.model import OrderFilter
from hub.parties import operations as parties
from hub.parties.errors import PartyNotFound
from hub.parties.model import Party, PartyFilter
from hub.wire.setup.parties import party_to_pb

LARGEST_PAGE: Final = 50
_MOST_ORDERS: Final = 100
"""Orders that are shown of a party; few are named by more than one."""


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

    async def FindParties(self, request: pb.FindPartiesRequest, call: Call) -> pb.FindPartiesResponse:
        """Finds parties by how they are reached, with the orders that name them."""
        page = Page(request, LARGEST_PAGE)
        async with self._deps.database.reading() as tx:
            flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
            wanted = _wanted(request, flow.secrets.blind_index)
            found = await parties.find(tx, wanted, after=page.by_id(), size=page.size + 1)
            rows, token = page.cut(found, lambda party_id: (party_id,))
            contacts = await parties.contacts(tx, rows, flow.secrets.people)
            orders_of = {
                one: await orders.find(tx, call.scope, OrderFilter(party_id=one), after=None, size=_MOST_ORDERS)
                for one in contacts
            }
        shown = [
            pb.FoundParty(party=party_to_pb(Party(one, contacts[one])), order_ids=list(map(str, orders_of[one])))
            for one in rows
            if one in contacts
        ]
        return pb.FindPartiesResponse(parties=shown, next_page_token=token)

    async def EraseParty(self, request: pb.ErasePartyRequest, call: Call) -> pb.ErasePartyResponse:
        """Erases the personal data of a party for ever."""
        asked = call.asked(request, request.request_id)
        await self._deps.gate.run(ERASE_PARTY, asked, UUID(request.party_id))
        return pb.ErasePartyResponse()


def _wanted(request: pb.FindPartiesRequest, key: bytes) -> PartyFilter:
    if request.party_id:
        return PartyFilter(party_id=UUID(request.party_id))
    if request.email:
        return PartyFilter(email_index=parties.blind_index(request.email, key))
    return PartyFilter(phone_index=parties.blind_index(request.phone, key))

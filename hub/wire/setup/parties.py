"""People and firms on the wire."""

from __future__ import annotations

from crossdock.parties.v1 import parties_pb2 as pb
from hub.parties.model import Party
from hub.wire.address import contact_to_pb


def party_to_pb(party: Party) -> pb.Party:
    """The party as a message."""
    return pb.Party(party_id=str(party.party_id), contact=contact_to_pb(party.contact))

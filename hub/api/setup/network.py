"""NetworkService: the network, replaced as a whole and read."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from crossdock.network.v1 import network_pb2 as pb
from hub.api.deps import ServiceDeps, accounts_seen
from hub.api.edge.calls import Call
from hub.api.pages import Page
from hub.api.setup.network_changes import CANCEL_NETWORK, CLOSE_NODE, PUT_NETWORK, rehearse
from hub.cases.context import FlowContext
from hub.kernel.errors import refuse_other_version
from hub.kernel.instant import Instant
from hub.kernel.scope import Role, Scope
from hub.network import operations as networks
from hub.network.errors import ConfigurationInvalid
from hub.network.model import Network
from hub.wire.instants import instant_from_pb, optional_instant
from hub.wire.setup.network import coming_to_pb, network_page_to_pb, replacement_from_pb
from hub.wire.setup.nodes import node_to_pb

PARTS_A_PAGE: Final = 2_000
"""Parts in a page of the network at most, and unless a caller wants fewer."""

FIELDS: Final[Mapping[int, str]] = {
    pb.NETWORK_PART_NODES: "nodes",
    pb.NETWORK_PART_CALENDARS: "calendars",
    pb.NETWORK_PART_ACCOUNTS: "accounts",
    pb.NETWORK_PART_CHANNELS: "channels",
    pb.NETWORK_PART_LANES: "lanes",
    pb.NETWORK_PART_POSTAL_AREAS: "postal_areas",
    pb.NETWORK_PART_ZONES: "zones",
    pb.NETWORK_PART_SERVICES: "services",
    pb.NETWORK_PART_RATE_TABLES: "rate_tables",
}
"""Kind of a part -> its field in a network."""


class NetworkService:
    """The network as versioned data."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def PutNetwork(self, request: pb.PutNetworkRequest, call: Call) -> pb.PutNetworkResponse:
        """Replaces the network by a whole new version, or says whether it could."""
        replacement = await asyncio.to_thread(replacement_from_pb, request)  # many thousand lanes take long
        if problems := self._deps.unserved(replacement.network):
            raise ConfigurationInvalid(problems)
        if request.validate_only:
            async with self._deps.database.reading() as tx:
                flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
                version = (await rehearse(flow, replacement)).version
        else:
            version = await self._deps.gate.run(PUT_NETWORK, call.asked(request, request.request_id), replacement)
        return pb.PutNetworkResponse(version=version)

    async def CloseNode(self, request: pb.CloseNodeRequest, call: Call) -> pb.CloseNodeResponse:
        """Has a node take no new work, or take it again."""
        asked = call.asked(request, request.request_id)
        closed = await self._deps.gate.run(CLOSE_NODE, asked, (request.node_id, not request.reopen))
        return pb.CloseNodeResponse(version=closed.version, node=node_to_pb(closed.node))

    async def CancelNetwork(self, request: pb.CancelNetworkRequest, call: Call) -> pb.CancelNetworkResponse:
        """Has a network not come into force."""
        asked = call.asked(request, request.request_id)
        valid_from = instant_from_pb(request.valid_from_time, field="valid_from_time")
        version = await self._deps.gate.run(CANCEL_NETWORK, asked, valid_from)
        return pb.CancelNetworkResponse(version=version)

    async def ListComingNetworks(self, _: pb.ListComingNetworksRequest, call: Call) -> pb.ListComingNetworksResponse:
        """Lists the networks that are to come into force."""
        async with self._deps.database.reading() as tx:
            flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
        return pb.ListComingNetworksResponse(networks=[coming_to_pb(one) for one in flow.network.coming])

    async def GetNetwork(self, request: pb.GetNetworkRequest, call: Call) -> pb.GetNetworkResponse:
        """Reads a page of the network in force, now or at an instant, as far as the caller sees it."""
        page = Page(request, largest=PARTS_A_PAGE, default=PARTS_A_PAGE)
        version, start = page.by_numbers() or (0, 0)
        async with self._deps.database.reading() as tx:
            flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
            then = await _at(flow, optional_instant(request, "at_time"))
        network = seen(then, call.scope)
        refuse_other_version("The network", version, flow.network.version)
        parts, following = network_page_to_pb(network, [FIELDS[part] for part in request.parts], start, page.size)
        token = "" if following is None else page.token((flow.network.version, following))
        return pb.GetNetworkResponse(network=parts, next_page_token=token)


async def _at(flow: FlowContext, at: Instant | None) -> Network:
    """The network that was, is or is to be in force at an instant; None: now."""
    if at is None:
        return flow.network
    return flow.network.at(at) if at >= flow.at else await networks.past(flow.tx, at)


def seen(network: Network, scope: Scope) -> Network:
    """The part of a network in scope; what adapters are told in profiles is shown to administrators alone."""
    accounts = accounts_seen(network, scope)
    if accounts is None:
        if Role.ADMIN in scope.roles:
            return network
        accounts = frozenset(network.accounts)
    nodes = {name: one for name, one in network.nodes.items() if scope.sees(node_id=name)}
    return replace(
        network,
        nodes=nodes,
        lanes={key: lane for key, lane in network.lanes.items() if not lane.from_node_id or lane.from_node_id in nodes},
        accounts={name: replace(one, profile_json="") for name, one in network.accounts.items() if name in accounts},
        channels={
            name: one for name, one in network.channels.items() if scope.sees(channel_id=name, seller_id=one.seller_id)
        },
    )

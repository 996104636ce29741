"""Documents delivered to a hub and read, for journeys."""

from __future__ import annotations

from hub.flows.upkeep.receive_documents import replay_documents
from hub.inbox import operations as inbox
from hub.inbox.model import Document
from hub.kernel.errors import Refusal
from hub.kernel.scope import HUB
from hub.network import operations as networks
from hub.network.model import Network
from tests.support.world import TUESDAY, World


async def put(world: World, network: Network) -> None:
    async with world.database.transaction() as tx:
        await networks.put(tx, HUB, network, at=TUESDAY)
    await world.surroundings.network.refresh()


async def read(world: World, account_id: str, content: bytes, media_type: str) -> Document:
    """A document after it was delivered and read."""
    received = await world.receive(account_id, content, media_type)
    await world.settle()
    return await document(world, received)


async def document(world: World, received: Document) -> Document:
    async with world.database.reading() as tx:
        return (await inbox.load(tx, [received.document_id]))[received.document_id]


async def replayed(world: World, received: Document) -> Document | Refusal:
    (answer,) = await world.run(replay_documents, [received.document_id])
    await world.settle()
    return answer if isinstance(answer, Refusal) else await document(world, received)

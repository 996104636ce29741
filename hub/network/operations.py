"""What flows and queries ask of the network: put a version, read the one in force."""

from __future__ import annotations

from msgspec.structs import replace

from hub.database.pool import Database
from hub.database.tx import Tx
from hub.kernel.errors import PermissionDenied
from hub.kernel.instant import Instant
from hub.kernel.scope import Scope
from hub.network import store
from hub.network.errors import ConfigurationInvalid
from hub.network.model import Network
from hub.network.policy.problems import problems
from hub.network.store import VERSION, document_of, expect_version

__all__ = ["VERSION", "NetworkCache", "current", "expect_version", "keep", "past", "put", "refuse_partial"]


async def put(tx: Tx, scope: Scope, network: Network, *, at: Instant) -> Network:
    """Puts a whole network in force and answers it with its version; the content in force again keeps its version.

    Rules of channels are compiled before the transaction, by `policy.checked`. A thread goes through the parts: a
    retailer has many thousand lanes. Raises ConfigurationInvalid, and PermissionDenied for a principal that sees a part
    only: the rest would be lost.
    """
    refuse_partial(scope)
    if found := await tx.aside(lambda: problems(network)):
        raise ConfigurationInvalid(found)
    document = await tx.aside(lambda: document_of(network))
    await store.lock(tx)
    stored = await store.latest(tx)
    version, known = stored or (0, None)
    if document != known:
        version += 1
        await store.add(tx, version, document, scope.principal, at=at)
    return replace(network, version=version)


def refuse_partial(scope: Scope) -> None:
    """Raise PermissionDenied for a principal that sees a part of the network only: the rest would be lost."""
    if not scope.unlimited:
        raise PermissionDenied(
            "Only a principal without a limited scope may replace the network; ask an administrator."
        )


async def keep(tx: Tx, known: Network) -> Network:
    """The network in force, which nobody else replaces until the transaction ends; `known` itself where it is that."""
    await store.lock(tx)
    return known if await store.latest_version(tx) == known.version else await current(tx)


async def current(tx: Tx) -> Network:
    """The network in force; an empty one of version 0 before any was put."""
    return await store.current(tx)


async def past(tx: Tx, at: Instant) -> Network:
    """The network that was in force at an instant that is over; an empty one of version 0 before any was put."""
    return await store.past(tx, at)


class NetworkCache:
    """The network in force, read again only when its version changed, or `origin`: the history of the database.

    `latest` is the newest that was read. A transaction that began before a network was put has the one before it.
    """

    def __init__(self, database: Database) -> None:
        self.origin = ""
        self.latest = Network()
        self._database = database

    async def current(self) -> Network:
        """The network in force, after one select of its version."""
        async with self._database.transaction() as tx:
            return await self.current_in(tx)

    async def current_in(self, tx: Tx, version: int | None = None) -> Network:
        """The same, for who has a transaction already, and maybe knows the version in force."""
        if version is None:
            version = await store.latest_version(tx)
        if version == self.latest.version and tx.origin == self.origin:
            return self.latest
        network = await current(tx)
        if network.version > self.latest.version or tx.origin != self.origin:
            self.latest, self.origin = network, tx.origin
        return network

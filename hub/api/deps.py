"""What handlers work with: the gate for changes, the database for queries, and a way to wait for news."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Protocol

from msgspec import Struct

from hub.availability.policy.board import Board
from hub.database.pool import Database
from hub.gate.change import Surroundings
from hub.gate.gate import Gate
from hub.inbox.model import REPEAT_WINDOW
from hub.kernel.ids import Identities
from hub.kernel.instant import Instant
from hub.kernel.scope import Scope
from hub.network.model import Network
from hub.observability.delays import Delays
from hub.parties.model import PersonKeys
from hub.webhooks.model import Webhook


class Advanced(Protocol):
    """Where business time stands after it was moved."""

    @property
    def at(self) -> Instant:
        """Business time now."""

    @property
    def fired_timers(self) -> int:
        """Timers that fired on the way."""


class Memory(Protocol):
    """What can be sold, in memory; deadlines are in seconds of the loop's clock."""

    @property
    def board(self) -> Board:
        """What can be sold, as of a position of the feed."""

    @property
    def loaded(self) -> bool:
        """Whether anything can be answered."""

    async def ready(self, deadline: float | None) -> None:
        """Comes back once memory is loaded; raises PositionNotReached."""

    async def reached(self, position: int, deadline: float | None) -> None:
        """Comes back once memory shows everything up to a position; raises PositionNotReached."""

    async def turn(self, seconds: float) -> None:
        """Comes back when there may be changes, or after a while."""

    def age_seconds(self) -> float:
        """How long ago memory was last known to be what is stored."""

    @property
    def delays(self) -> Delays:
        """How late changes came to memory."""


class WebhookPoster(Protocol):
    """What posts to webhooks."""

    def problem(self, url: str) -> str:
        """What is wrong with the URL of a webhook, empty where nothing is."""

    async def test(self, webhook: Webhook, message_id: str, at: Instant) -> tuple[int, str]:
        """Posts a test; the status of the response, 0 where there is none, and what went wrong."""


def _all_served(_: Network) -> Sequence[str]:
    return ()


class ServiceDeps(Struct, frozen=True):
    """Everything a handler needs.

    `news` comes back when something may have been committed, or after a moment. `machine_now` is machine time, for
    leases. `advance` moves virtual business time; `version` is the program's; `new_id` gives identities. `webhooks`
    posts to receivers. `unserved` tells which accounts of a network no adapter can serve here, one sentence each.
    Within `repeat_window` the same bytes are a repeat of a document. `audit_key` chains the audit log.
    `person_keys` open contacts.
    """

    database: Database
    gate: Gate
    surroundings: Surroundings
    news: Callable[[], Awaitable[None]]
    machine_now: Callable[[], Instant]
    advance: Callable[[timedelta], Awaitable[Advanced]]
    version: str
    availability: Memory
    new_id: Identities
    person_keys: PersonKeys
    webhooks: WebhookPoster
    unserved: Callable[[Network], Sequence[str]] = _all_served
    repeat_window: timedelta = REPEAT_WINDOW
    audit_key: bytes = b""

    async def now(self, scope: Scope) -> Instant:
        """Business time."""
        async with self.database.transaction() as tx:
            flow = await self.surroundings.flow_context(tx, scope, causes={}, last=False)
        return flow.at


def accounts_seen(network: Network, scope: Scope) -> frozenset[str] | None:
    """Return the partner accounts in scope, None for all: those that it names, else that serve what it sees."""
    if scope.unlimited:
        return None
    if scope.accounts is not None:
        return scope.accounts
    seen = set[str]()
    for channel in network.channels.values():
        if scope.sees(channel_id=channel.channel_id, seller_id=channel.seller_id):
            seen |= set(channel.accounts().values())
    nodes = [node for node in network.nodes.values() if scope.sees(node_id=node.node_id)]
    seen |= {node.warehouse_account_id for node in nodes}
    known = {node.node_id for node in nodes}
    seen |= {
        lane.transport_account_id
        for lane in network.lanes.values()
        if not lane.from_node_id or lane.from_node_id in known
    }
    return frozenset(seen - {""})

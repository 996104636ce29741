"""Who asks and what they may see: principals with roles and a scope over channels, nodes, sellers and accounts."""

from __future__ import annotations

from enum import Enum
from uuid import UUID

from msgspec import Struct


class Role(Enum):
    """What a principal may do; the table `api/edge/rpcs.py` says which rpc needs which."""

    ADMIN = "admin"
    CHANNEL = "channel"
    WAREHOUSE = "warehouse"
    SERVICE = "service"
    VIEWER = "viewer"
    ADAPTER = "adapter"
    CUSTOMER = "customer"


class Scope(Struct, frozen=True):
    """A principal and what it may see; None means all. What is out of scope answers as if it did not exist.

    `accounts` are the partner accounts that an adapter serves: who names them sees no others. A customer sees `orders`,
    or those of `parties`; `session` is theirs where they have one, and must still hold.
    """

    principal: str
    roles: frozenset[Role]
    channels: frozenset[str] | None = None
    nodes: frozenset[str] | None = None
    sellers: frozenset[str] | None = None
    accounts: frozenset[str] | None = None
    orders: frozenset[UUID] | None = None
    parties: frozenset[UUID] | None = None
    session: UUID | None = None

    @property
    def unlimited(self) -> bool:
        """Whether the principal sees everything there is."""
        places = self.channels is None and self.nodes is None and self.sellers is None and self.accounts is None
        return places and not self.of_customer

    @property
    def of_customer(self) -> bool:
        """Whether it is bound to orders or parties: a customer's."""
        return self.orders is not None or self.parties is not None

    @property
    def alone(self) -> Scope:
        """What may be seen, whoever sees it: the same for all principals who see the same."""
        return Scope("", frozenset(), self.channels, self.nodes, self.sellers, self.accounts, self.orders, self.parties)

    @property
    def by_account(self) -> Scope:
        """The same without the limits to places, where accounts limit it: for what belongs to an account."""
        if self.accounts is None:
            return self
        return Scope(self.principal, self.roles, accounts=self.accounts, orders=self.orders, parties=self.parties)

    def serves(self, account_id: str | None) -> bool:
        """Whether what belongs to a partner account is in the scope of its adapter, or of whoever is none."""
        return self.accounts is None or account_id in self.accounts

    def sees(self, *, channel_id: str | None = None, node_id: str | None = None, seller_id: str | None = None) -> bool:
        """Whether every thing named lies in the scope."""
        return (
            (channel_id is None or self.channels is None or channel_id in self.channels)
            and (node_id is None or self.nodes is None or node_id in self.nodes)
            and (seller_id is None or self.sellers is None or seller_id in self.sellers)
        )

    def channel_list(self) -> list[str] | None:
        """Channels as a SQL parameter: NULL means all."""
        return None if self.channels is None else sorted(self.channels)

    def node_list(self) -> list[str] | None:
        """Nodes as a SQL parameter: NULL means all."""
        return None if self.nodes is None else sorted(self.nodes)

    def seller_list(self) -> list[str] | None:
        """Sellers as a SQL parameter: NULL means all."""
        return None if self.sellers is None else sorted(self.sellers)


HUB = Scope("hub", frozenset(Role))
"""The hub itself: its tasks, timers and messages see everything."""

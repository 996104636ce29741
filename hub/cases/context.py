"""The surroundings of one transaction: what a flow is handed beside its commands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID

from msgspec import Struct, field

from hub.catalog.operations import Items
from hub.database.tx import Tx
from hub.kernel.errors import Refusal, Status
from hub.kernel.ids import Identities
from hub.kernel.instant import Instant
from hub.kernel.keyed import keyed_hash
from hub.kernel.scope import Scope
from hub.kernel.trace import TraceContext
from hub.network.model import Network
from hub.network.policy.parcel_costs import CostMemory
from hub.parties.model import PersonKeys
from hub.rules.cel import Rules
from hub.sourcing.operations.values import ValueMemory
from hub.sourcing.policy.eligibility import NodeRules
from hub.trade.operations import RulesMemory


class EndedPromise(Struct, frozen=True):
    """A parcel of a channel that arrived, and whether it did by the day last promised for all of its lines."""

    channel_id: str
    kept: bool


class TouchedCase(Struct, frozen=True):
    """A case that a flow changed: the span to record once the transaction is committed.

    `caller` is the span of the call that asked for it, where that is in a trace of its own. `promises` are those that
    ended by the arrival of a parcel.
    """

    trace_id: str
    span_id: str
    parent_span_id: str
    name: str
    order_id: UUID
    caller: TraceContext | None = None
    promises: tuple[EndedPromise, ...] = ()


class Secrets(Struct, frozen=True):
    """Keys of the installation: `blind_index` for look-ups of personal data, `documents` for the inbox's contents,
    `people` for contacts.
    """

    blind_index: bytes
    documents: bytes
    people: PersonKeys

    def hashed(self, content: bytes) -> str:
        """Return what tells a content from others, in hexadecimal digits; a guess cannot be tried without the key."""
        return keyed_hash(keyed_hash(self.blind_index, b"contents"), content).hex()

    def pickup_code(self, name: str) -> str:
        """Return the code of a collection by its name: eight digits that nobody can work out without the key."""
        mac = keyed_hash(keyed_hash(self.blind_index, b"pickup codes"), name.encode())
        return f"{int.from_bytes(mac) % 10**8:08}"

    def balance_id(self, *parts: str | bytes) -> UUID:
        """Return the identity of a balance by its code or its owner; neither can be worked out of it."""
        named = b"\0".join(part.encode() if isinstance(part, str) else part for part in parts)
        return UUID(bytes=keyed_hash(keyed_hash(self.blind_index, b"balances"), named)[:16])

    def session_code(self, name: str) -> str:
        """Return the code that opens a customer's session, by its name: eight digits, as `pickup_code`."""
        mac = keyed_hash(keyed_hash(self.blind_index, b"session codes"), name.encode())
        return f"{int.from_bytes(mac) % 10**8:08}"

    @property
    def session_tokens(self) -> bytes:
        """The key that customers' tokens are made with."""
        return keyed_hash(self.blind_index, b"session tokens")

    def __repr__(self) -> str:
        return "Secrets()"


class FlowContext(Struct, frozen=True):
    """One transaction: its connection, who asks, the business time, the network as planned with.

    `items` remembers the catalog, `trade_rules` the trade rules, `parcel_costs` what parcels cost and `stock_values`
    what units are worth where they lie, for plans: they are made in transactions that only read. `trade_version` is the
    version of the trade rules in force, 0 before any were loaded. `causes` maps orders to the span that caused the
    work, where there is one; `touched` collects what to record; `last` says that a plan which fails now is not made
    again. A plan's preparation gets a context whose `tx` only reads.
    """

    tx: Tx
    scope: Scope
    at: Instant
    new_id: Identities
    network: Network
    secrets: Secrets
    causes: Mapping[UUID, TraceContext] = field(default_factory=dict)
    touched: list[TouchedCase] = field(default_factory=list)
    rules: Rules | None = None
    cell_rules: Rules | None = None
    node_rules: NodeRules | None = None
    change_rules: Rules | None = None
    items: Items = field(default_factory=Items)
    trade_rules: RulesMemory = field(default_factory=RulesMemory)
    parcel_costs: CostMemory = field(default_factory=CostMemory)
    stock_values: ValueMemory = field(default_factory=ValueMemory)
    trade_version: int = 0
    last: bool = False


class PlanStale(Refusal):
    """What was planned before the transaction no longer holds inside it: plan once more. Never shown to a caller."""

    reason: ClassVar[str] = "STATE_CHANGED"
    status: ClassVar[Status] = Status.ABORTED
    kept: ClassVar[bool] = False


class PlanContested(PlanStale):
    """A plan refuses it only for what those before it in the batch are to take: decide again once they have.

    `refusal` is what it is refused with where nothing can be decided again.
    """

    def __init__(self, refusal: Refusal) -> None:
        super().__init__("Others of the batch are planned to take what is there; plan after them.")
        self.refusal = refusal

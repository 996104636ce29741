"""Goods that change their owner between sellers of one house, as values."""

from __future__ import annotations

from enum import Enum
from uuid import UUID

from msgspec import Struct

from hub.kernel.instant import Instant


class IntercompanyCause(Enum):
    """Why goods changed their owner: they left another seller's node for a customer, or came back to one."""

    SHIPPED = "SHIPPED"
    RETURNED = "RETURNED"


class IntercompanyEntry(Struct, frozen=True):
    """Units of an order line that went from one seller to another, once.

    `subject_id` is the shipment or return, `reference` the report of the return. `value_minor` is what the customer
    paid for them without tax, in minor units of the order's currency: their price between the two is the ERP's.
    """

    entry_id: UUID
    order_id: UUID
    cause: IntercompanyCause
    subject_id: UUID
    reference: str
    node_id: str
    line_number: int
    sku: str
    quantity: int
    from_seller_id: str
    to_seller_id: str
    value_minor: int
    currency: str
    occurred_at: Instant


class IntercompanyFilter(Struct, frozen=True):
    """What a listing asks for: from `since` until before `before`, of an order, from or to a seller ("" for any)."""

    since: Instant
    before: Instant
    order_id: UUID | None = None
    seller_id: str = ""

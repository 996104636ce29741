"""What ERPs are posted: documents about orders, and about stock that moved."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from hub.kernel.instant import Instant


class DocumentKind(Enum):
    """Kinds of documents, as ERPs know them."""

    ORDER = "ORDER"
    SHIPMENT = "SHIPMENT"
    CANCELLATION = "CANCELLATION"
    INVOICE = "INVOICE"
    CREDIT_NOTE = "CREDIT_NOTE"
    STOCK_MOVEMENT = "STOCK_MOVEMENT"
    INTERCOMPANY = "INTERCOMPANY"


class PostedLine(Struct, frozen=True, omit_defaults=True):
    """Units with their value and the tax in it, in minor units; line 0 is a charge, its `sku` the charge's code.

    A line of a stock movement has a `cause` instead of a value.
    """

    line_number: int
    sku: str
    quantity: int
    value_minor: int | None = None
    tax_minor: int | None = None
    cause: str = ""
    channel_line_reference: str = ""


class StatedDiscount(Struct, frozen=True, omit_defaults=True):
    """A discount as the order states it, in minor units; line 0 is the order as a whole."""

    line_number: int
    amount_minor: int
    code: str = ""


class PostDocument(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Posts a document, numbered in its order, or in its node where it tells of stock.

    `total_minor` is in minor units of `currency`. `subject_id` is the shipment or refund it is about; `terms` are those
    of an invoice. `bill_to_party_id` is the payer of the order. `discounts` and `instrument_kinds` are an order's.
    """

    KIND: ClassVar[str] = "erp.post"

    document: DocumentKind
    document_number: int
    lines: tuple[PostedLine, ...]
    occurred_at: Instant | None = None
    order_id: UUID | None = None
    seller_id: str = ""
    channel_reference: str = ""
    currency: str = ""
    total_minor: int | None = None
    node_id: str = ""
    subject_id: UUID | None = None
    terms: str = ""
    bill_to_party_id: UUID | None = None
    incoterm: str = ""
    discounts: tuple[StatedDiscount, ...] = ()
    instrument_kinds: tuple[str, ...] = ()
    placed_at: Instant | None = None
    to_seller_id: str = ""
    reverse_charge: bool = False

"""What the hub has itself do after a transaction: one flow per kind."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from msgspec import Struct


class ConfirmOrder(Struct, frozen=True):
    """Confirms an order once all its checks have passed."""

    KIND: ClassVar[str] = "order.confirm"

    order_id: UUID


class ReleaseOrder(Struct, frozen=True):
    """Sources what of an order waits, and hands it to nodes."""

    KIND: ClassVar[str] = "order.release"

    order_id: UUID


class TurnBackParcel(Struct, frozen=True):
    """Makes a return of a parcel that its carrier brings back."""

    KIND: ClassVar[str] = "parcel.turn_back"

    order_id: UUID
    shipment_id: UUID


class SettleConsignment(Struct, frozen=True):
    """Computes what the seller owes for the import of a parcel, beside what the buyer is charged."""

    KIND: ClassVar[str] = "consignment.settle"

    order_id: UUID
    shipment_id: UUID


class DeclareShipment(Struct, frozen=True):
    """Declares to customs a parcel that left for another country, where it crosses a customs border."""

    KIND: ClassVar[str] = "shipment.declare"

    order_id: UUID
    shipment_id: UUID


class PlaceExchange(Struct, frozen=True):
    """Places the order of the goods that a return is exchanged for; `order_id` is the order returned from."""

    KIND: ClassVar[str] = "return.exchange"

    order_id: UUID
    return_id: UUID


class SettleClaim(Struct, frozen=True):
    """Ends the return of a claim whose units are sent again, once their order is placed or cannot be."""

    KIND: ClassVar[str] = "claim.settle"

    order_id: UUID
    return_id: UUID


class SettleExchange(Struct, frozen=True):
    """Tells the order of an exchange how many of the units came back, and how much of it they pay, in minor units."""

    KIND: ClassVar[str] = "exchange.settle"

    order_id: UUID
    accepted_minor: int
    accepted_units: int


class RefundUnused(Struct, frozen=True):
    """Refunds goods that came back for an exchange and pay for nothing; `order_id` is the order of the exchange."""

    KIND: ClassVar[str] = "exchange.unused"

    order_id: UUID
    return_id: UUID
    amount_minor: int


class SettleBalance(Struct, frozen=True):
    """Moves a balance that the hub keeps, as a transaction of an order asks."""

    KIND: ClassVar[str] = "balance.settle"

    order_id: UUID
    transaction_id: UUID


class RefundShipping(Struct, frozen=True):
    """Gives shipping back where all goods of an order came back before the rest of it was canceled."""

    KIND: ClassVar[str] = "return.shipping"

    order_id: UUID


class ReadDocument(Struct, frozen=True):
    """Has a document read by its adapter, and takes in what it asks for."""

    KIND: ClassVar[str] = "document.read"

    document_id: UUID


class ApplyParked(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Takes in the parked events that wait for what `waits_for` names, or the one that a person asks for."""

    KIND: ClassVar[str] = "parked.apply"

    waits_for: str = ""
    parked_event_id: UUID | None = None


class ScreenParties(Struct, frozen=True):
    """Compares parties and destination of an order with denied-party lists and restrictions."""

    KIND: ClassVar[str] = "order.screen_parties"

    order_id: UUID


class ScreenAgain(Struct, frozen=True, kw_only=True):
    """Has those open orders screened again that a version of a denied-party list touches, some at a time.

    `after` is the last order that was looked at.
    """

    KIND: ClassVar[str] = "screening.again"

    list_name: str
    version: int
    after: UUID


class ReviewCredit(Struct, frozen=True, kw_only=True):
    """Decides which orders that wait for a credit account go on within its limit."""

    KIND: ClassVar[str] = "credit.review"

    seller_id: str
    credit_account_id: str

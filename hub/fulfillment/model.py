"""Fulfillment orders, shipments and the reports about them as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from uuid import UUID

from hub.fulfillment.lifecycle import FulfillmentState, RequestState, ShipmentState
from hub.kernel.instant import Instant


@dataclass(frozen=True, slots=True)
class FulfillmentLine:
    """Units of an order line."""

    line_number: int
    quantity: int
    sku: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """A pallet, carton or parcel that units left in; `reference` is the SSCC of pallets and cartons."""

    reference: str
    kind: str
    lines: tuple[FulfillmentLine, ...]
    tracking_number: str = ""


@dataclass(frozen=True, slots=True)
class FulfillmentOrder:
    """Instruction to one node, one method, one recipient; `cancel_lines` are the units the node was asked to cancel.

    With `source_again` they were asked back to ship from elsewhere. `adopted`: another system handed it over.
    """

    fulfillment_order_id: UUID
    order_id: UUID
    node_id: str
    account_id: str
    state: FulfillmentState
    lines: tuple[FulfillmentLine, ...]
    service_code: str
    ship_by: Instant
    created_at: Instant
    request_state: RequestState = RequestState.NONE
    partner_reference: str = ""
    reports: tuple[str, ...] = ()
    cancel_lines: tuple[FulfillmentLine, ...] = ()
    source_again: bool = False
    adopted: bool = False


@dataclass(frozen=True, slots=True)
class Shipment:
    """A parcel that left; `value_minor` is what the customer pays for it, charges that left with it included.

    `adopted`: it left before the hub had the order, so not off the shelves the hub knows.
    """

    shipment_id: UUID
    fulfillment_order_id: UUID
    order_id: UUID
    node_id: str
    reference: str
    tracking_number: str
    state: ShipmentState
    lines: tuple[FulfillmentLine, ...]
    value_minor: int
    charges_minor: int
    shipped_at: Instant
    delivered_at: Instant | None = None
    packages: tuple[Package, ...] = ()
    adopted: bool = False


class ShortReason(Enum):
    """Why units cannot ship from a node."""

    NOT_IN_STOCK = "NOT_IN_STOCK"
    MISMATCH = "MISMATCH"
    DAMAGED = "DAMAGED"


class ProgressKind(Enum):
    """What a node did with units before they left."""

    ACKNOWLEDGED = "ACKNOWLEDGED"
    PICKED = "PICKED"
    PACKED = "PACKED"


@dataclass(frozen=True, slots=True)
class ProgressReport:
    """A node took on, picked or packed units; no lines means all that are still to do."""

    fulfillment_order_id: UUID
    kind: ProgressKind
    occurred_at: Instant
    lines: tuple[FulfillmentLine, ...] = ()
    partner_reference: str = ""


@dataclass(frozen=True, slots=True)
class ShipmentReport:
    """A parcel left; no lines means all units that are left, or those in its packages where it names them."""

    fulfillment_order_id: UUID
    reference: str
    occurred_at: Instant
    tracking_number: str = ""
    lines: tuple[FulfillmentLine, ...] = ()
    packages: tuple[Package, ...] = ()


@dataclass(frozen=True, slots=True)
class ShortReport:
    """Units cannot ship from the node."""

    fulfillment_order_id: UUID
    reference: str
    occurred_at: Instant
    lines: tuple[FulfillmentLine, ...]
    reason: ShortReason


@dataclass(frozen=True, slots=True)
class Rejection:
    """The node refuses the whole fulfillment order."""

    fulfillment_order_id: UUID
    reason: str
    occurred_at: Instant


@dataclass(frozen=True, slots=True)
class CancelDecision:
    """The node's answer to a request to cancel units."""

    fulfillment_order_id: UUID
    accepted: bool
    occurred_at: Instant
    request_key: str = ""


@dataclass(frozen=True, slots=True)
class CarrierEvent:
    """Where a parcel is; by shipment id or tracking number."""

    state: ShipmentState
    occurred_at: Instant
    tracking_number: str = ""
    shipment_id: UUID | None = None
    reference: str = field(default="")

"""Fulfillment orders, shipments and the reports about them as values."""

from __future__ import annotations

from enum import Enum
from typing import Final
from uuid import UUID

from msgspec import Struct, field

from hub.fulfillment.lifecycle import FulfillmentState, LabelState, RequestKind, RequestState, ShipmentState
from hub.inbox.model import SourceSequence
from hub.kernel.instant import Instant
from hub.kernel.money import Money

NOWHERE: Final = UUID(int=0)
"""Stands for a fulfillment order in reports that name an order instead, until it is found."""


class OrderReference(Struct, frozen=True):
    """An order as its channel names it, and the node that works it, where that is said."""

    channel_id: str
    channel_reference: str
    node_id: str = ""


class FulfillmentFilter(Struct, frozen=True):
    """What a listing asks for; every field given must match. `state` is as seen from outside."""

    order_id: UUID | None = None
    node_id: str = ""
    state: FulfillmentState | None = None


class FulfillmentLine(Struct, frozen=True):
    """Units of an order line."""

    line_number: int
    quantity: int
    sku: str = ""


class Package(Struct, frozen=True):
    """A pallet, carton or parcel that units left in; `reference` is the SSCC of pallets and cartons."""

    reference: str
    kind: str
    lines: tuple[FulfillmentLine, ...]
    tracking_number: str = ""


class Carriage(Struct, frozen=True, omit_defaults=True):
    """Who carries a parcel, what it weighs and where people can follow it; empty and 0 where that is not known."""

    carrier_code: str = ""
    carrier_name: str = ""
    weight_grams: int = 0
    tracking_url: str = ""


class AskedLine(Struct, frozen=True):
    """Units of an order line that a node was asked for; `left` of them have not been given up yet."""

    line_number: int
    quantity: int
    sku: str
    left: int


class NodeRequest(Struct, frozen=True):
    """What a node was asked: to cancel units, to give them back to ship from elsewhere, to put back uncollected ones.

    Its id is the operation key that the node answers under.
    """

    request_id: UUID
    kind: RequestKind
    lines: tuple[AskedLine, ...]
    asked_at: Instant
    deadline_at: Instant
    state: RequestState = RequestState.ASKED
    answered_at: Instant | None = None

    @property
    def left(self) -> int:
        """Units that have not been given up yet."""
        return sum(line.left for line in self.lines)


class Pickup(Struct, frozen=True, omit_defaults=True):
    """How units that lie ready are collected: with a code, until an instant.

    The code follows from its number and a key of the installation (`Secrets.pickup_code`), so that it is kept nowhere.
    `expired_at`: nobody had collected them.
    """

    ready_at: Instant
    hold_until: Instant
    code_number: int = 1
    wrong_codes: int = 0
    expired_at: Instant | None = None


class LabelFormat(Enum):
    """What a label is drawn as."""

    PDF = "PDF"
    PNG = "PNG"
    ZPL = "ZPL"


class PackedParcel(Struct, frozen=True):
    """A packed parcel that needs a label: whose, the node's reference, grams, millimeters (0: not known), format.

    `incoterm` is that of a parcel that crosses a customs border, where its order has none; empty where none is stated.
    """

    fulfillment_order_id: UUID
    reference: str
    weight_grams: int
    length_mm: int = 0
    width_mm: int = 0
    height_mm: int = 0
    format: LabelFormat = LabelFormat.PDF
    incoterm: str = ""

    @property
    def volume_cm3(self) -> int:
        """Its volume, 0 where a side is not known."""
        return self.length_mm * self.width_mm * self.height_mm // 1000


class LabeledParcel(Struct, frozen=True):
    """A parcel whose label is to be voided."""

    fulfillment_order_id: UUID
    reference: str


class Label(Struct, frozen=True, omit_defaults=True):
    """A label of a parcel, without its document, which lies with the person that it names.

    `label_id` is the operation key at the partner. `cost` is None until it is bought, `expected_cost` where the rates
    of the network say nothing. `code`: why the partner refused it, or did not take it back. `void_count`: how often the
    partner was asked to take it back.
    """

    label_id: UUID
    parcel: PackedParcel
    account_id: str
    asked_at: Instant
    deadline_at: Instant
    state: LabelState = LabelState.ASKED
    tracking_number: str = ""
    carrier_code: str = ""
    cost: Money | None = None
    expected_cost: Money | None = None
    code: str = ""
    void_count: int = 0

    @property
    def difference(self) -> Money | None:
        """What it costs above what was expected; None unless both are known and in one currency."""
        if self.cost is None or self.expected_cost is None or self.cost.currency != self.expected_cost.currency:
            return None
        return self.cost - self.expected_cost


class FulfillmentOrder(Struct, frozen=True):
    """Instruction to one node, one method, one recipient; `requests` are what the node was asked since, oldest first.

    `adopted`: another system handed it over. `pickup`: None until units lie ready to be collected.
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
    partner_reference: str = ""
    reports: tuple[str, ...] = ()
    requests: tuple[NodeRequest, ...] = ()
    adopted: bool = False
    pickup: Pickup | None = None
    labels: tuple[Label, ...] = ()


class Shipment(Struct, frozen=True):
    """A parcel that left; `value_minor` is what the customer pays for it, charges that left with it included.

    `adopted`: it left before the hub had the order, so not off the shelves the hub knows.
    `reported`: its node has reported it; before that it is known by what its carrier told.
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
    reported: bool = True
    carriage: Carriage = Carriage()


class NumberedParcel(Struct, frozen=True):
    """A parcel as found by its tracking number."""

    order_id: UUID
    shipment_id: UUID
    shipped_at: Instant


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
    READY = "READY"


class ProgressReport(Struct, frozen=True):
    """A node took on, picked or packed units, or made them ready to collect; no lines means all that are still to do.

    `waits`: where there is no such fulfillment order yet, it is kept until there is.
    """

    fulfillment_order_id: UUID
    kind: ProgressKind
    occurred_at: Instant
    lines: tuple[FulfillmentLine, ...] = ()
    partner_reference: str = ""
    order: OrderReference | None = None
    sequence: SourceSequence | None = None
    waits: bool = False


class ShipmentReport(Struct, frozen=True):
    """A parcel left; no lines means all units that are left, or those in its packages where it names them.

    `waits` as in a ProgressReport.
    """

    fulfillment_order_id: UUID
    reference: str
    occurred_at: Instant
    tracking_number: str = ""
    lines: tuple[FulfillmentLine, ...] = ()
    packages: tuple[Package, ...] = ()
    order: OrderReference | None = None
    sequence: SourceSequence | None = None
    waits: bool = False
    carriage: Carriage = Carriage()


class CollectionReport(Struct, frozen=True):
    """What lay ready was handed over to who named a code."""

    fulfillment_order_id: UUID
    code: str
    occurred_at: Instant


class ShortReport(Struct, frozen=True):
    """Units cannot ship from the node."""

    fulfillment_order_id: UUID
    reference: str
    occurred_at: Instant
    lines: tuple[FulfillmentLine, ...]
    reason: ShortReason


class Rejection(Struct, frozen=True):
    """The node refuses the whole fulfillment order."""

    fulfillment_order_id: UUID
    reason: str
    occurred_at: Instant


class NodeAnswer(Struct, frozen=True):
    """The node's answer to a request; None where its deadline has come without one."""

    fulfillment_order_id: UUID
    request_id: UUID
    accepted: bool | None
    occurred_at: Instant


NodeReport = ProgressReport | ShipmentReport | CollectionReport | ShortReport | Rejection | NodeAnswer
"""What a node tells of a fulfillment order."""


class WriteOff(Struct, frozen=True):
    """A parcel that will not arrive any more, by a person's word, and why."""

    shipment_id: UUID
    reason: str


class CarrierEvent(Struct, frozen=True):
    """Where a parcel is; by shipment id or tracking number, or by the fulfillment order that it is a parcel of.

    `waits`: where there is no such parcel or order yet, it is kept until there is.
    """

    state: ShipmentState
    occurred_at: Instant
    tracking_number: str = ""
    shipment_id: UUID | None = None
    reference: str = field(default="")
    fulfillment_order_id: UUID = NOWHERE
    order: OrderReference | None = None
    sequence: SourceSequence | None = None
    waits: bool = False
    tracking_url: str = ""

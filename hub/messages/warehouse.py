"""What warehouses and store systems are asked: to work fulfillment orders, to cancel units, and what was done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID

from msgspec import Struct, field

from hub.kernel.instant import Instant


class WorkLine(Struct, frozen=True, omit_defaults=True):
    """Units of an order line that a node works; `title` is for its people, codes are for the customs papers.

    `weight_grams` is the weight of one unit, 0 where that is not known. `personalization` is put on each unit.
    """

    line_number: int
    sku: str
    quantity: int
    title: str = ""
    hs_code: str = ""
    origin_country_code: str = ""
    weight_grams: int = 0
    personalization: str = ""
    value_added_services: tuple[str, ...] = ()


class ReleaseFulfillmentOrder(Struct, frozen=True, omit_defaults=True):
    """Hands a fulfillment order to its node; `ship_by` is when it has to have left, `attributes` are the order's.

    `delivery_method` is how the goods leave: SHIP, or PICKUP where they are collected.
    `gift_message` goes with the goods, `delivery_instructions` on the label.
    """

    KIND: ClassVar[str] = "warehouse.release"

    fulfillment_order_id: UUID
    order_id: UUID
    node_id: str
    lines: tuple[WorkLine, ...]
    ship_to_party_id: UUID
    service_code: str
    ship_by: Instant
    incoterm: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    delivery_method: str = "SHIP"
    gift_message: str = ""
    delivery_instructions: str = ""


class CancelFulfillmentOrder(Struct, frozen=True, omit_defaults=True):
    """Asks a node to cancel units of a fulfillment order, which it may know by a reference of its own."""

    KIND: ClassVar[str] = "warehouse.cancel"

    fulfillment_order_id: UUID
    lines: tuple[WorkLine, ...]
    partner_reference: str = ""


class PullWarehouse(Struct, frozen=True):
    """Asks a warehouse account what was done at its nodes since the last time."""

    KIND: ClassVar[str] = "warehouse.pull"

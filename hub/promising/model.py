"""Promises as values."""

from __future__ import annotations

from msgspec import Struct

from hub.kernel.enums import QuickEnum
from hub.kernel.instant import Instant
from hub.kernel.money import Money


class PromisedDate(Struct, frozen=True):
    """When goods leave the node, and the end of the day by which they arrive (the node's local day)."""

    ship_at: Instant
    deliver_by: Instant


class DeliveryMode(QuickEnum):
    """How the units of an order are sent: all now, each when it is there, or all when the last is there."""

    NOW = "NOW"
    IN_PARTS = "IN_PARTS"
    TOGETHER = "TOGETHER"


class PromiseConfidence(QuickEnum):
    """How sure a date is: it rests on stock, on supply that is confirmed, or on supply that is planned or late."""

    HIGH = "HIGH"
    MEDIUM = "MEDIUM"
    LOW = "LOW"


class ExclusionReason(QuickEnum):
    """Why a node ships nothing of a quote now."""

    NO_ROUTE = "NO_ROUTE"
    STOCK = "STOCK"
    RULE = "RULE"


class Arrival(Struct, frozen=True):
    """Units of a SKU that can be sold at a node from an instant on, and how sure that is."""

    at: Instant
    sku: str
    node_id: str
    units: int
    confidence: PromiseConfidence


class PromisedPart(Struct, frozen=True):
    """Units of a line of a quote that leave one node together."""

    line_number: int
    sku: str
    quantity: int
    node_id: str
    dates: PromisedDate


class PromiseOption(Struct, frozen=True):
    """A way to deliver all units of a quote. `deliver_from` is the begin of the first day of arrival.

    `fee` is what the buyer pays, None where the channel states none; `cost` what the seller pays.
    """

    number: int
    mode: DeliveryMode
    service_code: str
    parts: tuple[PromisedPart, ...]
    deliver_from: Instant
    confidence: PromiseConfidence
    fee: Money | None = None
    cost: Money | None = None

    @property
    def deliver_by(self) -> Instant:
        """The end of the day by which the last units arrive."""
        return max(part.dates.deliver_by for part in self.parts)

    @property
    def order_by(self) -> Instant:
        """The first cut-off: who orders at it or later gets later dates."""
        return min(part.dates.ship_at for part in self.parts)


class ConsideredNode(Struct, frozen=True):
    """A node as it was looked at for a service: units it could cover alone, now, or why it ships nothing now."""

    node_id: str
    service_code: str
    coverable: int = 0
    cost: Money | None = None
    exclusion: ExclusionReason | None = None
    detail: str = ""


class PromiseQuote(Struct, frozen=True):
    """The ways in which lines, (SKU, units) each, could be delivered; none where stock and supply do not cover them."""

    lines: tuple[tuple[str, int], ...]
    options: tuple[PromiseOption, ...]
    nodes: tuple[ConsideredNode, ...]
    expires_at: Instant

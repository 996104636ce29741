"""An order of an old system as it stands there: what is stated of its units, parcels and money."""

from __future__ import annotations

from msgspec import Struct

from hub.fulfillment.model import FulfillmentLine
from hub.holds.model import HoldType
from hub.kernel.instant import Instant
from hub.orders.model import Draft
from hub.slices.lifecycle import SliceState


class AdoptedUnits(Struct, frozen=True):
    """Units of a line that have not left; `reference` is the old system's name of the work at the node."""

    line_number: int
    state: SliceState
    quantity: int
    node_id: str = ""
    reference: str = ""


class AdoptedShipment(Struct, frozen=True):
    """A parcel that left; `work_reference` as of the units it was worked with."""

    reference: str
    node_id: str
    lines: tuple[FulfillmentLine, ...]
    shipped_at: Instant
    tracking_number: str = ""
    delivered_at: Instant | None = None
    work_reference: str = ""


class AdoptedMoney(Struct, frozen=True):
    """What happened to the money of the instrument of a number (from 1) that the hub holds, in minor units."""

    instrument_number: int
    authorized_minor: int = 0
    captured_minor: int = 0
    refunded_minor: int = 0
    authorization_reference: str = ""
    expires_at: Instant | None = None
    capture_reference: str = ""


class AdoptedHold(Struct, frozen=True):
    """Why the order was held."""

    type: HoldType
    reason: str


class Adoption(Struct, frozen=True):
    """An order as it stands elsewhere. Without `resume_at` it waits on hold until somebody resumes it."""

    draft: Draft
    units: tuple[AdoptedUnits, ...] = ()
    shipments: tuple[AdoptedShipment, ...] = ()
    money: tuple[AdoptedMoney, ...] = ()
    holds: tuple[AdoptedHold, ...] = ()
    resume_at: Instant | None = None

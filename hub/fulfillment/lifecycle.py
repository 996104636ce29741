"""States of fulfillment orders and shipments, and how they may change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Final


class FulfillmentState(Enum):
    """A fulfillment order as stored; IN_PROGRESS, SHIPPED, CLOSED_SHORT and those of collection are computed."""

    CREATED = "CREATED"
    RELEASED = "RELEASED"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    IN_PROGRESS = "IN_PROGRESS"
    SHIPPED = "SHIPPED"
    CLOSED_SHORT = "CLOSED_SHORT"
    REJECTED = "REJECTED"
    CANCELED = "CANCELED"
    READY_FOR_PICKUP = "READY_FOR_PICKUP"
    COLLECTED = "COLLECTED"
    NOT_COLLECTED = "NOT_COLLECTED"


class FulfillmentAction(Enum):
    """What moves a fulfillment order."""

    RELEASE = "RELEASE"
    ACKNOWLEDGE = "ACKNOWLEDGE"
    REJECT = "REJECT"
    CANCEL = "CANCEL"
    OFFER_AGAIN = "OFFER_AGAIN"


class RequestKind(Enum):
    """What a node is asked of units that it works."""

    CANCEL = "CANCEL"
    GIVE_BACK = "GIVE_BACK"
    PUT_BACK = "PUT_BACK"


class RequestState(Enum):
    """How a request to a node stands. LATE: no answer by the deadline, which counts as a refusal until one comes."""

    ASKED = "ASKED"
    ACCEPTED = "ACCEPTED"
    REFUSED = "REFUSED"
    LATE = "LATE"


class RequestAction(Enum):
    """What moves a request to a node."""

    ACCEPT = "ACCEPT"
    REFUSE = "REFUSE"
    EXPIRE = "EXPIRE"


class ShipmentState(Enum):
    """Where a parcel is, as carriers see it."""

    CREATED = "CREATED"
    LABELED = "LABELED"
    TENDERED = "TENDERED"
    IN_TRANSIT = "IN_TRANSIT"
    IN_CUSTOMS = "IN_CUSTOMS"
    CUSTOMS_HELD = "CUSTOMS_HELD"
    OUT_FOR_DELIVERY = "OUT_FOR_DELIVERY"
    AVAILABLE_FOR_PICKUP = "AVAILABLE_FOR_PICKUP"
    DELIVERED = "DELIVERED"
    FAILED_ATTEMPT = "FAILED_ATTEMPT"
    RETURNING_TO_SENDER = "RETURNING_TO_SENDER"
    LOST = "LOST"
    DAMAGED = "DAMAGED"
    VOIDED = "VOIDED"


class LabelState(Enum):
    """How a label of a parcel stands. UNWANTED: asked for, and not wanted any more before the partner has answered."""

    ASKED = "ASKED"
    BOUGHT = "BOUGHT"
    REFUSED = "REFUSED"
    UNWANTED = "UNWANTED"
    VOIDING = "VOIDING"
    VOIDED = "VOIDED"
    NOT_VOIDED = "NOT_VOIDED"


class LabelAction(Enum):
    """What moves a label: the partner sells or refuses it, nobody wants it, the partner takes it back or does not."""

    SELL = "SELL"
    REFUSE = "REFUSE"
    DROP = "DROP"
    TAKE_BACK = "TAKE_BACK"
    KEEP = "KEEP"


_F = FulfillmentState
_A = FulfillmentAction

TRANSITIONS: Final[Mapping[tuple[FulfillmentState, FulfillmentAction], FulfillmentState]] = {
    (_F.CREATED, _A.RELEASE): _F.RELEASED,
    (_F.RELEASED, _A.ACKNOWLEDGE): _F.ACKNOWLEDGED,
    (_F.CREATED, _A.CANCEL): _F.CANCELED,
    (_F.RELEASED, _A.CANCEL): _F.CANCELED,
    (_F.ACKNOWLEDGED, _A.CANCEL): _F.CANCELED,
    (_F.RELEASED, _A.REJECT): _F.REJECTED,
    (_F.ACKNOWLEDGED, _A.REJECT): _F.REJECTED,
    (_F.REJECTED, _A.OFFER_AGAIN): _F.CANCELED,
}
"""(state, action) -> state."""

_R = RequestState
_D = RequestAction

REQUEST_TRANSITIONS: Final[Mapping[tuple[RequestState, RequestAction], RequestState]] = {
    (_R.ASKED, _D.ACCEPT): _R.ACCEPTED,
    (_R.ASKED, _D.REFUSE): _R.REFUSED,
    (_R.ASKED, _D.EXPIRE): _R.LATE,
    (_R.LATE, _D.ACCEPT): _R.ACCEPTED,
    (_R.LATE, _D.REFUSE): _R.REFUSED,
}
"""(state, action) -> state of a request; an answer after the deadline is taken as one in time."""

_L = LabelState
_B = LabelAction

LABEL_TRANSITIONS: Final[Mapping[tuple[LabelState, LabelAction], LabelState]] = {
    (_L.ASKED, _B.SELL): _L.BOUGHT,
    (_L.ASKED, _B.REFUSE): _L.REFUSED,
    (_L.ASKED, _B.DROP): _L.UNWANTED,
    (_L.UNWANTED, _B.SELL): _L.VOIDING,
    (_L.UNWANTED, _B.REFUSE): _L.REFUSED,
    (_L.BOUGHT, _B.DROP): _L.VOIDING,
    (_L.VOIDING, _B.TAKE_BACK): _L.VOIDED,
    (_L.VOIDING, _B.KEEP): _L.NOT_VOIDED,
    (_L.NOT_VOIDED, _B.DROP): _L.VOIDING,
}
"""(state, action) -> state of a label. What comes to VOIDING has the partner asked to take it back."""

WANTED: Final = frozenset({_L.ASKED, _L.BOUGHT})
"""States of labels that a parcel is to leave with."""

UNANSWERED: Final = frozenset({_R.ASKED, _R.LATE})
"""States of requests that the node has not answered."""

LIVE: Final = frozenset({_F.CREATED, _F.RELEASED, _F.ACKNOWLEDGED})
"""Stored states in which a node may still work."""

TROUBLE: Final = frozenset({ShipmentState.LOST, ShipmentState.DAMAGED, ShipmentState.RETURNING_TO_SENDER})
"""Shipment states that need a person."""

UNSENT: Final = frozenset({ShipmentState.CREATED, ShipmentState.LABELED, ShipmentState.VOIDED})
"""Shipment states in which the goods are still at their node; with all others the carrier has them."""

_INTERRUPTED: Final = frozenset(
    {
        *(ShipmentState.CUSTOMS_HELD, ShipmentState.FAILED_ATTEMPT, ShipmentState.LOST, ShipmentState.DAMAGED),
        ShipmentState.RETURNING_TO_SENDER,
    }
)
"""States from which a parcel goes on to any other: one that was lost is found, too."""
_ENDED: Final = frozenset({ShipmentState.DELIVERED, ShipmentState.VOIDED})
_WAY: Final = tuple(ShipmentState)


def follows(state: ShipmentState, reported: ShipmentState) -> bool:
    """Whether a report moves a shipment on; a late one, of where it was before, does not."""
    if state in _ENDED:
        return False
    return state in _INTERRUPTED or _WAY.index(reported) > _WAY.index(state)


def carried(state: ShipmentState, told: Iterable[ShipmentState]) -> ShipmentState:
    """Where a shipment is that was in a state, after all that its carrier told of it, in the order of its happening.

    The same whatever the order in which it was told.
    """
    for reported in told:
        if follows(state, reported):
            state = reported
    return state

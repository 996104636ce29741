"""States of units of an order line, the actions that move them, and which stock each state claims."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from hub.kernel.enums import QuickEnum


class SliceState(QuickEnum):
    """Where units are."""

    OPEN = "OPEN"
    BACKORDERED = "BACKORDERED"
    RESERVED = "RESERVED"
    ALLOCATED = "ALLOCATED"
    RELEASED = "RELEASED"
    ACCEPTED = "ACCEPTED"
    PICKED = "PICKED"
    PACKED = "PACKED"
    READY_FOR_PICKUP = "READY_FOR_PICKUP"
    SHIPPED = "SHIPPED"
    RETURNING = "RETURNING"
    DELIVERED = "DELIVERED"
    COLLECTED = "COLLECTED"
    RETURN_AUTHORIZED = "RETURN_AUTHORIZED"
    RETURN_IN_TRANSIT = "RETURN_IN_TRANSIT"
    RETURN_RECEIVED = "RETURN_RECEIVED"
    RETURN_CLOSED = "RETURN_CLOSED"
    KEPT = "KEPT"
    LOST = "LOST"
    CANCELED = "CANCELED"


class SliceAction(QuickEnum):
    """What moves units."""

    RESERVE = "RESERVE"
    BACKORDER = "BACKORDER"
    ALLOCATE = "ALLOCATE"
    RELEASE = "RELEASE"
    ACCEPT = "ACCEPT"
    PICK = "PICK"
    PACK = "PACK"
    MAKE_READY = "MAKE_READY"
    SHIP = "SHIP"
    DELIVER = "DELIVER"
    COLLECT = "COLLECT"
    SHORT = "SHORT"
    CANCEL = "CANCEL"
    TURN_BACK = "TURN_BACK"
    AUTHORIZE_RETURN = "AUTHORIZE_RETURN"
    SEND_BACK = "SEND_BACK"
    RECEIVE_BACK = "RECEIVE_BACK"
    DISPOSE = "DISPOSE"
    KEEP = "KEEP"
    LOSE = "LOSE"
    END_RETURN = "END_RETURN"


_S = SliceState
_A = SliceAction

TRANSITIONS: Final[Mapping[tuple[SliceState, SliceAction], SliceState]] = {
    (_S.OPEN, _A.RESERVE): _S.RESERVED,
    (_S.BACKORDERED, _A.RESERVE): _S.RESERVED,
    (_S.OPEN, _A.BACKORDER): _S.BACKORDERED,
    (_S.RESERVED, _A.ALLOCATE): _S.ALLOCATED,
    (_S.ALLOCATED, _A.RELEASE): _S.RELEASED,
    (_S.RELEASED, _A.ACCEPT): _S.ACCEPTED,
    **{(state, _A.PICK): _S.PICKED for state in (_S.RELEASED, _S.ACCEPTED)},
    **{(state, _A.PACK): _S.PACKED for state in (_S.RELEASED, _S.ACCEPTED, _S.PICKED)},
    **{(state, _A.MAKE_READY): _S.READY_FOR_PICKUP for state in (_S.RELEASED, _S.ACCEPTED, _S.PICKED, _S.PACKED)},
    (_S.READY_FOR_PICKUP, _A.COLLECT): _S.COLLECTED,
    **{(state, _A.SHIP): _S.SHIPPED for state in (_S.RELEASED, _S.ACCEPTED, _S.PICKED, _S.PACKED)},
    (_S.SHIPPED, _A.DELIVER): _S.DELIVERED,
    **{
        (state, _A.SHORT): _S.OPEN
        for state in (
            *(_S.RESERVED, _S.ALLOCATED, _S.RELEASED),
            *(_S.ACCEPTED, _S.PICKED, _S.PACKED, _S.READY_FOR_PICKUP),
        )
    },
    **{
        (state, _A.CANCEL): _S.CANCELED
        for state in (
            *(_S.OPEN, _S.BACKORDERED, _S.RESERVED, _S.ALLOCATED),
            *(_S.RELEASED, _S.ACCEPTED, _S.PICKED, _S.PACKED, _S.READY_FOR_PICKUP),
        )
    },
    (_S.SHIPPED, _A.TURN_BACK): _S.RETURNING,
    **{(state, _A.AUTHORIZE_RETURN): _S.RETURN_AUTHORIZED for state in (_S.DELIVERED, _S.COLLECTED)},
    (_S.RETURN_AUTHORIZED, _A.SEND_BACK): _S.RETURN_IN_TRANSIT,
    **{
        (state, _A.RECEIVE_BACK): _S.RETURN_RECEIVED
        for state in (_S.RETURNING, _S.RETURN_AUTHORIZED, _S.RETURN_IN_TRANSIT)
    },
    (_S.RETURN_RECEIVED, _A.DISPOSE): _S.RETURN_CLOSED,
    **{(state, _A.KEEP): _S.KEPT for state in (_S.RETURN_AUTHORIZED, _S.RETURN_IN_TRANSIT)},
    **{(state, _A.LOSE): _S.LOST for state in (_S.SHIPPED, _S.RETURNING, _S.RETURN_AUTHORIZED, _S.RETURN_IN_TRANSIT)},
    **{(state, _A.END_RETURN): _S.DELIVERED for state in (_S.RETURN_AUTHORIZED, _S.RETURN_IN_TRANSIT)},
}
"""(state, action) -> state. A move not in the table does not exist."""

RESERVING: Final = frozenset({_S.RESERVED})
"""States whose units count as reserved at their node."""

TO_WORK: Final = frozenset({_S.RELEASED, _S.ACCEPTED, _S.PICKED, _S.PACKED})
"""States in which a node has something to do with the units."""

AT_NODE: Final = TO_WORK | {_S.READY_FOR_PICKUP}
"""States in which units are a node's: each in exactly one fulfillment order."""

ALLOCATING: Final = AT_NODE | {_S.ALLOCATED}
"""States whose units count as allocated at their node."""

WAITING: Final = frozenset({_S.OPEN, _S.BACKORDERED})
"""States without stock."""

COMING_BACK: Final = frozenset({_S.RETURNING, _S.RETURN_AUTHORIZED, _S.RETURN_IN_TRANSIT})
"""States in which units are expected back at a node."""

RETURNED: Final = frozenset({_S.RETURN_RECEIVED, _S.RETURN_CLOSED})
"""States in which units have come back to a node."""

GONE: Final = frozenset({_S.SHIPPED, _S.DELIVERED, _S.COLLECTED, _S.KEPT, _S.LOST}) | COMING_BACK | RETURNED
"""States in which the units have left once, whatever became of them since: what they cost was billed."""

RECEIVED: Final = frozenset({_S.DELIVERED, _S.COLLECTED})
"""States of units that the customer has, and of which nothing was asked since."""

REACHED: Final = RECEIVED | frozenset({_S.RETURN_AUTHORIZED, _S.RETURN_IN_TRANSIT, _S.KEPT})
"""States of units that the customer got, as far as they are not back."""

LEAVING: Final = frozenset({_S.SHIPPED, _S.COLLECTED})
"""States by which units leave their node: they are taken off its shelf and paid for."""

ENDED: Final = frozenset({_S.DELIVERED, _S.COLLECTED, _S.CANCELED, _S.RETURN_CLOSED, _S.KEPT, _S.LOST})
"""States from which nothing more happens by itself."""


def targets(action: SliceAction) -> frozenset[SliceState]:
    """The states that an action may start from."""
    return _TARGETS[action]


_TARGETS: Final = {
    action: frozenset(state for state, known in TRANSITIONS if known is action) for action in SliceAction
}

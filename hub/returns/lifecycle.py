"""The life of a return as a whole. Where its units are is counted in slices, never here."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final
from uuid import UUID

from hub.returns.errors import ReturnActionNotAllowed


class ReturnState(Enum):
    """Life of a return."""

    AUTHORIZED = "AUTHORIZED"
    IN_TRANSIT = "IN_TRANSIT"
    RECEIVED = "RECEIVED"
    CLOSED = "CLOSED"
    EXPIRED = "EXPIRED"
    CANCELED = "CANCELED"


class ReturnAction(Enum):
    """What moves a return."""

    HAND_IN = "HAND_IN"
    RECEIVE = "RECEIVE"
    CLOSE = "CLOSE"
    EXPIRE = "EXPIRE"
    CANCEL = "CANCEL"


_S = ReturnState
_A = ReturnAction

TRANSITIONS: Final[Mapping[tuple[ReturnState, ReturnAction], ReturnState]] = {
    (_S.AUTHORIZED, _A.HAND_IN): _S.IN_TRANSIT,
    **{(state, _A.RECEIVE): _S.RECEIVED for state in (_S.AUTHORIZED, _S.IN_TRANSIT, _S.RECEIVED, _S.EXPIRED)},
    **{(state, _A.CLOSE): _S.CLOSED for state in (_S.AUTHORIZED, _S.IN_TRANSIT, _S.RECEIVED)},
    (_S.AUTHORIZED, _A.EXPIRE): _S.EXPIRED,
    (_S.AUTHORIZED, _A.CANCEL): _S.CANCELED,
}
"""(state, action) -> state."""

OPEN: Final = frozenset({_S.AUTHORIZED, _S.IN_TRANSIT, _S.RECEIVED})
"""States in which something is still to come."""


def next_state(return_id: UUID, state: ReturnState, action: ReturnAction) -> ReturnState:
    """The state after an action; raises ReturnActionNotAllowed."""
    if target := TRANSITIONS.get((state, action)):
        return target
    allowed = sorted(known.value for before, known in TRANSITIONS if before is state)
    raise ReturnActionNotAllowed(
        f"A return that is {state.value} cannot take {action.value}; allowed: {', '.join(allowed) or 'nothing'}.",
        return_id=return_id,
        state=state.value,
        action=action.value,
        allowed=",".join(allowed),
    )

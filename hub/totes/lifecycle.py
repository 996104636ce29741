"""The life of a tote."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final
from uuid import UUID

from hub.totes.errors import ToteActionNotAllowed


class ToteState(Enum):
    """Life of a tote."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"
    IN_TRANSIT = "IN_TRANSIT"
    RECEIVED = "RECEIVED"


class ToteAction(Enum):
    """What happens to a tote; SCAN and COUNT_AGAIN leave its state as it is."""

    SCAN = "SCAN"
    CLOSE = "CLOSE"
    SHIP = "SHIP"
    RECEIVE = "RECEIVE"
    COUNT_AGAIN = "COUNT_AGAIN"


_S = ToteState
_A = ToteAction

TRANSITIONS: Final[Mapping[tuple[ToteState, ToteAction], ToteState]] = {
    (_S.OPEN, _A.SCAN): _S.OPEN,
    (_S.OPEN, _A.CLOSE): _S.CLOSED,
    (_S.CLOSED, _A.SHIP): _S.IN_TRANSIT,
    (_S.CLOSED, _A.RECEIVE): _S.RECEIVED,
    (_S.IN_TRANSIT, _A.RECEIVE): _S.RECEIVED,
    (_S.RECEIVED, _A.COUNT_AGAIN): _S.RECEIVED,
}
"""(state, action) -> state."""


def next_state(tote_id: UUID, state: ToteState, action: ToteAction) -> ToteState:
    """The state after an action; raises ToteActionNotAllowed."""
    if target := TRANSITIONS.get((state, action)):
        return target
    allowed = ", ".join(known.value for before, known in TRANSITIONS if before is state)
    raise ToteActionNotAllowed(
        f"A tote that is {state.value} cannot take {action.value}; allowed: {allowed}.",
        tote_id=tote_id,
        state=state.value,
        action=action.value,
    )

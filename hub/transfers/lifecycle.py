"""The life of a transfer."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final
from uuid import UUID

from hub.transfers.errors import TransferActionNotAllowed


class TransferState(Enum):
    """Life of a transfer."""

    REQUESTED = "REQUESTED"
    IN_TRANSIT = "IN_TRANSIT"
    RECEIVED = "RECEIVED"
    CANCELED = "CANCELED"


class TransferAction(Enum):
    """What happens to a transfer. COMPLETE is the report after which no unit of it is in transit."""

    SHIP = "SHIP"
    RECEIVE = "RECEIVE"
    COMPLETE = "COMPLETE"
    CANCEL = "CANCEL"


_S = TransferState
_A = TransferAction

TRANSITIONS: Final[Mapping[tuple[TransferState, TransferAction], TransferState]] = {
    (_S.REQUESTED, _A.SHIP): _S.IN_TRANSIT,
    (_S.REQUESTED, _A.RECEIVE): _S.IN_TRANSIT,
    (_S.REQUESTED, _A.CANCEL): _S.CANCELED,
    (_S.IN_TRANSIT, _A.SHIP): _S.IN_TRANSIT,
    (_S.IN_TRANSIT, _A.RECEIVE): _S.IN_TRANSIT,
    (_S.IN_TRANSIT, _A.COMPLETE): _S.RECEIVED,
    (_S.RECEIVED, _A.RECEIVE): _S.RECEIVED,
    (_S.RECEIVED, _A.COMPLETE): _S.RECEIVED,
}
"""(state, action) -> state. Units may come before their shipment is told, and after the last receipt."""


def next_state(transfer_id: UUID, state: TransferState, action: TransferAction) -> TransferState:
    """The state after an action; raises TransferActionNotAllowed."""
    if target := TRANSITIONS.get((state, action)):
        return target
    allowed = ", ".join(known.value for before, known in TRANSITIONS if before is state) or "nothing"
    raise TransferActionNotAllowed(
        f"A transfer that is {state.value} cannot take {action.value}; allowed: {allowed}."
        " Goods that move all the same need a transfer of their own: request one, and report them for it.",
        transfer_id=transfer_id,
        state=state.value,
        action=action.value,
    )

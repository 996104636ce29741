"""What the customs stand-in does with a declaration, and when."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum

from adapters.sdk.calls import BadCall


class Behavior(Enum):
    """What becomes of a declaration.

    RELEASE: accepted, then released. HOLD: accepted, then held for a check. MISSING: accepted, then held until the
    commercial invoice is handed in. REJECT: taken, then rejected. REFUSE: refused at once. SILENT: no update.
    """

    RELEASE = "RELEASE"
    HOLD = "HOLD"
    MISSING = "MISSING"
    REJECT = "REJECT"
    REFUSE = "REFUSE"
    SILENT = "SILENT"

    @classmethod
    def read(cls, name: str, value: str) -> Behavior:
        """Reads a setting. Raises BadCall naming it where it is none of them."""
        if value in cls.__members__:
            return cls[value]
        raise BadCall(f"{name} is {value!r}; name one of {', '.join(cls.__members__)}")


def course(behavior: Behavior, at: datetime, accept_minutes: int, decide_minutes: int) -> list[tuple[str, datetime]]:
    """Answers the states that a declaration takes by itself and their instants, in order."""
    accepted = ("DECLARATION_STATE_ACCEPTED", at + timedelta(minutes=accept_minutes))
    decided_at = max(at + timedelta(minutes=decide_minutes), accepted[1])
    match behavior:
        case Behavior.RELEASE:
            return [accepted, ("DECLARATION_STATE_RELEASED", decided_at)]
        case Behavior.HOLD | Behavior.MISSING:
            return [accepted, ("DECLARATION_STATE_HELD", decided_at)]
        case Behavior.REJECT:
            return [("DECLARATION_STATE_REJECTED", accepted[1])]
        case Behavior.SILENT | Behavior.REFUSE:
            return []

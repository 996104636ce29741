"""What availability refuses."""

from __future__ import annotations

from hub.kernel.errors import Refusal, Status


class PositionNotReached(Refusal):
    """The position asked for was not reached in time; nothing was answered from before it."""

    reason = "POSITION_NOT_REACHED"
    status = Status.DEADLINE_EXCEEDED
    kept = False


class ScenarioNotFound(Refusal):
    """There is no scenario of this id, or not in this version."""

    reason = "SCENARIO_NOT_FOUND"
    status = Status.NOT_FOUND


class PlaceUnknown(Refusal):
    """Nobody knows where the place is: no postal area of the network holds it."""

    reason = "PLACE_UNKNOWN"
    status = Status.NOT_FOUND

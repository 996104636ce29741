"""What availability refuses."""

from __future__ import annotations

from hub.kernel.errors import Refusal, Status


class PositionNotReached(Refusal):
    """The data did not reach the position asked for in time; older data is not returned."""

    reason = "POSITION_NOT_REACHED"
    status = Status.DEADLINE_EXCEEDED
    kept = False


class ScenarioNotFound(Refusal):
    """There is no scenario with this id, or it has no such version."""

    reason = "SCENARIO_NOT_FOUND"
    status = Status.NOT_FOUND


class PlaceUnknown(Refusal):
    """The place cannot be located: no postal area of the network contains it."""

    reason = "PLACE_UNKNOWN"
    status = Status.NOT_FOUND

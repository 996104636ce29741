"""Refusals of the customers room. Each says the same whatever is behind it, so that nobody learns what exists."""

from __future__ import annotations

from hub.kernel.errors import Refusal, Status


class CodeRefused(Refusal):
    """The code is wrong, void, over, used, of another order, or of none."""

    reason = "CUSTOMER_CODE_REFUSED"
    status = Status.PERMISSION_DENIED
    kept = False

    def __init__(self) -> None:
        super().__init__(
            "The code does not open this order, or not any more; ask for another, and use it within 15 minutes."
        )


class SessionEnded(Refusal):
    """The session was ended, or its time is over."""

    reason = "CUSTOMER_SESSION_ENDED"
    status = Status.UNAUTHENTICATED
    kept = False

    def __init__(self) -> None:
        super().__init__("The session has ended; open another.")


class NotTheirOwn(Refusal):
    """Nothing of this name is the caller's own."""

    reason = "CUSTOMER_NOT_FOUND"
    status = Status.NOT_FOUND
    kept = False

    def __init__(self) -> None:
        super().__init__("There is nothing of this name among your orders; name what TrackOrder shows.")


class ActionNotPossible(Refusal):
    """It cannot be done for a reason that concerns the seller's work."""

    reason = "CUSTOMER_ACTION_NOT_POSSIBLE"
    status = Status.FAILED_PRECONDITION

    def __init__(self) -> None:
        super().__init__("This cannot be done for the order now; ask the shop.")


class DoorThrottled(Refusal):
    """Too many codes were asked for or tried; `retry_after_seconds` says when to try again."""

    reason = "CUSTOMER_DOOR_THROTTLED"
    status = Status.RESOURCE_EXHAUSTED
    kept = False

    def __init__(self, retry_after_seconds: float) -> None:
        super().__init__(
            "Too many codes were asked for or tried from here; wait, then try again.",
            retry_after_seconds=retry_after_seconds,
        )
        self.retry_after_seconds = retry_after_seconds

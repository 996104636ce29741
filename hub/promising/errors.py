"""Refusals of the promising room."""

from __future__ import annotations

from hub.kernel.errors import Refusal, Status


class QuoteNotFound(Refusal):
    """No quote with this id was kept for this principal and channel."""

    reason = "QUOTE_NOT_FOUND"
    status = Status.NOT_FOUND


class QuoteExpired(Refusal):
    """The quote holds no more."""

    reason = "QUOTE_EXPIRED"
    status = Status.FAILED_PRECONDITION


class QuoteMismatch(Refusal):
    """The order differs from what was quoted; metadata names how."""

    reason = "QUOTE_MISMATCH"
    status = Status.FAILED_PRECONDITION


class QuoteTaken(Refusal):
    """Another order took the quote."""

    reason = "QUOTE_TAKEN"
    status = Status.ALREADY_EXISTS


class WishNotKept(Refusal):
    """The units cannot arrive on the wished day; metadata has why, and the nearest days on which they can."""

    reason = "WISH_NOT_KEPT"
    status = Status.FAILED_PRECONDITION


class PromiseLost(Refusal):
    """The dates of the quote cannot be kept any more; metadata has the next best option, if there is one."""

    reason = "PROMISE_LOST"
    status = Status.FAILED_PRECONDITION

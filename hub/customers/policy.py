"""When a code may be sent, and when it opens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from hub.customers.model import Code
from hub.kernel.instant import Instant

CODE_HOLDS: Final = timedelta(minutes=15)
SESSION_HOLDS: Final = timedelta(minutes=30)
MOST_WRONG_TRIES: Final = 5
"""After so many wrong codes the one that was sent opens nothing any more."""
MOST_CODES: Final = 5
"""Codes that are sent for one order within `CODES_WITHIN`: with the tries of each, 25 guesses of 100,000,000."""
CODES_WITHIN: Final = timedelta(hours=1)


def may_send(sent: Sequence[Code], at: Instant) -> bool:
    """Whether another code may be sent for an order, of which `sent` are the last codes."""
    return sum(at - one.sent_at < CODES_WITHIN for one in sent) < MOST_CODES


def opens(code: Code, at: Instant) -> bool:
    """Whether the last code of an order can still open a session."""
    return code.used_at is None and at < code.expires_at and code.wrong_tries < MOST_WRONG_TRIES

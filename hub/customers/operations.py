"""What flows do with codes and sessions: send and try codes, open, read and end sessions, forget what is over."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from hub.customers.store import add_codes, add_sessions, codes, end, forget, save_tries, sessions

DOOR_KEPT: Final = timedelta(days=8)
"""How long codes and sessions are kept after their time: longer than a repeat of their request may come."""

__all__ = ["DOOR_KEPT", "add_codes", "add_sessions", "codes", "end", "forget", "save_tries", "sessions"]

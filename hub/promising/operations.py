"""What flows do with quotes that are kept: keep, load, give to an order, forget."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from hub.promising.store import forget, give_back, insert, load, take

QUOTES_KEPT: Final = timedelta(days=8)
"""How long quotes are kept after their end: longer than a repeat of their request may come."""

__all__ = ["QUOTES_KEPT", "forget", "give_back", "insert", "load", "take"]

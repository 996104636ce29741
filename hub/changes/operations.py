"""What flows do with changes: keep proposals, read them, note that they were confirmed, forget those that expired."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from hub.changes.store import confirm, forget, insert, load

CHANGES_KEPT: Final = timedelta(days=8)
"""How long proposals are kept after they expired: longer than a repeat of their request may come."""

__all__ = ["CHANGES_KEPT", "confirm", "forget", "insert", "load"]

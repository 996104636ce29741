"""What flows do with balances: open, lock, read and save them, and list their movements."""

from __future__ import annotations

from hub.balances.store import lock, movements, open_new, read, save

__all__ = ["lock", "movements", "open_new", "read", "save"]

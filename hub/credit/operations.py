"""What flows do with credit accounts: lock, read, save and list them, and what orders take of them."""

from __future__ import annotations

from hub.credit.store import awaited, counted, list_accounts, list_uses, lock, read, save, uses, waiting

__all__ = ["awaited", "counted", "list_accounts", "list_uses", "lock", "read", "save", "uses", "waiting"]

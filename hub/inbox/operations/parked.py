"""What flows do with parked events: keep them, find who waits for what, note what became of them."""

from __future__ import annotations

from hub.inbox.store.parked import forget, load, lock_keys, page, put, save, waited_for, waiting

__all__ = ["forget", "load", "lock_keys", "page", "put", "save", "waited_for", "waiting"]

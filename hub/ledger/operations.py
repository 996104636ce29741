"""What flows do with the ledger: post, once; keep what providers settled, and find what was posted for it."""

from __future__ import annotations

from hub.ledger.store import entries_known, moved, post, record_entries, settled_by

__all__ = ["entries_known", "moved", "post", "record_entries", "settled_by"]

"""What flows do with the ledger: post, once."""

from __future__ import annotations

from hub.ledger.store import post

__all__ = ["post"]

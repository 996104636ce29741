"""What flows do with the tax record: keep it and read it."""

from __future__ import annotations

from hub.trade.store import record_tax, taxes

__all__ = ["record_tax", "taxes"]

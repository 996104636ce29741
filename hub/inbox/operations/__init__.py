"""What flows do with documents; feeds and parked events have modules of their own, beside this."""

from __future__ import annotations

from hub.inbox.operations.documents import content, expire, load, page, receive, save

__all__ = ["content", "expire", "load", "page", "receive", "save"]

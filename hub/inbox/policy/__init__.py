"""What the inbox decides: which digits are masked, and whose turn it is in a feed."""

from __future__ import annotations

from hub.inbox.policy.masking import masked

__all__ = ["masked"]

"""What the inbox decides: which digits are a card number's, and whose turn it is in a feed."""

from __future__ import annotations

from hub.inbox.policy.masking import holds_card_number, masked

__all__ = ["holds_card_number", "masked"]

"""What the inbox decides: which digits are a card number's, what is personal, and whose turn it is in a feed."""

from __future__ import annotations

from hub.inbox.policy.masking import holds_card_number, impersonal, masked

__all__ = ["holds_card_number", "impersonal", "masked"]

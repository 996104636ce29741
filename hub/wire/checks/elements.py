"""Checks what comes from outside as an element of its own: of a batch, of an update, of a partner's answer."""

from __future__ import annotations

from google.protobuf.message import Message

from hub.wire.checks.cards import refuse_card_numbers
from hub.wire.checks.texts import refuse_nul
from hub.wire.checks.validation import refuse_invalid


def refuse_flawed(message: Message, within: str = "") -> None:
    """Raises InvalidField or CardNumberRefused naming the field; `within` is the path of the message in its request."""
    content = message.SerializeToString()
    refuse_nul(message, content, within)
    refuse_invalid(message, within)
    refuse_card_numbers(message, content)

"""Checks what comes from outside as an element of its own: of a batch, of an update, of a partner's answer."""

from __future__ import annotations

from google.protobuf.message import Message

from hub.wire.checks.cards import refuse_card_numbers
from hub.wire.checks.texts import refuse_nul
from hub.wire.checks.validation import refuse_invalid


def refuse_unsound(message: Message, within: str = "") -> None:
    """Raises InvalidField naming the field that breaks a rule of the contract; `within` is the path of the message."""
    refuse_invalid(message, within)  # first, because a list that is too long costs least here
    refuse_nul(message, message.SerializeToString(), within)


def refuse_flawed(message: Message, within: str = "") -> None:
    """Raises InvalidField as `refuse_unsound` does, and CardNumberRefused naming the field that holds a card number."""
    refuse_unsound(message, within)
    refuse_card_numbers(message, message.SerializeToString())

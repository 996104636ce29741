"""Refuses card numbers at the edge: none may ever be stored, logged or handed on.

What a card number is, the inbox says. Fields that hold identities and references of others are not looked at: some of
these pass by chance. Commands of documents pass the same check.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message

from hub.inbox.policy import holds_card_number
from hub.kernel.errors import CardNumberRefused
from hub.wire.checks.texts import texts

IDENTITIES: Final = frozenset(
    {
        "sku",
        "skus",
        "bundle_sku",
        "key",
        "series",
        "holder",
        "phone",
        "external_id",
        "tracking_number",
        "tracking_url",
        "channel_reference",
        "channel_line_reference",
        "buyer_reference",
        "shipment_reference",
        "report_reference",
        "event_reference",
        "partner_reference",
        "hs_code",
        "page_token",
        "po_number",
        "ref",
        "contract",
    }
)
"""Fields, and words between the points of keys in maps, whose texts are identities; so are those named `..._id(s)`."""

_DIGITS: Final = bytes(ord("0") if byte in b"0123456789" else ord("x") for byte in range(256))
_SEPARATORS: Final = b" -"
_FEWEST: Final = b"0" * 14
"""Every digit as 0, all else as x; what may stand between the digits of a card number; the fewest it has."""


def refuse_card_numbers(request: Message, content: bytes) -> None:
    """Raises CardNumberRefused, naming the field, where a request has one. `content` is the request serialized."""
    if not _holds_texts(request.DESCRIPTOR):
        return
    if _FEWEST not in content.translate(_DIGITS, _SEPARATORS):
        return
    for path, text in texts(request, leave_out=_is_identity):
        if holds_card_number(text):
            raise CardNumberRefused(
                f"{path} holds a card number; send a token of the payment provider instead.", field=path
            )


@cache
def _holds_texts(descriptor: Descriptor) -> bool:
    """Whether a message has any text that is looked at; what refers to itself is taken to have some."""
    return _holds_texts_below(descriptor, frozenset({descriptor.full_name}))


def _holds_texts_below(descriptor: Descriptor, above: frozenset[str]) -> bool:
    for field in descriptor.fields:
        if _is_identity(field.name):
            continue
        if field.type == FieldDescriptor.TYPE_STRING:
            return True
        inner = field.message_type
        if inner is not None and (inner.full_name in above or _holds_texts_below(inner, above | {inner.full_name})):
            return True
    return False


def _is_identity(name: str) -> bool:
    return name in IDENTITIES or name.endswith(("_id", "_ids"))

"""Refuses card numbers at the edge: none may ever be stored, logged or handed on.

What a card number is, the inbox says. In fields that hold identities and references of others some runs of digits pass
for a card's by chance: there only one in a card's groups, or as track data, is refused. Commands of documents pass the
same check.
"""

from __future__ import annotations

import re
from typing import Final

from google.protobuf.message import Message

from hub.inbox.policy import holds_card_number, masked
from hub.kernel.errors import CardNumberRefused
from hub.wire.checks.texts import texts

IDENTITIES: Final = frozenset(
    {
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
_SEPARATORS: Final = b" \t._/-" + bytes(range(0x80, 0x100))
_FEWEST: Final = b"0" * 14
_OTHER_DIGITS: Final = re.compile(rb"\xef\xbc[\x90-\x99]|\xd9[\xa0-\xa9]|\xdb[\xb0-\xb9]|[\xe0\xe1\xea\xf0]")
"""Every digit as 0, all else as x; what may stand between the digits of a card number; the fewest it has; bytes
of digits of other scripts: full width, Arabic, and bytes that begin many more.
"""


def refuse_card_numbers(request: Message, content: bytes) -> None:
    """Raises CardNumberRefused, naming the field, where a request has one. `content` is the request serialized."""
    if _FEWEST not in content.translate(_DIGITS, _SEPARATORS) and _OTHER_DIGITS.search(content) is None:
        return
    for path, text in texts(request, leave_out=_is_identity):
        if holds_card_number(text):
            raise _refused(path)
    for path, text in texts(request):
        if holds_card_number(text, written_as_card=True):
            raise _refused(path)


def _refused(path: str) -> CardNumberRefused:
    field = masked(path)  # a key of a map is part of the path
    return CardNumberRefused(f"{field} holds a card number; send a token of the payment provider instead.", field=field)


def _is_identity(name: str) -> bool:
    return name in IDENTITIES or name.endswith(("_id", "_ids"))

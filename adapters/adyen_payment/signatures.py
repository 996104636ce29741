"""How a webhook is known to be Adyen's: each item carries an HMAC over eight of its values.

The time of an event is not among them, so that an old notification stays valid: its event is applied once.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any, Final

from adapters.adyen_payment.notifications import MOST_ITEMS
from adapters.adyen_payment.objects import items_of
from adapters.adyen_payment.settings import hmac_keys
from adapters.sdk.documents.json_values import at, text_at
from adapters.sdk.profile import Profile
from adapters.sdk.webhooks.delivery import Delivery, Forged, refuse_unsigned

_SEPARATOR: Final = ":"


def verify(delivery: Delivery, profile: Profile) -> None:
    """Raise Forged for a delivery of which an item is not Adyen's, BadCall for a profile that is wrong."""
    try:
        items = items_of(json.loads(delivery.content))
    except (ValueError, RecursionError):
        raise Forged("the notification is no JSON") from None
    if not 0 < len(items) <= MOST_ITEMS:
        raise Forged(f"the notification has {len(items)} items")
    keys = hmac_keys(profile)
    for item in items:
        refuse_unsigned(signed(item), keys, [_digest(item)])


def signed(item: object) -> bytes:
    """Return the bytes of an item that are signed."""
    value = at(item, "amount", "value")
    values = [
        text_at(item, "pspReference"),
        text_at(item, "originalReference"),
        text_at(item, "merchantAccountCode"),
        text_at(item, "merchantReference"),
        str(value) if isinstance(value, int) else "",
        text_at(item, "amount", "currency"),
        text_at(item, "eventCode"),
        text_at(item, "success"),
    ]
    return _SEPARATOR.join(values).encode("utf-8", "surrogatepass")


def _digest(item: Any) -> bytes:
    stated = text_at(item, "additionalData", "hmacSignature")
    try:
        return base64.b64decode(stated.encode("utf-8", "surrogatepass"), validate=True)
    except binascii.Error:
        raise Forged("a signature is malformed") from None

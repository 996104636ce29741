"""How a webhook is known to be EasyPost's: `x-hmac-signature: hmac-sha256-hex=HEX` over the body.

The time of an event is not signed apart, so that an old delivery stays valid: what it tells is taken once.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from adapters.easypost_transport.settings import webhook_secrets
from adapters.sdk.profile import Profile
from adapters.sdk.webhooks.delivery import Delivery, Forged, refuse_unsigned

_SCHEME: Final = "hmac-sha256-hex="


def verify(delivery: Delivery, profile: Profile) -> None:
    """Raise Forged for a delivery that is not EasyPost's, BadCall for a profile that is wrong."""
    scheme, marker, digest = delivery.headers.get("x-hmac-signature", "").partition(_SCHEME)
    try:
        stated = bytes.fromhex(digest)
    except ValueError:
        stated = b""
    if scheme or not marker or not stated:
        raise Forged("the header x-hmac-signature is missing or malformed")
    keys = [key_of(secret) for secret in webhook_secrets(profile)]
    refuse_unsigned(delivery.content, keys, [stated])


def key_of(secret: str) -> bytes:
    """Return the bytes of a secret as EasyPost signs with them."""
    return unicodedata.normalize("NFKD", secret).encode()

"""How a webhook is known to be Stripe's: `stripe-signature: t=SECONDS,v1=HEX[,v1=HEX]` over "SECONDS.BODY"."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from adapters.sdk.profile import Profile
from adapters.sdk.webhooks.delivery import Delivery, Forged, refuse_late, refuse_unsigned
from adapters.stripe_payment.settings import webhook_secrets

TOLERANCE: Final = timedelta(seconds=300)
_LONGEST_HEADER: Final = 2000


def verify(delivery: Delivery, profile: Profile) -> None:
    """Raise Forged for a delivery that is not Stripe's or is too old, BadCall for a profile that is wrong."""
    header = delivery.headers.get("stripe-signature", "")[:_LONGEST_HEADER]
    parts = [part.strip().partition("=") for part in header.split(",")]
    times = [value for name, _, value in parts if name == "t"]
    try:
        digests = [bytes.fromhex(value) for name, _, value in parts if name == "v1"]
        signed_at = datetime.fromtimestamp(int(times[0]), UTC)
    except (ValueError, IndexError, OverflowError, OSError):
        raise Forged("the header stripe-signature is missing or malformed") from None
    keys = [secret.encode() for secret in webhook_secrets(profile)]
    refuse_unsigned(f"{times[0]}.".encode() + delivery.content, keys, digests)
    refuse_late(signed_at, delivery.now, TOLERANCE)

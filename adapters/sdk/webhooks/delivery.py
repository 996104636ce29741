"""What a partner delivered, and how an adapter says that it is the partner's."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeAlias

from adapters.sdk.profile import Profile


class Forged(Exception):
    """The delivery is not shown to be the partner's; the message says why, and tells no secret."""


@dataclass(frozen=True)
class Delivery:
    """A delivery as it came, before anything of it is read.

    Attributes:
        headers: Headers by their names in small letters.
        content: The bytes of the body.
        now: Machine time at which it came.
    """

    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False)
    now: datetime


Verify: TypeAlias = Callable[[Delivery, Profile], None]


@dataclass(frozen=True, kw_only=True)
class WebhookKind:
    """How the webhooks of a partner are taken.

    Attributes:
        verify: Raises Forged for a delivery that no secret of the account's profile signed, BadCall for a profile that
            is malformed. It is called before anything else looks at the bytes.
        answer: Body of the answer to a delivery that is kept.
        media_type: Media type under which the delivery is kept.
    """

    verify: Verify
    answer: bytes = b""
    media_type: str = "application/json"


def refuse_unsigned(content: bytes, keys: Sequence[bytes], digests: Sequence[bytes]) -> None:
    """Raise Forged unless one of the digests is the HMAC-SHA256 of the content under one of the keys."""
    if not keys:
        raise Forged("the account has no secret for webhooks")
    known = [hmac.new(key, content, hashlib.sha256).digest() for key in keys]
    if not any(hmac.compare_digest(digest, one) for digest in digests for one in known):
        raise Forged("no secret of the account made the signature")


def refuse_late(signed_at: datetime, now: datetime, tolerance: timedelta) -> None:
    """Raise Forged for a delivery that was signed too long ago, or too far in the future: it may be played again."""
    if abs(now - signed_at) > tolerance:
        raise Forged(f"the signature is not of the last {tolerance.total_seconds():g} seconds")

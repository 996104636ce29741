"""How the notice stand-in remembers a recipient without knowing who it was."""

from __future__ import annotations

import hashlib

from crossdock.common.v1 import address_pb2


def recipient_hash(recipient: address_pb2.Contact) -> str:
    """Answers sixteen hexadecimal digits that are the same for the same e-mail, phone or (with neither) name."""
    reached_by = recipient.email.casefold() or recipient.phone or recipient.name
    return hashlib.sha256(reached_by.encode()).hexdigest()[:16]

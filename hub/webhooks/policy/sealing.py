"""Encrypts secrets of webhooks under the installation's key, each bound to its webhook."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from hub.kernel.sealing import cipher_for

_PURPOSE: Final = b"crossdock webhook secret"


def sealed(key: bytes, webhook_id: UUID, secret: bytes) -> bytes:
    """Return a secret encrypted."""
    return cipher_for(key, _PURPOSE).encrypt(secret, [webhook_id.bytes])


def opened(key: bytes, webhook_id: UUID, content: bytes) -> bytes:
    """Return a secret; raises cryptography's InvalidTag where it was sealed under another key or webhook."""
    return cipher_for(key, _PURPOSE).decrypt(content, [webhook_id.bytes])

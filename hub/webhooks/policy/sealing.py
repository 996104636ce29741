"""Encrypts secrets of webhooks under the installation's key, each bound to its webhook."""

from __future__ import annotations

import hashlib
import hmac
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESSIV


def sealed(key: bytes, webhook_id: UUID, secret: bytes) -> bytes:
    """Return a secret encrypted."""
    return _cipher(key).encrypt(secret, [webhook_id.bytes])


def opened(key: bytes, webhook_id: UUID, content: bytes) -> bytes:
    """Return a secret; raises cryptography's InvalidTag where it was sealed under another key or webhook."""
    return _cipher(key).decrypt(content, [webhook_id.bytes])


def _cipher(key: bytes) -> AESSIV:
    return AESSIV(hmac.new(key, b"crossdock webhook secret", hashlib.sha512).digest())

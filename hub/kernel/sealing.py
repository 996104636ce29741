"""Encrypts what is kept for a purpose under one of the installation's keys.

AES-SIV needs no nonce: keeping the same bytes again writes the same bytes.
"""

from __future__ import annotations

import hmac

from cryptography.hazmat.primitives.ciphers.aead import AESSIV


def cipher_for(key: bytes, purpose: bytes) -> AESSIV:
    """Return the cipher of a purpose: what one seals, that of another purpose does not open."""
    return AESSIV(hmac.digest(key, purpose, "sha512"))

"""Keyed hashes: HMAC with SHA-256 (RFC 2104), quick for many texts under few keys.

`hmac.digest` hashes both padded keys at each call, which takes longer than the texts of the hub; here they are hashed
once for a key.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Final

_BLOCK: Final = 64
"""Bytes that SHA-256 takes at once, and to which a key is padded."""
_INNER: Final = bytes(byte ^ 0x36 for byte in range(256))
_OUTER: Final = bytes(byte ^ 0x5C for byte in range(256))


def keyed_hash(key: bytes, content: bytes) -> bytes:
    """The 32 bytes of HMAC-SHA-256 of a content."""
    begun_inner, begun_outer = _begun(key)
    inner, outer = begun_inner.copy(), begun_outer.copy()
    inner.update(content)
    outer.update(inner.digest())
    return outer.digest()


@lru_cache(maxsize=8)
def _begun(key: bytes) -> tuple[hashlib._Hash, hashlib._Hash]:
    """SHA-256 after the padded key of the inner hash, and of the outer one."""
    block = (hashlib.sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
    return hashlib.sha256(block.translate(_INNER)), hashlib.sha256(block.translate(_OUTER))

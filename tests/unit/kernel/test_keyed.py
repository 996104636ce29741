"""Keyed hashes are those of the standard library, and of RFC 4231."""

from __future__ import annotations

import hmac

from hypothesis import given
from hypothesis import strategies as st

from hub.kernel.keyed import keyed_hash


@given(st.binary(max_size=200), st.binary(max_size=500))
def test_it_is_hmac_with_sha_256(key: bytes, content: bytes) -> None:
    assert keyed_hash(key, content) == hmac.digest(key, content, "sha256")
    assert keyed_hash(key, content) == hmac.digest(key, content, "sha256"), "what was begun for a key stays as it was"


def test_a_known_one() -> None:
    """RFC 4231, test case 2."""
    told = keyed_hash(b"Jefe", b"what do ya want for nothing?")

    assert told.hex() == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"

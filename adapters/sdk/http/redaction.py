"""Takes secrets out of texts that are logged or told to the hub."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

LONGEST: Final = 500
"""Characters of a partner's text that are kept."""
_SHORTEST_SECRET: Final = 4
_PLACEHOLDER: Final = "[secret]"


def redacted(text: str, secrets: Sequence[str]) -> str:
    """Return the beginning of a text, each secret in it replaced."""
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= _SHORTEST_SECRET:
            text = text.replace(secret, _PLACEHOLDER)
    return text[:LONGEST]

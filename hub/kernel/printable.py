"""What a terminal may be sent: characters that would command it are shown, not obeyed."""

from __future__ import annotations

import re
from typing import Final

_COMMANDS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Control characters but tab and line feed, and marks that turn the direction of what is read."""


def printable(text: str) -> str:
    r"""Return a text with control characters as `\u001b`, the escape that JSON and Python read."""
    return _COMMANDS.sub(lambda match: f"\\u{ord(match[0]):04x}", text)

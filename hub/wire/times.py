"""Times of day on the wire: HH:MM, local time wherever they are read."""

from __future__ import annotations

import re
from datetime import time
from typing import Final

from hub.kernel.errors import InvalidField

_TIME_OF_DAY: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def time_from_text(text: str, *, field: str) -> time:
    """Return the time of day a text states; raises InvalidField, naming `field`, for what is none."""
    if not _TIME_OF_DAY.fullmatch(text):
        raise InvalidField(f"{field} is not a time of day; write it HH:MM.", **{field: "not a time"})
    return time.fromisoformat(text)

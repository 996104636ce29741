"""Reads when a partner may be asked again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

LONGEST_SECONDS: Final = 3600.0
"""A partner that names a later time is asked after this one: its clock or ours may be wrong."""


def retry_after_seconds(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds to wait that `retry-after` states, as a number or as a date; None where it states none.

    A date is compared with the partner's own `date`, and with `now` where that is missing.
    """
    stated = headers.get("retry-after", "").strip()
    if stated.isascii() and stated.replace(".", "", 1).isdigit():
        return min(float(stated), LONGEST_SECONDS)
    until = _instant(stated)
    if until is None:
        return None
    seconds = (until - (_instant(headers.get("date", "")) or now)).total_seconds()
    return min(max(seconds, 0.0), LONGEST_SECONDS)


def _instant(text: str) -> datetime | None:
    try:
        instant = parsedate_to_datetime(text)
    except ValueError:
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)

"""Shares of a whole on the wire: decimal text from 0 to 1, exact both ways."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from hub.kernel.errors import InvalidField

_SHARE: Final = re.compile(r"0(\.[0-9]{1,6})?|1(\.0{1,6})?")


def share_from_text(text: str, *, field: str) -> Decimal:
    """The share a text states, without trailing zeros; raises InvalidField, naming `field`, for what is none."""
    if not _SHARE.fullmatch(text):
        raise InvalidField(
            f"{field} is not a share; write 0 to 1 with at most six decimals, for example 0.85.", **{field: "no share"}
        )
    return Decimal(text).normalize()


def share_to_text(share: Decimal) -> str:
    """The share as text."""
    return f"{share:f}"

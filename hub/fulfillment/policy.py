"""Which parcels a report by tracking number is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from hub.fulfillment.model import NumberedParcel
from hub.kernel.instant import Instant

REUSED_AFTER: Final = timedelta(days=30)
"""Carriers give a number to another parcel later: parcels that left so long after each other are not meant together."""


def meant(parcels: Sequence[NumberedParcel], at: Instant) -> list[NumberedParcel]:
    """The parcels of one tracking number that an event of an instant is about, oldest first; none where there is none.

    Of those that had left by then, the last one and those that left with it; of none that had left, all.
    """
    left = sorted([one for one in parcels if one.shipped_at <= at] or parcels, key=lambda one: one.shipped_at)
    return [one for one in left if left[-1].shipped_at - one.shipped_at < REUSED_AFTER]

"""Codes of responses, shipment status and time zones, as release 4010 has them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

ACCEPTED: Final = "accepted"
DECLINED: Final = "declined"
NOTHING: Final = "nothing"
RESPONSES: Final[Mapping[str, str]] = {"A": ACCEPTED, "D": DECLINED}
"""Reservation action (B104) -> what it says of the tender."""
STATUSES: Final[Mapping[str, str]] = {
    "XB": "LABELED", "X3": NOTHING, "L1": NOTHING, "CP": "TENDERED", "AF": "IN_TRANSIT", "X6": "IN_TRANSIT",
    "X4": "IN_TRANSIT", "P1": "IN_TRANSIT", "R1": "IN_TRANSIT", "J1": "IN_TRANSIT", "SD": "IN_TRANSIT",
    "K1": "IN_CUSTOMS", "X1": "OUT_FOR_DELIVERY", "AJ": "OUT_FOR_DELIVERY", "AV": "AVAILABLE_FOR_PICKUP",
    "D1": "DELIVERED", "CD": NOTHING, "AH": "FAILED_ATTEMPT", "A7": "FAILED_ATTEMPT", "A3": "RETURNING_TO_SENDER",
    "A9": "DAMAGED", "CA": "VOIDED", "AG": NOTHING, "X2": NOTHING, "NA": NOTHING,
}  # fmt: skip
"""Shipment status (AT701) -> state of the parcel, or that it says nothing of where the parcel is."""
LOCAL: Final = "LT"
ZONES: Final[Mapping[str, tzinfo]] = {
    "UT": UTC, "GM": UTC,
    "ET": ZoneInfo("America/New_York"), "CT": ZoneInfo("America/Chicago"),
    "MT": ZoneInfo("America/Denver"), "PT": ZoneInfo("America/Los_Angeles"),
    **{f"{zone}{kind}": timezone(timedelta(hours=hours + (kind == "D")))
       for zone, hours in (("E", -5), ("C", -6), ("M", -7), ("P", -8)) for kind in "SD"},
}  # fmt: skip
"""Time code (AT707) -> its zone; without one, and for LT, it is the zone of the profile."""

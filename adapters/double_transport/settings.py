"""The profile of an account at the transport stand-in."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.sdk.profile import Profile


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How long parcels travel, in business time and UTC.

    Attributes:
        in_transit_after_hours: When a parcel is first seen, after it left.
        out_for_delivery_hour: Hour of the delivery day at which the driver has it.
        delivery_days: Days to delivery when no time is promised.
        delivery_hour: Hour of delivery then.
    """

    in_transit_after_hours: int = 4
    out_for_delivery_hour: int = 8
    delivery_days: int = 1
    delivery_hour: int = 12

    @classmethod
    def read(cls, profile_json: str) -> Settings:
        """Reads a profile. Raises BadCall naming a setting that is wrong."""
        profile = Profile.read(profile_json)
        return cls(
            in_transit_after_hours=profile.whole("in_transit_after_hours", cls.in_transit_after_hours),
            out_for_delivery_hour=profile.whole("out_for_delivery_hour", cls.out_for_delivery_hour) % 24,
            delivery_days=profile.whole("delivery_days", cls.delivery_days),
            delivery_hour=profile.whole("delivery_hour", cls.delivery_hour) % 24,
        )

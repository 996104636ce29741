"""The profile of an account at the transport stand-in."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.sdk.profile import Profile


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How long parcels travel, in business time and UTC, and what labels cost.

    Attributes:
        in_transit_after_hours: When a parcel is first seen, after it left.
        out_for_delivery_hour: Hour of the delivery day at which the driver has it.
        delivery_days: Days to delivery when no time is promised.
        delivery_hour: Hour of delivery then.
        label_minor: What a label costs, in cents, beside what it costs by weight.
        label_minor_per_kg: What it costs for each kilogram begun, in cents.
        label_currency: Currency of that.
        most_label_grams: Heavier parcels have no label; 0: all have.
        takes_labels_back: Whether a label can be voided; 0: it cannot.
    """

    in_transit_after_hours: int = 4
    out_for_delivery_hour: int = 8
    delivery_days: int = 1
    delivery_hour: int = 12
    label_minor: int = 400
    label_minor_per_kg: int = 50
    label_currency: str = "EUR"
    most_label_grams: int = 0
    takes_labels_back: bool = True

    @classmethod
    def read(cls, profile_json: str) -> Settings:
        """Reads a profile. Raises BadCall naming a setting that is wrong."""
        profile = Profile.read(profile_json)
        return cls(
            in_transit_after_hours=profile.whole("in_transit_after_hours", cls.in_transit_after_hours),
            out_for_delivery_hour=profile.whole("out_for_delivery_hour", cls.out_for_delivery_hour) % 24,
            delivery_days=profile.whole("delivery_days", cls.delivery_days),
            delivery_hour=profile.whole("delivery_hour", cls.delivery_hour) % 24,
            label_minor=profile.whole("label_minor", cls.label_minor),
            label_minor_per_kg=profile.whole("label_minor_per_kg", cls.label_minor_per_kg),
            label_currency=profile.text("label_currency", cls.label_currency),
            most_label_grams=profile.whole("most_label_grams", cls.most_label_grams),
            takes_labels_back=profile.whole("takes_labels_back", 1) != 0,
        )

"""The profile of an account at the warehouse stand-in."""

from __future__ import annotations

from dataclasses import dataclass, field

from adapters.double_warehouse.policy import CancelManner, cancel_manner
from adapters.sdk.calls import BadCall
from adapters.sdk.profile import Profile


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How a fulfillment order is worked. Minutes count from its release, in business time.

    Attributes:
        acknowledge_after_minutes: When it is taken on, or rejected by a node in reject_nodes.
        pick_after_minutes: When it is picked.
        pack_after_minutes: When it is packed; until then units can be canceled.
        ship_after_minutes: When its parcels leave.
        units_per_parcel: Most units in a parcel; 0 puts all into one.
        cancel: How requests to cancel are answered.
        reject_nodes: Nodes that reject everything.
        physical: Units really there, by node and SKU, until a test or a pick says otherwise; others never run out.
    """

    acknowledge_after_minutes: int = 5
    pick_after_minutes: int = 60
    pack_after_minutes: int = 90
    ship_after_minutes: int = 120
    units_per_parcel: int = 0
    cancel: CancelManner = field(default_factory=CancelManner)
    reject_nodes: tuple[str, ...] = ()
    physical: dict[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        minutes = (
            self.acknowledge_after_minutes,
            self.pick_after_minutes,
            self.pack_after_minutes,
            self.ship_after_minutes,
        )
        if list(minutes) != sorted(minutes):
            raise BadCall("profile_json: acknowledge, pick, pack and ship must follow each other")

    @classmethod
    def read(cls, profile_json: str) -> Settings:
        """Reads a profile. Raises BadCall naming a setting that is wrong."""
        profile = Profile.read(profile_json)
        physical = profile.section("physical")
        return cls(
            acknowledge_after_minutes=profile.whole("acknowledge_after_minutes", cls.acknowledge_after_minutes),
            pick_after_minutes=profile.whole("pick_after_minutes", cls.pick_after_minutes),
            pack_after_minutes=profile.whole("pack_after_minutes", cls.pack_after_minutes),
            ship_after_minutes=profile.whole("ship_after_minutes", cls.ship_after_minutes),
            units_per_parcel=profile.whole("units_per_parcel", cls.units_per_parcel),
            cancel=cancel_manner(profile.text("cancel", "accept")),
            reject_nodes=profile.texts("reject_nodes"),
            physical={
                (node, sku): physical.section(node).whole(sku, 0)
                for node in physical.names()
                for sku in physical.section(node).names()
            },
        )

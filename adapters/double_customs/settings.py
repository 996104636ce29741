"""The profile of an account at the customs stand-in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from adapters.double_customs.policy import Behavior
from adapters.sdk.profile import Profile


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What customs does with declarations, in business time.

    Attributes:
        behavior: What it does with a declaration of an order that `behaviors` does not name.
        behaviors: What it does by the number of the order.
        accept_after_minutes: When it accepts or rejects a declaration, after it was declared.
        decide_after_minutes: When it holds or releases the goods, after it was declared, or after the missing document.
    """

    behavior: Behavior = Behavior.RELEASE
    behaviors: Mapping[str, Behavior] = field(default_factory=dict)
    accept_after_minutes: int = 60
    decide_after_minutes: int = 240

    @classmethod
    def read(cls, profile_json: str) -> Settings:
        """Reads a profile. Raises BadCall naming a setting that is wrong."""
        profile = Profile.read(profile_json)
        behaviors = profile.section("behaviors")
        return cls(
            behavior=Behavior.read("behavior", profile.text("behavior", cls.behavior.value)),
            behaviors={
                order: Behavior.read(f"behaviors.{order}", behaviors.text(order, "")) for order in behaviors.names()
            },
            accept_after_minutes=profile.whole("accept_after_minutes", cls.accept_after_minutes),
            decide_after_minutes=profile.whole("decide_after_minutes", cls.decide_after_minutes),
        )

    def of_order(self, number: str) -> Behavior:
        """What it does with a declaration of an order."""
        return self.behaviors.get(number, self.behavior)

"""What an account says of its warehouse: ids, units, codes, what it can do. README.md lists the settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from adapters.sdk.calls import BadCall
from adapters.sdk.documents.facts import IGNORED
from adapters.sdk.documents.reading import flag, text_map, time_zone
from adapters.sdk.profile import Profile
from adapters.sdk.x12.agreement import Way, read_way
from adapters.sdk.x12.writing import Separators

SKU_QUALIFIERS: Final = ("SK", "VN", "VP", "UP", "EN", "UK", "UA", "IN", "BP")
COMPLETE: Final = "complete"
SHORT: Final = "short"
MORE: Final = "more"
STATUSES: Final[Mapping[str, str]] = {
    "CC": COMPLETE, "CL": COMPLETE, "CP": SHORT, "IC": SHORT, "OS": SHORT, "BP": MORE, "PR": MORE, "SS": MORE,
}  # fmt: skip
"""Status of a shipped line (W1201) -> whether all of it left, the rest never will, or more is to come."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """A profile, read.

    Attributes:
        way: The way to the warehouse.
        acknowledges: Whether its documents are acknowledged by a 997.
        awaits: Whether it acknowledges ours: without, an order counts as there once it is written.
        takes_cancels: Whether it takes a 940 that cancels; its shipping advice then says what did not ship.
        time_zone: Zone in which its dates are days.
        unit: Unit in which we order and it reports.
        sku_qualifiers: Which product id is the SKU, the best first; ours is written under the first.
        statuses: Status of a shipped line -> complete, short or more.
        nodes: Node -> the warehouse's own number of it.
        carriers: Carrier service -> SCAC.
        notes: Attribute of the order, for example a gift message -> code of the note (NTE01) that carries it.
        on_hand: Qualifier of units on hand in a count (QTY01).
        tolerate: Checks that are forgiven, by element.
        ignored_facts: Facts that are not reported although nobody acts on them.
        isa_fixed_length: Whether the elements of ISA must have their fixed lengths.
    """

    way: Way
    acknowledges: bool = True
    awaits: bool = True
    takes_cancels: bool = False
    time_zone: ZoneInfo
    unit: str = "EA"
    sku_qualifiers: tuple[str, ...] = SKU_QUALIFIERS
    statuses: Mapping[str, str]
    nodes: Mapping[str, str]
    carriers: Mapping[str, str]
    notes: Mapping[str, str]
    on_hand: str = "17"
    tolerate: frozenset[str] = frozenset()
    ignored_facts: frozenset[str] = frozenset()
    isa_fixed_length: bool = True

    @property
    def separators(self) -> Separators:
        """What we write between segments, elements and components."""
        return self.way.envelope.separators

    def node_of(self, number: str) -> str:
        """Return the node that the warehouse knows by a number; the only node where it names none, else nothing."""
        if not number and len(self.nodes) == 1:
            return next(iter(self.nodes))
        return next((node for node, theirs in self.nodes.items() if theirs == number), "")


def read_settings(profile_json: str) -> Settings:
    """Read a profile. Raises BadCall naming the setting that is malformed."""
    profile = Profile.read(profile_json)
    return Settings(
        way=read_way(profile),
        acknowledges=flag(profile, "acknowledges", default=True),
        awaits=flag(profile, "awaits_acknowledgment", default=True),
        takes_cancels=flag(profile, "takes_cancels", default=False),
        time_zone=time_zone(profile),
        unit=profile.text("unit", "EA"),
        sku_qualifiers=profile.texts("sku_qualifiers", SKU_QUALIFIERS) or SKU_QUALIFIERS,
        statuses=_statuses(profile),
        nodes=text_map(profile, "nodes"),
        carriers=text_map(profile, "carriers"),
        notes=text_map(profile, "notes"),
        on_hand=profile.text("on_hand", "17"),
        tolerate=frozenset(profile.texts("tolerate")),
        ignored_facts=frozenset(profile.texts(IGNORED)),
        isa_fixed_length=flag(profile, "isa_fixed_length", default=True),
    )


def _statuses(profile: Profile) -> Mapping[str, str]:
    stated = text_map(profile, "statuses")
    for code, meaning in stated.items():
        if meaning not in {COMPLETE, SHORT, MORE}:
            raise BadCall(f"{profile.place}.statuses.{code} is none of {COMPLETE}, {SHORT}, {MORE}")
    return {**STATUSES, **stated}

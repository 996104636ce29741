"""What an account says of its carrier: ids, codes, what it answers. README.md lists the settings."""

from __future__ import annotations

import re
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
from adapters.x12_transport.codes import ACCEPTED, DECLINED, NOTHING, RESPONSES, STATUSES
from crossdock.fulfillment.v1.fulfillment_pb2 import ShipmentState

PREFIX: Final = "SHIPMENT_STATE_"
STATES: Final = {name.removeprefix(PREFIX) for name, number in ShipmentState.items() if number} | {NOTHING}
_SCAC: Final = re.compile(r"[A-Z]{2,4}")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """A profile, read.

    Attributes:
        way: The way to the carrier.
        acknowledges: Whether its documents are acknowledged by a 997.
        awaits: Whether it acknowledges ours.
        awaits_response: Whether it answers a tender by a 990: without, a parcel is followed once its tender is there.
        time_zone: Zone of days, and of times that state no other.
        scac: The carrier's code (SCAC).
        carriers: Carrier service -> SCAC, where it is another.
        nodes: Node -> the carrier's own number of it.
        responses: Reservation action -> accepted or declined.
        statuses: Shipment status -> state of the parcel, or nothing.
        tolerate: Checks that are forgiven, by element.
        ignored_facts: Facts that are not reported although nobody acts on them.
        isa_fixed_length: Whether the elements of ISA must have their fixed lengths.
    """

    way: Way
    acknowledges: bool = True
    awaits: bool = True
    awaits_response: bool = True
    time_zone: ZoneInfo
    scac: str
    carriers: Mapping[str, str]
    nodes: Mapping[str, str]
    responses: Mapping[str, str]
    statuses: Mapping[str, str]
    tolerate: frozenset[str] = frozenset()
    ignored_facts: frozenset[str] = frozenset()
    isa_fixed_length: bool = True

    @property
    def separators(self) -> Separators:
        """What we write between segments, elements and components."""
        return self.way.envelope.separators


def read_settings(profile_json: str) -> Settings:
    """Read a profile. Raises BadCall naming the setting that is malformed."""
    profile = Profile.read(profile_json)
    carriers = text_map(profile, "carriers")
    scac = profile.text("scac", "")
    for name, code in {"scac": scac, **{f"carriers.{service}": code for service, code in carriers.items()}}.items():
        if not _SCAC.fullmatch(code):
            raise BadCall(f"{profile.place}.{name} is no SCAC: two to four letters")
    return Settings(
        way=read_way(profile),
        acknowledges=flag(profile, "acknowledges", default=True),
        awaits=flag(profile, "awaits_acknowledgment", default=True),
        awaits_response=flag(profile, "awaits_response", default=True),
        time_zone=time_zone(profile),
        scac=scac,
        carriers=carriers,
        nodes=text_map(profile, "nodes"),
        responses=_codes(profile, "responses", RESPONSES, {ACCEPTED, DECLINED}),
        statuses=_codes(profile, "statuses", STATUSES, STATES),
        tolerate=frozenset(profile.texts("tolerate")),
        ignored_facts=frozenset(profile.texts(IGNORED)),
        isa_fixed_length=flag(profile, "isa_fixed_length", default=True),
    )


def _codes(profile: Profile, name: str, known: Mapping[str, str], meanings: set[str]) -> Mapping[str, str]:
    """Return the codes that are known and those of the profile. Raises BadCall for a meaning that is none."""
    stated = text_map(profile, name)
    for code, meaning in stated.items():
        if meaning not in meanings:
            raise BadCall(f"{profile.place}.{name}.{code} is none of {', '.join(sorted(meanings))}")
    return {**known, **stated}

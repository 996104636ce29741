"""Denied-party lists, matches and decisions as values. Of orders' parties they hold ids and keyed hashes, no names."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from enum import Enum
from typing import Final
from uuid import UUID

from msgspec import Struct, json

from hub.kernel.ids import derived
from hub.kernel.instant import Instant

RESTRICTIONS: Final = "RESTRICTIONS"
"""Stands for the name of a list in matches with rows of restrictions.csv; no list has this name."""
UNREADABLE: Final = "UNREADABLE"
"""Stands for the name of a list where a name could not be compared with any; no list has this name."""
_NAMESPACE: Final = UUID("6f0c1a52-5d0b-7c1e-8a4e-9d1f6f3f2b10")
"""What identities of decisions follow from."""


class DeniedEntry(Struct, frozen=True, omit_defaults=True):
    """Whom a list denies: all names, the main one first; addresses with a street; why, as the list says."""

    entry_id: str
    names: tuple[str, ...]
    addresses: tuple[str, ...] = ()
    program: str = ""

    @property
    def content_hash(self) -> str:
        """What tells a content from another of the same entry."""
        return hashlib.sha256(json.encode(self)).hexdigest()


class ListDifference(Struct, frozen=True):
    """Ids of entries that one version of a list has and the one before has not, or has otherwise; and the reverse."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    @property
    def touched(self) -> frozenset[str]:
        """All entries that differ."""
        return frozenset({*self.added, *self.changed, *self.removed})


class ListVersion(Struct, frozen=True):
    """A version of a list: how many entries it has, and how it differs from the one before. 0: none was loaded."""

    list_name: str
    version: int
    entries: int
    difference: ListDifference = ListDifference()
    loaded_by: str = ""
    loaded_at: Instant | None = None


class PartyRole(Enum):
    """What of an order is compared: who bought, who gets the goods, or where they go."""

    BUYER = "BUYER"
    CONSIGNEE = "CONSIGNEE"
    DESTINATION = "DESTINATION"


class MatchedOn(Enum):
    """What is alike: a name, an address, or the goods and their lane with a rule. UNREADABLE: nothing was compared."""

    NAME = "NAME"
    ADDRESS = "ADDRESS"
    RULE = "RULE"
    UNREADABLE = "UNREADABLE"


class MatchState(Enum):
    """How far a match is. WITHDRAWN: it is found no more, as the list, the rules or the party changed."""

    OPEN = "OPEN"
    CLEARED = "CLEARED"
    CONFIRMED = "CONFIRMED"
    WITHDRAWN = "WITHDRAWN"


class Subject(Struct, frozen=True):
    """A party as it is compared: `name` and `address` are looked at and never kept. `least` is the score from which a
    match goes to review. `party_key` is a keyed hash of name and address, the same for every order of the party.
    """

    party_id: UUID
    role: PartyRole
    party_key: str
    names: tuple[str, ...]
    address: str
    least: int

    def __repr__(self) -> str:
        return "Subject()"


class Hit(Struct, frozen=True):
    """That something of an order is like an entry of a list, by `score` of 100, or falls under a rule."""

    party_id: UUID
    role: PartyRole
    party_key: str
    list_name: str
    entry_id: str
    entry_hash: str
    score: int
    matched_on: MatchedOn

    @property
    def decision_id(self) -> UUID:
        """Identity of what is decided about this party and this content of the entry, whatever the order."""
        return derived(_NAMESPACE, self.party_key, self.list_name, self.entry_id, self.entry_hash)


class Match(Struct, frozen=True):
    """A hit of an order, and what became of it. `expires_at`: when a CLEARED one is reviewed again."""

    match_id: UUID
    order_id: UUID
    hit: Hit
    state: MatchState
    found_at: Instant
    note: str = ""
    decided_by: str = ""
    decided_at: Instant | None = None
    expires_at: Instant | None = None


class Decision(Struct, frozen=True):
    """What a person decided about a party and an entry, until `expires_at`: CLEARED or CONFIRMED."""

    decision_id: UUID
    state: MatchState
    note: str
    decided_by: str
    decided_at: Instant
    expires_at: Instant


class MatchDecision(Struct, frozen=True):
    """A person's word on a match: CLEARED or CONFIRMED, and why."""

    match_id: UUID
    state: MatchState
    note: str


class MatchFilter(Struct, frozen=True):
    """Which matches are listed: of one order or of all, in one state."""

    state: MatchState = MatchState.OPEN
    order_id: UUID | None = None


def found(order_id: UUID, hit: Hit, at: Instant) -> Match:
    """Return the open match of a hit; the same hit of an order has the same id whenever it is found."""
    match_id = derived(order_id, "match", hit.role.value, str(hit.decision_id))
    return Match(match_id, order_id, hit, MatchState.OPEN, at)


def judged(match: Match, decision: Decision | None, at: Instant) -> Match:
    """Return a match as the decision in force about it says; open where there is none, or its time is over."""
    if decision is None or decision.expires_at <= at:
        return Match(match.match_id, match.order_id, match.hit, MatchState.OPEN, match.found_at)
    return Match(
        match.match_id,
        match.order_id,
        match.hit,
        decision.state,
        match.found_at,
        decision.note,
        decision.decided_by,
        decision.decided_at,
        decision.expires_at,
    )


def undecided(matches: Sequence[Match]) -> list[Match]:
    """Return the matches that keep an order back: open and confirmed ones."""
    return [one for one in matches if one.state in {MatchState.OPEN, MatchState.CONFIRMED}]

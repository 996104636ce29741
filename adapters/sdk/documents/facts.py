"""What an adapter does with the facts that its documents state: lists as data, one per sort of record (ADR 0030).

An adapter keeps its lists in a module of its own, `facts.py`, as a mapping from the sort of record to `Facts`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

IGNORED = "ignored_facts"
"""The setting of a profile that names further facts which hold no order."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The facts of one sort of record, by what is done with them. A fact on no list holds the order.

    Attributes:
        acted_on: Read into what the adapter hands over.
        refused: Refuse what states them, where they say that goods, place or money are not what the rest says.
        held: Known, and for a person to judge: hold the order.
        left: Left with the partner: they change neither goods, nor place, nor money.
    """

    acted_on: frozenset[str]
    refused: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()

    @cached_property
    def settled(self) -> frozenset[str]:
        """The facts that hold no order by being stated."""
        return self.acted_on | self.refused | self.left

    @property
    def listed(self) -> frozenset[str]:
        """The facts on any list."""
        return self.settled | self.held


def names(text: str) -> frozenset[str]:
    """Return the names in a text, which blanks and line ends part."""
    return frozenset(text.split())


def why_held(fact: str) -> str:
    """Return why a fact holds an order, and what keeps it from holding the next, in one sentence for people."""
    return f"nobody acts on it; name {fact} in {IGNORED} of the profile to ignore it"

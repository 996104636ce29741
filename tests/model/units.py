"""Units of an order one by one, so that a command only says what becomes of which; and the works that nodes have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tests.model.given import LineDraft

WORKED: Final = ("RELEASED", "ACCEPTED", "PICKED", "PACKED")
TO_SHIP: Final = ("WAITING", *WORKED)
COMING: Final = ("RETURN_AUTHORIZED", "RETURN_IN_TRANSIT", "RETURNING")
ENDED: Final = {"DELIVERED", "CANCELED", "RETURN_CLOSED", "KEPT", "LOST"}


class Impossible(Exception):
    """A command speaks of what is not there."""


@dataclass
class Unit:
    """One piece of a line: its state, and the numbers of the work, the parcel and the return that it is in."""

    line: int
    sku: str
    state: str = "WAITING"
    work: int | None = None
    parcel: int | None = None
    rma: int | None = None
    decided: bool = False


class Units:
    """All units of an order."""

    def __init__(self, lines: Mapping[int, LineDraft]) -> None:
        self.all = [Unit(number, line.sku) for number, line in lines.items() for _ in range(line.quantity)]

    def where(self, *states: str, **of: object) -> list[Unit]:
        """Units in these states, those in the first state first."""
        able = [unit for state in states for unit in self.all if unit.state == state]
        return [unit for unit in able if all(getattr(unit, name) == value for name, value in of.items())]

    def count(self, *states: str, **of: object) -> int:
        return len(self.where(*states, **of))

    def take(self, units: Mapping[int, int], *states: str, **of: object) -> list[Unit]:
        """So many units of each line; raises Impossible where there are fewer."""
        groups = [self.where(*states, line=number, **of)[:count] for number, count in units.items()]
        if [len(group) for group in groups] != list(units.values()):
            raise Impossible
        return [unit for group in groups for unit in group]

    def left(self, line: int) -> int:
        """Units of a line that left once, whatever became of them since."""
        return len([unit for unit in self.all if unit.line == line and unit.state not in {*TO_SHIP, "CANCELED"}])

    def states(self) -> set[str]:
        return {unit.state for unit in self.all}


@dataclass
class Ask:
    """Units that a node is asked to cancel, `left` not given up yet: answered when `due`, `over` past its deadline."""

    line: int
    count: int
    left: int
    due: int
    over: bool = False


@dataclass
class Work:
    """A fulfillment order: its units that its node has not canceled, what it is asked, whether it was rejected."""

    node: str
    uncanceled: Counter[int]
    asks: list[Ask] = field(default_factory=list)
    rejected: bool = False


def become(state: str, units: Sequence[Unit]) -> None:
    """Moves units; those that are delivered are in no return."""
    for unit in units:
        unit.state, unit.rma = state, None if state == "DELIVERED" else unit.rma

"""States of units as lists in SQL, from the tables of the slices room, so that a new state is never forgotten here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from hub.slices.lifecycle import ALLOCATING, ENDED, GONE, REACHED, TO_WORK, SliceState


def listed(states: Iterable[SliceState]) -> str:
    """States as SQL lists them."""
    return ", ".join(sorted(f"'{state.value}'" for state in states))


LEFT: Final = listed(GONE)
"""Units that have left once, whatever became of them since."""

HELD: Final = listed(ALLOCATING)
"""Units that count as allocated at their node."""

WORKED: Final = listed(TO_WORK)
"""Units that a node has to ship or to make ready."""

HANDED_OVER: Final = listed(REACHED)
"""Units that the customer got, as far as they are not back."""

FINISHED: Final = listed(ENDED)
"""Units of which nothing more happens by itself."""

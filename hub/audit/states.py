"""States of units as lists in SQL, from the tables of the slices room, so that a new state is never forgotten here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from hub.slices.lifecycle import ENDED, GONE, SliceState


def listed(states: Iterable[SliceState]) -> str:
    """States as SQL lists them."""
    return ", ".join(sorted(f"'{state.value}'" for state in states))


LEFT: Final = listed(GONE)
"""Units that have left once, whatever became of them since."""

FINISHED: Final = listed(ENDED)
"""Units of which nothing more happens by itself."""

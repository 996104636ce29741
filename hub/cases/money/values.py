"""What units of a case are worth in money, under the subject that asks for it most: see `hub.cases.worth`."""

from __future__ import annotations

from hub.cases.worth import DRAWN, still_to_ship, value_of, withheld

__all__ = ["DRAWN", "still_to_ship", "value_of", "withheld"]

"""The facts of a carrier's documents, by what is done with them. What is on no list is reported: there is no hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from adapters.sdk.documents.facts import Facts, names

FACTS: Final[Mapping[str, Facts]] = {
    "214": Facts(
        acted_on=names("B10 AT7"),
        left=names("L11 MAN Q7 N1 N2 N3 N4 G62 LX MS1 MS2 MS3 K1 M7 AT5 AT8 CD3 NM1 SPO PRF"),
    ),
    "990": Facts(
        acted_on=names("B1"),
        left=names("N9 G62 AT5 PI K1 V9 L11"),
    ),
}
"""Transaction set -> its segments."""

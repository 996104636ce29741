"""The facts of a warehouse's documents, by what is done with them. What is on no list is reported: there is no hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from adapters.sdk.documents.facts import Facts, names

FACTS: Final[Mapping[str, Facts]] = {
    "945": Facts(
        acted_on=names("W06 W12 W03 W27 G62 MAN LX N9=2I N9=CN N9=LI"),
        refused=names("W12=CS W12=IS"),
        left=names("N1 N2 N3 N4 PER G69 W10 PAL N9 NTE W20 AMT R4 LS LE"),
    ),
    "846": Facts(
        acted_on=names("BIA LIN QTY N1 CTT"),
        left=names("N2 N3 N4 PER DTM REF PID UIT G53 SAC CTP"),
    ),
    "944": Facts(
        acted_on=names("W17 W07 W14"),
        refused=names("W13"),
        left=names("N1 N2 N3 N4 PER N9 G62 NTE W08 W28 LX G69 W20 MEA"),
    ),
}
"""Transaction set -> its segments; of N9 and W12 also by the code of their first element."""

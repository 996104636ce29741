"""The facts of an order (ORDERS), by the part of it that states them: header, line (what follows a LIN), summary.

A fact is a segment (FTX), or a segment with the code of its first element (DTM=137).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from adapters.sdk.documents.facts import Facts, names

FACTS: Final[Mapping[str, Facts]] = {
    "header": Facts(
        acted_on=names("""
            BGM DTM=137 DTM=2 DTM=37 DTM=10 DTM=38 DTM=61 DTM=63 CUX NAD=BY NAD=DP NAD=ST NAD=IV COM CTA RFF=CT RFF=ON
            RFF=CR RFF=AAN RFF=PD
        """),
        held=names("FTX ALC TAX PAI PAT TOD MOA PCD IMD LOC SCC"),
        left=names("NAD=SU NAD=SE NAD=MS NAD=MR RFF=VA RFF=API RFF=IA FII UNS"),
    ),
    "line": Facts(
        acted_on=names("LIN PIA IMD QTY=21 PRI=AAA DTM=2 DTM=37 DTM=10 DTM=38 DTM=61 DTM=63"),
        refused=names("SCC NAD=DP NAD=ST"),
        held=names("QTY PRI=AAB FTX ALC TAX PAC LOC MOA PCI"),
        left=names("RFF=LI RFF=PD RFF=ON MOA=203 MEA DTM=137"),
    ),
    "summary": Facts(acted_on=names("MOA=86 MOA=79 CNT=2 CNT=1"), held=names("MOA ALC TAX"), left=names("UNS UNT CNT")),
}
"""Part of an order -> what is done with its segments."""

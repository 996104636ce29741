"""The facts of a purchase order (850), by the part of it that states them: header, line (what follows a PO1), summary.

A fact is named by its segment (PO4), by its element (PO402), or by its element with its code (N101=ST). The list of the
header holds for its parties too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from adapters.sdk.documents.facts import Facts, names

HEADER: Final = Facts(
    acted_on=names("""
        BEG01=00 BEG02=SA BEG02=NE BEG02=RL BEG02=DS BEG02=OS BEG03 BEG04 BEG05 BEG06 CUR02 REF01 REF02 FOB01 FOB03
        FOB05 FOB07 CSH01=Y SAC01=A SAC01=C SAC02 SAC05 SAC12=02 SAC15 ITD03 ITD05 ITD07 ITD12 DTM01 DTM02 TD502
        TD503 TD505 TXI01 TXI02 TXI07=A N101=ST N101=BY N101=BT N102 N103 N104 N2 N3 N401 N402 N403 N404 PER02
        PER03=TE PER03=EM PER04 PER05=TE PER05=EM PER06 PER07=TE PER07=EM PER08 AMT01=1 AMT01=TT AMT02
    """),
    refused=names("BEG01"),
    held=names("""
        ADV BEG02 CSH CTB CTP DIS EFI FOB INC LDT LIN LM LQ LS LE MAN MSG MTX N101 N9 PAM PCT PKG PWK SI SPI TAX TD3
        TD4
    """),
    left=names("""
        BEG07 BEG08 CUR01 FOB02 FOB04=01 FOB06 ITD01 ITD02 SAC01=N SAC03 SAC04 SAC06 SAC07 SAC08 SAC13 SAC14 TD501
        TD504 TXI03 TXI04 TXI05 N101=SU N101=SE N101=VN N101=RI N101=PE PER01 PER03 PER05 PER07 PID MEA TD1
    """),
)

LINE: Final = Facts(
    acted_on=names("""
        PO101 PO102 PO103 PO104 PO105 PO107 PO109 PO111 PO113 PO115 PO117 PO119 PO121 PO123 PO125 CUR02 CTP02 CTP03
        PID PO401 PO402 PO403 DTM01=037 DTM01=010 DTM01=038 DTM01=001 DTM02 SAC01=A SAC01=C SAC02 SAC05 SAC12=02
        SAC15 TXI01 TXI02 TXI07=A TC201=J TC202
    """),
    refused=names("SDQ SCH SLN PO3 N101=ST"),
    held=names("""
        ADV CN1 CSH CTB DIS DTM01 FOB INC IT3 IT8 ITD LDT LIN LM LQ LS LE MAN MSG MTX N101 N9 PAM PCT PKG PWK QTY
        REF SI SPI TAX TC201 TD3 TD4 TD5
    """),
    left=names("""
        CUR01 CTP01 CTP04 CTP05 MEA N101=SU N101=SE N101=VN N102 N103 N104 N2 N3 N4 PER PO4 SAC01=N SAC03 SAC04
        SAC06 SAC07 SAC08 SAC13 SAC14 TD1 TXI03 TXI04 TXI05
    """),
)

SUMMARY: Final = Facts(
    acted_on=names("""
        CTT01 CTT02 AMT01=1 AMT01=TT AMT02 SAC01=A SAC01=C SAC02 SAC05 SAC12=02 SAC15 TXI01 TXI02 TXI07=A
    """),
    held=names("AMT01"),
    left=names("""
        CTT03 CTT04 CTT05 CTT06 CTT07 SAC01=N SAC03 SAC04 SAC06 SAC07 SAC08 SAC13 SAC14 TXI03 TXI04 TXI05
    """),
)

FACTS: Final[Mapping[str, Facts]] = {"header": HEADER, "line": LINE, "summary": SUMMARY}
"""What is done with each fact, by the part of the order that states it."""

QUALIFIERS: Final = frozenset(range(6, 26, 2))
"""Elements of PO1 that say of what kind the product id behind them is."""

GOODS: Final = names("BP CB CG EC EN IN MF MG MN PI PL PN SK UA UD UI UK UN UP UX VC VN VP")
"""Kinds of product id that name the goods. Others, such as a size, a color or a lot, may narrow down what they are."""

PERSONAL: Final = names("N102 N2 N3 N4 PER MSG")
"""Segments and elements whose values are left out of reasons: they say who somebody is, or are words of people."""

"""Customs papers as PDF: letters that the font has, the same bytes again, and refusals of other letters."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any, Final

import pytest
from msgspec.structs import replace

from hub.kernel.money import Money
from hub.trade.errors import PapersIncomplete, PapersUnprintable
from hub.trade.model.landed_cost import Incoterm
from hub.trade.model.papers import ConsignmentPapers, PaperForm, PaperGoods, PaperParty
from hub.trade.model.rules import ExchangeRate, Flow
from hub.trade.policy.papers import paper_form, refuse_incomplete, seller_imports
from hub.wire.papers.drawing import declaration_pdf, invoice_pdf

DAY: Final = date(2026, 7, 15)
TEE: Final = PaperGoods(1, "TEE", "Cotton T-shirt", "610910", "CN", 2, 300, Money(4000, "EUR"))
PAPERS: Final = ConsignmentPapers(
    consignment_id="F1",
    order_number="W-1",
    day=DAY,
    form=PaperForm.CN23,
    incoterm=Incoterm.DDP,
    flow=None,
    exporter=PaperParty("Magazyn Łódź", ("ul. Żwirki 1",), "Łódź", "PL", postal_code="90-001"),
    recipient=PaperParty("Ελένη Παπαδοπούλου", ("Οδός Ερμού 5",), "Αθήνα", "GR"),
    seller_imports=True,
    goods=(TEE,),
    freight=Money(990, "EUR"),
    registrations={"EORI": "PL1234567"},
)


@pytest.mark.parametrize("draw", [invoice_pdf, declaration_pdf])
def test_each_letter_of_a_paper_is_in_the_embedded_font(draw: Any) -> None:
    content = draw(PAPERS)

    shown = letters(content)
    assert set("Magazyn Łódź ul. Żwirki 1 Ελένη Παπαδοπούλου Αθήνα Cotton T-shirt 610910") <= shown
    assert b"/FontFile2" in content
    assert draw(PAPERS) == content


@pytest.mark.parametrize("draw", [invoice_pdf, declaration_pdf])
def test_letters_that_the_font_lacks_are_refused_by_name_and_never_drawn(draw: Any) -> None:
    with pytest.raises(PapersUnprintable, match="小明王") as refused:
        draw(replace(PAPERS, recipient=replace(PAPERS.recipient, name="王小明")))

    assert refused.value.metadata["field"] in {"Consignee", "To"}


@pytest.mark.parametrize(
    ("changes", "lack"),
    [
        ({"goods": (replace(TEE, hs_code=""),)}, "line 1 (TEE) has no HS code"),
        ({"goods": (replace(TEE, origin=""),)}, "line 1 (TEE) has no country of origin"),
        ({"goods": (replace(TEE, description=" "),)}, "line 1 (TEE) has no description (title of the item)"),
        ({"goods": (replace(TEE, net_grams=0),)}, "line 1 (TEE) has no weight"),
        ({"exporter": replace(PAPERS.exporter, name="")}, "the sending node has no name"),
        ({"recipient": replace(PAPERS.recipient, street_lines=())}, "the recipient has no street"),
        ({"recipient": replace(PAPERS.recipient, city="")}, "the recipient has no city"),
        ({"flow": Flow.IOSS}, "registrations.csv has no IOSS number of the seller for the day"),
    ],
)
def test_each_missing_fact_is_named(changes: dict[str, Any], lack: str) -> None:
    refuse_incomplete(PAPERS)
    with pytest.raises(PapersIncomplete) as refused:
        refuse_incomplete(replace(PAPERS, **changes))

    assert refused.value.metadata["lack_1"] == lack
    assert "lack_2" not in refused.value.metadata


def test_the_small_form_is_enough_up_to_both_limits_only() -> None:
    rates = [ExchangeRate("xdr", "XDR", "EUR", Decimal(2), date(2026, 1, 1), None, "test")]
    forms = [
        paper_form(Money(600_00, "EUR"), 2000, rates, DAY),
        paper_form(Money(600_01, "EUR"), 2000, rates, DAY),
        paper_form(Money(600_02, "EUR"), 2000, rates, DAY),
        paper_form(Money(600_00, "EUR"), 2001, rates, DAY),
        paper_form(Money(1, "EUR"), 1, [], DAY),
    ]
    assert [form.value for form in forms] == ["CN22", "CN23", "CN23", "CN23", "CN23"]


def test_the_seller_imports_under_ddp_alone_and_never_by_ioss() -> None:
    assert seller_imports(Incoterm.DDP, None)
    assert not seller_imports(Incoterm.DAP, Flow.EXPRESS)
    assert not seller_imports(Incoterm.DDP, Flow.IOSS)


def letters(content: bytes) -> set[str]:
    """The characters that the fonts of a PDF map their glyphs to (their ToUnicode tables)."""
    codes = re.findall(rb"<[0-9A-F]{4}> <([0-9A-F]{4})>", content)
    return {chr(int(code, 16)) for code in codes}

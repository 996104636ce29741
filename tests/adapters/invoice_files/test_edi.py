"""The same invoices as X12 810 and EDIFACT INVOIC: sound envelopes, the structure of D.24A, the same cents."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from adapters.sdk.edifact.tokenizer import Chunk, chunks
from adapters.sdk.mailbox.folder import ROOT_VARIABLE
from crossdock.partner.erp.v1 import erp_pb2 as pb
from tests.adapters.invoice_files.serving import Priced, Served, posting, served
from tests.adapters.sdk.edifact.structures import misplaced
from tests.adapters.sdk.x12.judge import errors_of

X12: dict[str, Any] = {"format": "x12", "own": "ZZ:CROSSDOCK", "partner": "ZZ:BUYER"}
EDIFACT: dict[str, Any] = {"format": "edifact", "own": "4098765000001:14", "partner": "4012345000009:14"}


async def document_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *requests: pb.PostDocumentRequest) -> str:
    """Answers the document of the last posting."""
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))
    adapter: Served
    async with served(tmp_path) as adapter:
        for request in requests:
            await adapter.post(request)
        return adapter.written()[-1].decode()


async def test_an_invoice_as_810(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = await document_of(tmp_path, monkeypatch, posting(**X12))

    assert errors_of(document) == []
    assert document.split("~")[2:-3] == [
        "ST*810*0001", "BIG*20261104*INV-00000001**PO-77***DI", "CUR*SE*EUR",
        "N1*SE*Crossdock Outfitters B.V.*91*12345678", "N3*Kade 12",
        "N4*Rotterdam**3011 AA*NL", "REF*VX*NL123456789B01",
        "N1*BT*Haus & Hof GmbH*91*4012345000009", "N3*Hof 1*Tor 2", "N3*Etage 3", "N4*Berlin**10115*DE",
        "ITD******20261204******NET30", "DTM*011*20261104",
        "IT1*10*3*EA*10.00**VN*MUG-BLUE", "PID*F****MUG-BLUE",
        "IT1*20*3*EA*13.10**VN*BOOK", "PID*F****BOOK", "IT1*20*4*EA*13.11**VN*BOOK", "PID*F****BOOK",
        "IT1*3*1*EA*4.09**VN*SHIPPING", "PID*F****Shipping",
        "TDS*14125*12583", "TXI*VA*8.26*9*****91.74", "TXI*VA*7.16*21*****34.09", "CTT*4", "SE*26*0001",
    ]  # fmt: skip


async def test_a_credit_note_names_the_invoices_of_its_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, credit = posting(name="first", **EDIFACT), posting(kind=pb.DOCUMENT_KIND_CREDIT_NOTE, **EDIFACT, name="back")

    document = await document_of(tmp_path, monkeypatch, first, credit)

    assert "BGM+381+INV-00000002+9'" in document
    assert "RFF+ON:PO-77'RFF+IV:INV-00000001'" in document


async def test_an_invoice_as_invoic_stands_in_its_structure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = await document_of(tmp_path, monkeypatch, posting(**EDIFACT))

    (chunk,) = chunks(document)
    assert isinstance(chunk, Chunk)
    assert "LIN+2++BOOK:SA'IMD+F++:::BOOK'QTY+47:7:C62'MOA+203:91.74'PRI+AAA:91.74:::7:C62'RFF+LI:20'" in document
    assert "UNS+S'CNT+2:3'MOA+79:125.83'MOA+176:15.42'MOA+77:141.25'" in document
    assert misplaced("INVOIC", [segment.tag for segment in chunk.segments[1:-1]]) == ""


async def test_units_and_prices_of_810_make_the_amount(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(810)
    lines = [Priced(f"S-{n}", random.randint(1, 97), f"{random.randint(1, 99999) / 100:.2f}", "0") for n in range(40)]
    request = posting([*lines, Priced("BACK", 3, "-10.00", "0")], untaxed={"code": "Z"}, rates=[], **X12)

    document = await document_of(tmp_path, monkeypatch, request)

    sold = [segment.split("*") for segment in document.split("~") if segment.startswith("IT1*")]
    assert sum(Decimal(line[2]) * Decimal(line[4]) for line in sold) == sum(Decimal(one.value) for one in lines) - 10
    assert f"CTT*{len(sold)}" in document.split("~")

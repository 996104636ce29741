"""What is written for Peppol: nothing fatal in two judges, sound by the schemas, sums exact, once per operation."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from adapters.invoice_files.billing import billing_document
from adapters.invoice_files.invoices import invoice_of
from adapters.invoice_files.settings import read_settings
from adapters.sdk.mailbox.folder import ROOT_VARIABLE
from adapters.sdk.ubl.parsing import parse
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.erp.v1 import erp_pb2 as pb
from tests.adapters.invoice_files.judges import against_schema, fatal_of_partner, fatal_of_rules
from tests.adapters.invoice_files.serving import (
    AT,
    GOODS,
    PROFILE,
    SELLER,
    SHIPPING,
    Priced,
    Served,
    posting,
    served,
)

KINDS = {"Invoice": pb.DOCUMENT_KIND_INVOICE, "CreditNote": pb.DOCUMENT_KIND_CREDIT_NOTE}
GERMAN: dict[str, object] = {
    **SELLER, "country_code": "DE", "city": "Berlin", "vat_id": "DE123456788", "company_id": "",
    "endpoint": "9930:DE123456788",
}  # fmt: skip
FRENCH: dict[str, object] = {
    **SELLER, "country_code": "FR", "city": "Lyon", "vat_id": "FR23334175221", "company_id": "",
    "endpoint": "0009:33417522101010",
}  # fmt: skip
NO_VAT = {"buyers": {"0088:4012345000009": {"vat_id": "DE123456788"}}}


@pytest.fixture
async def invoices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Served]:
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))
    async with served(tmp_path) as adapter:
        yield adapter


def document_of(request: pb.PostDocumentRequest, credited: str = "") -> bytes:
    settings = read_settings(request.call.profile_json)
    invoice = replace(invoice_of(request, settings), credits=(credited,) if credited else ())
    return billing_document(invoice, "INV-00000001", AT, settings)


def judged(document: bytes) -> list[str]:
    return [*fatal_of_rules(document), *fatal_of_partner(document), *against_schema(document)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seller", [SELLER, GERMAN, FRENCH], ids=["NL", "DE", "FR"])
def test_the_judges_find_nothing_fatal(kind: str, seller: dict[str, object]) -> None:
    document = document_of(posting(kind=KINDS[kind], seller=seller), credited="INV-7" if kind == "CreditNote" else "")

    assert judged(document) == []
    assert parse(document).name == kind


@pytest.mark.parametrize(
    ("lines", "profile"),
    [
        ([Priced("GIFT", 2, "0.00", "0.00")], {}),
        ([*GOODS, Priced("RETURNED", 1, "-12.10", "-2.10")], {}),
        ([Priced("MUG-BLUE", 3, "10.00", "0.00")], {"untaxed": {"code": "Z", "reason": ""}}),
        ([Priced("MUG-BLUE", 3, "10.00", "0.00")], {"untaxed": {"code": "E", "reason": "Exempt"}}),
        ([Priced("MUG-BLUE", 3, "10.00", "0.00")], {"untaxed": {"code": "G", "reason": "Export"}}),
        ([Priced("MUG-BLUE", 3, "10.00", "0.00")], {"untaxed": {"code": "AE", "reason": "Reverse charge"}, **NO_VAT}),
        ([SHIPPING], {"iban": "", "terms": "Paid by card"}),
    ],
)
def test_amounts_of_every_sort_are_sound(lines: list[Priced], profile: dict[str, Any]) -> None:
    assert judged(document_of(posting(lines, **profile))) == []


def test_an_invoice_whose_buyer_owes_the_tax_says_so_and_names_the_number() -> None:
    posted = posting([Priced("MUG-BLUE", 3, "10.00", "0.00")], kind=pb.DOCUMENT_KIND_INVOICE)
    posted.reverse_charge, posted.bill_to.vat_number = True, "DE136695976"
    document = document_of(posted)

    assert judged(document) == []
    root = parse(document)
    assert root.value("cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cbc:ID") == "AE"
    assert root.value("cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cbc:TaxExemptionReason") == "Reverse charge"
    number = "cac:AccountingCustomerParty/cac:Party/cac:PartyTaxScheme/cbc:CompanyID"
    assert root.value(number) == "DE136695976"


def test_arbitrary_lines_are_sound_and_keep_every_cent() -> None:
    random = Random(22)
    for _ in range(6):
        lines = [_random_line(random, number) for number in range(random.randint(1, 12))]
        document = document_of(posting(lines))
        root = parse(document)

        assert judged(document) == []
        assert Decimal(root.value("cac:LegalMonetaryTotal/cbc:PayableAmount")) == sum(
            Decimal(one.value) for one in lines
        )
        assert Decimal(root.value("cac:TaxTotal/cbc:TaxAmount")) == sum(Decimal(one.tax) for one in lines)


def _random_line(random: Random, number: int) -> Priced:
    value, rate = Decimal(random.randint(1, 10**7)) / 100, random.choice([21, 9])
    tax = (value * rate / (100 + rate)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return Priced(f"SKU-{number}", random.randint(1, 999), str(value), str(tax))


@pytest.mark.parametrize(
    ("was", "becomes", "rule"),
    [
        ('<cbc:PayableAmount currencyID="EUR">141.25', '<cbc:PayableAmount currencyID="EUR">141.26', "BR-CO-16"),
        ("<cbc:Percent>21", "<cbc:Percent>99", "BR-S-08"),
    ],
)
def test_the_judges_find_what_is_false(was: str, becomes: str, rule: str) -> None:
    document = document_of(posting()).decode()

    assert was in document
    broken = document.replace(was, becomes, 1).encode()

    assert rule in fatal_of_rules(broken)
    assert rule in fatal_of_partner(broken)
    assert against_schema(document.replace("cbc:IssueDate", "cbc:IssueDay").encode())


async def test_an_operation_has_one_number_and_one_file(invoices: Served) -> None:
    first, second = posting(name="first"), posting(kind=pb.DOCUMENT_KIND_CREDIT_NOTE, name="second")

    unknown = await invoices.find(first)
    answers = [await invoices.post(first), await invoices.post(second), await invoices.post(first)]

    assert unknown.outcome == call_pb2.OUTCOME_NOT_FOUND
    assert [one.partner_reference for one in answers] == ["INV-00000001", "INV-00000002", "INV-00000001"]
    assert await invoices.find(second) == answers[1]
    invoice, credit = (parse(one) for one in invoices.written())
    assert [one.value("cbc:ID") for one in (invoice, credit)] == ["INV-00000001", "INV-00000002"]
    assert credit.value("cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID") == "INV-00000001"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"lines": [Priced("MUG-BLUE", 1, "10.00", "3.00")]}, "UNKNOWN_RATE"),
        ({"lines": [Priced("MUG-BLUE", 1, "10.00", "0.00")]}, "UNTAXED"),
        ({"lines": [Priced("MUG-BLUE", 1, "10.00", "0.00")], "untaxed": {"code": "AE", "reason": "x"}}, "NO_VAT_ID"),
        ({"lines": [Priced("MUG-BLUE", 1, "10.005", "0.00")]}, "NOT_IN_CENTS"),
    ],
)
async def test_what_makes_no_invoice_is_refused_and_leaves_no_gap(
    invoices: Served, change: dict[str, Any], code: str
) -> None:
    refused = await invoices.post(posting(**change, name="refused"))
    taken = await invoices.post(posting(name="taken"))

    assert (refused.outcome, refused.code) == (call_pb2.OUTCOME_REFUSED, code)
    assert taken.partner_reference == "INV-00000001"


async def test_totals_currencies_and_payers_must_fit(invoices: Served) -> None:
    total, currency, erased = posting(), posting(), posting()
    total.total.units += 1
    currency.lines[0].value.currency_code = "USD"
    erased.ClearField("bill_to")

    answers = [await invoices.post(one) for one in (total, currency, erased)]

    assert [one.code for one in answers] == ["TOTAL_MISMATCH", "CURRENCY_MISMATCH", "NO_PAYER"]


async def test_a_firm_needs_an_address_in_the_network_and_a_person_gets_no_document(invoices: Served) -> None:
    firm, person = posting(name="firm"), posting(name="person")
    firm.bill_to.external_id = person.bill_to.external_id = "C-1"
    person.bill_to.company = ""

    answers = [await invoices.post(firm), await invoices.post(person), await invoices.post(
        posting(kind=pb.DOCUMENT_KIND_SHIPMENT, name="shipment")
    )]  # fmt: skip

    assert [one.code for one in answers] == ["NO_ENDPOINT", "", ""]
    assert invoices.written() == []


@pytest.mark.parametrize(
    ("profile", "setting"),
    [
        ({"format": "pdf"}, "format"),
        ({"seller": {"name": "X"}}, "seller.country_code"),
        ({"seller": {**SELLER, "endpoint": "12345678"}}, "seller.endpoint"),
        ({"seller": {}}, "seller.name"),
        ({"rates": ["0"]}, "rates"),
        ({"rates": ["x"]}, "rates"),
        ({"untaxed": {"code": "K"}}, "untaxed.code"),
        ({"untaxed": {"code": "E"}}, "untaxed.reason"),
        ({"mailbox": {}}, "mailbox.kind"),
    ],
)
def test_a_malformed_profile_is_named(profile: dict[str, Any], setting: str) -> None:
    with pytest.raises(Exception, match=setting.replace(".", r"\.")):
        read_settings(posting(**profile).call.profile_json)
    assert read_settings(posting().call.profile_json).seller.name == PROFILE["seller"]["name"]  # type: ignore[index]

"""`crossdock trade` and `crossdock landed-cost`: what they ask of a hub, and what they tell."""

from __future__ import annotations

from pathlib import Path

import pytest
from google.type import money_pb2

from crossdock.trade.v1 import trade_pb2 as pb
from tests.unit.app.cli.pretend import Crossdock, PretendHub

COLUMNS = "rule,country,category,percent,from,until,source\n"
OLD = COLUMNS + "nl,NL,STANDARD,19,2026-01-01,,s\nde,DE,STANDARD,19,2026-01-01,,s\n"
NEW = OLD.replace("nl,NL,STANDARD,19", "nl,NL,STANDARD,21").replace("de,DE", "fr,FR")


@pytest.fixture
def folder(hub: PretendHub, tmp_path: Path) -> str:
    (tmp_path / "tax_rates.csv").write_text(NEW)
    (tmp_path / "notes.txt").write_text("not a rule")
    files = [pb.RuleFile(name="tax_rates.csv", content=OLD)]
    hub.answers["TradeService.GetRules"] = pb.GetRulesResponse(version=4, files=files)
    hub.answers["TradeService.LoadRules"] = pb.LoadRulesResponse(version=5)
    return str(tmp_path)


def test_a_folder_of_rules_is_loaded_with_all_its_csv_files(hub: PretendHub, crossdock: Crossdock, folder: str) -> None:
    ran = crossdock("trade", "load", folder, "--expected-version", "4")

    (request,) = hub.requests("TradeService.LoadRules")
    assert [(file.name, file.content) for file in request.files] == [("tax_rates.csv", NEW)]
    assert (request.expected_version, request.validate_only) == (4, False)
    assert "Trade rules version 5 are in force: 2 rows." in ran.out


@pytest.mark.parametrize(("command", "code"), [(("diff",), 1), (("load", "--dry-run"), 0)])
def test_differences_are_told_row_by_row_and_nothing_is_loaded(
    hub: PretendHub, crossdock: Crossdock, folder: str, command: tuple[str, ...], code: int
) -> None:
    ran = crossdock("trade", *command, folder)

    assert ran.code == code
    assert [request.validate_only for request in hub.requests("TradeService.LoadRules")] == [True]
    assert [line.split() for line in ran.out.splitlines()[1:4]] == [
        ["added", "tax_rates.csv", "fr"],
        ["changed", "tax_rates.csv", "nl"],
        ["removed", "tax_rates.csv", "de"],
    ]


def test_the_rules_in_force_are_listed_and_one_file_is_printed(crossdock: Crossdock, folder: str) -> None:
    assert folder
    assert "tax_rates.csv     2" in crossdock("trade", "show").out
    assert "nl,NL,STANDARD,19" in crossdock("trade", "show", "tax_rates.csv").out
    assert crossdock("trade", "show", "rates.csv").code == 2


def test_a_folder_without_rules_is_refused(hub: PretendHub, crossdock: Crossdock, tmp_path: Path) -> None:
    ran = crossdock("trade", "load", str(tmp_path / "nowhere"))

    assert ran.code == 1
    assert "holds no CSV file" in ran.err
    assert not hub.requests("TradeService.LoadRules")


def test_landed_cost_is_asked_by_flags_and_told_with_its_rules(hub: PretendHub, crossdock: Crossdock) -> None:
    charge = pb.Charge(
        kind=pb.CHARGE_KIND_DUTY, rule_id="EU-3-EURO", rate="3.00 EUR", amount=money(3), source="Regulation 2026/382"
    )
    cost = pb.LandedCost(consignment_id="1", territory="EU", rules_version=2, total=money(123), charges=[charge])
    hub.answers["TradeService.CalculateLandedCost"] = pb.CalculateLandedCostResponse(landed_costs=[cost])
    goods = ("--goods", "610910:CN:80.50", "--goods", "640399:VN:20")
    where = ("--from", "CN", "--to", "NL", "--freight", "9.90", "--date", "2026-07-15")

    ran = crossdock("landed-cost", *goods, *where, "--flow", "ioss", "--rate", "EUR:USD:1.1:ECB")

    (request,) = hub.requests("TradeService.CalculateLandedCost")
    (asked,) = request.consignments
    assert [(part.hs_code, part.origin_country_code) for part in asked.goods] == [("610910", "CN"), ("640399", "VN")]
    assert (asked.flow, asked.incoterm, asked.import_date) == (pb.TRADE_FLOW_IOSS, pb.INCOTERM_DDP, "2026-07-15")
    assert (asked.freight.units, request.rates[0].rate, request.rates[0].source) == (9, "1.1", "ECB")
    assert all(text in ran.out for text in ("Consignment 1 into EU", "123.00 EUR", "EU-3-EURO", "Regulation 2026/382"))


def test_landed_cost_reads_a_request_from_a_file(hub: PretendHub, crossdock: Crossdock, tmp_path: Path) -> None:
    hub.answers["TradeService.CalculateLandedCost"] = pb.CalculateLandedCostResponse()
    file = tmp_path / "asked.json"
    file.write_text('{"consignments": [{"consignment_id": "C1"}], "valued_together": true}')
    broken = tmp_path / "broken.json"
    broken.write_text('{"parcels": 1}')

    crossdock("landed-cost", str(file))

    (request,) = hub.requests("TradeService.CalculateLandedCost")
    assert (request.consignments[0].consignment_id, request.valued_together) == ("C1", True)
    assert "is not JSON of a landed cost request" in crossdock("landed-cost", str(broken)).err
    assert crossdock("landed-cost").code == 2
    assert crossdock("landed-cost", "--goods", "610910:CN").code == 2


def money(units: int) -> money_pb2.Money:
    return money_pb2.Money(currency_code="EUR", units=units)


def test_papers_are_written_as_files_per_consignment(hub: PretendHub, crossdock: Crossdock, tmp_path: Path) -> None:
    paper = pb.ConsignmentPapers(
        fulfillment_order_id="F1", form=pb.PAPER_FORM_CN23, invoice_pdf=b"%PDF-1", declaration_pdf=b"%PDF-2"
    )
    hub.answers["TradeService.GetConsignmentPapers"] = pb.GetConsignmentPapersResponse(papers=[paper])
    out = tmp_path / "new" / "papers"

    ran = crossdock("papers", "--order", "O1", "--out", str(out), "--incoterm", "dap")

    (request,) = hub.requests("TradeService.GetConsignmentPapers")
    assert (request.order_id, request.incoterm) == ("O1", pb.INCOTERM_DAP)
    assert {file.name: file.read_bytes()[:6] for file in out.glob("*.pdf")} == {
        "F1-invoice.pdf": b"%PDF-1",
        "F1-cn23.pdf": b"%PDF-2",
    }
    assert "PDF" not in (out / "F1.json").read_text()
    assert "F1-cn23.pdf" in ran.out
    file = tmp_path / "file"
    file.touch()
    assert "cannot be written" in crossdock("papers", "--order", "O1", "--out", str(file)).err
    hub.answers["TradeService.GetConsignmentPapers"] = pb.GetConsignmentPapersResponse()
    assert "crosses a customs border" in crossdock("papers", "--order", "O1", "--out", str(out)).out

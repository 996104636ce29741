"""`crossdock demo` plays two weeks and proves that they went as told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hub.app.demo import plan
from hub.app.files import read_network

COMMAND = [sys.executable, "-m", "hub.app.main", "demo"]


@pytest.mark.slow
def test_the_demo_goes_as_expected_and_leaves_nothing_behind(tmp_path: Path) -> None:
    ended = subprocess.run(
        [*COMMAND, "--json"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TMPDIR": str(tmp_path), "HOME": str(tmp_path)},
    )

    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert [one for one in told["expectations"] if not one["met"]] == []
    assert told["violation_count"] == 0
    assert {one["order"]["channel_reference"] for one in told["orders"]} == set(plan.REFERENCES)
    assert told["totals"]["EUR"]["captured"] == "1213.70"
    assert told["totals"]["EUR"]["invoiced"] == "1784.28"
    assert told["totals"]["EUR"]["refunded"] == "130.00"
    assert told["totals"]["GBP"] == told["totals"]["GBP"] | {"captured": "191.85", "refunded": "0.00"}
    assert sorted(one["state"] for one in told["returns"]) == ["RETURN_STATE_CLOSED"] * 2
    assert [(one["quantity"], one["received_quantity"]) for one in told["totes"]] == [("1", "1")]
    assert any("PaymentService/Capture" in line for line in told["trace"])
    assert list(tmp_path.iterdir()) == []


def test_every_document_of_the_plan_is_there_and_its_account_in_the_network() -> None:
    network = read_network(plan.EXAMPLES / "network.json")
    accounts = {one.account_id for one in network.accounts}

    documents = {path.name for path in (plan.EXAMPLES / "documents").iterdir() if path.suffix != ".md"}
    planned = (*plan.STOCK, *plan.ORDERS)
    assert sorted(one.file for one in planned) == sorted(documents)
    assert {one.account_id for one in planned} <= accounts
    assert plan.FAILING_ACCOUNT in accounts
    assert all(plan.START <= one.at < plan.END for one in planned)

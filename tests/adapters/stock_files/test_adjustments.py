"""Adjustments stand for themselves: bad rows are named, the others go on."""

from __future__ import annotations

import protovalidate
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.sdk.calls import BadCall
from adapters.stock_files.settings import read_settings
from crossdock.inbox.v1.inbox_pb2 import Command
from crossdock.inventory.v1.inventory_pb2 import Adjustment
from tests.adapters.stock_files.documents import OWN, named, read, read_file


def test_each_good_row_is_a_command_and_each_bad_one_a_problem() -> None:
    reading = read_file(OWN / "receipts.ndjson", "stock-receipts.json")

    assert list(reading.commands) == [
        Command(adjust_stock=Adjustment(sku="MUG-BLUE", node_id="DC-NL", delta=24, cause="PO-881"), location="line 1"),
        Command(adjust_stock=Adjustment(sku="LAMP-01", node_id="DC-NL", delta=-1, cause="RECEIPT"), location="line 3"),
    ]
    assert named(reading) == [("line 2", "received")]


def test_a_change_of_nothing_is_a_problem() -> None:
    reading = read("sku,node,delta\nA,DC-NL,0\n", mode="adjust")

    assert not reading.commands
    assert named(reading) == [("line 2", "delta")]


@given(cells=st.lists(st.text(max_size=5) | st.integers().map(str), min_size=3, max_size=3))
def test_an_adjustment_is_valid_or_a_problem(cells: list[str]) -> None:
    reading = read(("sku,node,delta\n" + ",".join(cells)).encode("utf-8", "surrogatepass"), mode="adjust")

    for command in reading.commands:
        protovalidate.validate(command)


def test_a_cause_is_refused_rather_than_cut() -> None:
    reading = read(f"sku,node,delta,cause\nA,DC-NL,1,{'x' * 81}\n", mode="adjust")

    assert not reading.commands
    assert named(reading) == [("line 2", "cause")]


def test_a_row_with_a_column_that_nobody_acts_on_is_refused_and_the_others_go_on() -> None:
    reading = read("sku,node,delta,batch\nA,DC-NL,1,\nB,DC-NL,2,L-7\n", mode="adjust")

    assert [command.adjust_stock.sku for command in reading.commands] == ["A"]
    assert named(reading) == [("line 3", "batch")]


@pytest.mark.parametrize(
    ("profile", "setting"),
    [
        ('{"mode": "guess"}', "mode"),
        ('{"format": "xml"}', "format"),
        ('{"delimiter": "; "}', "delimiter"),
        ('{"encoding": "punched cards"}', "encoding"),
        ('{"columns": {"sku": 1}}', "columns.sku"),
        ('{"node_ids": "DC-NL"}', "node_ids"),
        ('{"count_time": "noon"}', "count_time"),
        ('{"take_empty_counts": "no"}', "take_empty_counts"),
    ],
)
def test_a_malformed_profile_names_its_setting(profile: str, setting: str) -> None:
    with pytest.raises(BadCall) as raised:
        read_settings(profile)

    assert setting in str(raised.value)

"""A warehouse that exchanges files, from the order to the money: released as a file, shipped by a file, never twice."""

from __future__ import annotations

import csv
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from hub.inbox.model import Document, DocumentState
from tests.adapters.file_mailbox.serving import Served, serving
from tests.journeys.upkeep.documents import read
from tests.support.drafts import draft, line
from tests.support.world import World

HEAD = "ORDER,PARCEL,LINE,QTY,TRACK,AT,PICKER\n"


@pytest.fixture
async def warehouse(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Served]:
    """The adapter, serving the account `wms` of the world."""
    monkeypatch.setenv("CROSSDOCK_MAILBOX_ROOT", str(tmp_path))
    async with serving(tmp_path) as made:
        world.doubles.addresses["file_mailbox"] = made.address
        account = {"adapter": "file_mailbox", "profile_json": json.dumps(made.profile)}
        await world.network(accounts={"wms": account})
        yield made
        await world.settle()


def order_file(warehouse: Served) -> list[dict[str, str]]:
    """The rows of the one file that waits for the warehouse."""
    (name,) = warehouse.names("outgoing")
    text = (warehouse.folder / "outgoing" / name).read_text()
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


async def picked_up(world: World, warehouse: Served) -> list[Document]:
    """What became of the files of the warehouse, after the hub pulled."""
    await world.advance(timedelta(hours=1))
    kept, warehouse.inbox.kept = warehouse.inbox.kept, []
    return [await read(world, "wms", one.content, one.media_type) for one in kept]


async def test_an_order_goes_out_as_a_file_and_is_shipped_by_one(world: World, warehouse: Served) -> None:
    await world.stock("CUP", "DC-NL", 20)
    placed = await world.place(draft("E-1", [line("CUP", 5, "20.00")], shipping="4.95"))
    await world.settle()
    (row,) = order_file(warehouse)
    assert (row["ITEM"], row["QTY"]) == ("CUP", "5")

    report = HEAD + f"{row['ORDER']},P-1,{row['LINE']},5,T-1,,\n{row['ORDER']},P-2,1,five,T-2,,\n"
    for name in ("SHIP-1.csv", "SHIP-2.csv"):
        (warehouse.folder / "incoming" / name).write_text(report)
        (document,) = await picked_up(world, warehouse)
        assert document.state is DocumentState.PROBLEM
        assert [(problem.location, problem.field) for problem in document.problems] == [("line 3", "QTY")]

    case = await world.case(placed.order_id)
    assert [(one.reference, one.tracking_number) for one in case.shipments] == [("P-1", "T-1")]
    assert world.money("payment.capture") == ["104.95"]
    assert len(warehouse.names("archive")) == 2

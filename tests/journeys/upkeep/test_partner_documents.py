"""Documents that others published, taken in by the whole hub with the example network and its profiles."""

from __future__ import annotations

import json
import os
import re
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from hub.database.pool import Database
from hub.holds.model import HoldStatus, HoldType
from hub.inbox.model import Document, DocumentState
from hub.kernel.errors import Refusal
from hub.network.model import Network
from hub.orders.lifecycle import OrderState
from hub.wire.setup.network import network_from_json
from tests.journeys.upkeep.documents import put, read, replayed
from tests.support.doubles import served
from tests.support.world import World, hub_on

ROOT = Path(__file__).parents[3]
X12 = "application/edi-x12"
READABLE = (
    "ediengine-850.OK.edi",
    "edinet-x12.850.edi",
)
IN_OTHER_UNITS = (
    ("edinet-x12.850a.edi", "A_QU001-BLK is ordered in YRD, and counted in EA"),
    ("x12types-004010_850.edi", "002840022222 is ordered in CS, and counted in EA"),
)
FORGIVEN = ["PO1.P0607", "PO4.C0506", "PO4.P0607"]


def published(path: str) -> bytes:
    folder = Path(os.environ.get("CROSSDOCK_PARTNER_CONTRACTS", ROOT.parent / "shared/partners"))
    if not (folder / path).exists():
        pytest.skip(f"{path} is absent: set CROSSDOCK_PARTNER_CONTRACTS to the folder of partner contracts")
    return (folder / path).read_bytes()


@pytest.fixture
async def world(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    beside = ("shopify_channel", "x12_channel")
    async with (
        served(tmp_path, beside) as doubles,
        Database(database_url, max_connections=6) as database,
        hub_on(database, doubles) as made,
    ):
        await put(made, network_from_json((ROOT / "examples/network.json").read_text()))
        yield made
        await made.settle()
        assert await made.audit() == []


def stated_lines(content: bytes) -> list[Decimal]:
    """Quantity times price of each PO1, by this test's own few lines of reading."""
    segments = re.split(r"[~\r\n]+", content.decode("utf-8-sig"))
    ordered = [segment.strip().split("*") for segment in segments if segment.strip().startswith("PO1*")]
    return [Decimal(one[2]) * Decimal(one[4]) for one in ordered]


async def test_a_shop_order_that_does_not_add_up_waits_with_its_difference_named(world: World) -> None:
    content = published("channels/shopify-rest-fixtures/order.json")

    taken = await read(world, "shopify-sample", content, "application/json")

    assert taken.state is DocumentState.TAKEN
    case = await world.case(taken.order_ids[0])
    assert case.order.state is OrderState.PLACED
    holds = {hold.type: hold.reason for hold in case.holds if hold.status is HoldStatus.ACTIVE}
    assert holds.keys() == {HoldType.MANUAL, HoldType.UNREAD_FACT}
    assert "grand total stated 409.94 USD, lines sum to 598.94 USD, difference -189.00 USD" in holds[HoldType.MANUAL]
    assert "$.order.line_items[0].properties[0].value" in holds[HoldType.UNREAD_FACT]
    assert "name property.Custom Engraving in ignored_facts" in holds[HoldType.UNREAD_FACT]
    assert "Happy Birthday" not in holds[HoldType.UNREAD_FACT]
    assert [(line.sku, line.quantity, line.unit_price) for line in case.order.lines] == [
        ("IPOD2008GREEN", 1, Decimal("199.00")),
        ("IPOD2008RED", 1, Decimal("199.00")),
        ("IPOD2008BLACK", 1, Decimal("199.00")),
    ]


@pytest.mark.parametrize("name", READABLE)
async def test_a_published_purchase_order_becomes_an_order_with_its_own_line_sums(world: World, name: str) -> None:
    content = published(f"edi/x12/{name}")

    taken = await read(world, "x12-mailbox", content, X12)

    assert (taken.state, taken.problems) == (DocumentState.TAKEN, ())
    (case,) = [await world.case(order_id) for order_id in taken.order_ids]
    sums = [Decimal(line.total_minor).scaleb(-2) for line in case.order.lines]
    assert sums == stated_lines(content)
    assert sums


@pytest.mark.parametrize(("name", "said"), IN_OTHER_UNITS)
async def test_a_published_purchase_order_in_units_that_its_goods_are_not_counted_in_is_a_problem(
    world: World, name: str, said: str
) -> None:
    kept = await read(world, "x12-mailbox", published(f"edi/x12/{name}"), X12)

    assert (kept.state, kept.order_ids) == (DocumentState.PROBLEM, ())
    assert said in kept.problems[0].reason


async def test_a_purchase_order_against_its_syntax_is_kept_and_taken_in_once_after_the_fix(world: World) -> None:
    content = published("edi/x12/ediengine-850.SyntaxNotes.ERR.edi")

    kept = await read(world, "x12-mailbox", content, X12)

    assert (kept.state, kept.order_ids) == (DocumentState.PROBLEM, ())
    assert [(one.location.split(", ")[1], one.field) for one in kept.problems] == [
        ("PO1 at segment 15", "PO107"),
        ("PO4 at segment 32", "PO406"),
        ("PO4 at segment 32", "PO406"),
    ]
    assert "DOCUMENT_PROBLEM" in await world.exceptions()

    await put(world, forgiving(world.surroundings.network.latest))
    mended = await replayed(world, kept)

    assert isinstance(mended, Document)
    assert (mended.state, len(mended.order_ids)) == (DocumentState.TAKEN, 1)
    assert isinstance(await replayed(world, kept), Refusal)
    assert len(await world.rows("SELECT order_id FROM orders")) == 1
    assert "DOCUMENT_PROBLEM" not in await world.exceptions()


async def test_a_broken_control_count_keeps_its_order_back_and_lets_the_rest_go_on(world: World) -> None:
    one = published("edi/x12/ediengine-850.OK.edi").decode()
    body = one[one.index("ST*") : one.index("GE*")]
    second = body.replace("000000010", "000000011").replace("08292233294", "08292233295").replace("SE*33", "SE*32")
    broken = one.replace(body, body + second).replace("GE*1*", "GE*2*")

    kept = await read(world, "x12-mailbox", broken.encode(), X12)

    assert kept.state is DocumentState.PROBLEM
    assert [problem.field for problem in kept.problems] == ["SE01"]
    assert "33" in kept.problems[0].reason
    (case,) = [await world.case(order_id) for order_id in kept.order_ids]
    assert case.order.channel_reference == "08292233294"


def forgiving(network: Network) -> Network:
    """The network with a mailbox that tolerates what the published file leaves out."""
    account = network.accounts["x12-mailbox"]
    profile = json.loads(account.profile_json) | {"tolerate": FORGIVEN}
    for partner in profile["partners"]:
        partner["tolerate"] = [*partner.get("tolerate", ()), *FORGIVEN]
    mended = replace(account, profile_json=json.dumps(profile))
    return replace(network, accounts={**network.accounts, "x12-mailbox": mended})

"""A person in a running hub: exported, erased, and seen in no file of it, before and after."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from google.protobuf.duration_pb2 import Duration
from google.type.money_pb2 import Money

from crossdock.admin.v1 import admin_pb2
from crossdock.common.v1 import address_pb2
from crossdock.inventory.v1 import inventory_pb2
from crossdock.orders.v1 import order_service_pb2, orders_pb2
from hub.app.embedded import discard
from tests.architecture.sources import ROOT
from tests.support.postgres import scratch_folder
from tests.wire.app.running import Running, up

EXAMPLES = ROOT / "examples"
CARD = "4012888888881881"
CANARIES = ("Kanarie", "kanarie@example.com", "Vogelstraat", "+31612345678", CARD)
REFERENCE = "CANARY-1"


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder that outlives its hub."""
    folder = scratch_folder() / f"crossdock-tests-{secrets.token_hex(6)}"
    yield folder
    discard(folder)


def placing(reference: str = REFERENCE, note: str = "") -> order_service_pb2.PlaceOrderRequest:
    """A lamp for the canary, paid by card through the hub."""
    address = address_pb2.PostalAddress(
        street_lines=["Vogelstraat 77"], city="Utrecht", postal_code="3511 AB", country_code="NL"
    )
    draft = orders_pb2.OrderDraft(
        channel_id="WEB-NL",
        channel_reference=reference,
        currency_code="EUR",
        lines=[orders_pb2.OrderLineDraft(sku="LAMP-01", quantity=1, unit_price=Money(currency_code="EUR", units=50))],
        customer=address_pb2.Contact(
            name="Karel Kanarie", email="kanarie@example.com", phone="+31612345678", address=address
        ),
        instruments=[orders_pb2.InstrumentDraft(holder=orders_pb2.INSTRUMENT_HOLDER_HUB, kind="CARD", token="tok_1")],
        attributes={"note": note} if note else {},
    )
    return order_service_pb2.PlaceOrderRequest(request_id=str(uuid4()), order=draft)


def files_with(folder: Path, word: str) -> list[str]:
    """The files below a folder that hold a word, as text or as hexadecimal digits."""
    wanted = (word.encode(), word.encode().hex().encode())
    return [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink() and any(form in path.read_bytes() for form in wanted)
    ]


def sung(folder: Path) -> list[str]:
    """Canaries, each with a file that it is seen in."""
    return [f"{canary} in {file}" for canary in CANARIES for file in files_with(folder, canary)]


def live(hub: Running) -> str:
    """Have an order placed, delivered and returned; answer its id."""
    adjustment = inventory_pb2.Adjustment(sku="LAMP-01", node_id="DC-NL", delta=100, cause="RECEIPT")
    stocking = inventory_pb2.AdjustStockRequest(request_id=str(uuid4()), adjustments=[adjustment])
    hub.patiently("inventory.AdjustStock", stocking)
    order_id = str(hub.patiently("orders.PlaceOrder", placing()).order.order_id)
    hub.patiently("admin.AdvanceTime", admin_pb2.AdvanceTimeRequest(span=Duration(seconds=3600 * 60)))
    returning = hub.crossdock("returns", "authorize", order_id, "1:1")
    assert returning.returncode == 0, returning.stderr
    return order_id


def refused_with_a_card(hub: Running) -> None:
    """Try to place an order whose note holds a card number."""
    with pytest.raises(Exception, match="card number"):
        hub.patiently("orders.PlaceOrder", placing("CANARY-2", f"paid by {CARD}"))


def test_a_person_is_exported_and_erased_and_no_file_shows_one(data: Path) -> None:
    examples = ("--network", EXAMPLES / "network.json", "--catalog", EXAMPLES / "catalog.json")
    with up("--virtual-clock", *examples, data=data) as hub:
        order_id = live(hub)
        refused_with_a_card(hub)

        exported = hub.crossdock("person", "export", "--email", " KANARIE@example.com")
        counted = hub.crossdock("person", "erase", "--phone", "+31612345678", "--json")
        erased = hub.crossdock("person", "erase", "--email", "kanarie@example.com", "--yes", "--json")
        after = hub.crossdock("person", "export", "--email", "kanarie@example.com")
        party_id = json.loads(erased.stdout)["party_ids"][0]
        read = hub.crossdock("person", "export", "--party", party_id)
        assert hub.crossdock("audit").returncode == 0

    told = json.loads(exported.stdout)
    assert [party["contact"]["name"] for party in told["parties"]] == ["Karel Kanarie"]
    (order,) = told["orders"]
    assert order["order"]["order_id"] == order_id
    assert len(order["returns"]) == 1
    assert order["timeline"]
    assert order["payments"]
    assert json.loads(counted.stdout) == {"party_ids": [party_id], "erased": False}
    assert json.loads(erased.stdout)["erased"]
    assert json.loads(after.stdout) == json.loads(read.stdout) == {"parties": [], "orders": []}
    # The hub has ended: what was in memory is in the files of the database, and its log is still there.
    assert sung(data) == []
    places = files_with(data, REFERENCE)
    assert any("pg_wal" in place for place in places), f"the search sees the write-ahead log: {places}"
    assert any("base/" in place for place in places), f"the search sees the tables: {places}"

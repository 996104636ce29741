"""Documents with bytes changed, dropped, doubled and moved: every reader answers, and none in more than a second.

Shortly each time; with CROSSDOCK_TEST_FULL for ten minutes a reader.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Final

import pytest

from adapters.adyen_payment import notifications as adyen
from adapters.easypost_transport import notifications as easypost
from adapters.easypost_transport.rehearsal import event_of
from adapters.edifact_channel import mapping as edifact
from adapters.edifact_channel.settings import read_settings as edifact_settings
from adapters.peppol_channel import mapping as peppol
from adapters.peppol_channel.settings import read_settings as peppol_settings
from adapters.sdk.documents.reading import Findings
from adapters.sdk.x12.acknowledgments import acknowledged
from adapters.sdk.x12.incoming import Came, interchanges_of
from adapters.shopify_channel import mapping as shopify
from adapters.shopify_channel.settings import read_settings as shopify_settings
from adapters.smtp_notice.bounces import read_bounces
from adapters.stock_files.mapping import read_document as read_stock
from adapters.stock_files.settings import read_settings as stock_settings
from adapters.stripe_payment import notifications as stripe
from adapters.x12_channel import mapping as x12
from adapters.x12_channel.settings import read_settings as x12_settings
from adapters.x12_transport.certification import PROFILE as HAUL
from adapters.x12_transport.certification import response, status
from adapters.x12_transport.mapping import told_by
from adapters.x12_transport.settings import read_settings as carrier_settings
from adapters.x12_warehouse.mapping import commands_of
from adapters.x12_warehouse.orders import Line, Order
from adapters.x12_warehouse.settings import read_settings as warehouse_settings
from tests.adapters.smtp_notice.test_bounces import SHOP, report
from tests.adapters.stock_files.documents import CALLED_AT
from tests.adapters.x12_warehouse.documents import AT, ORDER, PROFILE, a_document, an_advice
from tests.adapters.x12_warehouse.test_reports import COUNT, MUGS, RECEIPT, TRAYS

ROOT: Final = Path(__file__).parents[3] / "adapters"
FULL: Final = bool(os.environ.get("CROSSDOCK_TEST_FULL"))
SHORT_RUNS: Final = 150
FULL_SECONDS: Final = 600
MOST_SECONDS: Final = 1.0
SIGNS: Final = b"*~>^+:'?\r\n\t\x00\x1a\xff\xef\xbb\xbfISAUNB0123456789"
CARRIER: Final = {**HAUL, "mailbox": {"kind": "directory", "folder": "haul"}}
WAREHOUSE: Final = "".join(
    [an_advice(MUGS, TRAYS), a_document("944", "RE", *RECEIPT, control=2), a_document("846", "IB", *COUNT, control=3)]
).encode()


def read_warehouse(content: bytes) -> None:
    findings, settings = Findings(), warehouse_settings(json.dumps(PROFILE))
    interchanges = interchanges_of(content, "", lambda _: settings, findings)
    orders = {"00000001": Order("00000001", ORDER, "DC-NL", (Line(1, "MUG-BLUE", 3), Line(2, "TRAY-OAK", 2)))}
    acknowledged(interchanges, findings)
    commands_of(interchanges, orders, settings, Came("wms", "document", AT), findings)


def read_carrier(content: bytes) -> None:
    findings, settings = Findings(), carrier_settings(json.dumps(CARRIER))
    interchanges = interchanges_of(content, "", lambda _: settings, findings)
    acknowledged(interchanges, findings)
    told_by(interchanges, settings, Came("haul", "document", AT), findings)


def read_x12(content: bytes) -> None:
    x12.read_document(content, "", x12_settings('{"currency_code": "EUR"}'), "B2B-DE")


def read_edifact(content: bytes) -> None:
    edifact.read_document(content, "", edifact_settings('{"currency_code": "EUR"}'), "B2B-DE")


def read_peppol(content: bytes) -> None:
    peppol.read_document(content, peppol_settings("{}"), "B2B-DE")


def read_shopify(content: bytes) -> None:
    shopify.read_document(content, "", shopify_settings("{}"), "SHOP")


def read_csv(content: bytes) -> None:
    read_stock(content, "text/csv", stock_settings("{}"), "HOUSE", CALLED_AT)


def read_ndjson(content: bytes) -> None:
    read_stock(content, "application/x-ndjson", stock_settings("{}"), "HOUSE", CALLED_AT)


def read_bounce(content: bytes) -> None:
    read_bounces(content, SHOP, "MAIL")


def read_easypost(content: bytes) -> None:
    easypost.read_event(content, frozenset())


def read_stripe(content: bytes) -> None:
    stripe.read_event(content, frozenset())


def read_adyen(content: bytes) -> None:
    adyen.read_notification(content, "Merchant", frozenset())


TRACKER: Final[dict[str, object]] = {
    "id": "trk_1",
    "tracking_code": "EZ1",
    "status": "in_transit",
    "tracking_details": [{"status": "in_transit", "datetime": "2026-03-03T10:00:00Z"}],
}
STRIPE: Final = {"id": "evt_1", "type": "payment_intent.succeeded", "data": {"object": {"id": "pi_1", "amount": 500}}}
ADYEN: Final = {"notificationItems": [{"NotificationRequestItem": {"eventCode": "CAPTURE", "pspReference": "A1"}}]}
READERS: Final[dict[str, tuple[Callable[[bytes], None], bytes]]] = {
    "x12_channel": (read_x12, (ROOT / "x12_channel/documents/three-orders.x12").read_bytes()),
    "x12_warehouse": (read_warehouse, WAREHOUSE),
    "x12_transport": (read_carrier, status("D1", 11) + response("A")),
    "edifact_channel": (read_edifact, (ROOT / "edifact_channel/documents/two-orders.edi").read_bytes()),
    "peppol_channel": (read_peppol, (ROOT / "peppol_channel/documents/order.xml").read_bytes()),
    "shopify_channel": (read_shopify, (ROOT / "shopify_channel/documents/order.json").read_bytes()),
    "stock_files_csv": (read_csv, (ROOT / "stock_files/documents/count.csv").read_bytes()),
    "stock_files_ndjson": (read_ndjson, (ROOT / "stock_files/documents/receipts.ndjson").read_bytes()),
    "smtp_notice": (read_bounce, report()),
    "easypost_transport": (read_easypost, event_of(TRACKER)),
    "stripe_payment": (read_stripe, json.dumps(STRIPE).encode()),
    "adyen_payment": (read_adyen, json.dumps(ADYEN).encode()),
}


def changed(content: bytes, random: Random) -> bytes:
    """Answers the document with one to eight changes at random places."""
    changing = bytearray(content)
    for _ in range(random.randint(1, 8)):
        at = random.randrange(len(changing) + 1)
        end = min(len(changing), at + random.randint(0, 12))
        piece = random.choice([b"", changing[at:end] * 2, random.choice(SIGNS).to_bytes(1, "big"), random.randbytes(3)])
        changing[at:end] = piece
    return bytes(changing)


@pytest.mark.parametrize("name", READERS)
def test_a_changed_document_has_an_answer(name: str) -> None:
    read, content = READERS[name]
    random = Random(name)
    until = time.monotonic() + FULL_SECONDS
    runs = 0
    while runs < SHORT_RUNS or (FULL and time.monotonic() < until):
        document = changed(content, random)
        began = time.process_time()
        read(document)
        assert not FULL or time.process_time() - began < MOST_SECONDS
        runs += 1

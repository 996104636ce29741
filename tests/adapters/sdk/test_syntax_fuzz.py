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

from adapters.edifact_channel import mapping as edifact
from adapters.edifact_channel.settings import read_settings as edifact_settings
from adapters.sdk.documents.reading import Findings
from adapters.sdk.x12.acknowledgments import acknowledged
from adapters.sdk.x12.incoming import Came, interchanges_of
from adapters.x12_channel import mapping as x12
from adapters.x12_channel.settings import read_settings as x12_settings
from adapters.x12_warehouse.mapping import commands_of
from adapters.x12_warehouse.orders import Line, Order
from adapters.x12_warehouse.settings import read_settings as warehouse_settings
from tests.adapters.x12_warehouse.documents import AT, ORDER, PROFILE, a_document, an_advice
from tests.adapters.x12_warehouse.test_reports import COUNT, MUGS, RECEIPT, TRAYS

ROOT: Final = Path(__file__).parents[3] / "adapters"
FULL: Final = bool(os.environ.get("CROSSDOCK_TEST_FULL"))
SHORT_RUNS: Final = 150
FULL_SECONDS: Final = 600
MOST_SECONDS: Final = 1.0
SIGNS: Final = b"*~>^+:'?\r\n\t\x00\x1a\xff\xef\xbb\xbfISAUNB0123456789"
WAREHOUSE: Final = "".join(
    [an_advice(MUGS, TRAYS), a_document("944", "RE", *RECEIPT, control=2), a_document("846", "IB", *COUNT, control=3)]
).encode()


def read_warehouse(content: bytes) -> None:
    findings, settings = Findings(), warehouse_settings(json.dumps(PROFILE))
    interchanges = interchanges_of(content, "", lambda _: settings, findings)
    orders = {"00000001": Order("00000001", ORDER, "DC-NL", (Line(1, "MUG-BLUE", 3), Line(2, "TRAY-OAK", 2)))}
    acknowledged(interchanges, findings)
    commands_of(interchanges, orders, settings, Came("wms", "document", AT), findings)


def read_x12(content: bytes) -> None:
    x12.read_document(content, "", x12_settings('{"currency_code": "EUR"}'), "B2B-DE")


def read_edifact(content: bytes) -> None:
    edifact.read_document(content, "", edifact_settings('{"currency_code": "EUR"}'), "B2B-DE")


READERS: Final[dict[str, tuple[Callable[[bytes], None], bytes]]] = {
    "x12_channel": (read_x12, (ROOT / "x12_channel/documents/three-orders.x12").read_bytes()),
    "x12_warehouse": (read_warehouse, WAREHOUSE),
    "edifact_channel": (read_edifact, (ROOT / "edifact_channel/documents/two-orders.edi").read_bytes()),
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

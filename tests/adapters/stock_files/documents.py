"""Stock files for tests."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from google.protobuf import json_format
from google.protobuf.timestamp_pb2 import Timestamp

from adapters.sdk.documents.reading import Reading
from adapters.sdk.times import timestamp_of
from adapters.stock_files.mapping import read_document
from adapters.stock_files.settings import read_settings
from crossdock.catalog.v1.catalog_pb2 import PutItemsRequest

ROOT: Final = Path(__file__).parents[3]
OWN: Final = ROOT / "adapters/stock_files/documents"
DOCUMENTS: Final = ROOT / "examples/documents"
PROFILES: Final = ROOT / "examples/profiles"
CALLED_AT: Final[Timestamp] = timestamp_of(datetime(2026, 11, 2, 7, tzinfo=UTC))


def read(content: bytes | str, **profile: object) -> Reading:
    """Reads a file with a profile."""
    raw = content.encode() if isinstance(content, str) else content
    return read_document(raw, "text/csv", read_settings(json.dumps(profile)), "HOUSE", CALLED_AT)


def read_file(path: Path, profile: str) -> Reading:
    """Reads a file with an example profile."""
    media_type = "application/x-ndjson" if path.suffix == ".ndjson" else "text/csv"
    settings = read_settings((PROFILES / profile).read_text())
    return read_document(path.read_bytes(), media_type, settings, "HOUSE", CALLED_AT)


def catalog() -> PutItemsRequest:
    """Answers the example catalog."""
    return json_format.Parse((ROOT / "examples/catalog.json").read_text(), PutItemsRequest())


def rows(reading: Reading) -> list[tuple[str, str, int, int]]:
    """Answers the rows of the one count that was read."""
    (command,) = reading.commands
    return [(row.sku, row.node_id, row.on_hand, row.safety) for row in command.stock_count.rows]


def named(reading: Reading) -> list[tuple[str, str]]:
    """Answers where the problems are: line and column."""
    return [(problem.location, problem.field) for problem in reading.problems]

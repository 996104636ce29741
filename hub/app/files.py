"""Files that describe an installation: the network and the catalog, as JSON in the form of the contract."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

from google.protobuf import json_format
from google.protobuf.message import Message

from crossdock.catalog.v1 import catalog_pb2
from crossdock.network.v1 import network_pb2
from crossdock.payments.v1 import payments_pb2
from crossdock.returns.v1 import returns_pb2

M = TypeVar("M", bound=Message)

ITEMS_IN_A_CALL: Final = 500
_LINES: Final = (".ndjson", ".jsonl")


class FileUnreadable(Exception):
    """A file that does not hold what it should; the message names file and place."""


def read_network(path: Path) -> network_pb2.Network:
    """The network of a file: one JSON object. Raises FileUnreadable."""
    return _parsed(_json(path, _text(path)), network_pb2.Network(), str(path))


def read_catalog(path: Path) -> list[catalog_pb2.Item]:
    """The items of a file: a JSON object with `items`, a JSON list, or (.ndjson, .jsonl) one item a line.

    Raises FileUnreadable.
    """
    text = _text(path)
    if path.suffix in _LINES:
        found = [(f"{path}:{number}", _json(path, line, number)) for number, line in _lines(text)]
    else:
        read = _json(path, text)
        listed = read.get("items") if isinstance(read, dict) else read
        if not isinstance(listed, list):
            raise FileUnreadable(f"{path} has no list of items: it must be a list, or an object with `items`.")
        found = [(f"{path}, item {number}", item) for number, item in enumerate(listed, 1)]
    return [_parsed(item, catalog_pb2.Item(), place) for place, item in found]


def read_settlement(path: Path) -> payments_pb2.ImportSettlementRequest:
    """The settlement report of a file: one JSON object. Raises FileUnreadable."""
    return _parsed(_json(path, _text(path)), payments_pb2.ImportSettlementRequest(), str(path))


def read_return_policies(path: Path) -> returns_pb2.PutReturnPoliciesRequest:
    """The return policies of a file: a JSON object with `policies`. Raises FileUnreadable."""
    return _parsed(_json(path, _text(path)), returns_pb2.PutReturnPoliciesRequest(), str(path))


def read_rule_files(folder: Path) -> dict[str, str]:
    """The CSV files of a folder, by name. Raises FileUnreadable where there are none, or one cannot be read."""
    files = {path.name: _text(path) for path in sorted(folder.glob("*.csv"))}
    if not files:
        raise FileUnreadable(f"{folder} holds no CSV file; name the folder with the trade rules.")
    return files


def read_list_files(paths: Sequence[Path]) -> dict[str, str]:
    """The files of a denied-party list, by name; packed ones (.gz) unpacked. Raises FileUnreadable."""
    files = {path.name: _published(path) for path in paths}
    if len(files) < len(paths):
        raise FileUnreadable("Two of the files have one name; rename one.")
    return files


def read_sourcing_policy(path: Path) -> network_pb2.SourcingPolicy:
    """The sourcing policy of a file: one JSON object. Raises FileUnreadable."""
    return _parsed(_json(path, _text(path)), network_pb2.SourcingPolicy(), str(path))


def chunks(items: Sequence[M], size: int = ITEMS_IN_A_CALL) -> Iterator[Sequence[M]]:
    """The items in pieces that fit a call."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise FileUnreadable(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise FileUnreadable(f"{path} is not UTF-8 text (byte {error.start}).") from error


def _published(path: Path) -> str:
    """The text of a file, unpacked where it is packed by gzip; Latin-1 where it is no UTF-8, as older lists are."""
    try:
        content = path.read_bytes()
        if path.suffix == ".gz":
            content = gzip.decompress(content)
    except (OSError, EOFError) as error:
        raise FileUnreadable(f"{path} cannot be read: {error}.") from error
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _lines(text: str) -> Iterator[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip())


def _json(path: Path, text: str, line: int = 0) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        place = f"{path}:{line}" if line else str(path)
        raise FileUnreadable(f"{place} is not JSON: {error}.") from error


def _parsed(value: Any, message: M, place: str) -> M:
    try:
        return json_format.ParseDict(value, message)
    except json_format.ParseError as error:
        raise FileUnreadable(f"{place}: {error}") from error

"""Exchanges of EasyPost's, recorded by its own library, where they are at hand."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[3]
FOLDER = (
    Path(os.environ.get("CROSSDOCK_PARTNER_CONTRACTS", ROOT.parent / "shared/partners")) / "carriers/easypost-cassettes"
)


@dataclass(frozen=True)
class Exchange:
    """A request to EasyPost and its answer; bodies are JSON values."""

    name: str
    method: str
    path: str
    asked: Any
    status: int
    answer: Any


@cache
def exchanges() -> tuple[Exchange, ...]:
    """All exchanges; none where the folder is absent."""
    return tuple(exchange for path in sorted(FOLDER.glob("*.yaml")) for exchange in _of(path))


def _of(path: Path) -> Iterator[Exchange]:
    for recorded in yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)["interactions"]:
        request, response = recorded["request"], recorded["response"]
        yield Exchange(
            path.stem,
            request["method"],
            request["uri"].removeprefix("https://api.easypost.com"),
            json.loads(request["body"]) if request["body"] else None,
            response["status"]["code"],
            json.loads(response["body"]["string"]),
        )

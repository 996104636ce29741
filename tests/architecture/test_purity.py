"""Rules read no clock and no randomness: instants and identities are arguments, so that decisions replay."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.sources import Source, dotted, pure_sources

CLOCKS_AND_DICE: Final = frozenset({"time", "random", "secrets", "asyncio", "threading", "socket", "subprocess"})
FORBIDDEN_CALLS: Final = frozenset(
    {
        "datetime.now",
        "datetime.utcnow",
        "datetime.today",
        "date.today",
        "os.urandom",
        "os.environ",
        "os.getenv",
        "uuid.uuid1",
        "uuid.uuid4",
        "uuid.uuid7",
        "uuid4",
        "open",
        "print",
    }
)


@pytest.mark.parametrize("source", list(pure_sources()), ids=lambda source: str(source.path))
def test_rules_read_no_clock_and_no_randomness(source: Source) -> None:
    assert not list(impurities(source))


def test_a_planted_clock_is_found() -> None:
    text = "import datetime as dt, random\nfrom datetime import datetime\na = datetime.now()\nb = dt.datetime.now()\n"

    found = list(impurities(Source(path=pure_path(), text=text, tree=ast.parse(text))))

    assert [line.rpartition(" ")[2] for line in found] == ["random", "datetime.now", "dt.datetime.now"]


def pure_path() -> Path:
    return next(iter(pure_sources())).path


def impurities(source: Source) -> Iterator[str]:
    """Yield what reads the outside world in `source`, with its place."""
    for node in ast.walk(source.tree):
        for name in imported(node):
            if name.partition(".")[0] in CLOCKS_AND_DICE:
                yield f"{source.at(node)} imports {name}"
        name = dotted(node)
        if any(name == call or name.endswith(f".{call}") for call in FORBIDDEN_CALLS):
            yield f"{source.at(node)} reads {name}"


def imported(node: ast.AST) -> list[str]:
    """Return the modules that a node imports."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []

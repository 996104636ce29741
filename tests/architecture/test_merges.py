"""No file holds what a merge leaves where two changes met and nobody chose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.architecture.sources import ROOT

FOLDERS: Final = ("adapters", "bench", "docs", "examples", "gateway", "hub", "protos", "tests", "tools")
KINDS: Final = frozenset({".md", ".py", ".proto", ".sql", ".toml", ".yaml", ".yml", ".json", ".js", ".sh"})
MARK: Final = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)


def texts() -> Iterator[Path]:
    yield from (path for path in ROOT.iterdir() if path.suffix in KINDS)
    for folder in FOLDERS:
        paths = (ROOT / folder).rglob("*")
        yield from (path for path in paths if path.suffix in KINDS and "node_modules" not in path.parts)


def test_no_file_holds_the_marks_of_a_merge() -> None:
    assert not [str(path) for path in texts() if MARK.search(path.read_text(encoding="utf-8", errors="replace"))]


def test_a_mark_in_the_midst_of_a_page_is_found() -> None:
    assert MARK.search("| a |\n" + "<" * 7 + " HEAD\n| b |\n")
    assert not MARK.search("a <<<<<<< b")

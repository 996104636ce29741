"""What the page on security says is held by a test is held by one that exists."""

from __future__ import annotations

import re

from tests.architecture.sources import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text()
TESTS = sorted(set(re.findall(r"`(tests/[\w/]+\.py)`", PAGE)))


def test_every_test_that_the_page_names_exists() -> None:
    assert TESTS
    assert [name for name in TESTS if not (ROOT / name).exists()] == []


def test_each_of_the_ten_risks_names_a_test() -> None:
    rows = re.findall(r"^\| (API\d+) .*$", PAGE, re.MULTILINE)
    held = [row for row in re.findall(r"^\| API\d+ .*$", PAGE, re.MULTILINE) if "`tests/" in row]

    assert rows == [f"API{number}" for number in range(1, 11)]
    assert len(held) == len(rows)

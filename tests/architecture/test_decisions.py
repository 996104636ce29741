"""Decisions are numbered once each, without gaps, and say what they are and since when."""

from __future__ import annotations

import re

from tests.architecture.sources import ROOT

DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
HEAD = re.compile(r"# (?P<number>\d+)[.:] .+\n\nStatus: \w+.*, \d{4}-\d{2}-\d{2}")


def test_each_decision_has_a_number_of_its_own() -> None:
    assert [int(file.name[:4]) for file in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_each_decision_opens_with_its_number_and_its_date() -> None:
    heads = {file.name: HEAD.match(file.read_text()) for file in DECISIONS}
    assert [name for name, head in heads.items() if head is None or int(head["number"]) != int(name[:4])] == []

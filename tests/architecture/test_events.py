"""Every event is described and written; what SQL and reports say of events by name is there."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pytest
from msgspec.structs import fields

from hub.messages.events.codec import EVENTS, read
from hub.messages.events.codec import written as written_form
from tests.architecture.sources import ROOT, Source, dotted, sources

DESCRIBED_IN: Final = Path("hub/messages/events")
ROOTS: Final = frozenset({"EventFacts", "SupplyFacts", "ReservationFacts"})
"""Structs from which those of events come."""
NAMES_OF_EVENTS: Final = re.compile(r"\b(?:[A-Z][a-z]+){2,}\b")
FACTS_IN_SQL: Final = re.compile(r"\bfacts\s*->>?\s*'(\w+)'")
TYPES_IN_SQL: Final = re.compile(r"\btype\s*(?:=|IN|LIKE)\s*(\([^)]*\)|'[^']*')")
STORED_FACTS: Final = {info.encode_name for struct in EVENTS.values() for info in fields(struct)}
"""The names under which facts are stored."""
INSERTED: Final = re.compile(r"INSERT INTO event \([^;]*?'(\w+)',[^;]*?'(\{[^']*\})'")


def written(hub: Iterable[Source]) -> set[str]:
    """Return the events whose structs are used outside of their description."""
    return {
        node.id
        for source in hub
        if not source.path.is_relative_to(DESCRIBED_IN)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Name) and node.id in EVENTS
    }


def undescribed(hub: Iterable[Source]) -> Iterator[str]:
    """Yield facts of events that stand elsewhere than their description, or that only reading may make."""
    for source in hub:
        if source.path.is_relative_to(DESCRIBED_IN):
            continue
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ClassDef) and ROOTS & {
                base.id for base in node.bases if isinstance(base, ast.Name)
            }:
                yield f"{source.at(node)} describes {node.name}"
            if isinstance(node, ast.Call) and dotted(node.func) == "UnknownFacts":
                yield f"{source.at(node)} makes unknown facts"


def texts() -> Iterator[tuple[str, str]]:
    """Yield every text of SQL and of Python, with its file."""
    for path in sorted([*(ROOT / "hub").rglob("*.sql"), *(ROOT / "bench").rglob("*.sql")]):
        yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
    for source in sources("hub", "bench", "tests"):
        if source.path != Path(__file__).relative_to(ROOT):
            yield from (
                (source.at(node), node.value)
                for node in ast.walk(source.tree)
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            )


def unknown_facts(text: str) -> set[str]:
    """Return the facts that a text of SQL reads and no event has."""
    return set(FACTS_IN_SQL.findall(text)) - STORED_FACTS


def unknown_types(text: str) -> set[str]:
    """Return the types of events that a text of SQL asks for and that do not exist."""
    named = {name for listed in TYPES_IN_SQL.findall(text) for name in NAMES_OF_EVENTS.findall(listed)}
    return {name for name in named if not any(event.startswith(name) for event in EVENTS)}


def source_of(text: str) -> Source:
    return Source(path=Path("hub/flows/planted.py"), text=text, tree=ast.parse(text))


def test_every_event_that_is_described_is_written() -> None:
    assert EVENTS.keys() - written(sources("hub")) == set()


def test_every_event_that_is_written_is_described() -> None:
    assert not list(undescribed(sources("hub")))


def test_an_event_that_nobody_writes_is_found() -> None:
    assert written([source_of("case.happened(OrderClosed(), at)")]) == {"OrderClosed"}
    assert written([source_of("from hub.messages.events.orders import OrderClosed")]) == set()


def test_an_event_that_nobody_describes_is_found() -> None:
    planted = source_of("class OrderPainted(EventFacts, frozen=True): ...\nfacts = UnknownFacts(type='A', stated={})\n")

    assert list(undescribed([planted])) == [
        "hub/flows/planted.py:1 describes OrderPainted",
        "hub/flows/planted.py:2 makes unknown facts",
    ]


def test_sql_reads_facts_and_types_that_events_have() -> None:
    wrong = {place: found for place, text in texts() if (found := unknown_facts(text) | unknown_types(text))}

    assert not wrong
    assert any(TYPES_IN_SQL.search(text) and "OrderClosed" in text for _, text in texts())


@pytest.mark.parametrize(
    ("sql", "unknown"),
    [
        ("SELECT facts->>'expected_at' FROM event", set()),
        ("SELECT facts->>'expected' FROM event", {"expected"}),
        ("SELECT facts -> 'color' FROM event", {"color"}),
        ("WHERE type IN ('OrderClosed', 'OrderPainted')", {"OrderPainted"}),
        ("WHERE type LIKE 'Supply%%' OR type = 'OrderClosed'", set()),
    ],
)
def test_what_no_event_has_is_found_in_sql(sql: str, unknown: set[str]) -> None:
    assert unknown_facts(sql) | unknown_types(sql) == unknown


def test_baselines_write_facts_as_the_hub_does() -> None:
    inserted = [
        pair for path in (ROOT / "bench/baselines").glob("*.sql") for pair in INSERTED.findall(path.read_text())
    ]

    assert {event_type for event_type, _ in inserted} == {"OrderPlaced", "StockReserved"}
    for event_type, facts in inserted:
        assert written_form(read(event_type, json.loads(facts))) == json.loads(facts)

"""What the page about the house measures, and that the glossary explains the classes that carry the work."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.sources import ROOT, sources
from tools import house

CARRYING: Final = (
    "hub/gate",
    "hub/work",
    "hub/database",
    "hub/cases",
    "hub/api",
    "hub/api/edge",
    "hub/api/web",
    "hub/app/runtime",
)
"""Folders whose classes carry the work and decide nothing about orders; folders below them do not belong."""

LONG: Final = "def fill():\n" + "    x = 1\n" * house.LONG_FUNCTION
PLANTED: Final = {
    Path("hub/__init__.py"): "",
    Path("hub/orders/long.py"): LONG,
    Path("hub/orders/gizmo.py"): "from hub.orders import long\nfrom hub.orders.long import fill\nclass OrderZorp: ...",
}


@pytest.fixture
def _planted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house, "modules", lambda: {path: ast.parse(text) for path, text in PLANTED.items()})


@pytest.mark.usefixtures("_planted")
def test_modules_are_counted_without_the_packages_own() -> None:
    assert house.folders() == {Path("hub"): 0, Path("hub/orders"): 2}


@pytest.mark.usefixtures("_planted")
def test_long_functions_and_imports_are_found() -> None:
    assert house.long_functions() == [(house.LONG_FUNCTION + 1, Path("hub/orders/long.py"), "fill")]
    assert house.imports()[0] == (1, Path("hub/orders/gizmo.py"))


@pytest.mark.usefixtures("_planted")
def test_a_word_that_nothing_explains_is_found() -> None:
    assert house.coined() == {"gizmo": ["hub/orders/gizmo:gizmo"], "zorp": ["hub/orders/gizmo:OrderZorp"]}


def test_the_classes_that_carry_the_work_are_in_the_glossary() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text()
    explained = set(re.findall(r"^\| `(\w+)` \|", glossary, re.MULTILINE))
    words = set(re.findall(r"^\| (\w+) \|", glossary, re.MULTILINE))
    classes = {
        node.name: {ast.unparse(base) for base in node.bases}
        for source in sources("hub")
        if source.path.parent.as_posix() in CARRYING
        for node in source.tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    }
    failures = {"Exception", "Refusal", "CallFailure", "MigrationError", "PlanStale"}

    assert sorted({name for name, bases in classes.items() if not bases & failures} - explained - words) == [], (
        "give it a line under Machinery in docs/glossary.md"
    )
    assert sorted(explained - classes.keys()) == []

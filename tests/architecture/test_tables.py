"""SQLAlchemy declares the tables of the stores; no statement is made with it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.database.migrate import FOLDER, load
from tests.architecture.sources import Source, sources


def test_sqlalchemy_declares_tables_and_compiles_nothing() -> None:
    assert not [line for source in sources("hub") for line in compiles(source)]


@pytest.mark.parametrize("line", ["import sqlalchemy", "from sqlalchemy import Table, select"])
def test_a_planted_statement_of_sqlalchemy_is_found(line: str) -> None:
    assert len(list(compiles(Source(Path("hub/orders/store.py"), line, ast.parse(line))))) == 1


def compiles(source: Source) -> Iterator[str]:
    """Yield imports from SQLAlchemy of more than classes: `select`, `text` and the like make statements."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import) and any(alias.name.split(".")[0] == "sqlalchemy" for alias in node.names):
            yield f"{source.at(node)} imports sqlalchemy whole"
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "sqlalchemy":
            for alias in node.names:
                if not alias.name[0].isupper():
                    yield f"{source.at(node)} imports {alias.name}"


def test_the_migrations_have_names_and_numbers_of_their_own() -> None:
    """Two branches that each added the next number meet here, before a database meets them."""
    assert load(FOLDER)

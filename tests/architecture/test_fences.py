"""How writes are batched, and the optimistic path, are a private database driver: `database`, `gate` and stores use it.

Rooms and flows ask their stores; what goes together, first, last or counted is nothing they know.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.database.pool import Database
from hub.database.tx import AssumptionBroken, Tx
from tests.architecture.sources import Source, dotted, sources

OF_A_TRANSACTION = frozenset({"write", "expect", "before_last", "tell_number", "finish"})
OF_A_DATABASE = frozenset({"at_once", "writes_together"})
PARAMETERS = frozenset({"taking", "first", "last"})
"""Of Tx.write, and of what hands them on to it."""
FLOW_CONTEXT = "flow_context"
"""Takes a `last` of its own: whether a plan that goes stale may be made once more."""


def inside(source: Source) -> bool:
    """Whether a file is of the driver, of the gate, or of a store."""
    _, package, *rest = source.path.with_suffix("").parts
    return package in {"database", "gate"} or "store" in rest


OUTSIDE = tuple(source for source in sources("hub") if not inside(source))


@pytest.mark.parametrize("source", OUTSIDE, ids=lambda source: str(source.path))
def test_the_driver_is_used_by_the_gate_and_by_stores_only(source: Source) -> None:
    assert not list(uses(source))


@pytest.mark.parametrize(
    "line",
    [
        "from hub.database.tx import AssumptionBroken, Tx",
        "await tx.write(SQL, {})",
        "await flow.tx.write(SQL, {})",
        "flow.tx.expect(VERSION, 3)",
        "tx.before_last(look)",
        "tx.tell_number()",
        "await tx.finish()",
        "begun = self._database.at_once()",
        "await stock.record_moves(tx, moves, last=True)",
        "await sets.insert(flow.tx, TABLE, rows, first=True)",
    ],
)
def test_a_planted_use_is_found(line: str) -> None:
    assert len(list(uses(planted(line)))) == 1


@pytest.mark.parametrize(
    "line",
    [
        "from hub.database.tx import Tx",
        "await stock.claim(tx, claims, moves, at=at)",
        "rows = await tx.fetch(SQL)",
        "flow = await surroundings.flow_context(tx, scope, causes={}, last=False)",
        "await intake.finish()",
    ],
)
def test_what_everybody_may_do_is_no_use(line: str) -> None:
    assert not list(uses(planted(line)))


def test_what_is_fenced_is_there() -> None:
    """A name that is given up would leave the fence with a hole that nobody sees."""
    assert not [name for name in OF_A_TRANSACTION if not hasattr(Tx, name)]
    assert not [name for name in OF_A_DATABASE if name not in vars(Database) | vars(Database("postgresql://nowhere"))]
    assert set(Tx.write.__kwdefaults__ or {}) >= PARAMETERS
    assert AssumptionBroken.__module__ == Tx.__module__


def planted(line: str) -> Source:
    text = f"async def planted(tx, flow):\n    {line}\n"
    return Source(Path("hub/flows/stock/planted.py"), text, ast.parse(text))


def uses(source: Source) -> Iterator[str]:
    """Yield where a file uses the driver, and what of it."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and "AssumptionBroken" in {alias.name for alias in node.names}:
            yield f"{source.at(node)} imports AssumptionBroken"
        elif isinstance(node, ast.Attribute) and is_driver(node):
            yield f"{source.at(node)} uses {dotted(node)}"
        elif isinstance(node, ast.Call) and (given := PARAMETERS & {keyword.arg for keyword in node.keywords}):
            name = dotted(node.func)
            if hands_on_a_transaction(node) and not name.endswith(FLOW_CONTEXT):
                yield f"{source.at(node)} gives {', '.join(sorted(map(str, given)))} to {name}"


def is_driver(node: ast.Attribute) -> bool:
    """Whether `tx.write`, `flow.tx.expect`, `self._database.at_once` and the like are named."""
    owner = dotted(node.value).rpartition(".")[2].lstrip("_")
    return (owner == "tx" and node.attr in OF_A_TRANSACTION) or (owner == "database" and node.attr in OF_A_DATABASE)


def hands_on_a_transaction(call: ast.Call) -> bool:
    """Whether a call is given a transaction, bare or as `flow.tx`."""
    return any(dotted(argument).rpartition(".")[2] == "tx" for argument in call.args)

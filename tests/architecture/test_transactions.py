"""Between BEGIN and COMMIT nothing is awaited but the database: no partner, no solver, no queue, no sleep."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import Function, Source, dotted, functions, own_nodes, sources

HANDLES = frozenset({"tx", "flow", "house"})
"""What a transaction is called where it is handed on: bare, or with the surroundings a flow needs."""

TRANSACTIONAL = tuple(source for source in sources("hub") if source.path.parts[1] != "database")


@pytest.mark.parametrize("source", TRANSACTIONAL, ids=lambda source: str(source.path))
def test_inside_a_transaction_only_the_database_is_awaited(source: Source) -> None:
    assert not list(strays(source))


def test_a_planted_call_to_a_partner_is_found() -> None:
    found = list(
        strays(
            planted(
                "async def capture(self, amount):\n"
                "    async with self._database.transaction() as tx:\n"
                "        await operations.capture(tx, amount)\n"
                "        await self._partner.capture(amount)\n"
            )
        )
    )

    assert [line.rpartition(" ")[2] for line in found] == ["self._partner.capture"]


def test_a_function_that_is_handed_a_transaction_is_inside_it() -> None:
    found = list(
        strays(
            planted(
                "async def save(tx: Tx, rows):\n"
                "    await tx.execute(SQL, rows)\n"
                "    await store.save(tx=tx, rows=rows)\n"
                "    await asyncio.sleep(1)\n"
            )
        )
    )

    assert [line.rpartition(" ")[2] for line in found] == ["asyncio.sleep"]


def test_the_surroundings_of_a_transaction_are_the_transaction() -> None:
    found = list(
        strays(
            planted(
                "async def run(self):\n"
                "    async with self._database.transaction() as tx:\n"
                "        flow = await self._surroundings.flow_context(tx)\n"
                "        await store.save(flow.tx, await run(flow))\n"
                "        await solver.plan(flow.at)\n"
            )
        )
    )

    assert [line.rpartition(" ")[2] for line in found] == ["solver.plan"]


def test_what_comes_after_the_commit_is_free() -> None:
    found = list(
        strays(
            planted(
                "async def place(self, orders):\n"
                "    async with self._database.transaction() as tx:\n"
                "        placed = await operations.place(tx, orders)\n"
                "    await self._wake.set()\n"
            )
        )
    )

    assert not found


def planted(text: str) -> Source:
    return Source(Path("hub/flows/planted.py"), text, ast.parse(text))


def strays(source: Source) -> Iterator[str]:
    """Yield what is awaited inside a transaction without being given it."""
    for function in functions(source.tree):
        for name, body in transactions(function):
            handles = {name, *made_of(name, body)}
            for node in own_nodes(body):
                if isinstance(node, ast.Await) and not is_given(node.value, handles):
                    yield f"{source.at(node)} awaits {awaited(node.value)}"


def transactions(function: Function) -> Iterator[tuple[str, list[ast.stmt]]]:
    """Yield the transactions of a function: what it calls each, and the statements inside."""
    arguments = function.args
    for argument in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]:
        if argument.arg in HANDLES:
            yield argument.arg, function.body
    for node in own_nodes(function.body):
        if isinstance(node, ast.AsyncWith):
            for item in node.items:
                if begins(item.context_expr) and isinstance(item.optional_vars, ast.Name):
                    yield item.optional_vars.id, node.body


def begins(expression: ast.expr) -> bool:
    """Whether an expression opens a transaction: `database.transaction()`, `self._database.transaction(...)`."""
    return isinstance(expression, ast.Call) and dotted(expression.func).endswith("transaction")


def made_of(tx: str, body: list[ast.stmt]) -> set[str]:
    """Return the handles that a body makes of its transaction, such as `flow = await surroundings.flow_context(tx)`."""
    return {
        target.id
        for node in own_nodes(body)
        if isinstance(node, ast.Assign) and is_given(without_await(node.value), {tx})
        for target in node.targets
        if isinstance(target, ast.Name) and target.id in HANDLES
    }


def is_given(expression: ast.expr, handles: set[str]) -> bool:
    """Whether what is awaited is a method of the transaction, or is handed it."""
    if isinstance(expression, ast.IfExp):
        return is_given(expression.body, handles) and is_given(expression.orelse, handles)
    if not isinstance(expression, ast.Call):
        return False
    handed = [*expression.args, *(keyword.value for keyword in expression.keywords)]
    passes = handles | {f"{handle}.tx" for handle in handles}
    method_of = dotted(expression.func).rpartition(".")[0]
    return method_of in passes or any(dotted(value) in passes for value in handed)


def without_await(expression: ast.expr) -> ast.expr:
    """Return what is awaited, or the expression itself."""
    return expression.value if isinstance(expression, ast.Await) else expression


def awaited(expression: ast.expr) -> str:
    """Return what is awaited, as it is written."""
    return dotted(expression.func) if isinstance(expression, ast.Call) else ast.unparse(expression)

"""Reads from the code what follows what: which flow sends which message, and which flow a message or its answer starts.

A flow sends what it, or any function that it names, constructs; so a page drawn from this tells what may follow.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final, cast

from hub.messages.codec import PAYLOADS
from hub.messages.payload import Payload
from hub.tasks.handlers import WorkContext, handlers
from hub.work.handlers import FlowTask, PartnerCall
from hub.work.polls import PullCall
from tools.contracts import ROOT

Bound = FlowTask[Any] | PartnerCall[Any, Any] | PullCall[Any, Any]

SAVE: Final = "hub.cases.store.save"
"""What writes orders and all that belongs to them."""

_WALKED: Final = ("cases", "flows", "outbox", "tasks", "work")
_STRUCTS: Final = {f"{payload.__module__}.{payload.__name__}": payload for payload in PAYLOADS.values()}


@dataclass
class Part:
    """A function, class or constant of a module: what it names, and what it constructs, by full names.

    `is_flow`: a function of `hub.flows` that other packages may call; it names what plans for it, as it goes by that.
    A class names its methods, which are parts too.
    """

    names: set[str] = field(default_factory=set)
    constructed: set[str] = field(default_factory=set)
    is_flow: bool = False


@cache
def parts() -> Mapping[str, Part]:
    """Return the parts of the packages in which messages are made and taken, by full name."""
    found: dict[str, Part] = {}
    for package in _WALKED:
        for path in sorted((ROOT / "hub" / package).rglob("*.py")):
            found |= _parts_of(path)
    return found


def flows() -> list[str]:
    """Return the full names of the flows, by folder and module."""
    return [name for name, part in parts().items() if part.is_flow]


def sent(name: str) -> set[type[Payload]]:
    """Return the payloads that may be made by a part and by what it names."""
    return _constructed(_reached(name))


def sent_beside(name: str) -> set[type[Payload]]:
    """Return the payloads that may be made by a part beside what every saving of orders makes."""
    return _constructed(_reached(name) - _reached(SAVE))


def started(name: str) -> list[str]:
    """Return the flows that a task's method starts."""
    return sorted(part for part in _reached(name) if parts()[part].is_flow)


@cache
def bound() -> list[Bound]:
    """Return the table of handlers, bound to nothing."""
    reader = SimpleNamespace(read=None, secrets=SimpleNamespace(pickup_code=None, session_code=None))
    parts = dict.fromkeys(("database", "surroundings", "line", "poster", "solve", "value"))
    context = SimpleNamespace(reader=reader, **parts)
    table = handlers(cast("WorkContext", context)).values()
    return [handler for handler in table if isinstance(handler, FlowTask | PartnerCall | PullCall)]


@cache
def starts() -> Mapping[type[Payload], list[str]]:
    """Return per payload the flows that take it, its answer, or the updates it fetches."""
    return {handler.payload: started(_name_of(_taking(handler))) for handler in bound()}


def _taking(handler: Bound) -> Any:
    if isinstance(handler, FlowTask):
        return handler.run
    return handler.take if isinstance(handler, PartnerCall) else handler.on_updates


def _name_of(method: Any) -> str:
    return f"{method.__module__}.{method.__qualname__}"


def _constructed(names: Iterable[str]) -> set[type[Payload]]:
    constructed = {known for name in names for known in parts()[name].constructed}
    return {payload for known, payload in _STRUCTS.items() if known in constructed}


@cache
def _reached(name: str) -> frozenset[str]:
    known, waiting = parts(), [name]
    reached: set[str] = set()
    while waiting:
        part = waiting.pop()
        if part in known and part not in reached:
            reached.add(part)
            waiting += known[part].names
    return frozenset(reached)


def _parts_of(path: Path) -> dict[str, Part]:
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    tree = ast.parse(path.read_text())
    scope = _imports(tree)
    bodies = {f"{module}.{name}": body for node in tree.body for name, body in _named(node)}
    scope |= {name.removeprefix(f"{module}."): name for name in bodies}
    found = {name: _part(body, scope, name.rpartition(".")[0]) for name, body in bodies.items()}
    plans = {name for name in found if name.startswith(f"{module}.plan")}
    for name, part in found.items():
        part.is_flow = module.startswith("hub.flows.") and _is_flow(bodies[name], name.removeprefix(f"{module}."))
        part.names |= {method for method in found if method.startswith(f"{name}.")}
        part.names |= plans if part.is_flow else set()
    return found


def _is_flow(body: ast.AST, name: str) -> bool:
    return isinstance(body, ast.AsyncFunctionDef) and "." not in name and not name.startswith(("_", "plan"))


def _imports(tree: ast.Module) -> dict[str, str]:
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def _named(node: ast.stmt) -> Iterator[tuple[str, ast.AST]]:
    """Yield the parts that a statement of a module makes, by their names in it."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        yield node.name, node
    elif isinstance(node, ast.ClassDef):
        yield node.name, ast.Pass()
        for inner in node.body:
            if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{node.name}.{inner.name}", inner
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
        yield node.target.id, node.value


def _part(body: ast.AST, scope: Mapping[str, str], owner: str) -> Part:
    part = Part()
    for node in ast.walk(body):
        if name := _full_name(node, scope, owner):
            part.names.add(name)
        if isinstance(node, ast.Call) and (name := _full_name(node.func, scope, owner)):
            part.constructed.add(name)
    return part


def _full_name(node: ast.AST, scope: Mapping[str, str], owner: str) -> str:
    if isinstance(node, ast.Name):
        return scope.get(node.id, "")
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        before = owner if node.value.id == "self" else scope.get(node.value.id, "")
        return f"{before}.{node.attr}" if before else ""
    return ""

"""Our own Python sources, read once and parsed once, for the tests of this folder."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
FOLDERS: Final = ("hub", "adapters", "tests", "tools", "bench", "examples")
PURE_MODULES: Final = frozenset({"policy", "model", "lifecycle", "errors"})
PURE_PACKAGES: Final = frozenset({"kernel", "messages"})

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file: its path relative to the repository, its text and its tree."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        """How many lines the file has."""
        return len(self.text.splitlines())

    def at(self, node: ast.AST) -> str:
        """Return where a node stands, as `path:line`."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}"


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Return the Python files under `folders` of the repository (all of ours, when none is named), sorted."""
    paths = sorted(path for folder in folders or FOLDERS for path in (ROOT / folder).rglob("*.py"))
    return tuple(source_of(path) for path in paths if "node_modules" not in path.parts)


@cache
def source_of(path: Path) -> Source:
    """Read and parse one file."""
    text = path.read_text(encoding="utf-8")
    return Source(path.relative_to(ROOT), text, ast.parse(text, filename=str(path)))


def pure_sources() -> Iterator[Source]:
    """Yield what decides and nothing else: policy, model, lifecycle and errors of every room, messages and kernel."""
    for source in sources("hub"):
        _, package, *rest = source.path.with_suffix("").parts
        if package in PURE_PACKAGES or (rest and rest[0] in PURE_MODULES):
            yield source


def functions(tree: ast.AST) -> Iterator[Function]:
    """Yield every function and method below `tree`, nested ones too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def own_nodes(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Yield the nodes below `body` without those of functions and classes nested in it."""
    for node in body:
        yield node
        if not isinstance(node, Function | ast.Lambda | ast.ClassDef):
            yield from own_nodes(ast.iter_child_nodes(node))


def dotted(node: ast.AST) -> str:
    """Return a name like `datetime.datetime.now` as it is written, or nothing for other expressions."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""

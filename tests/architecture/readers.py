"""Who reads what the contracts accept: an approximation from the sources, for `test_readers`.

A field of a message is followed by name. Where code reads it (`message.cut_off`), the value goes into an attribute of
a value of a room (`Node(cut_off=...)`), is handed on, or decides something. An attribute counts as read where code
outside wire, model, store, audit, the command line, the demo and tests does more with it than fill another attribute.
A copy leads on to the attribute that it fills, and a function or property of a model to its own name.

`hub/wire/partners` and what it calls count as readers: there a value leaves for a partner, who obeys it. A struct that
leaves whole (`asdict(line)`) leaves with all its fields; tests/unit/wire compares them with the contract. Stores count
where only they can obey: for the fields of filters (structs named `...Filter`), and for the memory of adapters.

The trace is honest in one direction. An attribute is known by its name alone, so values that share a name share their
readers; what a service takes out of a request without filling an attribute counts as read. A field may have no reader
and pass; a field that has one is never reported.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from tests.architecture.message_types import ANY, Types, packages
from tests.architecture.sources import Function, Source, dotted, functions

CALLERS: Final = frozenset({"cli", "demo", "client"})
"""Parts of `hub/app` that are clients of the hub: they fill requests and obey none."""
WRAPPERS: Final = frozenset({"tuple", "list", "dict", "frozenset", "set", "sorted", "str", "int", "UUID", "replace"})
"""Calls that only change the form of a value."""
CHECKS: Final = frozenset({("hub/network/policy/problems.py", "_of_node"), ("hub/catalog/policy.py", "_sound")})
"""Functions that refuse a malformed value and do nothing else with it."""


def obeys(source: Source) -> bool:
    """Whether a file is one whose lines may obey a value."""
    parts = source.path.with_suffix("").parts
    if parts[:3] == ("hub", "adapterstate", "store"):
        return True
    if parts[0] != "hub" or parts[1] == "audit" or {"model", "store"} & set(parts[2:]):
        return False
    if parts[1] == "wire":
        return parts[2] == "partners"
    return not (parts[1] == "app" and CALLERS & set(parts[2:]))


def models(source: Source) -> bool:
    """Whether a file defines values of a room."""
    return source.path.parts[0] == "hub" and "model" in source.path.with_suffix("").parts


@dataclass
class Readers:
    """What code does with names: `reads` are used, `leads` fill others, `fields` are read of messages."""

    reads: set[str] = field(default_factory=set)
    leads: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    fields: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    handed_on: set[tuple[str, str]] = field(default_factory=set)

    def read(self, message: str, name: str) -> bool:
        """Whether some line obeys a field of a message, given its full name."""
        return any(
            place in self.handed_on or any(map(self.used, self.fields.get(place, ())))
            for place in ((message, name), (ANY, name))
        )

    def used(self, name: str) -> bool:
        """Whether an attribute is used, or fills one that is."""
        waiting, seen = [name], set[str]()
        while waiting:
            current = waiting.pop()
            if current in self.reads:
                return True
            seen.add(current)
            waiting += self.leads.get(current, set()) - seen
        return False


@dataclass
class _Tree:
    """A file with the parent of each node and the names of its structs' fields, in order."""

    source: Source
    types: Types
    structs: dict[str, tuple[str, ...]]
    parents: dict[ast.AST, ast.AST] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for node in ast.walk(self.source.tree):
            for child in ast.iter_child_nodes(node):
                self.parents[child] = node

    def target(self, node: ast.AST, name: str, *, through: bool) -> tuple[str, ast.AST]:
        """Return the attribute that a value called `name` fills, or nothing, and where the way to it ended.

        `through`: follow the value through functions and arithmetic too, not only through what keeps it as it is.
        """
        while not isinstance(node, ast.stmt):
            parent = self.parents[node]
            if isinstance(parent, ast.Call) and (filled := self._filled(parent, node, name)):
                return filled, parent
            if through and isinstance(parent, ast.Dict) and (filled := _key(parent, node)):
                return filled, parent
            if not through and not _keeps(parent, node):
                return "", parent
            node = parent
        return "", node

    def _filled(self, call: ast.Call, value: ast.AST, name: str) -> str:
        module, _, called = dotted(call.func).rpartition(".")
        names = () if module in packages(self.source.tree) else self.structs.get(called, ())
        if isinstance(value, ast.keyword):
            if value.arg is None:
                return next((known for known in names if known == name or known.startswith(f"{name}_")), "")
            return value.arg if names or called in {"replace", "of"} else ""
        index = call.args.index(value) if value in call.args else len(names)
        return names[index] if index < len(names) else ""


def _key(filling: ast.Dict, value: ast.AST) -> str:
    """Return the constant key under which a dictionary takes a value."""
    for key, taken in zip(filling.keys, filling.values, strict=True):
        if taken is value and isinstance(key, ast.Constant):
            return str(key.value)
    return ""


def _keeps(parent: ast.AST, node: ast.AST) -> bool:
    """Whether a node of the tree hands a value on as it is."""
    if isinstance(parent, ast.Call):
        return node is not parent.func and dotted(parent.func) in WRAPPERS
    if isinstance(parent, ast.IfExp):
        return node is not parent.test
    return isinstance(parent, ast.keyword | ast.BoolOp | ast.Tuple | ast.Starred)


def readers(sources: Iterable[Source], types: Types) -> Readers:
    """Return what the code of `sources` does with names and with fields of messages."""
    files = [source for source in sources if source.path.parts[0] == "hub"]
    structs = {name: names for source in files if models(source) or obeys(source) for name, names in _structs(source)}
    trees = [_Tree(source, types, structs) for source in files]
    result = Readers()
    filtered = {name for struct, names in structs.items() if struct.endswith("Filter") for name in names}
    sent = _sent(trees)
    for tree in trees:
        if obeys(tree.source):
            _add_reads(result, tree, tree.source.tree)
            result.reads |= set(_leaving_whole(tree) if on_wire(tree.source) else ())
        elif models(tree.source):
            _add_functions(result, tree)
        elif "store" in tree.source.path.with_suffix("").parts:
            result.reads |= filtered & set(_words(tree.source.tree))
        elif on_wire(tree.source):
            for function in functions(tree.source.tree):
                if function.name in sent:
                    _add_reads(result, tree, function)
        if (obeys(tree.source) or on_wire(tree.source)) and packages(tree.source.tree):
            _add_fields(result, tree)
    return result


def on_wire(source: Source) -> bool:
    """Whether a file turns messages into values and back."""
    return source.path.parts[:2] == ("hub", "wire")


def _sent(trees: Iterable[_Tree]) -> set[str]:
    """Return the functions of the wire that make what is sent to partners."""
    wire = [tree.source for tree in trees if on_wire(tree.source)]
    made = {function.name: function for source in wire for function in functions(source.tree)}
    sent, waiting = set[str](), [source.tree for source in wire if source.path.parts[2] == "partners"]
    while waiting:
        called = {name for name in _calls(waiting.pop()) if name in made and name.endswith("_to_pb")} - sent
        sent |= called
        waiting += [made[name] for name in called]  # type: ignore[misc]
    return sent


def _words(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _calls(tree: ast.AST) -> Iterator[str]:
    return (dotted(node.func).rpartition(".")[2] for node in ast.walk(tree) if isinstance(node, ast.Call))


def _structs(source: Source) -> Iterator[tuple[str, tuple[str, ...]]]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ClassDef):
            names = [part.target.id for part in node.body if _annotated(part)]  # type: ignore[attr-defined]
            if names:
                yield node.name, tuple(names)


def _annotated(node: ast.stmt) -> bool:
    return isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)


def _add_reads(result: Readers, tree: _Tree, within: ast.AST) -> None:
    skipped = {
        node
        for function in functions(within)
        if (tree.source.path.as_posix(), function.name) in CHECKS
        for node in ast.walk(function)
    }
    for node in ast.walk(within):
        name = _name_read(node)
        if not name or node in skipped:
            continue
        filled, _ = tree.target(node, name, through=False)
        if filled:
            result.leads[name].add(filled)
        else:
            result.reads.add(name)


def _leaving_whole(tree: _Tree) -> Iterator[str]:
    """Yield the fields of the structs that functions hand on whole: `asdict(line)`, where `line` is a parameter."""
    for function in functions(tree.source.tree):
        structs = {
            parameter.arg: dotted(parameter.annotation) for parameter in function.args.args if parameter.annotation
        }
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and dotted(node.func) == "asdict":
                for argument in node.args:
                    yield from tree.structs.get(structs.get(dotted(argument), ""), ())


def _name_read(node: ast.AST) -> str:
    """Return the attribute or the key that an expression reads."""
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
        return node.attr
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load) and isinstance(node.slice, ast.Constant):
        return str(node.slice.value)
    if isinstance(node, ast.Call) and dotted(node.func).endswith(".get") and node.args:
        key = node.args[0]
        return str(key.value) if isinstance(key, ast.Constant) else ""
    return node.id if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) else ""


def _add_functions(result: Readers, tree: _Tree) -> None:
    for function in functions(tree.source.tree):
        for node in ast.walk(function):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                result.leads[node.attr].add(function.name)


def _add_fields(result: Readers, tree: _Tree) -> None:
    for function in functions(tree.source.tree):
        scope = tree.types.scope(tree.source.tree, function)
        for node in ast.walk(function):
            for message, name, value in scope.field_reads(node):
                _follow(result, tree, function, (message, name), value)


def _follow(result: Readers, tree: _Tree, function: Function, read: tuple[str, str], value: ast.AST) -> None:
    """Note where the value of a field goes: into attributes, out of the function, or into a decision."""
    waiting, seen = [value], set[str]()
    while waiting:
        filled, end = tree.target(waiting.pop(), read[1], through=True)
        if filled:
            result.fields[read].add(filled)
        elif isinstance(end, ast.Return) or obeys(tree.source):
            result.handed_on.add(read)
        else:
            names, attributes = _taken(end)
            waiting += [node for node in ast.walk(function) if _loads(node, names - seen)]
            seen |= names
            result.fields[read] |= attributes


def _taken(statement: ast.AST) -> tuple[set[str], set[str]]:
    """Return the local names that a statement puts a value into, and the attributes and keys."""
    names, attributes = set[str](), set[str]()
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        names = {dotted(statement.value.func).rpartition(".")[0]}  # rows.append(value)
    for node in (
        ast.walk(statement) if not isinstance(statement, ast.For | ast.AsyncFor) else ast.walk(statement.target)
    ):
        if not isinstance(getattr(node, "ctx", None), ast.Store):
            continue
        if isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, ast.Attribute):
            attributes.add(node.attr)
        elif isinstance(node, ast.Subscript):
            names.add(dotted(node.value))
            attributes |= {str(node.slice.value)} if isinstance(node.slice, ast.Constant) else set()
    return names, attributes


def _loads(node: ast.AST, names: set[str]) -> bool:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names

"""Which message an expression holds, as far as annotations, loops and assignments tell: for `readers`."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from tests.architecture.contracts import File, Message
from tests.architecture.sources import Function, dotted

FieldRead = tuple[str, str, ast.AST]
"""Full name of a message, name of its field, and the expression that reads it."""

ANY: Final = "*"
"""Stands for a message of a type that is not stated."""
_UNWRAPPING: Final = frozenset({"enumerate", "list", "tuple", "sorted", "reversed", "zip"})


@dataclass
class Types:
    """Messages of the contracts: by full name, the type of each field ("" for one that is no message)."""

    messages: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, files: Iterable[File]) -> Types:
        """Return the messages that `files` declare."""
        types = cls()
        for file in files:
            for message in file.message_type:
                types._add(message, file.package)
        return types

    def _add(self, message: Message, parent: str) -> None:
        name = f"{parent}.{message.name}"
        self.messages[name] = {part.name: part.type_name.removeprefix(".") for part in message.field}
        for nested in message.nested_type:
            self._add(nested, name)

    def field_type(self, message: str, name: str) -> str:
        """Return the message that a field holds; of ANY message the only one that fields of this name hold."""
        if message != ANY:
            return self.messages.get(message, {}).get(name, "")
        held = {fields[name] for fields in self.messages.values() if name in fields}
        return held.pop() if len(held) == 1 else ""

    def has(self, message: str, name: str) -> bool:
        """Whether a message has a field."""
        return message == ANY or name in self.messages.get(message, {})

    def scope(self, module: ast.Module, function: Function) -> Scope:
        """Return what the names of a function hold."""
        scope = Scope(self, packages(module), frozenset(untyped(module)))
        for argument in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs):
            if argument.annotation and (held := frozenset(scope.annotated(argument.annotation))):
                scope.names[argument.arg] = held
        for _ in range(2):  # a loop over what another loop binds may stand before it in the walk
            scope.learn(function)
        return scope


@dataclass
class Scope:
    """The messages that the names of one function hold, and the strings that its loops go through."""

    types: Types
    packages: dict[str, str]
    untyped: frozenset[str]
    names: dict[str, frozenset[str]] = field(default_factory=dict)
    strings: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def annotated(self, annotation: ast.AST) -> Iterator[str]:
        """Yield the messages that an annotation names, also as elements of a collection."""
        for node in ast.walk(annotation):
            module, _, name = dotted(node).rpartition(".")
            if name in self.untyped and not module:
                yield ANY
            elif (message := f"{self.packages.get(module, '')}.{name}") in self.types.messages:
                yield message

    def holds(self, node: ast.AST) -> frozenset[str]:
        """Return the messages that an expression may hold, or hold many of."""
        if isinstance(node, ast.Name):
            return self.names.get(node.id, frozenset())
        if isinstance(node, ast.Attribute):
            held = {self.types.field_type(message, node.attr) for message in self.holds(node.value)}
            return frozenset(held - {""})
        if isinstance(node, ast.Call) and dotted(node.func) in _UNWRAPPING and node.args:
            return self.holds(node.args[0])
        return frozenset()

    def learn(self, function: Function) -> None:
        """Take in what loops and assignments say of names."""
        for node in ast.walk(function):
            if isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
                self._bind(node.target, node.iter)
            elif isinstance(node, ast.Assign) and len(node.targets) == 1:
                self._bind(node.targets[0], node.value)

    def _bind(self, target: ast.AST, value: ast.AST) -> None:
        if isinstance(target, ast.Tuple):
            target = target.elts[-1]
        if not isinstance(target, ast.Name):
            return
        if held := self.holds(value):
            self.names[target.id] = held | self.names.get(target.id, frozenset())
        if isinstance(value, ast.Tuple | ast.List) and value.elts:
            if all(isinstance(element, ast.Constant) for element in value.elts):
                self.strings[target.id] = tuple(str(ast.literal_eval(element)) for element in value.elts)
        elif isinstance(value, ast.Attribute) and value.attr == "__struct_fields__":
            self.strings[target.id] = (ANY,)

    def field_reads(self, node: ast.AST) -> Iterator[FieldRead]:
        """Yield the fields of messages that an expression reads: `message.name`, or a call given both."""
        if isinstance(node, ast.Attribute):
            yield from self._of(self.holds(node.value), node.attr, node)
        if isinstance(node, ast.Call):
            receiver = [node.func.value] if isinstance(node.func, ast.Attribute) else []
            held = frozenset[str]().union(*map(self.holds, (*receiver, *node.args)))
            for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
                for name in self._named(argument):
                    yield from self._of(held, name, node)

    def _of(self, held: frozenset[str], name: str, node: ast.AST) -> Iterator[FieldRead]:
        for message in held:
            for known in self.types.messages.get(message, {}) if name == ANY else (name,):
                if self.types.has(message, known):
                    yield message, known, node

    def _named(self, argument: ast.AST) -> tuple[str, ...]:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            return (argument.value,)
        return self.strings.get(argument.id, ()) if isinstance(argument, ast.Name) else ()


def untyped(module: ast.Module) -> Iterator[str]:
    """Yield the annotations of a file that stand for any message."""
    yield "Any"
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.module == "google.protobuf.message":
            yield "Message"
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            yield from (dotted(target) for target in node.targets if dotted(node.value.func) == "TypeVar")


@cache
def packages(module: ast.Module) -> dict[str, str]:
    """Return the package of each generated module by the name under which a file imports it."""
    return {
        alias.asname or alias.name: str(node.module)
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("crossdock.")
        for alias in node.names
    }

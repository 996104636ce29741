"""Which values of enums some line of code obeys: the second half of the trace of `readers`.

A value of a contract stands for the member of a room's enum that the wire pairs it with. It is obeyed where a line
names that member (`HoldType.FRAUD`), under any alias. A function or a constant of a model that names it leads on to its
own name. A value that no room has a member for is obeyed where code names the contract's constant or, as payloads for
partners do, its bare name in a string. Adapters count for the values of partner contracts alone, and the wire for
values that are told and never accepted.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from tests.architecture.contracts import File
from tests.architecture.readers import Readers, models, obeys, on_wire
from tests.architecture.sources import Source, dotted, functions


@dataclass(frozen=True)
class Value:
    """A value of an enum of the contracts: full name of the enum, and name without the enum's prefix."""

    enum: str
    name: str

    @property
    def constant(self) -> str:
        """Name of the value in generated code."""
        return f"{prefix(self.enum.rpartition('.')[2])}_{self.name}"

    def __str__(self) -> str:
        """Return the name under which a test lists it."""
        return f"{self.enum.removeprefix('crossdock.')}.{self.name}"


def prefix(enum: str) -> str:
    """Return what the values of an enum begin with."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", enum).upper()


def values(files: Iterable[File]) -> Iterator[Value]:
    """Yield the values of the enums of contracts, without those that stand for nothing being stated."""
    for file in files:
        for enum in file.enum_type:
            for value in enum.value:
                if value.number:
                    yield Value(f"{file.package}.{enum.name}", value.name.removeprefix(f"{prefix(enum.name)}_"))


@dataclass
class Named:
    """What code names: members (`Class.MEMBER`), and words by who uses them; `pairs` are the wire's."""

    members: Readers = field(default_factory=Readers)
    hub: set[str] = field(default_factory=set)
    wire: set[str] = field(default_factory=set)
    adapters: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    pairs: dict[str, str] = field(default_factory=dict)

    def obeyed(self, value: Value, *, accepted: bool) -> bool:
        """Whether a line obeys a value; one that is not `accepted` may be made on the wire."""
        enum = value.enum.rpartition(".")[2]
        words = set(self.hub)
        if value.enum.startswith("crossdock.partner."):
            words |= self.adapters
        if not accepted:
            words |= self.wire
        if enum in self.pairs:
            member = f"{self.pairs[enum]}.{value.name}"
            return self.members.used(member) or value.constant in words or (not accepted and member in self.wire)
        return not words.isdisjoint({value.constant, value.name})


def named(sources: Iterable[Source]) -> Named:
    """Return what the code of `sources` names."""
    result = Named()
    for source in sources:
        words = {*_words(source.tree), *_members(source, source.tree)}
        if source.path.parts[0] == "adapters":
            result.adapters |= words
        elif on_wire(source):
            result.pairs.update(_pairs(source))
            result.wire |= words
        elif models(source):
            _add_leads(result.members, source)
        if obeys(source):
            result.hub |= words
            result.members.reads |= words
            result.asked |= set(_asked(source))
    return result


def _words(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _members(source: Source, within: ast.AST) -> Iterator[str]:
    """Yield `Class.MEMBER` for each member that is named, whatever a file calls its class."""
    aliases = _aliases(source.tree)
    for node in ast.walk(within):
        if isinstance(node, ast.Attribute) and node.attr.isupper() and (named := dotted(node.value)):
            name = named.rpartition(".")[2]
            yield f"{aliases.get(name, name)}.{node.attr}"


@cache
def _aliases(module: ast.Module) -> dict[str, str]:
    return dict(_renamed(module))


def _renamed(module: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom):
            yield from ((alias.asname, alias.name) for alias in node.names if alias.asname)
        elif (
            isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and isinstance(node.value, ast.Name)
        ):
            yield node.targets[0].id, node.value.id


def _pairs(source: Source) -> Iterator[tuple[str, str]]:
    """Yield a contract's enum and a room's, where a call is given both or a dictionary maps one to the other."""
    aliases = _aliases(source.tree)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            for own, contract in zip(node.args, node.args[1:], strict=False):
                if isinstance(own, ast.Name) and isinstance(contract, ast.Attribute) and contract.attr[0].isupper():
                    yield contract.attr, aliases.get(own.id, own.id)
        elif isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Attribute) and isinstance(value, ast.Attribute):
                    room = dotted(key.value)
                    if value.attr == f"{prefix(room)}_{key.attr}":
                        yield room, room


def _add_leads(members: Readers, source: Source) -> None:
    for statement in source.tree.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            _add_lead(members, source, statement, statement.target.id)
    for function in functions(source.tree):
        _add_lead(members, source, function, function.name)


def _add_lead(members: Readers, source: Source, within: ast.AST, name: str) -> None:
    for member in _members(source, within):
        members.leads[member].add(name)


def _asked(source: Source) -> Iterator[str]:
    """Yield the members that calls are given by themselves: `blocked(Operation.SHIP)` asks, a set of them does not."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            for argument in node.args:
                if isinstance(argument, ast.Attribute):
                    yield from _members(source, argument)

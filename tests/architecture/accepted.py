"""What callers may state: the fields and enums of requests to the services of the hub."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.architecture.contracts import File, elements_of
from tests.architecture.message_types import Types


@dataclass
class Accepted:
    """Fields by full name of their message and name, and full names of enums."""

    fields: set[tuple[str, str]] = field(default_factory=set)
    enums: set[str] = field(default_factory=set)


def accepted(files: Iterable[File]) -> Accepted:
    """Return what requests hold, however deep, without what only answers fill.

    Services of partners are left out: the hub calls them.
    """
    own = list(files)
    types, enums = Types.of(own), _enum_types(own)
    told = {
        element.name
        for file in own
        for element in elements_of(file)
        if element.kind == "field" and element.comment.startswith("Output only.")
    }
    result, seen = Accepted(), set[str]()
    waiting = [
        method.input_type.removeprefix(".")
        for file in own
        if not file.package.startswith("crossdock.partner.")
        for service in file.service
        for method in service.method
    ]
    while waiting:
        message = waiting.pop()
        if message in seen:
            continue
        seen.add(message)
        for name, held in types.messages.get(message, {}).items():
            if f"{message}.{name}" in told:
                continue
            waiting.append(held)
            if message in enums:
                result.fields.add((message, name))
                result.enums |= {enums[message][name]} - {""}
    return result


def _enum_types(files: Iterable[File]) -> dict[str, dict[str, str]]:
    """Return the enum of each field ("" for others) by message, without the entries of maps."""
    found: dict[str, dict[str, str]] = {}
    for file in files:
        waiting = [(file.package, message) for message in file.message_type]
        while waiting:
            parent, message = waiting.pop()
            name = f"{parent}.{message.name}"
            waiting += [(name, nested) for nested in message.nested_type]
            if not message.options.map_entry:
                found[name] = {
                    part.name: part.type_name.removeprefix(".") if part.type == part.TYPE_ENUM else ""
                    for part in message.field
                }
    return found

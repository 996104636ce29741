"""A message's payload is a struct from the flow to the partner, and so is what comes back: answers, updates."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from typing import Any, Final, TypeGuard, get_args

import msgspec
import pytest

from hub.audit.auditing import INVARIANTS
from hub.messages.codec import PAYLOADS
from hub.messages.payload import Payload
from hub.tasks.partner_updates import FLOWS
from hub.tasks.update_runs import Report
from hub.work.handlers import PartnerCall
from hub.work.polls import PullCall
from tests.architecture.sources import Source, dotted, sources
from tools import following

FILES_OF_REPORTS: Final = ("hub/inbox/", "hub/messages/")
"""Where `payload` is something else: the report in a parked event; and the codec itself."""
BETWEEN: Final = ("wire/partners", "connect", "work", "tasks", "cases/partner_answers", "flows")
"""Where answers and updates pass from partners to flows."""
METADATA: Final = "hub/connect/failures.py"
"""Reads the metadata of gRPC, which have names alone."""


def made() -> set[type[Payload]]:
    """Return the payloads that some code constructs, and those that a timer of polls names."""
    constructed = {name for part in following.parts().values() for name in part.constructed}
    named = {struct for struct in PAYLOADS.values() if f"{struct.__module__}.{struct.__name__}" in constructed}
    pulled = {one.payload for one in following.bound() if isinstance(one, PullCall)}
    asked = {one.polled_by for one in following.bound() if isinstance(one, PartnerCall) and one.polled_by is not None}
    return named | (pulled & asked)


def is_struct(value: object) -> TypeGuard[type[msgspec.Struct]]:
    """Return whether a value is a class of structs."""
    return isinstance(value, type) and issubclass(value, msgspec.Struct)


def untyped(source: Source) -> Iterator[str]:
    """Yield where a payload is read by a text, or is said to be a mapping."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Subscript) and dotted(node.value).rpartition(".")[2] == "payload":
            yield f"{source.at(node)} reads a field by its name"
        if isinstance(node, ast.Attribute) and dotted(node).endswith("payload.get"):
            yield f"{source.at(node)} reads a field by its name"
        annotation = getattr(node, "annotation", None)
        named = getattr(node, "arg", None) or dotted(getattr(node, "target", node))
        if annotation is not None and named == "payload" and re.search(r"Mapping|dict|Any", ast.unparse(annotation)):
            yield f"{source.at(node)} has no struct for a payload"


def untyped_answers(source: Source) -> Iterator[str]:
    """Yield where something is read by a text, or is said to be a mapping of anything."""
    for node in ast.walk(source.tree):
        match node:
            case ast.Subscript(slice=ast.Constant(value=str())):
                yield f"{source.at(node)} reads a field by its name"
            case ast.Call(func=ast.Attribute(attr="get"), args=[ast.Constant(value=str()), *_]):
                yield f"{source.at(node)} reads a field by its name"
            case ast.Subscript() if re.fullmatch(r"(Mapping|dict)\[str, Any\]", ast.unparse(node)):
                yield f"{source.at(node)} has no struct"


def test_no_payload_crosses_as_a_mapping() -> None:
    found = [
        place
        for source in sources("hub")
        if not str(source.path).startswith(FILES_OF_REPORTS)
        for place in untyped(source)
    ]

    assert not found


def test_a_planted_mapping_is_found() -> None:
    text = (
        "def f(payload: Mapping[str, Any]): return payload['a'], message.payload.get('b')\nx = message.payload['c']\n"
    )
    source = Source(path=sources("hub")[0].path, text=text, tree=ast.parse(text))

    assert len(list(untyped(source))) == 4


def test_no_answer_and_no_update_crosses_as_a_mapping() -> None:
    found = [
        place
        for source in sources(*(f"hub/{folder}" for folder in BETWEEN))
        if str(source.path) != METADATA
        for place in untyped_answers(source)
    ]

    assert not found


@pytest.mark.parametrize(
    "text",
    [
        "advice = answer.extra['advice']",
        "expires_at = answer.extra.get('expires_at')",
        "kind = update['kind']",
        "def update_from_pb(update: pb.Update) -> dict[str, Any]: ...",
        "Update = Mapping[str, Any]",
    ],
)
def test_a_planted_answer_without_a_struct_is_found(text: str) -> None:
    source = Source(path=sources("hub")[0].path, text=text, tree=ast.parse(text))

    assert len(list(untyped_answers(source))) == 1


def test_every_report_of_an_update_has_a_flow() -> None:
    assert set(get_args(Report)) == set(FLOWS)


def test_every_struct_of_a_kind_is_known_to_the_codec() -> None:
    modules = [".".join(source.path.with_suffix("").parts) for source in sources("hub/messages")]
    values = [value for module in modules for value in vars(importlib.import_module(module)).values()]
    structs: set[Any] = {value for value in values if is_struct(value) and value.__dict__.get("KIND")}

    assert structs == set(PAYLOADS.values())


def test_every_message_that_is_sent_has_a_handler_and_every_struct_is_sent() -> None:
    handled = {handler.payload for handler in following.bound()}
    polls = {PAYLOADS["timer.poll"]}

    assert made() == set(PAYLOADS.values())
    assert handled == made() - polls, "a poll becomes the message that it names"


def test_the_audit_reads_fields_that_payloads_have() -> None:
    structs: list[Any] = list(PAYLOADS.values())
    fields = {field.encode_name for struct in structs for field in msgspec.structs.fields(struct)}
    read = {name for invariant in INVARIANTS for name in re.findall(r"payload ->> '(\w+)'", str(invariant))}

    assert read
    assert read <= fields


def test_handlers_are_bound_where_their_payload_is_checked() -> None:
    unchecked = [
        source.at(node)
        for source in sources("hub")
        if not str(source.path).startswith("hub/work/")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and dotted(node.func) in {"FlowTask", "PartnerCall", "PullCall"}
    ]

    assert not unchecked, "in a list the classes take any payload: use flow_task, partner_call, pull_call"

"""The contracts explain themselves: a sentence at everything they declare, and what buf asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.descriptor_pb2 import DescriptorProto, FileDescriptorSet

from buf.validate import validate_pb2
from hub.api.edge.rpcs import RPCS, Change
from tests.architecture.contracts import Element, contracts, elements, elements_of
from tests.architecture.test_errors import reasons
from tools.contracts import image
from tools.lint_contracts import RELEASED, breaking, lint, serialized_image

OPENINGS = ("Required. ", "Optional. ", "Output only. ")
SENTENCE = re.compile(r"^[A-Z`\"0-9].*[.:!?)`]$", re.DOTALL)
REPEATED_OTHERWISE = {
    "AdapterStateService.AcquireLease": "the holder renews what it holds",
    "AdminService.AdvanceTime": "an operator's step, meant again each time it is asked for",
    "WebhookService.SendTestEvent": "a person's try, meant again each time it is asked for",
    "InboxService.Receive": "the same bytes for the same account within minutes are a repeat of the same document",
}
"""Changing rpcs without a request_id, and why a repeat of each is harmless."""

FAILING = re.compile(r"\b(?:Fails|Elements\s+fail)\s+with\b")
REASON = re.compile(r"\b[A-Z]+(?:_[A-Z]+)+\b")
RULES: Any = validate_pb2.field
"""The rules of a field: to mypy an extension of nothing."""

BARE = """
syntax = "proto3";
package crossdock.bare.v1;
service BareService { rpc Act(Bare) returns (Bare); }
message Bare {
  message Inner { string said = 1; }
  map<string, string> unsaid = 1;
  enum Kind { KIND_UNSPECIFIED = 0; }
}
"""


def of_kind(*kinds: str) -> list[Element]:
    return [element for element in elements() if element.kind in kinds]


def test_what_has_no_sentence_is_found_wherever_it_stands(tmp_path: Path) -> None:
    contract = tmp_path / "crossdock" / "bare" / "v1" / "bare.proto"
    contract.parent.mkdir(parents=True)
    contract.write_text(BARE)
    file = next(file for file in image(tmp_path).file if file.package == "crossdock.bare.v1")

    found = {(element.kind, element.name.removeprefix("crossdock.bare.v1.")) for element in elements_of(file)}

    assert not [element for element in elements_of(file) if element.comment]
    assert found == {
        ("service", "BareService"),
        ("rpc", "BareService.Act"),
        ("message", "Bare"),
        ("message", "Bare.Inner"),
        ("field", "Bare.Inner.said"),
        ("field", "Bare.unsaid"),
        ("enum", "Bare.Kind"),
        ("value", "Bare.Kind.KIND_UNSPECIFIED"),
    }


@pytest.mark.parametrize("kind", ["service", "rpc", "message", "field", "enum", "value"])
def test_everything_declared_has_a_sentence(kind: str) -> None:
    assert not [element.name for element in of_kind(kind) if not SENTENCE.match(element.comment)]


def test_every_field_says_who_fills_it() -> None:
    assert not [element.name for element in of_kind("field") if not element.comment.startswith(OPENINGS)]


def test_every_field_says_more_than_who_fills_it() -> None:
    bare = [opening.strip() for opening in OPENINGS]

    assert not [element.name for element in of_kind("field") if element.comment in bare]


def repeated_fields(messages: Iterable[DescriptorProto], parent: str) -> Iterator[tuple[str, int]]:
    """Yield the full name of each repeated field that is no map, and how many elements it needs at least."""
    for message in messages:
        name = f"{parent}.{message.name}"
        maps = {f".{name}.{nested.name}" for nested in message.nested_type if nested.options.map_entry}
        for field in message.field:
            if field.label == field.LABEL_REPEATED and field.type_name not in maps:
                yield f"{name}.{field.name}", field.options.Extensions[RULES].repeated.min_items
        yield from repeated_fields(message.nested_type, name)


def test_a_repeated_field_is_required_where_it_needs_an_element_and_only_there() -> None:
    comments = {element.name: element.comment for element in of_kind("field")}
    least = {name: few for file in contracts() for name, few in repeated_fields(file.message_type, file.package)}

    assert len(least) > 100
    assert [name for name, few in least.items() if comments[name].startswith("Required. ") != (few > 0)] == []


def named_reasons(comment: str) -> set[str]:
    """Return the reasons behind "Fails with" or "Elements fail with" in the comment of an rpc."""
    _, *failures = FAILING.split(comment, maxsplit=1)
    return {reason for failure in failures for reason in REASON.findall(failure)}


def test_the_reasons_an_rpc_names_are_in_the_catalog() -> None:
    unknown = {element.name: sorted(named_reasons(element.comment) - reasons().keys()) for element in of_kind("rpc")}

    assert named_reasons("Acts: IS_OPEN -> IS_SHUT. Elements\nfail with NO_SUCH_REASON.") == {"NO_SUCH_REASON"}
    assert not {name: missing for name, missing in unknown.items() if missing}


def test_directory_and_package_are_one() -> None:
    assert not [file.name for file in contracts() if file.name.rpartition("/")[0] != file.package.replace(".", "/")]


def test_every_changing_rpc_can_be_repeated() -> None:
    """What takes effect once per request_id can; what changes otherwise is listed here with its reason."""
    otherwise = {name for name, rpc in RPCS.items() if rpc.change in {Change.GUARDED, Change.ANEW}}

    assert otherwise == set(REPEATED_OTHERWISE)


def test_buf_finds_nothing_wrong_with_the_contracts() -> None:
    assert not lint(serialized_image())


def test_a_contract_that_breaks_its_clients_is_found(tmp_path: Path) -> None:
    released = tmp_path / "released.binpb"
    released.write_bytes(serialized_image())
    broken = FileDescriptorSet.FromString(released.read_bytes())
    file = next(file for file in broken.file if file.package == "crossdock.orders.v1" and file.message_type)
    del file.message_type[0].field[0]

    assert not breaking(serialized_image(), released)
    assert breaking(broken.SerializeToString(), released)


@pytest.mark.skipif(not RELEASED.exists(), reason="no contract has been released yet: protos/released.binpb is absent")
def test_the_contracts_honor_what_was_released() -> None:
    assert not breaking(serialized_image())

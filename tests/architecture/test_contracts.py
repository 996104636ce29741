"""The contracts explain themselves: a sentence at everything they declare, and what buf asks for."""

from __future__ import annotations

import re

import pytest

from tests.architecture.contracts import Element, contracts, elements
from tests.architecture.test_errors import reasons
from tools.lint_contracts import RELEASED, breaking, lint, serialized_image

OPENINGS = ("Required. ", "Optional. ", "Output only. ")
SENTENCE = re.compile(r"^[A-Z`\"0-9].*[.:!?)`]$", re.DOTALL)
REPEATED_OTHERWISE = {
    "crossdock.admin.v1.AdminService.AdvanceTime": "an operator's step, meant again each time it is asked for",
    "crossdock.admin.v1.AdminService.RunAudit": "reads only",
    "crossdock.inbox.v1.InboxService.Receive": "the same bytes from the same source are the same document",
}
"""Changing rpcs without a request_id, and why a repeat of each is harmless."""

REASON = re.compile(r"\b[A-Z]+(?:_[A-Z]+)+\b")


def of_kind(*kinds: str) -> list[Element]:
    return [element for element in elements() if element.kind in kinds]


@pytest.mark.parametrize("kind", ["service", "rpc", "message", "field", "enum", "value"])
def test_everything_declared_has_a_sentence(kind: str) -> None:
    assert not [element.name for element in of_kind(kind) if not SENTENCE.match(element.comment)]


def test_every_field_says_who_fills_it() -> None:
    assert not [element.name for element in of_kind("field") if not element.comment.startswith(OPENINGS)]


def test_every_field_says_more_than_who_fills_it() -> None:
    bare = [opening.strip() for opening in OPENINGS]

    assert not [element.name for element in of_kind("field") if element.comment in bare]


def test_the_reasons_an_rpc_names_are_in_the_catalog() -> None:
    unknown = {
        element.name: sorted(set(named) - reasons().keys())
        for element in of_kind("rpc")
        if (named := REASON.findall(element.comment.partition("Fails with")[2]))
    }

    assert not {name: missing for name, missing in unknown.items() if missing}


def test_directory_and_package_are_one() -> None:
    assert not [file.name for file in contracts() if file.name.rpartition("/")[0] != file.package.replace(".", "/")]


def test_every_changing_rpc_can_be_repeated() -> None:
    """Requests carry a request_id, or the chunks of a stream bring one per element."""
    reading = ("Get", "List", "Watch", "Subscribe", "Quote", "Find", "Read", "Check", "Preview", "Describe")
    messages = {f".{file.package}.{message.name}": message for file in contracts() for message in file.message_type}
    unkeyed = {
        f"{file.package}.{service.name}.{method.name}"
        for file in contracts()
        if not file.package.startswith(("crossdock.partner.", "crossdock.adapter."))
        for service in file.service
        for method in service.method
        if not method.name.startswith(reading)
        and "request_id" not in {field.name for field in messages[method.input_type].field}
        and not method.client_streaming
    }

    assert unkeyed == set(REPEATED_OTHERWISE)


def test_buf_finds_nothing_wrong_with_the_contracts() -> None:
    assert not lint(serialized_image())


@pytest.mark.skipif(not RELEASED.exists(), reason="no contract has been released yet: protos/released.binpb is absent")
def test_the_contracts_honor_what_was_released() -> None:
    assert not breaking(serialized_image())

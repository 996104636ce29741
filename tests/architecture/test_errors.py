"""Each reason the hub refuses for has one class, each class one reason, and some test raises it."""

from __future__ import annotations

import ast
import importlib
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from hub.kernel.errors import Refusal
from tests.architecture.contracts import elements
from tests.architecture.sources import ROOT, sources

PREFIX = "ERROR_REASON_"


@cache
def refusals() -> tuple[type[Refusal], ...]:
    """Return the concrete refusals of the kernel and of all rooms, sorted by name."""
    for path in sorted((ROOT / "hub").rglob("errors.py")):
        importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    return tuple(sorted((found for found in below(Refusal) if ours(found)), key=lambda found: found.__qualname__))


def below(parent: type[Refusal]) -> Iterator[type[Refusal]]:
    """Yield every class derived from `parent`, however far."""
    for child in parent.__subclasses__():
        yield child
        yield from below(child)


def ours(refusal: type[Refusal]) -> bool:
    """Whether a refusal is one a caller may see and stands for one reason (families of refusals state none)."""
    module = refusal.__module__
    return module.startswith("hub.") and module.endswith(".errors") and "reason" in vars(refusal)


@cache
def reasons() -> dict[str, str]:
    """Return the reasons of the contract, without prefix, and what each says of itself."""
    catalog = "crossdock.common.v1.ErrorReason."
    names = {element.name.removeprefix(catalog): element.comment for element in elements() if catalog in element.name}
    return {name.removeprefix(PREFIX): text for name, text in names.items() if not name.endswith("_UNSPECIFIED")}


def test_each_reason_has_a_class() -> None:
    assert not sorted(reasons().keys() - {refusal.reason for refusal in refusals()})


def test_each_class_has_a_reason_of_the_contract() -> None:
    assert not {refusal.__qualname__: refusal.reason for refusal in refusals() if refusal.reason not in reasons()}


def test_no_two_classes_share_a_reason() -> None:
    counted = Counter(refusal.reason for refusal in refusals())

    assert not [reason for reason, classes in counted.items() if classes > 1]


def test_the_contract_and_the_class_agree_on_the_status() -> None:
    stated = {name: match[1] for name, text in reasons().items() if (match := re.search(r"Status ([A-Z_]+)\.", text))}
    thrown = {refusal.reason: refusal.status.value for refusal in refusals() if refusal.reason in stated}

    assert thrown == {reason: status for reason, status in stated.items() if reason in thrown}


def test_each_reason_states_its_status() -> None:
    assert not [reason for reason, text in reasons().items() if "Status " not in text]


def test_every_refusal_is_met_by_some_test() -> None:
    met = names_in_tests()

    unmet = [refusal.__qualname__ for refusal in refusals() if not {refusal.__name__, refusal.reason} & met]

    assert not unmet, "no test names the class or its reason"


def names_in_tests() -> set[str]:
    """Return every name and every string that tests outside this folder use."""
    found: set[str] = set()
    for source in sources("tests"):
        if source.path.is_relative_to(Path("tests", "architecture")):
            continue
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Name):
                found.add(node.id)
            elif isinstance(node, ast.Attribute):
                found.add(node.attr.removeprefix(PREFIX))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value.removeprefix(PREFIX))
    return found

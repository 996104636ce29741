"""Modules and classes are named for what they are about, never for being useful."""

from __future__ import annotations

import ast
from typing import Final

from tests.architecture.sources import ROOT, sources

BANNED_MODULES: Final = frozenset({"utils", "util", "helpers", "helper", "common", "core", "manager", "base", "misc"})
BANNED_ENDINGS: Final = ("Repository", "Manager", "Helper", "Util", "Utils", "Impl", "Factory")


def test_no_module_is_named_for_being_useful() -> None:
    banned = [str(source.path) for source in sources() if BANNED_MODULES & set(source.path.with_suffix("").parts)]

    assert not banned


def test_no_class_is_named_for_its_pattern() -> None:
    banned = [
        f"{source.at(node)} {node.name}"
        for source in sources("hub", "adapters")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef) and node.name.endswith(BANNED_ENDINGS)
    ]

    assert not banned


def test_every_folder_of_modules_is_a_package() -> None:
    folders = {source.path.parent for source in sources("hub", "adapters", "tools", "bench")}

    assert not sorted(str(folder) for folder in folders if not (ROOT / folder / "__init__.py").exists())


def test_every_module_opens_with_what_it_is_for() -> None:
    silent = [str(source.path) for source in sources() if source.tree.body and not ast.get_docstring(source.tree)]

    assert not silent


def test_every_test_is_a_sentence() -> None:
    short = [
        f"{source.at(node)} {node.name}"
        for source in sources("tests")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and node.name.count("_") < 3
    ]

    assert not short


def test_nothing_is_left_to_be_done_later() -> None:
    words = ("TODO", "FIXME", "XXX", "HACK", "NotImplementedError")
    left = [
        f"{source.path}:{number} {line.strip()}"
        for source in sources("hub", "adapters", "tools", "bench", "examples")
        for number, line in enumerate(source.text.splitlines(), start=1)
        if any(word in line for word in words)
    ]

    assert not left

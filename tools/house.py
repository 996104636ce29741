"""Measures the code and draws docs/house.md: how it is divided, where it is long, which of its words nothing explains.

Reads `hub` and `adapters` as text and imports nothing of them. `tools.pages` writes the page; tests hold the limits.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

from tools.contracts import ROOT
from tools.markdown import table

PACKAGES: Final = ("hub", "adapters")
LONG_FUNCTION: Final = 40
"""Lines from which on a function is named on the page."""
MOST_MODULES: Final = 20
"""Modules that a folder may hold."""
MOST_IMPORTING: Final = 25
"""Modules that are named for what they import."""
_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


@cache
def modules() -> dict[Path, ast.Module]:
    """Return the modules of hub and adapters by their path in the repository, sorted."""
    paths = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return {path.relative_to(ROOT): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def folders() -> dict[Path, int]:
    """Return how many modules each folder holds, `__init__` not counted."""
    counts: defaultdict[Path, int] = defaultdict(int)
    for path in modules():
        counts[path.parent] += path.name != "__init__.py"
    return dict(sorted(counts.items()))


def long_functions() -> list[tuple[int, Path, str]]:
    """Return functions of more than 40 lines, docstring included, longest first."""
    lengths = [
        (node.end_lineno - node.lineno + 1, path, node.name)
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    ]
    return sorted((found for found in lengths if found[0] > LONG_FUNCTION), key=lambda found: (-found[0], found[1:]))


def imports() -> list[tuple[int, Path]]:
    """Return how many of our own modules each module imports, most first."""
    known = {".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in modules()}
    counts = [(len(set(_imported(tree, known))), path) for path, tree in modules().items()]
    return sorted(counts, key=lambda found: (-found[0], found[1]))


def _imported(tree: ast.Module, known: set[str]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield from (name for name in [full if full in known else node.module] if name in known)


def coined() -> dict[str, list[str]]:
    """Return words of module and class names that are neither in the glossary nor in the vocabulary, with where."""
    known = {*_words(_glossary()), *(ROOT / "tools" / "vocabulary.txt").read_text(encoding="utf-8").split()}
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path, tree in modules().items():
        names = [path.stem if path.name != "__init__.py" else path.parent.name]
        names += [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
        for name in names:
            for word in _words([name]):
                if word not in known and word.removesuffix("s") not in known:
                    found[word].append(f"{path.with_suffix('')}:{name}")
    return dict(sorted(found.items()))


def _glossary() -> Iterator[str]:
    """Yield the words that the tables of the glossary explain, several forms of one apart."""
    for line in (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("| ") and not line.startswith("| ---"):
            yield line.split("|")[1]


def _words(names: Iterable[str]) -> Iterator[str]:
    return (word.lower() for name in names for word in _WORD.findall(name))


def page() -> str:
    """Return the page."""
    return "\n".join([*_sizes(), *_imports(), *_words_of_our_own()])


def _sizes() -> Iterator[str]:
    yield "# The house\n\nHow `hub` and `adapters` are divided. `tests/architecture/test_size.py` holds folders to"
    yield f"{MOST_MODULES} modules, files to 400 lines and functions to 60. `make pages` measures anew.\n"
    yield "## Modules per folder\n"
    yield table(("folder", "modules"), ((f"`{path}`", str(count)) for path, count in folders().items() if count))
    yield f"## Functions of more than {LONG_FUNCTION} lines\n"
    rows = ((f"`{name}`", f"`{path}`", str(length)) for length, path, name in long_functions())
    yield table(("function", "module", "lines"), rows)


def _imports() -> Iterator[str]:
    yield f"## Imports\n\nThe {MOST_IMPORTING} modules that import the most of our own.\n"
    yield table(("module", "imports"), ((f"`{path}`", str(count)) for count, path in imports()[:MOST_IMPORTING]))


def _words_of_our_own() -> Iterator[str]:
    yield "## Words without a line in the glossary\n"
    yield "Words of module and class names that are in neither the [glossary](glossary.md) nor `tools/vocabulary.txt`,"
    yield "which lists plain English and the words of the profession.\n"
    words = coined()
    rows = ((word, ", ".join(f"`{place}`" for place in places)) for word, places in words.items())
    yield table(("word", "where"), rows) if words else "None.\n"

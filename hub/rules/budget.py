"""Bounds what a rule may cost before it runs: rules whose loops could use much time or memory are refused.

The evaluator counts the turns of loops, and not what happens in a turn: a text that is doubled in each of thirty turns
has a billion characters, and a list of facts that is named in a turn is copied in each. So loops do not stand in loops,
what `map` makes is no bigger than what it reads, and loops name no list of facts and read maps only by `in` or by key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from msgspec import Struct

LOOPS: Final = frozenset({"all", "exists", "exists_one", "filter", "map"})
_TOKEN: Final = re.compile(
    r"""(?P<text>[rRbB]{0,2}(?:\"{3}.*?\"{3}|'{3}.*?'{3}|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'))"""
    r"""|(?P<name>[A-Za-z_]\w*)|(?P<sign>\S)""",
    re.DOTALL,
)
_OPEN: Final = frozenset("([{")
_CLOSE: Final = frozenset(")]}")


class _Loop(Struct, frozen=True):
    """A loop of a rule: its word, its variable, and the tokens of its body."""

    word: str
    variable: str
    body: tuple[str, ...]


def excess(rule: str, facts: str, *, lists: AbstractSet[str], maps: AbstractSet[str]) -> str | None:
    """Return why a rule could cost too much, as the end of a sentence with its mend; None where it cannot.

    `rule` is the text of a rule that compiles, `facts` the variable by which it names facts; `lists` and `maps`
    have the names of those facts that are lists and maps.
    """
    loops = list(_loops([match[0] for match in _TOKEN.finditer(rule)]))
    for loop in loops:
        if any(True for _ in _loops(loop.body)):
            return f"has a loop in the body of `{loop.word}`; put the loops side by side"
        if loop.word == "map" and (loop.body.count(loop.variable) > 1 or {"+", facts} & set(loop.body)):
            return f"makes much of little in `map`; use `{loop.variable}` once in it, without `+` and without `{facts}`"
        for name in _handled_whole(loop.body, lists, maps):
            return f"handles all of `{name}` in a loop; do so outside of loops, or read a map by `in` or by key"
    return None


def _handled_whole(body: Sequence[str], lists: AbstractSet[str], maps: AbstractSet[str]) -> Iterator[str]:
    """Names of the lists that `body` names, and of the maps that it names otherwise than to look a key up."""
    for place, token in enumerate(body):
        if body[place - 1 : place] != (".",):
            continue
        if token in lists or (token in maps and not _looked_up(body, place)):
            yield token


def _looked_up(body: Sequence[str], place: int) -> bool:
    """Whether the map that `body` names at `place`, at the end of a path, is asked for a key."""
    start = place
    while body[start - 1 : start] == (".",):
        start -= 2
    return body[place + 1 : place + 2] == ("[",) or body[start - 1 : start] == ("in",)


def _loops(tokens: Sequence[str]) -> Iterator[_Loop]:
    """All loops in `tokens`, outer before inner."""
    for place in range(len(tokens) - 4):
        dot, word, bracket, variable, comma = tokens[place : place + 5]
        if dot == "." and word in LOOPS and bracket == "(" and comma == ",":
            yield _Loop(word, variable, tuple(_until_closed(tokens[place + 5 :])))


def _until_closed(tokens: Sequence[str]) -> Iterator[str]:
    """The tokens before the bracket that closes what was open already."""
    depth = 0
    for token in tokens:
        depth += (token in _OPEN) - (token in _CLOSE)
        if depth < 0:
            return
        yield token

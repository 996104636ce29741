"""Compiles and evaluates rules in CEL (Common Expression Language): typed, without side effects, bounded in work.

What a rule may name is a `Vocabulary` that is handed in, so that no contract is known here. Who writes rules, when
they run and what follows from a verdict is left to the rooms that hold them. No rule runs inside a transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from cel_expr_python import cel
from msgspec import Struct

from hub.rules.budget import excess
from hub.rules.errors import RuleInvalid

LONGEST_RULE: Final = 2_000
"""Characters of a rule. Its depth (32) and its steps (10,000 turns of loops) are bounded by the evaluator, the
cost of a turn by `budget`."""

_COMPILED_KEPT: Final = 1_024


class Vocabulary(Struct, frozen=True):
    """What a rule may name: one variable that holds a message.

    `message_type` is its full name, found in `pool` (a protobuf descriptor pool); `message_of` makes one of facts by
    field name. `lists` and `maps` have the names of fields, at any depth, that are lists and maps.
    """

    variable: str
    message_type: str
    pool: object
    message_of: Callable[[Mapping[str, object]], object]
    lists: frozenset[str]
    maps: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled rule: a question about facts whose answer is yes or no."""

    text: str
    _vocabulary: Vocabulary = field(repr=False)
    _expression: Any = field(repr=False)

    def evaluate(self, facts: Mapping[str, object], *, undecided: bool) -> bool:
        """The verdict on facts, by field name of the vocabulary's message.

        `undecided` is the answer where the rule has none: it reads a map's key that is absent, divides by zero, or
        takes more steps than a rule may. Raises ValueError or TypeError for facts that the vocabulary does not know.
        """
        message = self._vocabulary.message_of(facts)
        try:
            answer = self._expression.eval(data={self._vocabulary.variable: message}).value()
        except RuntimeError:  # the evaluator's word for a budget that is used up
            return undecided
        return answer if isinstance(answer, bool) else undecided


class Rules:
    """Compiles rules over one vocabulary; the same text is compiled once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        variables = {vocabulary.variable: cel.Type(vocabulary.message_type)}
        self._environment = cel.NewEnv(descriptor_pool=vocabulary.pool, variables=variables)
        self._compiled = lru_cache(_COMPILED_KEPT)(self._compile)

    def compile(self, text: str) -> Rule:
        """The rule that a text states; raises RuleInvalid, saying where and why, when it states none."""
        return self._compiled(text)

    def _compile(self, text: str) -> Rule:
        if len(text) > LONGEST_RULE:
            raise RuleInvalid(f"A rule of {len(text)} characters is too long; use at most {LONGEST_RULE}.", rule=text)
        try:
            expression = self._environment.compile(text)
        except RuntimeError as error:
            raise RuleInvalid(f"The rule does not compile: {_said(error)}. Correct it.", rule=text) from error
        if expression.return_type() != cel.Type.BOOL:
            found = expression.return_type().name()
            raise RuleInvalid(f"The rule returns {found}; write one that returns true or false.", rule=text)
        known = self._vocabulary
        if (reason := excess(text, known.variable, lists=known.lists, maps=known.maps)) is not None:
            raise RuleInvalid(f"The rule {reason}.", rule=text)
        return Rule(text, known, expression)


def _said(error: RuntimeError) -> str:
    """The evaluator's first sentence, without its status and its drawing of the place."""
    first = str(error).partition("\n")[0].removesuffix(" [INVALID_ARGUMENT]")
    return first.removeprefix("INVALID_ARGUMENT: ").removeprefix("ERROR: ").replace("<input>:", "at ").rstrip(".")

"""What screening refuses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hub.kernel.errors import Refusal, Status

MOST_PROBLEMS: Final = 50
"""Problems that one refusal names."""


class DeniedListInvalid(Refusal):
    """Files of a denied-party list cannot be read; `problems` names each case with its file, line and column."""

    reason = "DENIED_LIST_INVALID"
    status = Status.INVALID_ARGUMENT
    kept = False

    def __init__(self, problems: Sequence[str]) -> None:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(
            f"The list cannot come into force: {problems[0]}{more}. Correct the files and load all of them.",
            **{f"problem_{number}": problem for number, problem in enumerate(problems[:MOST_PROBLEMS], start=1)},
        )
        self.problems = tuple(problems)


class MatchNotFound(Refusal):
    """No match with this id in the caller's scope."""

    reason = "SCREENING_MATCH_NOT_FOUND"
    status = Status.NOT_FOUND


class MatchEnded(Refusal):
    """The match is not to be decided any more: it was withdrawn, or its order has ended."""

    reason = "SCREENING_MATCH_ENDED"
    status = Status.FAILED_PRECONDITION


class ScreeningUndecided(Refusal):
    """A hold of screening ends when its matches are cleared, in no other way."""

    reason = "SCREENING_UNDECIDED"
    status = Status.FAILED_PRECONDITION

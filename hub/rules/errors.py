"""What rules refuse."""

from __future__ import annotations

from hub.kernel.errors import Refusal, Status


class RuleInvalid(Refusal):
    """A rule does not compile, names a fact that does not exist, or does not return true or false."""

    reason = "RULE_INVALID"
    status = Status.INVALID_ARGUMENT
    kept = False

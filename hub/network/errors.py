"""What the network refuses."""

from __future__ import annotations

from collections.abc import Sequence

from hub.kernel.errors import Refusal, Status


class UnknownNode(Refusal):
    """The node is not in the network, or not in the caller's scope; metadata names it."""

    reason = "UNKNOWN_NODE"
    status = Status.NOT_FOUND


class UnknownChannel(Refusal):
    """The channel is not in the network, or not in the caller's scope; metadata names it."""

    reason = "UNKNOWN_CHANNEL"
    status = Status.NOT_FOUND


class ConfigurationInvalid(Refusal):
    """The configuration names something that does not exist, or contradicts itself; `problems` lists each case."""

    reason = "CONFIGURATION_INVALID"
    status = Status.INVALID_ARGUMENT
    kept = False

    def __init__(self, problems: Sequence[str]) -> None:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(
            f"The network contradicts itself: {problems[0]}{more}. Correct it and send all of it again.",
            **{f"problem_{number}": problem for number, problem in enumerate(problems, start=1)},
        )
        self.problems = tuple(problems)

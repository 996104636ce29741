"""What the network refuses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hub.kernel.errors import Refusal, Status


class UnknownNode(Refusal):
    """The node is not in the network, or not in the caller's scope; metadata names it."""

    reason = "UNKNOWN_NODE"
    status = Status.NOT_FOUND


class UnknownChannel(Refusal):
    """The channel is not in the network, or not in the caller's scope; metadata names it."""

    reason = "UNKNOWN_CHANNEL"
    status = Status.NOT_FOUND


class TrialNotFound(Refusal):
    """The channel tries no sourcing policy; metadata names it."""

    reason = "TRIAL_NOT_FOUND"
    status = Status.NOT_FOUND


class ComingNetworkNotFound(Refusal):
    """No network is to come at this instant; metadata names it."""

    reason = "COMING_NETWORK_NOT_FOUND"
    status = Status.NOT_FOUND


class ConfigurationInvalid(Refusal):
    """The configuration names something that does not exist, or contradicts itself; `problems` lists each case."""

    reason = "CONFIGURATION_INVALID"
    status = Status.INVALID_ARGUMENT
    kept = False

    def __init__(self, problems: Sequence[str]) -> None:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(
            f"The configuration cannot come into force: {problems[0]}{more}. Correct it and send all of it again.",
            **{f"problem_{number}": problem for number, problem in enumerate(problems, start=1)},
        )
        self.problems = tuple(problems)


class NetworkPartInUse(Refusal):
    """A new network leaves out parts that are in use; `uses` says what each has, by kind of the part and id."""

    reason = "NETWORK_PART_IN_USE"
    status = Status.FAILED_PRECONDITION
    kept = False

    def __init__(self, uses: Mapping[str, Mapping[str, str]]) -> None:
        parts = [f"{kind} {name} with {use}" for kind, used in uses.items() for name, use in sorted(used.items())]
        more = f" (and {len(parts) - 1} more)" if len(parts) > 1 else ""
        super().__init__(
            f"The network leaves out {parts[0]}{more}. Keep what is in use, or name it as removed"
            " (capacity: as overbooked) in the request.",
            **{f"part_{number}": part for number, part in enumerate(parts, start=1)},
        )

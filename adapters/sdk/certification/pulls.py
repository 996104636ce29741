"""Checks of adapters that tell updates when they are pulled: nothing is lost, and a repeat tells the same."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, TypeAlias

import grpc

from adapters.sdk.certification.suite import Candidate, PullSample, require
from adapters.sdk.doubles.faults import FaultKind
from adapters.sdk.doubles.lies import GARBAGE

PullCheck: TypeAlias = Callable[[Candidate, PullSample], Awaitable[None]]

PULL: Final = "PullUpdates"


async def a_repeated_pull_tells_the_same(candidate: Candidate, sample: PullSample) -> None:
    """The same cursor twice tells the same updates; the cursor of the answer tells no more of them."""
    request = await sample.make(candidate)
    first, second = await candidate.call(PULL, request), await candidate.call(PULL, request)
    require(len(_told(first)) >= sample.expected, f"only {len(_told(first))} updates were told")
    require(first == second, "a repeated pull tells something else")
    request.pull.cursor = first.pulled.cursor
    require(not _told(await candidate.call(PULL, request)), "updates before the cursor were told again")


async def a_failed_pull_loses_nothing(candidate: Candidate, sample: PullSample) -> None:
    """A pull that fails, before or after its work, is repeated and tells everything."""
    request = await sample.make(candidate)
    failures = {
        FaultKind.UNAVAILABLE: grpc.StatusCode.UNAVAILABLE,
        FaultKind.TIMEOUT_AFTER: grpc.StatusCode.DEADLINE_EXCEEDED,
        FaultKind.RESET_AFTER: grpc.StatusCode.UNAVAILABLE,
    }
    for kind, status in failures.items():
        candidate.order(PULL, kind)
        await candidate.fails_with(PULL, request, status)
    require(len(_told(await candidate.call(PULL, request))) >= sample.expected, "updates were lost")


async def a_partial_pull_tells_the_rest_next_time(candidate: Candidate, sample: PullSample) -> None:
    """What one pull leaves out the next one tells: together everything, each once, in order."""
    request = await sample.make(candidate)
    whole = _told(await candidate.call(PULL, request))
    candidate.order(PULL, FaultKind.PARTIAL, "1")
    part = await candidate.call(PULL, request)
    require(len(_told(part)) == 1, "a partial pull told everything")
    require(part.pulled.HasField("next_update_time"), "a partial pull does not say that more is due")
    request.pull.cursor = part.pulled.cursor
    rest = await candidate.call(PULL, request)
    require([*_told(part), *_told(rest)] == whole, "the parts are not the whole")


async def duplicates_and_disorder_are_told_by_id(candidate: Candidate, sample: PullSample) -> None:
    """Updates told twice or in disorder are the same updates under the same ids."""
    request = await sample.make(candidate)
    honest = _told(await candidate.call(PULL, request))
    candidate.order(PULL, FaultKind.DUPLICATE)
    twice = _told(await candidate.call(PULL, request))
    require(twice[::2] == honest and twice[1::2] == honest, "a duplicate is not the same update")
    candidate.order(PULL, FaultKind.REORDER)
    require(_told(await candidate.call(PULL, request)) == honest[::-1], "a reordered answer has other updates")


async def a_cursor_never_given_is_refused(candidate: Candidate, sample: PullSample) -> None:
    """A malformed cursor is INVALID_ARGUMENT; it never starts over in silence."""
    request = await sample.make(candidate)
    request.pull.cursor = "nonsense"
    await candidate.fails_with(PULL, request, grpc.StatusCode.INVALID_ARGUMENT)


async def a_lie_about_updates_changes_none(candidate: Candidate, sample: PullSample) -> None:
    """Updates told otherwise, none, or as garbage: the same pull tells all of them rightly again."""
    request = await sample.make(candidate)
    honest = await candidate.call(PULL, request)
    for lie in (f"{_listed(honest)}=", "pulled.cursor=0", GARBAGE):
        candidate.order(PULL, FaultKind.SAY, lie)
        require(await candidate.call(PULL, request) != honest, f"the truth is told where {lie!r} was ordered")
    require(await candidate.call(PULL, request) == honest, "a lie was kept")


PULL_CHECKS: Final[Mapping[str, PullCheck]] = {
    check.__name__: check
    for check in (
        a_repeated_pull_tells_the_same,
        a_failed_pull_loses_nothing,
        a_partial_pull_tells_the_rest_next_time,
        duplicates_and_disorder_are_told_by_id,
        a_cursor_never_given_is_refused,
        a_lie_about_updates_changes_none,
    )
}


def _told(response: Any) -> list[Any]:
    return list(getattr(response, _listed(response)))


def _listed(response: Any) -> str:
    return "updates" if hasattr(response, "updates") else "events"

"""What every adapter must stand: the fault suite, as checks over gRPC that any adapter can be put through.

A check takes a candidate and one of its sample operations, orders the faults it needs and raises NotCertified when
the adapter does not stand it. Which checks an adapter passes is written in its quality.toml. Checks of pulls stand in
`adapters.sdk.certification.pulls`; those of web APIs, files and webhooks join with the adapters that have them.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias

import grpc
from google.protobuf.descriptor import FieldDescriptor, ServiceDescriptor
from google.protobuf.message import Message
from google.rpc import error_details_pb2, status_pb2

from adapters.sdk.calls import head_of, request_type, response_type
from adapters.sdk.doubles.effects import EffectLog
from adapters.sdk.doubles.faults import FaultKind, order_fault
from adapters.sdk.doubles.lies import GARBAGE
from crossdock.partner.call.v1 import call_pb2

CALL_SECONDS: Final = 10.0
TWINS: Final = 8
_UNKNOWN_FIELD: Final = b"\xc0\xb8\x02\x01"  # number 5000, varint 1
_UNKNOWN_VALUE: Final = 9999


class NotCertified(Exception):
    """The adapter does not stand a check; the message says what it did."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An adapter under certification: its service, a channel to it, and the file with its faults and effects."""

    service: ServiceDescriptor
    channel: grpc.aio.Channel
    file: Path
    samples: Sequence[Sample] = ()
    pull: PullSample | None = None

    async def call(self, method: str, request: Message | bytes) -> Any:  # the method's response
        """Calls a method. Raises grpc.aio.AioRpcError when the answer is not OK."""
        multi: Any = self.channel.unary_unary(
            f"/{self.service.full_name}/{method}",
            request_serializer=lambda value: value if isinstance(value, bytes) else value.SerializeToString(),
            response_deserializer=response_type(self.service, method).FromString,
        )
        return await multi(request, timeout=CALL_SECONDS)

    async def find(self, head: call_pb2.Call) -> Any:  # the service's FindOperationResponse
        """Asks what became of the operation of a call."""
        find_type: Any = request_type(self.service, "FindOperation")
        return await self.call("FindOperation", find_type(find=call_pb2.Find(call=head, kind="certification")))

    async def fails_with(self, method: str, request: Message, expected: grpc.StatusCode) -> grpc.aio.AioRpcError:
        """Calls a method that must fail; answers how it did. Raises NotCertified when it does not fail so."""
        try:
            await self.call(method, request)
        except grpc.aio.AioRpcError as error:
            require(error.code() is expected, f"{method} failed with {error.code().name}, not {expected.name}")
            return error
        raise NotCertified(f"{method} succeeded although {expected.name} was ordered")

    def order(self, method: str, kind: FaultKind, argument: str = "") -> None:
        """Orders one fault."""
        order_fault(self.file, method, kind, argument)


@dataclass(frozen=True, kw_only=True)
class Sample:
    """An operation that succeeds.

    Attributes:
        method: Short name of the rpc.
        effect: Kind of its effect in the log.
        make: Makes a request of this key; what must be there before, it does under keys of its own.
    """

    method: str
    effect: str
    make: Callable[[Candidate, str], Awaitable[Any]]


@dataclass(frozen=True, kw_only=True)
class PullSample:
    """Something that brings updates: `make` does it and answers a pull request that tells at least two of them."""

    make: Callable[[Candidate], Awaitable[Any]]
    expected: int = field(default=2)


Check: TypeAlias = Callable[[Candidate, Sample], Awaitable[None]]


def require(condition: bool, otherwise: str) -> None:  # noqa: FBT001 (reads as an assertion)
    """Raises NotCertified with the sentence unless the condition holds."""
    if not condition:
        raise NotCertified(otherwise)


def _require_one_effect(candidate: Candidate, sample: Sample, key: str) -> None:
    effects = EffectLog(candidate.file).effects(sample.effect, operation_key=key)
    require(len(effects) == 1, f"{sample.method} has {len(effects)} effects under one key")


def _require_no_effect(candidate: Candidate, sample: Sample, key: str) -> None:
    effects = EffectLog(candidate.file).effects(sample.effect, operation_key=key)
    require(not effects, f"{sample.method} had an effect although it failed before")


def _require_done(response: Any, what: str) -> None:
    require(response.answer.outcome == call_pb2.OUTCOME_DONE, f"{what} is not DONE: {response.answer}")


async def a_repeated_key_has_one_effect(candidate: Candidate, sample: Sample) -> None:
    """The same key twice: one effect, the same answer."""
    request = await sample.make(candidate, "repeat")
    first = await candidate.call(sample.method, request)
    second = await candidate.call(sample.method, request)
    _require_done(first, sample.method)
    require(first == second, f"{sample.method} answers a repeat otherwise: {first} and {second}")
    _require_one_effect(candidate, sample, "repeat")


async def twins_have_one_effect(candidate: Candidate, sample: Sample) -> None:
    """The same key several times at the same instant: one effect, one answer."""
    request = await sample.make(candidate, "twins")
    answers = await asyncio.gather(*(candidate.call(sample.method, request) for _ in range(TWINS)))
    require(all(answer == answers[0] for answer in answers), f"{sample.method} answers twins otherwise")
    _require_one_effect(candidate, sample, "twins")


async def other_content_under_a_key_is_refused(candidate: Candidate, sample: Sample) -> None:
    """A key that belongs to another operation is refused and has no effect of its own."""
    request = await sample.make(candidate, "reused")
    other = await sample.make(candidate, "other")
    await candidate.call(sample.method, request)
    head_of(other).operation_key = "reused"
    answer = (await candidate.call(sample.method, other)).answer
    require(answer.outcome == call_pb2.OUTCOME_REFUSED, f"{sample.method} takes other content under a used key")
    _require_one_effect(candidate, sample, "reused")


async def an_unknown_key_is_not_found(candidate: Candidate, sample: Sample) -> None:
    """FindOperation answers NOT_FOUND for a key nobody used."""
    request = await sample.make(candidate, "unknown")
    answer = (await candidate.find(head_of(request))).answer
    require(answer.outcome == call_pb2.OUTCOME_NOT_FOUND, f"an unknown key is {answer}")


async def a_done_operation_is_found_as_it_answered(candidate: Candidate, sample: Sample) -> None:
    """FindOperation answers as the operation did, whatever kind it is asked for."""
    request = await sample.make(candidate, "found")
    response = await candidate.call(sample.method, request)
    answered = await candidate.find(head_of(request))
    for one, value in response.ListFields():
        require(getattr(answered, one.name) == value, f"FindOperation answers another {one.name}")


async def a_failure_before_the_effect_is_repeated(candidate: Candidate, sample: Sample) -> None:
    """Time-out before, UNAVAILABLE, INTERNAL: nothing was done, it is not found, and the repeat does it once."""
    failures = {
        FaultKind.TIMEOUT_BEFORE: grpc.StatusCode.DEADLINE_EXCEEDED,
        FaultKind.UNAVAILABLE: grpc.StatusCode.UNAVAILABLE,
        FaultKind.SERVER_ERROR: grpc.StatusCode.INTERNAL,
    }
    for kind, status in failures.items():
        request = await sample.make(candidate, kind.value)
        candidate.order(sample.method, kind)
        await candidate.fails_with(sample.method, request, status)
        _require_no_effect(candidate, sample, kind.value)
        answer = (await candidate.find(head_of(request))).answer
        require(answer.outcome == call_pb2.OUTCOME_NOT_FOUND, f"found after {kind}: {answer}")
        _require_done(await candidate.call(sample.method, request), f"the repeat after {kind}")
        _require_one_effect(candidate, sample, kind.value)


async def a_failure_after_the_effect_is_found(candidate: Candidate, sample: Sample) -> None:
    """Time-out or broken connection after the effect: it is found DONE, and a repeat does not do it again."""
    failures = {
        FaultKind.TIMEOUT_AFTER: grpc.StatusCode.DEADLINE_EXCEEDED,
        FaultKind.RESET_AFTER: grpc.StatusCode.UNAVAILABLE,
    }
    for kind, status in failures.items():
        request = await sample.make(candidate, kind.value)
        candidate.order(sample.method, kind)
        await candidate.fails_with(sample.method, request, status)
        _require_one_effect(candidate, sample, kind.value)
        _require_done(await candidate.find(head_of(request)), f"what is found after {kind}")
        _require_done(await candidate.call(sample.method, request), f"the repeat after {kind}")
        _require_one_effect(candidate, sample, kind.value)


async def a_rate_limit_says_when_to_retry(candidate: Candidate, sample: Sample) -> None:
    """RESOURCE_EXHAUSTED with RetryInfo or without: nothing was done, and the repeat does it once."""
    for seconds in ("7", ""):
        key = f"rate-{seconds}"
        request = await sample.make(candidate, key)
        candidate.order(sample.method, FaultKind.RATE_LIMITED, seconds)
        error = await candidate.fails_with(sample.method, request, grpc.StatusCode.RESOURCE_EXHAUSTED)
        require(retry_seconds(error) == (float(seconds) if seconds else None), "RetryInfo is not what was ordered")
        _require_no_effect(candidate, sample, key)
        _require_done(await candidate.call(sample.method, request), "the repeat after a rate limit")
        _require_one_effect(candidate, sample, key)


async def a_refusal_is_for_good(candidate: Candidate, sample: Sample) -> None:
    """REFUSED keeps the partner's code, has no effect, stays REFUSED when repeated and when looked for."""
    request = await sample.make(candidate, "refused")
    candidate.order(sample.method, FaultKind.REFUSE, "no_thanks")
    answers = [
        (await candidate.call(sample.method, request)).answer,
        (await candidate.call(sample.method, request)).answer,
        (await candidate.find(head_of(request))).answer,
    ]
    for answer in answers:
        require((answer.outcome, answer.code) == (call_pb2.OUTCOME_REFUSED, "no_thanks"), f"refused, then {answer}")
    _require_no_effect(candidate, sample, "refused")


async def a_newer_contract_breaks_nothing(candidate: Candidate, sample: Sample) -> None:
    """Fields, enum values and settings of the profile that are not known yet are no failure."""
    request = await sample.make(candidate, "newer-field")
    profile = json.loads(head_of(request).profile_json or "{}") | {"from_a_newer_version": {"a": [1]}}
    head_of(request).profile_json = json.dumps(profile)
    content = request.SerializeToString() + _UNKNOWN_FIELD
    _require_done(await candidate.call(sample.method, content), "a call with an unknown field")
    request = await sample.make(candidate, "newer-value")
    for one in request.DESCRIPTOR.fields:
        if one.type == FieldDescriptor.TYPE_ENUM and not one.is_repeated:
            setattr(request, one.name, _UNKNOWN_VALUE)
    answer = (await candidate.call(sample.method, request)).answer
    require(answer.outcome != call_pb2.OUTCOME_UNSPECIFIED, "a call with an unknown enum value is not answered")


async def a_call_without_its_head_is_refused(candidate: Candidate, sample: Sample) -> None:
    """No account, key or business time, or a profile that is no JSON: INVALID_ARGUMENT, nothing done."""
    for name in ("operation_key", "account_id", "business_time", "profile_json"):
        request = await sample.make(candidate, f"headless-{name}")
        head: Any = head_of(request)
        head.ClearField(name)
        if name == "profile_json":
            head.profile_json = "{"
        before = len(EffectLog(candidate.file).effects(sample.effect))
        await candidate.fails_with(sample.method, request, grpc.StatusCode.INVALID_ARGUMENT)
        after = len(EffectLog(candidate.file).effects(sample.effect))
        require(after == before, f"{sample.method} had an effect although its call was refused")


async def a_lie_is_told_once_and_the_truth_is_found(candidate: Candidate, sample: Sample) -> None:
    """A false answer, an empty one and garbage: the effect happened once, and FindOperation tells what is so."""
    lies = {"answer.partner_reference=OTHER": "OTHER", "answer=": "", GARBAGE: None}
    for number, (lie, reference) in enumerate(lies.items()):
        key = f"lie-{number}"
        request = await sample.make(candidate, key)
        candidate.order(sample.method, FaultKind.SAY, lie)
        response = await candidate.call(sample.method, request)
        said = None if response is None else response.answer.partner_reference
        require(said == reference, f"{sample.method} answers {said!r} where {lie!r} was ordered")
        _require_one_effect(candidate, sample, key)
        answer = (await candidate.find(head_of(request))).answer
        require(answer.outcome == call_pb2.OUTCOME_DONE, f"what is found after {lie!r} is not DONE: {answer}")
        require(answer.partner_reference not in ("", "OTHER"), "FindOperation repeats the lie")


CHECKS: Final[Mapping[str, Check]] = {
    check.__name__: check
    for check in (
        a_repeated_key_has_one_effect,
        twins_have_one_effect,
        other_content_under_a_key_is_refused,
        an_unknown_key_is_not_found,
        a_done_operation_is_found_as_it_answered,
        a_failure_before_the_effect_is_repeated,
        a_failure_after_the_effect_is_found,
        a_rate_limit_says_when_to_retry,
        a_refusal_is_for_good,
        a_newer_contract_breaks_nothing,
        a_call_without_its_head_is_refused,
        a_lie_is_told_once_and_the_truth_is_found,
    )
}


def retry_seconds(error: grpc.aio.AioRpcError) -> float | None:
    """Answers the delay in an error's RetryInfo; None when it has none."""
    metadata: Any = error.trailing_metadata() or ()
    for key, value in metadata:
        if key == "grpc-status-details-bin" and isinstance(value, bytes):
            return _delay_in(status_pb2.Status.FromString(value))
    return None


def _delay_in(status: status_pb2.Status) -> float | None:
    for detail in status.details:
        info = error_details_pb2.RetryInfo()
        if detail.Unpack(info):
            return info.retry_delay.ToMilliseconds() / 1000
    return None

"""How calls end: what the hub answered, the refusals in it, and what of them the hub may not answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import grpc
from google.protobuf.descriptor import Descriptor, MethodDescriptor
from google.protobuf.message import Message
from google.rpc import error_details_pb2, status_pb2

from crossdock.common.v1 import errors_pb2, refusal_pb2
from hub.api.edge.refusals import DETAILS_KEY
from tests.architecture.test_errors import reasons

FAILURES: Final = frozenset({grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN})
MALFORMED: Final = "INVALID_ARGUMENT"
"""Status of refusals for what a request holds; all others are for the state that the hub is in."""
WHOLE: Final = "request"
"""What a refusal names in place of a field where the bytes hold no message at all."""
_STEP: Final = re.compile(r"([a-z0-9_]+)(\[[^\]]*\])?")


@dataclass(frozen=True)
class Refused:
    """A refusal of a call or of an element: the reason, and the names of what is wrong."""

    reason: str
    names: tuple[str, ...]
    message: str
    of_element: bool = False

    @property
    def malformed(self) -> bool:
        """Whether the request itself is wrong, whatever state the hub is in."""
        return f"Status {MALFORMED}" in reasons().get(self.reason, "")


@dataclass(frozen=True)
class Ended:
    """How a call ended: its status, its refusals, and what it said where it said too little."""

    code: grpc.StatusCode
    refusals: tuple[Refused, ...] = ()
    unclear: str = ""


def ended_well(answers: Iterable[Message]) -> Ended:
    """Return the end of a call from what it answered, elements that were refused among it."""
    return Ended(grpc.StatusCode.OK, tuple(refused for answer in answers for refused in _elements(answer)))


def ended_badly(error: Any) -> Ended:
    """Return the end of a call from its error and the details that came with it."""
    details = dict(error.trailing_metadata() or ()).get(DETAILS_KEY)
    if error.code() in FAILURES or details is None:
        return Ended(error.code(), unclear=f"{error.code().name}: {error.details()}")
    info, bad = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
    for detail in status_pb2.Status.FromString(details).details:
        detail.Unpack(info)
        detail.Unpack(bad)
    names = (*info.metadata, *(violation.field for violation in bad.field_violations))
    return Ended(error.code(), (Refused(info.reason, names, error.details()),))


def flaws(method: MethodDescriptor, ended: Ended) -> Iterator[str]:
    """Return what the hub may not answer: failures, reasons of no contract, and refusals that name nothing."""
    if ended.unclear:
        yield ended.unclear
    for refused in ended.refusals:
        if refused.reason not in reasons():
            yield f"no reason of the contract: {refused}"
        elif refused.reason == "INVALID_FIELD":
            if not refused.names or not all(_known(method.input_type, refused, name) for name in refused.names):
                yield f"names no field of the request: {refused}"
        elif refused.malformed and not all(refused.names or [""]):
            yield f"names nothing: {refused}"


def _elements(message: Message) -> Iterator[Refused]:
    if isinstance(message, refusal_pb2.Refusal):
        reason = errors_pb2.ErrorReason.Name(message.reason).removeprefix("ERROR_REASON_")
        yield Refused(reason, tuple(message.metadata), message.message, of_element=True)
        return
    for field, value in message.ListFields():
        if field.message_type is None:
            continue
        for inner in value.values() if isinstance(value, Mapping) else value if field.is_repeated else (value,):
            if isinstance(inner, Message):
                yield from _elements(inner)


def _known(request: Descriptor, refused: Refused, name: str) -> bool:
    """Whether a name leads to a field of the request, or of the element that was refused."""
    elements = [field.message_type for field in request.fields if field.message_type and field.is_repeated]
    within = [request, *(elements if refused.of_element else ())]
    return name == WHOLE or any(_leads(descriptor, name) for descriptor in within)


def _leads(descriptor: Descriptor, path: str) -> bool:
    """Whether a path like `lines[0].unit_price` leads to a field below a message."""
    place: Descriptor | None = descriptor
    for step in path.split("."):
        matched = _STEP.fullmatch(step)
        field = place.fields_by_name.get(matched[1]) if matched and place else None
        if field is None:
            return False
        place = field.message_type
    return True

"""The one mapping of refusals to gRPC: status, sentence, and details that programs read.

Details are a google.rpc.Status in `grpc-status-details-bin`: ErrorInfo always, BadRequest for malformed fields,
RetryInfo where coming again helps. A database that is away is UNAVAILABLE. Whatever else escapes a handler is INTERNAL,
logged with its trace id, and says nothing more.
"""

from __future__ import annotations

import logging
import math
from functools import lru_cache
from typing import Final

import grpc
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.rpc import error_details_pb2, status_pb2
from msgspec import Struct
from psycopg import OperationalError

from hub.kernel.errors import InvalidField, Overloaded, Refusal

log = logging.getLogger(__name__)

DOMAIN: Final = "crossdock"
DETAILS_KEY: Final = "grpc-status-details-bin"
MOST_FACTS: Final = 20
"""Facts and violations told of one refusal: trailers must stay below the 8 KiB that clients accept."""
LONGEST_FACT: Final = 120
LONGEST_MESSAGE: Final = 800

_NANOS: Final = 1_000_000_000


class Answer(Struct, frozen=True):
    """How a call ends that did not do what was asked: the status, the sentence, the trailing metadata."""

    code: grpc.StatusCode
    message: str
    trailers: tuple[tuple[str, bytes], ...] = ()


def _database_away() -> Answer:
    sentence = "The hub's database is away; nothing is known of this request. Send it again under the same request_id."
    status = status_pb2.Status(code=grpc.StatusCode.UNAVAILABLE.value[0], message=sentence)
    status.details.add().Pack(error_details_pb2.RetryInfo(retry_delay=Duration(seconds=1)))
    return Answer(grpc.StatusCode.UNAVAILABLE, sentence, ((DETAILS_KEY, status.SerializeToString()),))


_DATABASE_AWAY: Final = _database_away()


def answer_to(error: BaseException, *, rpc: str, trace_id: str) -> Answer:
    """The end of a call that raised `error`; what is no refusal is logged here."""
    if isinstance(error, Refusal):
        return answer_of(error)
    if isinstance(error, OperationalError):
        log.warning("%s met no database", rpc, extra={"facts": {"rpc": rpc, "trace_id": trace_id}})
        return _DATABASE_AWAY
    log.error(
        "%s failed",
        rpc,
        exc_info=(type(error), error, error.__traceback__),
        extra={"facts": {"rpc": rpc, "trace_id": trace_id}},
    )
    return Answer(grpc.StatusCode.INTERNAL, f"The hub failed; its operators find why under trace {trace_id}.")


def answer_of(refusal: Refusal) -> Answer:
    """The end of a refused call."""
    code, message = grpc.StatusCode[refusal.status.value], refusal.message[:LONGEST_MESSAGE]
    status = status_pb2.Status(code=code.value[0], message=message)
    for detail in _details(refusal):
        status.details.add().Pack(detail)
    return Answer(code, message, ((DETAILS_KEY, status.SerializeToString()),))


@lru_cache(maxsize=256)
def _too_much(tenths: int) -> Answer:
    return answer_of(Overloaded("The hub is at its limit; try again later.", tenths / 10))


def too_much(retry_after_seconds: float) -> Answer:
    """The end of a call that is turned away, to come again after about so long: made once for many."""
    return _too_much(min(600, math.ceil(retry_after_seconds * 10)))


def _details(refusal: Refusal) -> list[Message]:
    facts = {name: value[:LONGEST_FACT] for name, value in list(refusal.metadata.items())[:MOST_FACTS]}
    if not isinstance(refusal, InvalidField):
        details: list[Message] = [error_details_pb2.ErrorInfo(reason=refusal.reason, domain=DOMAIN, metadata=facts)]
    else:
        violations = [
            error_details_pb2.BadRequest.FieldViolation(field=name[:LONGEST_FACT], description=value)
            for name, value in facts.items()
        ]
        details = [
            error_details_pb2.ErrorInfo(reason=refusal.reason, domain=DOMAIN),
            error_details_pb2.BadRequest(field_violations=violations),
        ]
    if refusal.retry_after_seconds is not None:
        seconds, rest = divmod(round(refusal.retry_after_seconds * _NANOS), _NANOS)
        details.append(error_details_pb2.RetryInfo(retry_delay=Duration(seconds=seconds, nanos=rest)))
    return details

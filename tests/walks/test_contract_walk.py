"""Every rpc, every field, hostile values: each is answered or refused by name, none is INTERNAL or UNKNOWN.

A run tries some values of every field, by a seed; with CROSSDOCK_TEST_FULL=1 all of them, and times each answer against
an echo of the same bytes. `CROSSDOCK_WALK_SEED` names another seed than the day's.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from datetime import UTC, datetime
from random import Random
from typing import Any, Final

import grpc
import pytest
from google.protobuf.descriptor import MethodDescriptor
from google.rpc import error_details_pb2, status_pb2

from hub.api.edge.refusals import DETAILS_KEY
from hub.api.servicers import SERVICES
from tests.unit.api.serving import Served
from tests.walks.bases import as_new, base
from tests.walks.hostile import Variant, paths, variants
from tests.walks.requests import facts

FULL: Final = "CROSSDOCK_TEST_FULL" in os.environ
SEED: Final = os.environ.get("CROSSDOCK_WALK_SEED") or datetime.now(UTC).date().isoformat()
A_FIELD: Final = 3
"""Values of each field that a short run tries."""
STREAM_SECONDS: Final = 0.2
"""How long an endless answer is listened to."""
LONGEST_SECONDS: Final = 20.0
"""How long any other answer may take on a busy machine."""
WAITING: Final = frozenset({"min_position"})
"""Fields that say how long to wait: a deadline ends that wait."""
STILL_SENDING: Final = "Internal error from Core"
"""What gRPC's client makes of a stream that the hub ends while a message is on its way, instead of the hub's status."""
AGAIN: Final = 50
"""How many times as much processor time as an echo of the same bytes an answer may cost."""
LEAST_ECHO_SECONDS: Final = 0.002
"""What an echo is taken to cost at least: batches, statements and plans of a sound call count as one."""


class Walk:
    """Asks one hub, and keeps what was answered wrongly."""

    def __init__(self, hub: Served, random: Random) -> None:
        self._hub, self._random = hub, random
        self.wrong: list[str] = []
        self.asked: Counter[str] = Counter()

    async def rpc(self, method: MethodDescriptor, known: dict[str, str]) -> None:
        """Asks an rpc for all hostile variants of a sound call that are due in this run."""
        name = f"{method.containing_service.name}.{method.name}"
        sound = base(method, known)
        first = await self.end(method, sound.calls(-1, b""))
        assert not first.startswith(("WRONG", "INVALID_ARGUMENT")), f"{name}: no sound call to start from: {first}"
        for number, message in enumerate(sound.messages):
            for path in paths(message):
                for variant in self._due(list(variants(as_new(message), path, known))):
                    started = time.process_time()
                    end = await self.end(method, sound.calls(number, variant.content))
                    self._judge(name, variant, end, time.process_time() - started)

    def _due(self, found: list[Variant]) -> list[Variant]:
        return found if FULL else self._random.sample(found, min(A_FIELD, len(found)))

    def _judge(self, name: str, variant: Variant, end: str, seconds: float) -> None:
        self.asked[end.partition(":")[0]] += 1
        if end.startswith("WRONG") and not WAITING.intersection(variant.path):
            self.wrong.append(f"{name} {variant.name}: {end}")
        if FULL and seconds > AGAIN * LEAST_ECHO_SECONDS:
            self.wrong.append(f"{name} {variant.name}: {seconds:.3f} s for {len(variant.content)} bytes")

    async def end(self, method: MethodDescriptor, messages: list[bytes]) -> str:
        """Return how a call ended; one that ended while the client still sent is made once more."""
        said = await self._ended(method, messages)
        return await self._ended(method, messages) if STILL_SENDING in said else said

    async def _ended(self, method: MethodDescriptor, messages: list[bytes]) -> str:
        kind = ("stream" if method.client_streaming else "unary") + ("_stream" if method.server_streaming else "_unary")
        call = getattr(self._hub.channel, kind)(f"/{method.containing_service.full_name}/{method.name}")
        given: Any = messages if method.client_streaming else messages[0]
        endless = method.server_streaming and not method.client_streaming
        headers = (("authorization", "Bearer admin"),)
        try:
            answers = call(given, metadata=headers, timeout=STREAM_SECONDS if endless else LONGEST_SECONDS)
            if not method.server_streaming:
                await answers
            elif endless:
                await answers.read()
                answers.cancel()
            else:
                _ = [answer async for answer in answers]
        except grpc.aio.AioRpcError as error:
            return _refused(error, endless=endless)
        return "OK"


def _refused(error: grpc.aio.AioRpcError, *, endless: bool) -> str:
    """Status and reason; WRONG for what the hub may not answer."""
    if endless and error.code() is grpc.StatusCode.DEADLINE_EXCEEDED:
        return "OK"
    said = f"{error.code().name}: {error.details()}"
    trailers: Any = error.trailing_metadata()
    details = dict(trailers).get(DETAILS_KEY)
    if error.code() in {grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN} or details is None:
        return f"WRONG: {said}"
    info, bad = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
    for detail in status_pb2.Status.FromString(details).details:
        detail.Unpack(info)
        detail.Unpack(bad)
    fields = [violation.field for violation in bad.field_violations]
    if info.reason == "INVALID_FIELD" and not (fields and all(fields)):
        return f"WRONG: no field named: {said}"
    return f"{error.code().name}: {info.reason} {fields}"


@pytest.mark.parametrize("service", SERVICES)
async def test_no_value_of_any_field_is_answered_by_a_failure(hub: Served, service: str) -> None:
    walk = Walk(hub, Random(f"{SEED} {service}"))
    known = await facts(hub)

    for method in SERVICES[service].methods:
        await walk.rpc(method, known)

    assert not walk.wrong, f"seed {SEED}, {dict(walk.asked)}:\n" + "\n".join(walk.wrong)

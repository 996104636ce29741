"""The adapter's memory: a client of the hub's AdapterStateService, per account.

An adapter process may die at any point, so what it must not forget lies here and nowhere else. Waits between attempts
are machine time and short; what does not succeed raises.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, TypeVar
from uuid import uuid4

import grpc
from google.protobuf.duration_pb2 import Duration
from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from adapters.sdk.tracing import trace_metadata
from crossdock.adapter.v1 import state_pb2 as pb
from crossdock.adapter.v1.state_pb2_grpc import AdapterStateServiceStub

Answer = TypeVar("Answer")

CALL_SECONDS: Final = 5.0
ATTEMPTS: Final = 5
FIRST_WAIT_SECONDS: Final = 0.05
LONGEST_WAIT_SECONDS: Final = 1.0


@dataclass(frozen=True)
class Entry:
    """An entry as read; version 0 and no value when there is none."""

    value: bytes
    version: int


class StateChanged(Exception):
    """Another writer changed the entry first; read again."""


class LeaseHeld(Exception):
    """Another holder has the lease."""


class AdapterState:
    """The hub's memory for one adapter, over a channel to the hub, under the adapter's credential."""

    def __init__(
        self, channel: grpc.aio.Channel, token: str = "", *, first_wait_seconds: float = FIRST_WAIT_SECONDS
    ) -> None:
        self._stub = AdapterStateServiceStub(channel)
        self._credential = (("authorization", f"Bearer {token}"),) if token else ()
        self._first_wait_seconds = first_wait_seconds

    async def get(self, account_id: str, key: str) -> Entry:
        """Reads an entry."""
        request = pb.GetStateRequest(account_id=account_id, key=key)
        response = await self._patiently(
            lambda: self._stub.GetState(request, timeout=CALL_SECONDS, metadata=self._metadata())
        )
        return Entry(response.value, response.version)

    async def compare_and_set(self, account_id: str, key: str, value: bytes, expected_version: int) -> int:
        """Writes an entry if its version is still the expected one (0: it must not exist); answers its new version.

        Raises StateChanged when it is not. Where the hub's answer was lost, the same request is sent again.
        """
        request = pb.CompareAndSetStateRequest(
            account_id=account_id,
            key=key,
            value=value,
            expected_version=expected_version,
            request_id=str(uuid4()),
        )
        try:
            response = await self._patiently(
                lambda: self._stub.CompareAndSetState(request, timeout=CALL_SECONDS, metadata=self._metadata())
            )
        except grpc.aio.AioRpcError as error:
            if error.code() is grpc.StatusCode.ABORTED:
                raise StateChanged(f"{key} of {account_id} is no longer at version {expected_version}") from error
            raise
        return response.version

    async def update(self, account_id: str, key: str, change: Callable[[bytes], bytes], *, attempts: int = 10) -> bytes:
        """Replaces an entry's value by `change` of it, again from fresh when another writer came first.

        Answers the value written. `change` gets empty bytes when there is no entry and may run several times. Raises
        StateChanged when others came first at every attempt.
        """
        for _ in range(attempts - 1):
            try:
                return await self._update_once(account_id, key, change)
            except StateChanged:
                continue
        return await self._update_once(account_id, key, change)

    async def _update_once(self, account_id: str, key: str, change: Callable[[bytes], bytes]) -> bytes:
        entry = await self.get(account_id, key)
        value = change(entry.value)
        await self.compare_and_set(account_id, key, value, entry.version)
        return value

    async def acquire_lease(self, account_id: str, name: str, holder: str, *, span_seconds: float) -> int:
        """Takes or renews a lease for so many seconds of machine time; answers its fencing token. Raises LeaseHeld."""
        span = Duration()
        span.FromMilliseconds(round(span_seconds * 1000))
        request = pb.AcquireLeaseRequest(account_id=account_id, name=name, holder=holder, span=span)
        try:
            response = await self._patiently(
                lambda: self._stub.AcquireLease(request, timeout=CALL_SECONDS, metadata=self._metadata())
            )
        except grpc.aio.AioRpcError as error:
            if error.code() is grpc.StatusCode.ABORTED:
                raise LeaseHeld(f"another holder has {name} of {account_id}") from error
            raise
        return response.fence

    async def next_number(self, account_id: str, series: str, request_id: str) -> int:
        """Answers the next number of a series, from 1 and without gaps; the same request_id gets the same number."""
        request = pb.NextNumberRequest(account_id=account_id, series=series, request_id=request_id)
        response = await self._patiently(
            lambda: self._stub.NextNumber(request, timeout=CALL_SECONDS, metadata=self._metadata())
        )
        return response.number

    def _metadata(self) -> tuple[tuple[str, str], ...]:
        return (*self._credential, *trace_metadata())

    async def _patiently(self, call: Callable[[], Awaitable[Answer]]) -> Answer:
        retrying = AsyncRetrying(
            retry=retry_if_exception(_is_passing),
            stop=stop_after_attempt(ATTEMPTS),
            wait=wait_random_exponential(self._first_wait_seconds, LONGEST_WAIT_SECONDS),
            reraise=True,
        )
        async for attempt in retrying:
            with attempt:
                return await call()
        raise AssertionError("tenacity answers or raises")


def _is_passing(error: BaseException) -> bool:
    return isinstance(error, grpc.aio.AioRpcError) and error.code() in {
        grpc.StatusCode.UNAVAILABLE,
        grpc.StatusCode.DEADLINE_EXCEEDED,
        grpc.StatusCode.RESOURCE_EXHAUSTED,
    }

"""Sends requests to a partner: each once, within a time, to one host, with bounded answers.

Nothing is repeated here, apart from a request that was refused for an access token that had expired: the hub repeats,
and it alone knows which outcome it is waiting for. No message tells a header, a body or a query.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

import httpx

from adapters.sdk.http.buckets import Buckets
from adapters.sdk.http.failures import NotAdmitted, NothingDone, OutcomeUnknown, RateLimited, Rejected, TimedOut
from adapters.sdk.http.retry_after import retry_after_seconds
from adapters.sdk.http.tokens import Tokens

TOTAL_SECONDS: Final = 8.0
"""Less than the hub waits for an adapter, so that the adapter itself tells it what happened."""
_TIMEOUT: Final = httpx.Timeout(TOTAL_SECONDS, connect=3.0, pool=2.0)
_LIMITS: Final = httpx.Limits(max_connections=32, max_keepalive_connections=16, keepalive_expiry=60.0)
MOST_BYTES: Final = 4 * 1024 * 1024
_NEVER_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


@dataclass(frozen=True, kw_only=True)
class PartnerRequest:
    """What is asked of a partner.

    Attributes:
        account_id: Account that asks; buckets are kept by it.
        operation: Name of what is asked, for buckets and messages, for example "capture".
        method: Method of HTTP.
        path: Path below the client's base address.
        headers: Headers, credentials included.
        query: Query, in its order.
        form: Fields of a form, in their order; None: no form.
        body: JSON value; None: no JSON.
        tokens: Where the bearer token comes from; None: `headers` have the credential.
        cost: What the request takes of its bucket.
    """

    account_id: str
    operation: str
    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    query: Sequence[tuple[str, str]] = field(default=(), repr=False)
    form: Sequence[tuple[str, str]] | None = field(default=None, repr=False)
    body: object = field(default=None, repr=False)
    tokens: Tokens | None = field(default=None, repr=False)
    cost: float = 1.0


@dataclass(frozen=True)
class Reply:
    """What a partner answered: a status from 200 to 299, its headers, and the JSON value of its body."""

    status: int
    headers: Mapping[str, str]
    body: Any


class PartnerClient:
    """Requests to one partner at `base_url`; `transport` takes the place of the network in tests."""

    def __init__(
        self,
        base_url: str,
        buckets: Buckets,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        transport: httpx.AsyncBaseTransport | None = None,
        total_seconds: float = TOTAL_SECONDS,
    ) -> None:
        self._base_url, self._transport = base_url, transport
        self._buckets, self._now, self._total_seconds = buckets, now, total_seconds
        self._http: httpx.AsyncClient | None = None

    async def send(self, request: PartnerRequest) -> Reply:
        """Send a request once and return its reply. Raises what `failures` names."""
        self._buckets.take(request.account_id, request.operation, request.cost)
        if request.tokens is None:
            return await self._sent(request, {})
        token = await request.tokens.current()
        try:
            return await self._sent(request, {"authorization": f"Bearer {token}"})
        except NotAdmitted:
            request.tokens.drop(token)
        token = await request.tokens.current()
        return await self._sent(request, {"authorization": f"Bearer {token}"})

    async def fetch(self, account_id: str, operation: str, url: str) -> bytes:
        """Return the bytes at an address that the partner named, for example a document; no credential is sent there.

        The caller decides whether the host may be asked. Raises what `failures` names.
        """
        request = PartnerRequest(account_id=account_id, operation=operation, method="GET", path=url)
        self._buckets.take(account_id, operation, request.cost)
        response, content = await self._received(request, {})
        if response.status_code != httpx.codes.OK:
            raise OutcomeUnknown(f"{operation}: the document was not served ({response.status_code}).")
        return content

    async def close(self) -> None:
        """Close the connections."""
        if self._http is not None:
            await self._http.aclose()

    async def _sent(self, request: PartnerRequest, credential: Mapping[str, str]) -> Reply:
        response, content = await self._received(request, credential)
        return self._read(request, response, content)

    async def _received(self, request: PartnerRequest, credential: Mapping[str, str]) -> tuple[httpx.Response, bytes]:
        try:
            async with asyncio.timeout(self._total_seconds):
                return await self._exchanged(request, {**request.headers, **credential})
        except _NEVER_SENT as error:
            raise NothingDone(f"{request.operation}: the partner is not reached ({type(error).__name__}).") from None
        except (TimeoutError, httpx.TimeoutException):
            raise TimedOut(f"{request.operation}: the partner did not answer in time.") from None
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise OutcomeUnknown(f"{request.operation}: the answer broke off ({type(error).__name__}).") from None

    async def _exchanged(self, request: PartnerRequest, headers: Mapping[str, str]) -> tuple[httpx.Response, bytes]:
        content = None if request.form is None else str(httpx.QueryParams(list(request.form))).encode()
        form = {} if content is None else {"content-type": "application/x-www-form-urlencoded"}
        async with self._connections().stream(
            request.method,
            request.path,
            headers={**headers, **form},
            params=list(request.query) or None,
            content=content,
            json=request.body,
        ) as response:
            received = bytearray()
            async for piece in response.aiter_bytes():
                received += piece
                if len(received) > MOST_BYTES:
                    raise httpx.DecodingError("the answer is too long")
            return response, bytes(received)

    def _read(self, request: PartnerRequest, response: httpx.Response, content: bytes) -> Reply:
        """Return the reply of an answer that came whole; raises what its status or form says."""
        status, what = response.status_code, f"{request.operation}: the partner answered {response.status_code}"
        wait = retry_after_seconds(response.headers, self._now())
        if status == httpx.codes.TOO_MANY_REQUESTS:
            if wait is not None:
                self._buckets.pause(request.account_id, request.operation, wait)
            raise RateLimited(f"{what}.", wait)
        if status == httpx.codes.UNAUTHORIZED:
            raise NotAdmitted(f"{what}; correct the account's credential.", wait)
        if status >= 500 or status < 200 or 300 <= status < 400:
            raise OutcomeUnknown(f"{what}.")
        body = _json_of(response.headers.get("content-type", ""), content)
        if status >= 400:
            raise Rejected(f"{what}.", status, body)
        if body is None:
            raise OutcomeUnknown(f"{what} with a body that is no JSON.")
        return Reply(status, response.headers, body)

    def _connections(self) -> httpx.AsyncClient:
        if self._http is None:
            self._http = httpx.AsyncClient(
                base_url=self._base_url,
                timeout=_TIMEOUT,
                limits=_LIMITS,
                transport=self._transport,
                follow_redirects=False,
                trust_env=False,
            )
        return self._http


def _json_of(content_type: str, content: bytes) -> Any:
    """Return the JSON value of a body; None where the body is not what it says, or no JSON."""
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type != "application/json" and not media_type.endswith("+json"):
        return None
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None

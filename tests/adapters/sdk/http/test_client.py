"""A request to a partner is sent once, and its failure says what is known; the hub reads it as the kit means it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import grpc
import httpx
import pytest

from adapters.sdk.http.buckets import Buckets, Rate
from adapters.sdk.http.client import MOST_BYTES, PartnerClient, PartnerRequest
from adapters.sdk.http.failures import (
    NotAdmitted,
    NothingDone,
    OutcomeUnknown,
    PartnerFailure,
    RateLimited,
    Rejected,
    TimedOut,
    trailers_of,
)
from adapters.sdk.http.retry_after import LONGEST_SECONDS, retry_after_seconds
from adapters.sdk.http.tokens import Token, Tokens
from hub.connect import failures as hub
from tests.adapters.sdk.http.partner import RESET, answer, playing

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
CAPTURE = PartnerRequest(
    account_id="cards",
    operation="capture",
    method="POST",
    path="/v1/captures",
    headers={"authorization": "Bearer sk_secret"},
    form=[("amount", "100"), ("metadata[order]", "A 1")],
)


def client_of(url: str) -> PartnerClient:
    buckets = Buckets(Rate(100.0, 100.0), clock=lambda: 0.0)
    return PartnerClient(url, buckets, now=lambda: NOON, total_seconds=60.0)


async def failure_of(*answers: bytes) -> PartnerFailure:
    """How a capture fails; the partner must have been asked exactly once."""
    async with playing(*answers) as partner:
        client = client_of(partner.url)
        with pytest.raises(PartnerFailure) as raised:
            await client.send(CAPTURE)
        await client.close()
        assert len(partner.requests) == 1
    return raised.value


async def test_a_request_arrives_once_and_whole_and_its_answer_is_read() -> None:
    async with playing(answer(200, {"id": "c1"})) as partner:
        client = client_of(partner.url)
        reply = await client.send(CAPTURE)
        await client.close()
    assert (reply.status, reply.body) == (200, {"id": "c1"})
    (request,) = partner.requests
    head, _, body = request.partition(b"\r\n\r\n")
    assert head.startswith(b"POST /v1/captures HTTP/1.1")
    assert body == b"amount=100&metadata%5Border%5D=A+1"


@pytest.mark.parametrize("status", [500, 502, 503, 504, 302])
async def test_a_fault_of_the_server_leaves_the_outcome_unknown(status: int) -> None:
    assert type(await failure_of(answer(status, headers={"retry-after": "3"}))) is OutcomeUnknown


@pytest.mark.parametrize(
    "said",
    [RESET, answer(200, {"id": "c1"}, cut=4), answer(200, headers={"content-type": "text/html"}), b"nonsense\r\n\r\n"],
    ids=["reset", "half a body", "wrong content type", "no HTTP"],
)
async def test_an_answer_that_cannot_be_read_leaves_the_outcome_unknown(said: bytes) -> None:
    assert type(await failure_of(said)) is OutcomeUnknown


async def test_an_answer_without_end_leaves_the_outcome_unknown() -> None:
    endless = answer(200, "x" * (MOST_BYTES + 1))
    assert type(await failure_of(endless)) is OutcomeUnknown


class Silent(httpx.AsyncBaseTransport):
    """Takes requests and never answers."""

    def __init__(self) -> None:
        self.taken = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.taken += 1
        await asyncio.Event().wait()
        raise AssertionError("nobody sets the event")


async def test_a_time_out_leaves_the_outcome_unknown() -> None:
    silent = Silent()
    client = PartnerClient("http://partner", Buckets(Rate(1.0, 1.0)), transport=silent, total_seconds=0.01)
    with pytest.raises(TimedOut):
        await client.send(CAPTURE)
    assert silent.taken == 1


async def test_where_no_connection_is_made_nothing_was_done() -> None:
    async with playing() as partner:
        gone = partner.url
    client = client_of(gone)
    with pytest.raises(NothingDone, match="not reached"):
        await client.send(CAPTURE)
    await client.close()


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "Tue, 03 Mar 2026 12:00:20 GMT"}, 20.0),
        ({"retry-after": "Tue, 03 Mar 2026 12:00:20 GMT", "date": "Tue, 03 Mar 2026 12:00:15 GMT"}, 5.0),
        ({"retry-after": "Tue, 03 Mar 2026 11:00:00 GMT"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({}, None),
    ],
)
async def test_a_rate_limit_says_when_to_ask_again(headers: dict[str, str], seconds: float | None) -> None:
    failure = await failure_of(answer(429, headers=headers))
    assert type(failure) is RateLimited
    assert failure.retry_after_seconds == seconds


async def test_a_refusal_keeps_the_partners_words() -> None:
    failure = await failure_of(answer(402, {"error": {"code": "card_declined"}}))
    assert isinstance(failure, Rejected)
    assert (failure.status, failure.body) == (402, {"error": {"code": "card_declined"}})


async def test_no_failure_and_no_request_tells_a_secret() -> None:
    failure = await failure_of(answer(403, {"error": "sk_secret may not do this"}))
    assert "sk_secret" not in str(failure) + repr(failure) + repr(CAPTURE)


async def test_what_the_partner_asks_to_wait_is_kept_by_the_bucket() -> None:
    clock = [0.0]
    async with playing(answer(429, headers={"retry-after": "7"}), answer(200)) as partner:
        client = PartnerClient(partner.url, Buckets(Rate(10, 1), clock=lambda: clock[0]), now=lambda: NOON)
        with pytest.raises(RateLimited):
            await client.send(CAPTURE)
        clock[0] = 6.0
        with pytest.raises(RateLimited) as early:
            await client.send(CAPTURE)
        assert early.value.retry_after_seconds == 1.0
        clock[0] = 7.0
        assert (await client.send(CAPTURE)).status == 200
        await client.close()
    assert len(partner.requests) == 2


def test_buckets_count_costs_per_account_and_operation_and_fill_with_time() -> None:
    clock = [0.0]
    buckets = Buckets(Rate(100, 50), clock=lambda: clock[0])
    buckets.take("shop", "orders", 90)
    buckets.take("shop", "products", 90)
    buckets.take("other", "orders", 90)
    with pytest.raises(RateLimited) as raised:
        buckets.take("shop", "orders", 60)
    assert raised.value.retry_after_seconds == 1.0
    clock[0] = 1.0
    buckets.take("shop", "orders", 60)
    buckets.state("shop", "orders", 500)
    buckets.take("shop", "orders", 1000)
    with pytest.raises(RateLimited):
        buckets.take("shop", "orders", 1)


async def test_a_token_that_the_partner_no_longer_knows_is_renewed_once() -> None:
    fetched = ["t1", "t2"]
    tokens = Tokens(lambda: _token(fetched.pop(0)), clock=lambda: 0.0)
    async with playing(answer(401), answer(200), answer(200)) as partner:
        client = client_of(partner.url)
        request = PartnerRequest(account_id="a", operation="rate", method="GET", path="/rates", tokens=tokens)
        await client.send(request)
        await client.send(request)
        await client.close()
    assert [b"Bearer t1" in one for one in partner.requests] == [True, False, False]
    assert fetched == []


async def test_a_token_that_is_not_known_twice_is_a_credential_to_correct() -> None:
    tokens = Tokens(lambda: _token("t"), clock=lambda: 0.0)
    async with playing(answer(401), answer(401)) as partner:
        client = client_of(partner.url)
        with pytest.raises(NotAdmitted):
            await client.send(
                PartnerRequest(account_id="a", operation="rate", method="GET", path="/rates", tokens=tokens)
            )
        await client.close()
    assert len(partner.requests) == 2


async def test_a_token_is_fetched_again_before_it_ends() -> None:
    clock, fetched = [0.0], ["t1", "t2"]
    tokens = Tokens(lambda: _token(fetched.pop(0)), clock=lambda: clock[0])
    assert await tokens.current() == "t1"
    clock[0] = 69.0
    assert await tokens.current() == "t1"
    clock[0] = 71.0
    assert await tokens.current() == "t2"


async def _token(value: str) -> Token:
    return Token(value, 100.0)


@pytest.mark.parametrize(
    ("failure", "meant"),
    [
        (NothingDone("x", 2.0), hub.PutOff),
        (RateLimited("x", 2.0), hub.PutOff),
        (NotAdmitted("x", 2.0), hub.CredentialRefused),
        (OutcomeUnknown("x"), hub.OutcomeUnknown),
        (TimedOut("x"), hub.OutcomeUnknown),
        (Rejected("x", 403, None), hub.NeverAccepted),
    ],
)
def test_the_hub_reads_each_failure_as_the_kit_means_it(failure: PartnerFailure, meant: type[Exception]) -> None:
    trailing = grpc.aio.Metadata(*trailers_of(failure))
    read = hub.failure_of(grpc.aio.AioRpcError(failure.code, grpc.aio.Metadata(), trailing, str(failure), None))
    assert type(read) is meant
    assert getattr(read, "retry_after_seconds", None) == failure.retry_after_seconds


def test_a_date_of_retry_after_is_bounded() -> None:
    late = (NOON + timedelta(days=3)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert retry_after_seconds({"retry-after": late}, NOON) == LONGEST_SECONDS

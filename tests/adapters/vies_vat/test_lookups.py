"""What VIES says, as the hub is told it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import grpc
import httpx
import pytest

from adapters.sdk.certification.rehearsals import served
from adapters.sdk.certification.suite import retry_seconds
from adapters.sdk.http.buckets import Buckets, Rate
from adapters.sdk.http.client import PartnerClient
from adapters.sdk.times import timestamp_of
from adapters.vies_vat.adapter import serving
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.vat.v1 import vat_pb2 as pb
from crossdock.partner.vat.v1.vat_pb2_grpc import VatRegistryServiceStub

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
NUMBER = "DE136695976"
FOUND = {"countryCode": "DE", "vatNumber": "136695976", "requestDate": "2026-03-03", "valid": True, "name": "Bohr"}
Vies = Callable[[httpx.Request], httpx.Response]


@asynccontextmanager
async def asking(vies: Vies) -> AsyncIterator[VatRegistryServiceStub]:
    """The adapter with a VIES behind it that answers so."""
    buckets = Buckets(Rate(1000, 1000), clock=lambda: 0.0)
    client = PartnerClient("", buckets, now=lambda: NOON, transport=httpx.MockTransport(vies))
    async with served(serving("vies_vat", client)) as address, grpc.aio.insecure_channel(address) as channel:
        yield VatRegistryServiceStub(channel)
    await client.close()


def question(**profile: Any) -> pb.CheckVatNumberRequest:
    call = call_pb2.Call(
        account_id="vies", operation_key="k", business_time=timestamp_of(NOON), profile_json=json.dumps(profile)
    )
    return pb.CheckVatNumberRequest(call=call, vat_number=NUMBER)


def fault(code: str, status: int = 200) -> Vies:
    return lambda _: httpx.Response(status, json={"actionSucceed": False, "errorWrappers": [{"error": code}]})


async def test_a_number_is_looked_up_for_the_seller_and_the_enquiry_is_numbered() -> None:
    requests: list[httpx.Request] = []

    def vies(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(200, json={**FOUND, "requestIdentifier": "WAPIAAAAX1"})

    async with asking(vies) as stub:
        response = await stub.CheckVatNumber(question(requester_vat_number="NL004495445B01"))

    assert (response.answer.outcome, response.in_force) == (call_pb2.OUTCOME_DONE, True)
    assert (response.vat_number, response.consultation_number) == (NUMBER, "WAPIAAAAX1")
    assert requests[0].url == "https://ec.europa.eu/taxation_customs/vies/rest-api/check-vat-number"
    assert json.loads(requests[0].content) == {
        "countryCode": "DE",
        "vatNumber": "136695976",
        "requesterMemberStateCode": "NL",
        "requesterNumber": "004495445B01",
    }


@pytest.mark.parametrize(
    "vies", [lambda _: httpx.Response(200, json={**FOUND, "valid": False}), fault("INVALID_INPUT")]
)
async def test_a_number_that_vies_does_not_know_is_not_in_force(vies: Vies) -> None:
    async with asking(vies) as stub:
        response = await stub.CheckVatNumber(question())

    assert (response.answer.outcome, response.in_force) == (call_pb2.OUTCOME_DONE, False)
    assert response.consultation_number == ""


@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize(
    "code", ["MS_UNAVAILABLE", "TIMEOUT", "GLOBAL_MAX_CONCURRENT_REQ", "MS_MAX_CONCURRENT_REQ_TIME"]
)
async def test_a_register_that_is_closed_says_nothing_of_the_number(code: str, status: int) -> None:
    async with asking(fault(code, status)) as stub:
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await stub.CheckVatNumber(question())

    assert raised.value.code() is grpc.StatusCode.ABORTED


@pytest.mark.parametrize("code", ["INVALID_REQUESTER_INFO", "VAT_BLOCKED", "IP_BLOCKED", "A_NEWER_CODE"])
async def test_what_vies_does_not_take_is_refused_with_its_code(code: str) -> None:
    async with asking(fault(code, 400)) as stub:
        answer = (await stub.CheckVatNumber(question())).answer

    assert (answer.outcome, answer.code) == (call_pb2.OUTCOME_REFUSED, code)


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500, text="x"),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, json=[]),
        httpx.Response(200, json={"countryCode": "DE"}),
        httpx.Response(200, json={**FOUND, "valid": "yes"}),
    ],
)
async def test_what_is_no_answer_is_not_taken_for_one(answer: httpx.Response) -> None:
    async with asking(lambda _: answer) as stub:
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await stub.CheckVatNumber(question())

    assert raised.value.code() is grpc.StatusCode.INTERNAL


async def test_a_rate_limit_says_when_to_ask_again() -> None:
    async with asking(lambda _: httpx.Response(429, headers={"retry-after": "7"}, json={})) as stub:
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await stub.CheckVatNumber(question())

    assert (raised.value.code(), retry_seconds(raised.value)) == (grpc.StatusCode.RESOURCE_EXHAUSTED, 7.0)


async def test_an_enquiry_is_never_found_so_that_it_is_made_again() -> None:
    async with asking(fault("TIMEOUT")) as stub:
        find = call_pb2.Find(call=question().call, kind="vat.check")
        response = await stub.FindOperation(pb.FindOperationRequest(find=find))

    assert response.answer.outcome == call_pb2.OUTCOME_NOT_FOUND


async def test_a_requester_that_is_no_vat_number_is_refused() -> None:
    async with asking(fault("TIMEOUT")) as stub:
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await stub.CheckVatNumber(question(requester_vat_number="12"))

    assert raised.value.code() is grpc.StatusCode.INVALID_ARGUMENT

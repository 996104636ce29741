"""A host lets its hub in and nobody else, before anything of a call is read; and no caller takes all of it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import grpc
import pytest

from adapters.sdk.admission import TOKEN_FILE_VARIABLE, Admission, Callers, Refusals, TokenUnusable
from adapters.sdk.host import limits
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.payment.v1 import payment_pb2 as pb
from crossdock.partner.payment.v1.payment_pb2_grpc import PaymentServiceServicer, add_PaymentServiceServicer_to_server
from hub.app.process.adapter_tokens import AdapterTokens
from tests.adapters.sdk.processes import ANSWER_SECONDS, command, hosting, start

FIND = "/crossdock.partner.payment.v1.PaymentService/FindOperation"
OWN_CONNECTION = (("grpc.use_local_subchannel_pool", 1),)


class Provider(PaymentServiceServicer):
    """Answers, and notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.address = ""

    async def FindOperation(self, request: pb.FindOperationRequest, _: Any) -> pb.FindOperationResponse:
        """Nothing was done."""
        self.asked.append(request.find.call.account_id)
        return pb.FindOperationResponse(answer=call_pb2.Answer(outcome=call_pb2.OUTCOME_NOT_FOUND))


@asynccontextmanager
async def called(callers: Callers, refusals: Refusals | None = None) -> AsyncIterator[tuple[Provider, Any]]:
    """A provider behind admission, as a host serves it, and a channel to it."""
    provider = Provider()
    server = grpc.aio.server(
        interceptors=[Admission(callers, read_seconds=0.3, refusals=refusals)],
        options=limits(),
        maximum_concurrent_rpcs=8,
    )
    add_PaymentServiceServicer_to_server(provider, server)
    provider.address = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    await server.start()
    async with grpc.aio.insecure_channel(provider.address, options=OWN_CONNECTION) as channel:
        yield provider, channel
    await server.stop(None)


def token_file(folder: Path, *tokens: str) -> Path:
    file = folder / "adapters.token"
    file.write_text("\n".join(tokens) + "\n")
    return file


async def found(channel: Any, token: str | None) -> grpc.StatusCode:
    """How a call under a token ends."""
    request = pb.FindOperationRequest(find=call_pb2.Find(call=call_pb2.Call(account_id="PSP")))
    metadata = () if token is None else (("authorization", f"Bearer {token}"),)
    try:
        await channel.unary_unary(FIND)(request.SerializeToString(), metadata=metadata, timeout=ANSWER_SECONDS)
    except grpc.aio.AioRpcError as error:
        return error.code()
    return grpc.StatusCode.OK


@pytest.mark.parametrize(
    ("token", "code"),
    [
        ("right", grpc.StatusCode.OK),
        ("wrong", grpc.StatusCode.UNAUTHENTICATED),
        ("", grpc.StatusCode.UNAUTHENTICATED),
        (None, grpc.StatusCode.UNAUTHENTICATED),
    ],
)
async def test_only_who_shows_the_token_is_let_in(tmp_path: Path, token: str | None, code: grpc.StatusCode) -> None:
    async with called(Callers(token_file(tmp_path, "right"))) as (provider, channel):
        assert await found(channel, token) is code
    assert provider.asked == ["PSP"] * (code is grpc.StatusCode.OK)


async def test_a_new_token_is_taken_beside_the_old_one_until_that_goes(tmp_path: Path) -> None:
    file = token_file(tmp_path, "old")
    async with called(Callers(file)) as (_, channel):
        token_file(tmp_path, "new", "old")
        os.utime(file, ns=(1, 1))
        both = [await found(channel, token) for token in ("new", "old")]
        token_file(tmp_path, "new")
        os.utime(file, ns=(2, 2))
        after = [await found(channel, token) for token in ("new", "old")]

    assert both == [grpc.StatusCode.OK] * 2
    assert after == [grpc.StatusCode.OK, grpc.StatusCode.UNAUTHENTICATED]


async def test_calls_without_a_token_whose_requests_never_come_hold_no_place(tmp_path: Path) -> None:
    """There are eight places; four times as many calls are begun and left open by whom nobody knows."""
    async with (
        called(Callers(token_file(tmp_path, "right"))) as (provider, stranger),
        grpc.aio.insecure_channel(provider.address, options=OWN_CONNECTION) as hub,
    ):
        headless = [stranger.stream_unary(FIND)(timeout=ANSWER_SECONDS) for _ in range(32)]
        codes = {await call.code() for call in headless}

        assert await found(hub, "right") is grpc.StatusCode.OK
    assert codes <= {grpc.StatusCode.UNAUTHENTICATED, grpc.StatusCode.RESOURCE_EXHAUSTED}


async def test_a_request_that_does_not_come_ends_its_call(tmp_path: Path) -> None:
    async with called(Callers(token_file(tmp_path, "right"))) as (provider, channel):
        call = channel.stream_unary(FIND)(metadata=(("authorization", "Bearer right"),), timeout=ANSWER_SECONDS)

        assert await call.code() is grpc.StatusCode.DEADLINE_EXCEEDED
        assert "within 0.3 seconds" in await call.details()
        unread = channel.unary_unary(FIND)(b"\xff\xff", metadata=(("authorization", "Bearer right"),))
        assert await unread.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert provider.asked == []


async def test_a_host_refuses_the_token_of_its_neighbor(tmp_path: Path) -> None:
    """The worker has one folder; what it shows at one address opens no other one."""
    folder = tmp_path / "tokens"
    folder.mkdir()
    for name in ("one.example-7500.token", "two.example-7501.token"):
        (folder / name).write_text(f"of {name}\n".replace(" ", "-"))
    shown = [AdapterTokens(folder)(f"grpc://{address}") for address in ("one.example:7500", "two.example:7501")]

    async with called(Callers(folder / "one.example-7500.token")) as (_, channel):
        codes = [await found(channel, token) for token in shown]

    assert codes == [grpc.StatusCode.OK, grpc.StatusCode.UNAUTHENTICATED]


async def test_a_refused_token_is_named_in_words_and_counted(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    times = iter([0.0, 0.0, 1.0, 61.0, 61.0])
    refusals = Refusals(lambda: next(times))
    async with called(Callers(token_file(tmp_path, "right")), refusals) as (_, channel):
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await channel.unary_unary(FIND)(b"", metadata=(("authorization", "Bearer other"),))
        for token in ("other", None):
            await found(channel, token)

    assert str(refused.value.details()).startswith("the token shown is none of this host's file")
    said = [record.getMessage() for record in caplog.records if "because of their token" in record.getMessage()]
    assert [line.partition(": ")[2].partition(";")[0] for line in said] == ["1", "3"]
    assert said[1].endswith("show the token by which this host knows its hub")


@pytest.mark.parametrize("content", [None, "", "\n"])
def test_a_file_without_a_token_is_refused(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "adapters.token"
    if content is not None:
        file.write_text(content)

    with pytest.raises(TokenUnusable, match=TOKEN_FILE_VARIABLE):
        Callers(file)


async def test_a_port_is_not_served_to_anybody(tmp_path: Path) -> None:
    process = await start(command(["double_tax"], "127.0.0.1:0", tmp_path))
    _, errors = await asyncio.wait_for(process.communicate(), ANSWER_SECONDS)

    assert process.returncode == 1
    assert TOKEN_FILE_VARIABLE in errors.decode()


async def test_a_host_asks_for_the_token_of_its_file(tmp_path: Path) -> None:
    environment = {TOKEN_FILE_VARIABLE: str(token_file(tmp_path, "right"))}
    async with (
        hosting(["double_payment"], "127.0.0.1:0", tmp_path, **environment) as host,
        grpc.aio.insecure_channel(host.address) as channel,
    ):
        codes = [await found(channel, token) for token in ("right", "wrong")]

    assert codes == [grpc.StatusCode.OK, grpc.StatusCode.UNAUTHENTICATED]

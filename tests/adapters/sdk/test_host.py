"""A host is a process that may be killed at any point, and ends in order when told."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import stat
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from adapters.sdk.doubles.effects import EffectLog
from adapters.sdk.doubles.faults import order_fault
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.payment.v1 import payment_pb2 as pb
from crossdock.partner.payment.v1.payment_pb2_grpc import PaymentServiceStub
from hub.connect.dialing import Trust, aio_channel, trust
from tests.adapters.doubles.requests import authorize, euros, find
from tests.adapters.sdk.processes import ANSWER_SECONDS, Host, command, hosting, start
from tools.certificates import Authority

TRACE_ID = "0af7651916cd43dd8448eb211c80319c"
PARENT_SPAN_ID = "b7ad6b7169203331"
PAYMENT = "crossdock.partner.payment.v1.PaymentService"
TAX = "crossdock.partner.tax.v1.TaxService"


@pytest.fixture
def folder() -> Iterator[Path]:
    with TemporaryDirectory(prefix="xd") as folder:
        yield Path(folder)


@asynccontextmanager
async def connected(*names: str, folder: Path, **environment: str) -> AsyncIterator[tuple[Host, grpc.aio.Channel]]:
    async with (
        hosting(names, f"unix:{folder}/socket", folder, **environment) as host,
        grpc.aio.insecure_channel(host.address) as channel,
    ):
        yield host, channel


async def _ended(host: Host) -> int:
    return await asyncio.wait_for(host.process.wait(), ANSWER_SECONDS)


async def test_a_killed_stand_in_does_nothing_twice_after_its_restart(folder: Path) -> None:
    request = authorize("a", euros(105))
    async with connected("double_payment", folder=folder) as (host, channel):
        before = await PaymentServiceStub(channel).Authorize(request)
        host.process.send_signal(signal.SIGKILL)
        await _ended(host)
    async with connected("double_payment", folder=folder) as (_, channel):
        after = await PaymentServiceStub(channel).Authorize(request)

    log = EffectLog(folder / "double_payment.sqlite")
    assert after == before
    assert len(log.effects("payment.authorize")) == 1
    assert [call.outcome for call in log.calls("Authorize")] == ["DONE", "DONE"]


async def test_a_stand_in_killed_between_effect_and_answer_has_the_effect_once(folder: Path) -> None:
    file = folder / "double_payment.sqlite"
    request = authorize("a", euros(105))
    order_fault(file, "Authorize", "crash_after")
    async with connected("double_payment", folder=folder) as (host, channel):
        with pytest.raises(grpc.aio.AioRpcError) as failure:
            await PaymentServiceStub(channel).Authorize(request)
        assert await _ended(host) == -signal.SIGKILL
    async with connected("double_payment", folder=folder) as (_, channel):
        found = await PaymentServiceStub(channel).FindOperation(pb.FindOperationRequest(find=find("a")))
        await PaymentServiceStub(channel).Authorize(request)

    assert failure.value.code() is grpc.StatusCode.UNAVAILABLE
    assert found.answer.outcome == call_pb2.OUTCOME_DONE
    assert len(EffectLog(file).effects()) == 1
    assert [call.outcome for call in EffectLog(file).calls("Authorize")] == ["", "DONE"]


async def test_adapters_of_several_kinds_share_a_process_and_are_healthy(folder: Path) -> None:
    async with connected("double_payment", "double_tax", folder=folder) as (host, channel):
        health = health_pb2_grpc.HealthStub(channel)
        answers = [await health.Check(health_pb2.HealthCheckRequest(service=name)) for name in ("", PAYMENT, TAX)]

    assert [answer.status for answer in answers] == [health_pb2.HealthCheckResponse.SERVING] * 3
    assert host.adapters == ["double_payment", "double_tax"]


@pytest.mark.parametrize(
    ("names", "more", "code", "said"),
    [
        (["double_tax", "double_tax"], [], 2, "run each in a process of its own"),
        (["double_tox"], [], 2, r"no adapter is called double_tox; there are: .*\bdouble_tax\b"),
        (["double_tax"], ["--parent-pid", "4194305"], 1, "does not live"),
    ],
)
async def test_what_cannot_be_hosted_is_refused_in_one_sentence(
    folder: Path, names: list[str], more: list[str], code: int, said: str
) -> None:
    process = await start(command(names, f"unix:{folder}/socket", folder, *more))

    _, errors = await asyncio.wait_for(process.communicate(), ANSWER_SECONDS)

    (line,) = errors.decode().splitlines()
    assert process.returncode == code
    assert re.search(said, json.loads(line)["message"])


async def test_sigterm_lets_the_call_in_hand_finish(folder: Path) -> None:
    order_fault(folder / "double_payment.sqlite", "Authorize", "slow", "0.3")
    async with connected("double_payment", folder=folder) as (host, channel):
        stub = PaymentServiceStub(channel)
        in_hand = stub.Authorize(authorize("a", euros(1)))
        await stub.FindOperation(pb.FindOperationRequest(find=find("behind it on the same connection")))
        host.process.terminate()
        response = await in_hand
        code = await _ended(host)

    assert response.answer.outcome == call_pb2.OUTCOME_DONE
    assert code == 0


async def test_a_host_ends_when_its_parent_is_killed(folder: Path) -> None:
    listen = f"unix:{folder}/socket"
    arguments = command(["double_tax"], listen, folder)
    script = (
        "import os, signal, subprocess, sys;"
        "subprocess.Popen([*sys.argv[1:], '--parent-pid', str(os.getpid())]);"
        "signal.pause()"
    )
    parent = await start([sys.executable, "-c", script, *arguments])
    assert parent.stdout
    child = json.loads(await asyncio.wait_for(parent.stdout.readline(), ANSWER_SECONDS))["pid"]

    parent.kill()
    await parent.wait()

    assert await asyncio.wait_for(parent.stdout.read(), ANSWER_SECONDS) == b""
    assert not Path(f"/proc/{child}/cmdline").exists() or not Path(f"/proc/{child}/cmdline").read_bytes()


async def test_only_its_user_can_enter_the_socket_of_a_host(folder: Path) -> None:
    async with hosting(["double_tax"], f"unix:{folder}/socket", folder):
        assert stat.S_IMODE((folder / "socket").stat().st_mode) == 0o700


async def test_a_host_continues_the_trace_and_never_tells_its_credential(folder: Path) -> None:
    spans = folder / "spans.jsonl"
    environment = {"CROSSDOCK_TRACE_FILE": str(spans), "CROSSDOCK_HUB_TOKEN": "secret-canary"}
    header = (("traceparent", f"00-{TRACE_ID}-{PARENT_SPAN_ID}-01"),)
    async with connected("double_payment", folder=folder, **environment) as (host, channel):
        stub = PaymentServiceStub(channel)
        await stub.Authorize(authorize("a", euros(1)), metadata=header)
        with pytest.raises(grpc.aio.AioRpcError):
            await stub.Capture(pb.CaptureRequest(), metadata=header)
        host.process.terminate()
        await _ended(host)
        logs = await host.stderr()

    first, second = [json.loads(line) for line in spans.read_text().splitlines()]
    assert first == first | {
        "trace_id": TRACE_ID,
        "parent_span_id": PARENT_SPAN_ID,
        "name": f"{PAYMENT}/Authorize",
        "service": "double_payment",
        "attributes": {"account_id": "ACC-1", "operation_key": "a", "outcome": "DONE", "status": "OK"},
    }
    assert first["start"] <= first["end"]
    assert second["attributes"]["status"] == "INVALID_ARGUMENT"
    failed = [json.loads(line) for line in logs.splitlines() if "served Capture" in line]
    assert [(line["trace_id"], line["level"]) for line in failed] == [(TRACE_ID, "warning")]
    assert "secret-canary" not in logs + spans.read_text()


async def test_a_host_with_a_certificate_is_open_to_who_shows_one_of_its_authority(folder: Path) -> None:
    authority, others = Authority(folder), Authority(folder, "others")
    certificate, key = authority.certified("host")
    environment = {
        "CROSSDOCK_TLS_CERTIFICATE": str(certificate),
        "CROSSDOCK_TLS_KEY": str(key),
        "CROSSDOCK_TLS_CLIENT_CA": str(authority.file),
    }
    async with hosting(["double_tax"], "127.0.0.1:0", folder, **environment) as host:
        address = f"grpcs://{host.address}"
        hub = trust(str(authority.file), *authority.certified("hub"))
        stranger = trust(str(authority.file), *others.certified("stranger"))

        assert await serves(address, hub)
        assert not await serves(address, stranger)
        assert not await serves(host.address, hub)


async def serves(address: str, trusted: Trust) -> bool:
    """Whether the host at an address says that it serves."""
    async with aio_channel(address, trusted) as channel:
        try:
            checked = await health_pb2_grpc.HealthStub(channel).Check(
                health_pb2.HealthCheckRequest(), timeout=ANSWER_SECONDS
            )
        except grpc.aio.AioRpcError:
            return False
    return bool(checked.status == health_pb2.HealthCheckResponse.SERVING)

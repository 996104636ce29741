"""TLS: who is known by which authority, certificates renewed while serving, and plain text on this machine only."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import grpc
import pytest
from grpc_health.v1 import health, health_pb2, health_pb2_grpc

from hub.app.runtime.connections import bind
from hub.app.runtime.tls import Certificate, CertificateUnusable, certificate_of, exposed
from hub.config.settings import Settings
from hub.connect.dialing import Trust, aio_channel, trust
from tools.certificates import Authority


@asynccontextmanager
async def serving(certificate: Certificate) -> AsyncIterator[str]:
    """Serve health checks with a certificate; the address as callers state it."""
    server = grpc.aio.server()
    health_pb2_grpc.add_HealthServicer_to_server(health.aio.HealthServicer(), server)  # type: ignore[attr-defined]  # its stubs leave aio out
    address = bind(server, "127.0.0.1:0", certificate)
    await server.start()
    try:
        yield f"grpcs://{address}"
    finally:
        await server.stop(None)


async def answered(address: str, trusted: Trust) -> bool:
    """Whether a call gets through."""
    async with aio_channel(address, trusted) as channel:
        try:
            await health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest(), timeout=5)
        except grpc.aio.AioRpcError as error:
            return error.code() not in {grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED}
    return True


async def test_a_server_is_known_by_its_authority_and_by_no_other(tmp_path: Path) -> None:
    ours, others = Authority(tmp_path), Authority(tmp_path, "others")

    async with serving(Certificate(*ours.certified("hub"))) as address:
        assert await answered(address, trust(str(ours.file), None, None))
        assert not await answered(address, trust(str(others.file), None, None))
        assert not await answered(address.replace("grpcs://", "grpc://"), Trust())


async def test_a_renewed_certificate_is_served_from_then_on(tmp_path: Path) -> None:
    before, after = Authority(tmp_path, "before"), Authority(tmp_path, "after")
    async with serving(Certificate(*before.certified("hub"))) as address:
        assert await answered(address, trust(str(before.file), None, None))

        after.certified("hub")

        assert await answered(address, trust(str(after.file), None, None))
        assert not await answered(address, trust(str(before.file), None, None))


async def test_files_that_were_renewed_by_half_leave_the_certificate_of_before_in_use(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    authority = Authority(tmp_path)
    certificate, key = authority.certified("hub")
    async with serving(Certificate(certificate, key)) as address:
        key.write_bytes(authority.certified("other")[1].read_bytes())

        assert await answered(address, trust(str(authority.file), None, None))
    assert "stays in use" in caplog.text


async def test_callers_who_must_show_a_certificate_show_one_of_the_named_authority(tmp_path: Path) -> None:
    authority, others = Authority(tmp_path), Authority(tmp_path, "others")
    async with serving(Certificate(*authority.certified("hub"), authority.file)) as address:
        known = str(authority.file)

        assert await answered(address, trust(known, *authority.certified("shop")))
        assert not await answered(address, trust(known, *others.certified("stranger")))
        assert not await answered(address, trust(known, None, None))


def test_what_cannot_be_served_with_is_named(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    certificate, key = authority.certified("hub")
    other_key = authority.certified("other")[1]

    with pytest.raises(CertificateUnusable, match="is not the key of"):
        Certificate(certificate, other_key)
    with pytest.raises(CertificateUnusable, match=r"nowhere\.pem cannot be read"):
        Certificate(tmp_path / "nowhere.pem", key)
    with pytest.raises(CertificateUnusable, match="is no PEM"):
        Certificate(key, key)
    with pytest.raises(CertificateUnusable, match="CROSSDOCK_TLS_KEY together"):
        certificate_of(Settings(tmp_path, tls_certificate=certificate))


@pytest.mark.parametrize("address", ["127.0.0.1:7443", "localhost:7443", "[::1]:7443", "unix:/run/hub"])
def test_this_machine_is_served_in_plain_text(tmp_path: Path, address: str) -> None:
    assert exposed(address, Settings(tmp_path)) is None


@pytest.mark.parametrize("address", ["0.0.0.0:7443", "[::]:7443", "10.1.2.3:7443", "127.example:7443"])
def test_other_machines_are_served_with_tls_or_in_plain_text_by_name(tmp_path: Path, address: str) -> None:
    certificate, key = Authority(tmp_path).certified("hub")

    assert "CROSSDOCK_PLAIN_TEXT=yes" in (exposed(address, Settings(tmp_path)) or "")
    assert exposed(address, Settings(tmp_path, plain_text=True)) is None
    assert exposed(address, Settings(tmp_path, tls_certificate=certificate, tls_key=key)) is None

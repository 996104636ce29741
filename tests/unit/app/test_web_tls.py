"""TLS of the HTTP port is that of gRPC's: the same certificate, renewed in use, and the same authority of callers."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from hub.api.edge.access import Access
from hub.api.servicers import rpcs_served
from hub.api.web.application import WebApplication
from hub.app.runtime import web_server
from hub.app.runtime.tls import Certificate
from hub.config.web import WebSettings
from tests.support.unused_deps import UNUSED_DEPS
from tools.certificates import Authority


@asynccontextmanager
async def serving(certificate: Certificate) -> AsyncIterator[str]:
    """Serve HTTP with a certificate; gives the address."""
    settings = WebSettings()
    application = WebApplication(rpcs_served(UNUSED_DEPS, Access({})), settings, _never)
    at = web_server.listening("127.0.0.1:0", shared=False)
    port = at.getsockname()[1]
    async with web_server.serving(application, at, settings, certificate=certificate, grace_seconds=0):
        yield f"127.0.0.1:{port}"


async def _never() -> bool:
    return False


async def answered(url: str, authority: Path, own: tuple[Path, Path] | None = None) -> bool:
    """Whether a call gets through."""
    trusted = ssl.create_default_context(cafile=str(authority))
    if own:
        trusted.load_cert_chain(*own)
    async with httpx.AsyncClient(verify=trusted) as client:
        try:
            return (await client.get(url)).status_code == 503
        except httpx.HTTPError:
            return False


async def test_a_renewed_certificate_is_served_from_then_on(tmp_path: Path) -> None:
    before, after = Authority(tmp_path, "before"), Authority(tmp_path, "after")
    async with serving(Certificate(*before.certified("hub"))) as address:
        assert await answered(f"https://{address}/health", before.file)
        assert not await answered(f"https://{address}/health", after.file)
        assert not await answered(f"http://{address}/health", before.file)

        after.certified("hub")

        assert await answered(f"https://{address}/health", after.file)
        assert not await answered(f"https://{address}/health", before.file)


async def test_callers_who_must_show_a_certificate_show_one_of_the_named_authority(tmp_path: Path) -> None:
    authority, others = Authority(tmp_path), Authority(tmp_path, "others")
    async with serving(Certificate(*authority.certified("hub"), authority.file)) as address:
        assert await answered(f"https://{address}/health", authority.file, authority.certified("shop"))
        assert not await answered(f"https://{address}/health", authority.file, others.certified("stranger"))
        assert not await answered(f"https://{address}/health", authority.file)

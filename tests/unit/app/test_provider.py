"""A real identity provider: its keys are found by discovery, followed when they change, and asked for sparingly."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import httpx
import oidc_provider_mock
import pytest

from hub.api.edge.bearer import Identity, Verifier
from hub.app.runtime.provider import PATIENCE_SECONDS, ProviderUnusable, follow_keys, published
from hub.kernel.errors import Unauthenticated

BACK = "http://127.0.0.1/back"


@pytest.fixture
def issuer() -> Iterator[str]:
    """A provider that runs."""
    with oidc_provider_mock.run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


def id_token(issuer: str, subject: str) -> str:
    """A token as the provider gives it to a client, by the flow with a code."""
    stated = {"client_id": "crossdock", "redirect_uri": BACK, "response_type": "code", "scope": "openid"}
    with httpx.Client(base_url=issuer) as client:
        agreed = client.post("/oauth2/authorize", params=stated, data={"sub": subject})
        code = httpx.URL(agreed.headers["location"]).params["code"]
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK}
        answered = client.post("/oauth2/token", data=form, auth=("crossdock", "any"))
    return str(answered.json()["id_token"])


@asynccontextmanager
async def following(verifier: Verifier, clock: list[float]) -> AsyncIterator[asyncio.Event]:
    """Follow keys; the event is set each time they were read. The clock is set by hand."""
    ending, read = asyncio.Event(), asyncio.Event()
    task = asyncio.create_task(follow_keys(verifier, ending, lambda: clock[0], changed=read.set))
    try:
        yield read
    finally:
        ending.set()
        await task


async def test_a_token_of_the_provider_shows_whom_it_names(issuer: str) -> None:
    verifier = Verifier(issuer, "crossdock", now=time.time)
    async with following(verifier, [0.0]) as read:
        await asyncio.wait_for(read.wait(), 30)
        token = await asyncio.to_thread(id_token, issuer, "web-shop")

        assert verifier.verify(token).identity == Identity(issuer, "web-shop")


async def test_an_unknown_key_has_the_keys_read_again_but_not_for_each_forged_token() -> None:
    clock, forged = [0.0], "eyJhbGciOiJSUzI1NiIsImtpZCI6Im5vd2hlcmUifQ.e30.c2ln"
    with oidc_provider_mock.run_server_in_thread() as server:
        issuer = f"http://localhost:{server.server_port}"
        verifier = Verifier(issuer, "crossdock", now=time.time)
        async with following(verifier, clock) as read:
            await asyncio.wait_for(read.wait(), 30)
            read.clear()
            with pytest.raises(Unauthenticated):
                verifier.verify(forged)
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(read.wait(), 1.2)

            clock[0] += PATIENCE_SECONDS
            await asyncio.wait_for(read.wait(), 30)

    assert not verifier.unknown_key


async def test_a_provider_that_says_it_is_another_one_is_not_believed(issuer: str) -> None:
    async with httpx.AsyncClient() as client:
        with pytest.raises(ProviderUnusable, match="it says that it is"):
            await published(issuer.replace("localhost", "127.0.0.1") + "/", client)


async def test_a_provider_that_is_away_is_told_of(caplog: pytest.LogCaptureFixture) -> None:
    verifier, ending, read = (
        Verifier("http://127.0.0.1:1", "crossdock", now=time.time),
        asyncio.Event(),
        asyncio.Event(),
    )
    ending.set()

    await follow_keys(verifier, ending, lambda: 0.0, changed=read.set)

    assert not read.is_set()
    assert "those known before count" in caplog.text

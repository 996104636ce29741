"""Follows the keys of an identity provider, off the path of calls: at start, then and again, and for an unknown key."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any, Final

import httpx

from hub.api.edge.bearer import Verifier
from hub.app.process.shutdown import until

log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 0.5
RENEW_SECONDS: Final = 600.0
PATIENCE_SECONDS: Final = 10.0
"""Between two tries: after a failure, or for an unknown key, so that forged tokens ask the provider nothing more."""
_TIMEOUT: Final = httpx.Timeout(5.0)
_DISCOVERY: Final = "/.well-known/openid-configuration"


class ProviderUnusable(Exception):
    """The provider's metadata cannot be used; the message says why."""


async def follow_keys(
    verifier: Verifier, ending: asyncio.Event, now: Callable[[], float], *, changed: Callable[[], None]
) -> None:
    """Keep a verifier's keys those of its provider until the end; `changed` is told of each time they were read.

    `now` is the loop's clock.
    """
    due, tried = now(), now() - PATIENCE_SECONDS
    async with httpx.AsyncClient(timeout=_TIMEOUT, follow_redirects=False) as client:
        while True:
            wanted = now() >= due or verifier.unknown_key
            if wanted and now() - tried >= PATIENCE_SECONDS:
                tried = now()
                if await _renewed(verifier, client):
                    changed()
                    due = now() + RENEW_SECONDS
            if await until(ending, LOOK_SECONDS):
                return


async def _renewed(verifier: Verifier, client: httpx.AsyncClient) -> bool:
    try:
        verifier.set_keys(await published(verifier.issuer, client))
    except (httpx.HTTPError, ProviderUnusable, ValueError) as error:
        log.warning("the keys of %s cannot be read: %s; those known before count", verifier.issuer, error)
        return False
    return True


async def published(issuer: str, client: httpx.AsyncClient) -> dict[str, Any]:
    """Return the keys that a provider publishes. Raises HTTPError, ProviderUnusable, ValueError."""
    stated = await _document(issuer.rstrip("/") + _DISCOVERY, client)
    if stated.get("issuer") != issuer:
        raise ProviderUnusable(f"it says that it is {stated.get('issuer')!r}")
    keys_at = str(stated.get("jwks_uri", ""))
    if httpx.URL(keys_at).scheme != httpx.URL(issuer).scheme:
        raise ProviderUnusable(f"its keys are at {keys_at!r}, which is reached otherwise than the issuer")
    return await _document(keys_at, client)


async def _document(url: str, client: httpx.AsyncClient) -> dict[str, Any]:
    answered = await client.get(url)
    answered.raise_for_status()
    document = answered.json()
    if not isinstance(document, dict):
        raise ProviderUnusable(f"{url} is no JSON object")
    return document

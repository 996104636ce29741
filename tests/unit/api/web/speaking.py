"""An HTTP port in front of a hub in one test, and what its answers say."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

import httpx
from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message

from hub.api.web.application import WebApplication
from hub.app.runtime import web_server
from hub.config.web import WebSettings
from tests.unit.api.serving import Served

QUICK: Final = WebSettings(connections=64, head_seconds=1, write_seconds=1, keep_alive_seconds=5)
"""Limits that a test can wait for."""


@asynccontextmanager
async def http_port(
    hub: Served, settings: WebSettings = QUICK, *, ending: asyncio.Event | None = None
) -> AsyncIterator[int]:
    """Serve a hub over HTTP until left or `ending` is set; gives the port."""
    at = web_server.listening("127.0.0.1:0", shared=False)
    port: int = at.getsockname()[1]
    async with web_server.serving(
        WebApplication(hub.rpcs, settings, _yes), at, settings, ending=ending, grace_seconds=10
    ):
        yield port


async def _yes() -> bool:
    return True


def client(port: int, principal: str = "admin") -> httpx.AsyncClient:
    """Return a client with the token of a principal; none for an empty name."""
    headers = {"authorization": f"Bearer {principal}"} if principal else {}
    return httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=30)


def told(answer: httpx.Response) -> tuple[int, str, list[str]]:
    """Return status code, reason and violated fields of a refusal."""
    return answer.status_code, *reason_and_fields(answer.json())


def reason_and_fields(status: Mapping[str, Any]) -> tuple[str, list[str]]:
    """Return reason and violated fields of google.rpc.Status as JSON."""
    details = status.get("details", [])
    reasons = [detail["reason"] for detail in details if detail["@type"].endswith("google.rpc.ErrorInfo")]
    fields = [violation["field"] for detail in details for violation in detail.get("fieldViolations", [])]
    return (reasons or [""])[0], fields


def as_json(message: Message) -> dict[str, Any]:
    """Return a message as the JSON object that a client sends."""
    found: dict[str, Any] = MessageToDict(message)
    return found

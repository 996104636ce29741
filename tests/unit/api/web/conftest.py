"""A hub served over HTTP, and a client with the administrator's token."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.unit.api.serving import Served
from tests.unit.api.web.speaking import client, http_port


@pytest.fixture
async def port(hub: Served) -> AsyncIterator[int]:
    async with http_port(hub) as port:
        yield port


@pytest.fixture
async def web(port: int) -> AsyncIterator[httpx.AsyncClient]:
    async with client(port) as speaking:
        yield speaking

"""The receivers of the examples take what the hub posts, once, and refuse what it did not sign."""

from __future__ import annotations

import asyncio
import shutil
import socket
import sys
import time
from collections.abc import Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Final

import pytest

from hub.connect.failures import CallFailure
from hub.connect.webhooks import WebhookSender
from hub.webhooks.model import Signature
from hub.webhooks.policy.signatures import Sending, headers, shown_secret

FOLDER: Final = Path(__file__).parents[2] / "examples" / "webhook_receivers"
RECEIVERS: Final = {"python": [sys.executable, "receiver.py"], "node": ["node", "receiver.js"]}
SECRET, OTHER = b"s" * 32, b"o" * 32
BODY: Final = b'{"type":"OrderPlaced","event":{"orderId":"1"}}'


@pytest.mark.parametrize("language", RECEIVERS)
async def test_a_receiver_takes_an_event_once_and_refuses_what_is_forged(language: str) -> None:
    command = RECEIVERS[language]
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed here")
    port = _free_port()
    program = await asyncio.create_subprocess_exec(
        *command, str(port), shown_secret(SECRET), cwd=FOLDER, stdout=asyncio.subprocess.PIPE
    )
    sender = WebhookSender([ip_network("127.0.0.0/8")])
    url = f"http://127.0.0.1:{port}/"
    try:
        attempt = Sending("event-1", int(time.time()), url, BODY)
        good = headers(Signature.STANDARD, [OTHER, SECRET], attempt)
        statuses = [await _posted(sender, url, head) for head in (good, good)]
        forged = await _posted(sender, url, headers(Signature.STANDARD, [OTHER], attempt))
        late = Sending("event-2", int(time.time()) - 3600, url, BODY)
        stale = await _posted(sender, url, headers(Signature.STANDARD, [SECRET], late))
    finally:
        program.kill()
        printed, _ = await program.communicate()
        await sender.aclose()

    assert (statuses, forged, stale) == ([204, 204], 401, 401)
    assert printed.decode().split() == ["OrderPlaced", "1"]


async def _posted(sender: WebhookSender, url: str, head: Mapping[str, str]) -> int:
    """Post, as soon as the receiver listens."""
    async with asyncio.timeout(30):
        while True:
            try:
                return (await sender.post(url, head, BODY)).status
            except CallFailure:
                await asyncio.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port

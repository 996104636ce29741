"""How exceptions about webhooks are raised."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from hub.api.setup.webhook_changes import PUT_WEBHOOK
from hub.connect.webhooks import Response, WebhookSender
from hub.flows.upkeep.keep_webhooks import WebhookDraft
from tests.support.world import World
from tests.unit.api.serving import Served


def answering(patch: pytest.MonkeyPatch, *statuses: int) -> None:
    """Have the receivers of webhooks answer these, the last one from then on."""
    left = list(statuses)

    async def post(*_: object) -> Response:
        return Response(left.pop(0) if len(left) > 1 else left[0])

    patch.setattr(WebhookSender, "post", post)


async def undelivered(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    answering(patch, 500)
    await listened(hub.world)
    await hub.world.advance(timedelta(hours=49))


async def receiver_gone(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    answering(patch, 410, 200)
    await listened(hub.world)


async def listened(world: World) -> None:
    await world.ask(PUT_WEBHOOK, WebhookDraft(None, world.identity(), b"s" * 32, "https://hooks.example"))
    await world.stock("CUP", "DC-NL", 1)
    await world.settle()

"""What is kept for a time only is forgotten, and nothing before its time."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

from hub.database.requests import RETENTION, RequestKey, claim
from hub.flows.forget_expired import FORGET_TIMER, begin, forget_expired
from hub.inbox.model import RETENTION as DOCUMENTS_KEPT
from hub.kernel.scope import HUB
from tests.support.world import TUESDAY, World, opened

KEY = RequestKey(UUID(int=7), b"f" * 32)


async def is_new(world: World) -> bool:
    """Whether a request key is taken for a new one."""
    async with world.database.transaction() as tx:
        (answer,) = await claim(tx, "somebody", "PlaceOrder", [KEY], at=TUESDAY)
    return answer is None


async def test_request_keys_are_forgotten_after_a_week_and_not_before(database_url: str, tmp_path: Path) -> None:
    async with opened(database_url, tmp_path) as world:
        assert await is_new(world)
        async with world.database.transaction() as tx:
            await begin(tx, TUESDAY)

        await world.advance(RETENTION)
        assert not await is_new(world), "a week later the request is still remembered"
        await world.advance(timedelta(days=1))
        assert await is_new(world)


async def test_contents_of_documents_expire(database_url: str, tmp_path: Path) -> None:
    async with opened(database_url, tmp_path) as world:
        await world.receive("shopify", b'{"order": {}}')
        async with world.database.transaction() as tx:
            unit = await world.surroundings.unit(tx, HUB)
            assert await forget_expired(unit) == (0, 0)
        kept = "SELECT content IS NOT NULL AS kept FROM document"

        await world.advance(DOCUMENTS_KEPT - timedelta(days=1))
        assert [row["kept"] for row in await world.rows(kept)] == [True]
        await world.advance(timedelta(days=2))
        assert [row["kept"] for row in await world.rows(kept)] == [False]
        assert await world.rows("SELECT 1 FROM timer WHERE kind = %(kind)s", kind=FORGET_TIMER)

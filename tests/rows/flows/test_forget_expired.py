"""What is kept for a time only is forgotten, and nothing before its time."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

from hub.api.orders.changes import PLACE_ORDER
from hub.database.requests import RETENTION, RequestKey, claim
from hub.flows.upkeep.forget_expired import Forgotten, Retention, begin, forget_expired
from hub.inbox.model import RETENTION as DOCUMENTS_KEPT
from hub.kernel.scope import HUB
from hub.network.model import ShortagePolicy
from hub.orders.lifecycle import OrderState
from hub.outbox import operations as outbox
from hub.outbox.model import EventRecord, MessageRecord
from tests.support.drafts import draft, line
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
            flow = await world.surroundings.flow_context(tx, HUB)
            assert await forget_expired(flow, Retention()) == Forgotten(0, 0, 0, 0)
        kept = "SELECT content IS NOT NULL AS kept FROM document"

        await world.advance(DOCUMENTS_KEPT - timedelta(days=1))
        assert [row["kept"] for row in await world.rows(kept)] == [True]
        await world.advance(timedelta(days=2))
        assert [row["kept"] for row in await world.rows(kept)] == [False]
        assert await world.rows("SELECT 1 FROM timer WHERE kind = 'forget_expired'")


async def test_a_full_chunk_is_followed_by_the_next_one_at_once(database_url: str, tmp_path: Path) -> None:
    async with opened(database_url, tmp_path) as world:
        async with world.database.transaction() as tx:
            keys = [RequestKey(UUID(int=number), b"f" * 32) for number in range(5)]
            await claim(tx, "somebody", "PlaceOrder", keys, at=TUESDAY - RETENTION - timedelta(seconds=1))
        forgotten = []
        due = []
        for _ in range(3):
            async with world.database.transaction() as tx:
                flow = await world.surroundings.flow_context(tx, HUB)
                forgotten.append((await forget_expired(flow, Retention(), chunk=2)).keys)
            (timer,) = await world.rows("SELECT due_at FROM timer WHERE kind = 'forget_expired'")
            due.append(timer["due_at"] - flow.at)

    assert forgotten == [2, 2, 1]
    assert due == [timedelta(0), timedelta(0), timedelta(days=1)]


async def test_what_is_over_leaves_the_tables_of_work_and_is_still_told(database_url: str, tmp_path: Path) -> None:
    async with opened(database_url, tmp_path) as world:
        async with world.database.transaction() as tx:
            await begin(tx, TUESDAY)
        await world.stock("SHIRT", "DC-NL", 10)
        request_id = world.identity()
        placed = await world.ask(PLACE_ORDER, draft("W-1", [line("SHIRT", 2, "50.00")]), request_id=request_id)
        await world.advance(timedelta(days=2))
        told = await told_of(world, placed.order_id)
        assert len(told[0]) > 5
        assert await world.rows("SELECT FROM message WHERE order_id IS NOT NULL")

        await world.advance(timedelta(days=4))
        again = await world.ask(PLACE_ORDER, draft("W-1", [line("SHIRT", 2, "50.00")]), request_id=request_id)
        assert again.order_id == placed.order_id
        await world.advance(timedelta(days=100))

        assert await world.rows("SELECT FROM message WHERE order_id IS NOT NULL") == []
        assert len(await world.rows("SELECT FROM event")) == 1, "the last one of the feed stays"
        assert await world.rows("SELECT FROM request") == []
        assert await world.rows("SELECT lane FROM lane WHERE NOT lane LIKE '%%forget_expired%%'") == []
        assert await told_of(world, placed.order_id) == told
        assert await world.audit() == []


async def test_an_order_goes_on_after_what_it_did_before_has_become_past(database_url: str, tmp_path: Path) -> None:
    async with opened(database_url, tmp_path) as world:
        async with world.database.transaction() as tx:
            await begin(tx, TUESDAY)
        await world.items("SHIRT")
        waiting = await world.place(draft("W-1", [line("SHIRT", 2, "50.00")], shortage_policy=ShortagePolicy.BACKORDER))
        await world.advance(timedelta(days=120))
        assert await world.rows("SELECT FROM past_event WHERE order_id IS NOT NULL")

        await world.stock("SHIRT", "DC-NL", 10)
        await world.advance(timedelta(days=4))

        assert (await world.case(waiting.order_id)).order.state is OrderState.CLOSED
        assert await world.audit() == []


async def told_of(world: World, order_id: UUID) -> tuple[list[MessageRecord], list[EventRecord]]:
    """Messages and events of an order."""
    async with world.database.reading() as tx:
        return await outbox.order_messages(tx, [order_id]), await outbox.order_events(tx, order_id)

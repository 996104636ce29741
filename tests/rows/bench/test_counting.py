"""What was written is counted row by row and column by column."""

from __future__ import annotations

from bench.counting import Inserted, differences
from hub.database.pool import Database
from hub.messages.tasks import ReadDocument
from hub.outbox import operations as outbox
from hub.outbox.model import Message
from tests.rows.outbox.making import AT, identity


async def sent(database: Database, *, order: bool) -> None:
    """Appends a message, about an order or about none."""
    async with database.transaction() as tx:
        given = Message(identity(), lane="a", payload=ReadDocument(identity()), order_id=identity() if order else None)
        await outbox.append(tx, [given], at=AT)


async def test_values_are_counted_besides_rows_and_only_what_is_new(database_url: str) -> None:
    async with Database(database_url, max_connections=2) as database:
        await sent(database, order=True)
        async with Inserted.begun(database_url) as counting:
            await sent(database, order=True)
            with_an_order = await counting.per("message")
        async with Inserted.begun(database_url) as counting:
            await sent(database, order=False)
            without = await counting.per("message")

    assert (with_an_order["message"], with_an_order["message.order_id"]) == (1, 1)
    assert differences(with_an_order, without) == (
        "the sides wrote different rows per order: message.order_id 1.000 against 0.000"
    )

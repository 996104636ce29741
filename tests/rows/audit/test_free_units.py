"""What counts as a free unit beside an order that waits for it: one that it may have, and that nobody works on."""

from __future__ import annotations

import pytest

from hub import audit
from hub.audit.invariant import AuditResult
from hub.database.tx import Tx
from tests.rows.audit import world

NOT_TO_BE_HAD = {
    "its hold keeps it from claiming any": """INSERT INTO hold (hold_id, order_id, type, status, reason, blocks,
        created_at, note) SELECT gen_random_uuid(), order_id, 'MANUAL', 'ACTIVE', '', '["release"]', now(), ''
        FROM slice WHERE state = 'BACKORDERED'""",
    "all orders that wait are tried again": """INSERT INTO timer (subject, kind, due_at, payload)
        VALUES ('stock', 'retry_waiting', now(), '{}')""",
    "it is tried again": """INSERT INTO message (message_id, lane, lane_number, kind, order_id, payload, priority,
        created_at) SELECT gen_random_uuid(), order_id::text, 1, 'order.release', order_id, '{}', 5, now() FROM slice
        WHERE state = 'BACKORDERED'""",
    "the nodes with units are closed": """UPDATE network SET document = jsonb_set(document, '{nodes}', (
        SELECT jsonb_agg(node || '{"closed": true}') FROM jsonb_array_elements(document -> 'nodes') AS node))""",
    "no lane goes there": """UPDATE network SET document = jsonb_set(document, '{lanes}', '[]')""",
    "its channel has other nodes": """UPDATE network SET document = jsonb_set(document, '{channels,0,node_ids}',
        '["ST-LON"]')""",
    "it is collected where none is": """UPDATE orders SET document = document || '{"pickup_node_id": "ST-LON"}'""",
    "safety stock": "UPDATE stock SET safety = on_hand",
    "kept for others": "UPDATE protection SET units = 99; UPDATE stock SET on_hand = 0 WHERE node_id <> 'DC-NL'",
    "it waits for another SKU": "UPDATE slice SET sku = 'HAT' WHERE state = 'BACKORDERED'",
}
"""By why an order may not have free units: how that is planted."""


async def looked_at(tx: Tx) -> AuditResult:
    return next(one for one in await audit.run(tx) if one.name == "free_units_given")


@pytest.fixture
async def waiting(tx: Tx) -> Tx:
    """A confirmed order that waits beside free units."""
    await world.make(tx)
    await tx.execute("ALTER TABLE stock DROP CONSTRAINT stock_covers_claims")
    await tx.execute("UPDATE orders SET state = 'CONFIRMED' WHERE state = 'PLACED'")
    return tx


async def test_an_order_that_waits_beside_units_it_may_have_is_named(waiting: Tx) -> None:
    (example,) = (await looked_at(waiting)).examples

    assert "SHIRT: 1 units wait" in example


@pytest.mark.parametrize("why", NOT_TO_BE_HAD)
async def test_units_that_it_may_not_have_are_no_fault(waiting: Tx, why: str) -> None:
    for statement in NOT_TO_BE_HAD[why].split("; "):
        await waiting.execute(statement)

    assert (await looked_at(waiting)).violations == 0

"""Whether the server runs the writes of one statement in the order that the fast path needs.

`Tx` sends what it holds back as one statement, and rooms lock rows in the order of their writes. PostgreSQL's manual
promises no order among the writes of a statement, so what is relied on is looked at, once when a process starts.
"""

from __future__ import annotations

import logging
from typing import Final

from psycopg.errors import InsufficientPrivilege

from hub.database.pool import Database
from hub.database.tx import Tx

log = logging.getLogger(__name__)

_TABLES: Final = ("probe_first", "probe_taken", "probe_second", "probe_third")
"""In the order in which they are to be written."""
_TURN: Final = "SELECT nextval('probe_turn')"
_ORDER: Final = " UNION ALL ".join(f"SELECT '{table}' AS name, turn FROM {table}" for table in _TABLES)


async def probe(database: Database) -> None:
    """Has `database` send each write alone, and the gate run batches checked, where the server's order is another.

    Writes to temporary tables, and leaves nothing behind. A server that does not let it counts as one whose order is
    another. Raises OperationalError where there is no server.
    """
    try:
        async with database.transaction() as tx:
            order = await _order_of_writes(tx)
    except InsufficientPrivilege:
        _fall_back(database, "The hub may make no temporary tables, so the order of writes is unknown")
        return
    if order != list(_TABLES) * 2:
        _fall_back(database, f"This server runs the writes of one statement in the order {', '.join(order)}")


async def _order_of_writes(tx: Tx) -> list[str]:
    """Return the tables of two statements in the order of their writes: nothing is counted in the first one."""
    await tx.execute("CREATE TEMPORARY SEQUENCE probe_turn")
    for table in _TABLES:
        await tx.execute(f"CREATE TEMPORARY TABLE {table} (turn bigint) ON COMMIT DROP")
    for counted in (None, 1):
        await tx.write(f"INSERT INTO probe_first (turn) {_TURN}", {})
        await tx.write(
            f"INSERT INTO probe_second (turn) {_TURN} FROM taken RETURNING turn",
            {},
            taking=("taken", f"INSERT INTO probe_taken (turn) {_TURN} RETURNING turn"),
            rows=counted,
        )
        await tx.write(f"INSERT INTO probe_third (turn) {_TURN}", {})
        await tx.flush()
    rows = await tx.fetch(f"SELECT name FROM ({_ORDER}) AS written ORDER BY turn")
    await tx.execute("DROP SEQUENCE probe_turn")
    return [row["name"] for row in rows]


def _fall_back(database: Database, reason: str) -> None:
    database.writes_together = False
    log.warning("%s: each write is sent alone, and batches run checked, which is slower.", reason)

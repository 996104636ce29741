"""Runs a batch in one transaction and, when the database refuses it, in ever smaller ones.

40001 and 40P01 (serialization, deadlock) retry the batch once; after that, and for any other error of the database, the
batch is halved until single elements stand alone, so that one bad row never fails its neighbors.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from psycopg import Error as DatabaseError
from psycopg import OperationalError
from psycopg.errors import DeadlockDetected, SerializationFailure

from hub.database.pool import Database
from hub.database.tx import Tx

C = TypeVar("C")
R = TypeVar("R")
Apply = Callable[[Tx, Sequence[C]], Awaitable[list[R]]]


async def run_batch(database: Database, elements: Sequence[C], apply: Apply[C, R]) -> list[R | DatabaseError]:
    """Applies `apply` to the elements, answers one result each, in order; an element that failed alone has its error.

    A lost connection is raised: nothing is known of the elements then, and the caller decides.
    """
    if not elements:
        return []
    for attempt in (1, 2):
        try:
            async with database.transaction() as tx:
                return [*await apply(tx, elements)]
        except (SerializationFailure, DeadlockDetected) as error:
            if attempt == 2:
                return await _halved(database, elements, apply, error)
        except OperationalError:
            raise
        except DatabaseError as error:
            return await _halved(database, elements, apply, error)
    raise AssertionError("unreachable: the second attempt returns or raises")


async def _halved(
    database: Database, elements: Sequence[C], apply: Apply[C, R], error: DatabaseError
) -> list[R | DatabaseError]:
    if len(elements) == 1:
        return [error]
    middle = len(elements) // 2
    first = await run_batch(database, elements[:middle], apply)
    return first + await run_batch(database, elements[middle:], apply)

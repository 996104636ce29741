"""How fast a backlog drains is counted from what was settled and what came within a span of business time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hub.database.pool import Database
from hub.outbox import operations as outbox
from hub.outbox.model import Pace
from tests.rows.outbox.making import AT, NOW, appended, claimed, message, minutes, settled

MINUTE = timedelta(minutes=1)


async def test_what_was_settled_less_what_came_is_what_a_backlog_lost(database: Database) -> None:
    await appended(database, *[message(f"old-{number}") for number in range(6)], at=AT - minutes(10))
    claims = await claimed(database, NOW, limit=4)
    await settled(database, claims[0], at=AT - minutes(2))
    await settled(database, *claims[1:], at=AT)
    await appended(database, message("new"), at=AT)

    async with database.reading() as tx:
        pace = await outbox.pace(tx, AT - MINUTE)

    assert pace == Pace(settled=3, drained=2)


@pytest.mark.parametrize(
    ("pace", "due", "span"),
    [
        (Pace(settled=900, drained=600), 80_000, MINUTE * 80_000 / 600),
        (Pace(settled=900, drained=600), 0, None),
        (Pace(settled=900, drained=0), 80_000, None),
        (Pace(settled=900, drained=-5), 80_000, None),
    ],
)
def test_a_backlog_that_does_not_shrink_has_no_end_to_see(pace: Pace, due: int, span: timedelta | None) -> None:
    assert pace.span_for(due, MINUTE) == span

"""The audit after a test: whatever a test did to rows, every invariant holds at its end.

A folder whose tests write rows makes it automatic in its conftest: a fixture with `autouse=True` that asks for
`audited`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import pytest

from hub import audit
from hub.database.pool import Database

DATABASES = ("database_url", "module_database_url")
"""Fixtures that hand a test a database, the narrowest first."""


@pytest.fixture
async def audited(request: pytest.FixtureRequest) -> AsyncIterator[None]:
    """Fails the test at its end when an invariant is broken in the database it was given; without one, does nothing."""
    given = next((name for name in DATABASES if name in request.fixturenames), None)
    url: str | None = request.getfixturevalue(given) if given else None
    yield
    if url is not None:
        broken = await violations(url)
        assert not broken, "\n".join(broken)


async def violations(url: str) -> list[str]:
    """The broken invariants of a database, each with what is broken, as lines for people."""
    async with Database(url, max_connections=1) as database, database.reading() as tx:
        return broken_lines(await audit.run(tx))


def broken_lines(results: Sequence[audit.AuditResult]) -> list[str]:
    """A line per broken invariant: its name, what it says, how often it is broken, examples."""
    return [
        f"{one.name} ({one.statement}) {one.violations} of {one.checked}: {'; '.join(one.examples)}"
        for one in results
        if one.violations
    ]

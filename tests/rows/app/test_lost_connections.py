"""A database that went and came back costs nobody a transaction."""

from __future__ import annotations

import grpc
import psycopg

from hub.api.edge.refusals import answer_to
from hub.database.pool import Database


async def test_connections_that_the_server_dropped_are_left_for_another(database_url: str) -> None:
    async with Database(database_url, max_connections=3) as database:
        async with database.transaction() as first, database.transaction() as second:
            pids = [(await tx.fetch("SELECT pg_backend_pid() AS pid"))[0]["pid"] for tx in (first, second)]
        async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as other:
            await other.execute("SELECT pg_terminate_backend(pid) FROM unnest(%s::int[]) AS gone(pid)", [pids])

        async with database.transaction() as tx:
            assert await tx.fetch("SELECT 1 AS one") == [{"one": 1}]


async def test_a_transaction_that_fails_is_rolled_back_and_its_connection_goes_on(database_url: str) -> None:
    async with Database(database_url, max_connections=1) as database:
        async with database.transaction() as tx:
            await tx.execute("CREATE TABLE scratch (n integer)")
        try:
            async with database.transaction() as tx:
                await tx.execute("INSERT INTO scratch VALUES (1)")
                raise KeyError("given up")
        except KeyError:
            pass

        async with database.transaction() as tx:
            assert await tx.fetch("SELECT count(*) AS n FROM scratch") == [{"n": 0}]


def test_a_database_that_is_away_is_unavailable_and_says_when_to_come_again() -> None:
    answer = answer_to(psycopg.OperationalError("secret of the server"), rpc="OrderService.GetOrder", trace_id="0af7")

    assert answer.code is grpc.StatusCode.UNAVAILABLE
    assert "same request_id" in answer.message
    assert "secret" not in answer.message

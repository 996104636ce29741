"""The databases that tests are given."""

from __future__ import annotations

import psycopg

from hub.database import migrate
from tests.support.postgres import fresh_database


def test_a_test_is_given_a_database_that_is_not_behind(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        assert migrate.behind(connection) == []
        assert not [one.name for one in migrate.status(connection) if one.applied_at is None]


def test_what_one_test_writes_the_next_does_not_see(embedded_url: str, database_template: str) -> None:
    with fresh_database(embedded_url, database_template) as first, psycopg.connect(first) as connection:
        connection.execute("CREATE TABLE left_here (id int)")
    with fresh_database(embedded_url, database_template) as second, psycopg.connect(second) as connection:
        assert connection.execute("SELECT to_regclass('left_here')").fetchone() == (None,)


def test_the_tests_of_a_module_share_a_database(module_database_url: str) -> None:
    with psycopg.connect(module_database_url) as connection:
        assert connection.execute("SELECT current_database() LIKE 'test_%'").fetchone() == (True,)

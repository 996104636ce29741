"""The role that runs the hub reads and writes rows. It changes no schema, and nothing that must stay as it was."""

from __future__ import annotations

from datetime import UTC, datetime

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege, RaiseException

from hub.app.runtime import schema
from hub.database import grants
from hub.database.grants import RoleUnknown
from hub.database.migrate import MigrationNotAllowed
from hub.database.months import make_months
from hub.database.pool import Database
from tests.support.postgres import APPLICATION


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE scratch (n integer)",
        "ALTER TABLE orders ADD COLUMN scratch integer",
        "DROP TABLE snapshot_chunk",
        "TRUNCATE orders",
        "UPDATE audit_entry SET principal = 'somebody'",
        "DELETE FROM audit_entry",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "UPDATE schema_migration SET checksum = ''",
    ],
)
def test_it_may_not_change_the_schema_the_audit_log_or_what_was_migrated(application_url: str, statement: str) -> None:
    with psycopg.connect(application_url) as connection, pytest.raises(InsufficientPrivilege):
        connection.execute(statement)


async def test_it_makes_months_of_the_past_and_no_other_table(application_url: str) -> None:
    december = datetime(2026, 12, 31, 23, 59, tzinfo=UTC)
    async with Database(application_url, max_connections=2) as database:
        async with database.transaction() as tx:
            await make_months(tx, "past_event", [december, december])
            made = await tx.fetch(
                "SELECT pg_get_expr(relpartbound, oid) AS bound FROM pg_class WHERE relname = 'past_event_2026_12'"
            )
        with pytest.raises(RaiseException, match="no table of the past"):
            async with database.transaction() as tx:
                await make_months(tx, "orders", [december])

    assert made == [{"bound": "FOR VALUES FROM ('2026-12-01 00:00:00+00') TO ('2027-01-01 00:00:00+00')"}]


def test_a_role_that_was_not_let_to_a_table_is_an_obstacle_with_the_command(
    application_url: str, database_url: str
) -> None:
    assert schema.obstacle(application_url) is None
    with psycopg.connect(database_url) as owner:
        owner.execute(f"REVOKE ALL ON orders FROM {APPLICATION}")

    sentence = schema.obstacle(application_url) or ""

    assert "may not read orders" in sentence
    assert f"`crossdock migrate pre --grant-to {APPLICATION}`" in sentence


def test_a_role_without_rights_may_not_migrate_and_is_told_which_may(application_url: str) -> None:
    with pytest.raises(MigrationNotAllowed, match="Name the role that owns the schema in CROSSDOCK_DATABASE_URL"):
        schema.migrated(application_url, "pre")


def test_rights_are_given_again_with_each_migration_and_only_to_a_role_that_is_there(
    application_url: str, database_url: str
) -> None:
    with psycopg.connect(database_url) as owner:
        owner.execute(f"REVOKE ALL ON orders FROM {APPLICATION}")

    schema.migrated(database_url, "pre", grant_to=APPLICATION)

    assert schema.obstacle(application_url) is None
    with pytest.raises(RoleUnknown, match="CREATE ROLE nobody_known LOGIN"):
        schema.migrated(database_url, "pre", grant_to="nobody_known")


def test_the_rights_of_each_migrated_table_are_given(database_url: str) -> None:
    with psycopg.connect(database_url) as owner:
        owner.execute("CREATE TABLE later (n integer)")
        owner.execute(f"SET ROLE {APPLICATION}")
        assert "may not read later" in (grants.lacking(owner) or "")
        owner.execute("RESET ROLE")
        grants.grant(owner, APPLICATION)
        owner.execute(f"SET ROLE {APPLICATION}")
        assert grants.lacking(owner) is None

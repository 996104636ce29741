"""What the role of the running hub may do: read and write rows. The schema belongs to the role that migrates it.

Of what others must not be able to change afterwards, it may do less: entries of the audit log are only added, and what
was migrated is only read.
"""

from __future__ import annotations

from typing import Any, Final

import psycopg
from psycopg import sql

_GRANTS: Final = (
    "GRANT USAGE ON SCHEMA {schema} TO {role}",
    "GRANT TEMPORARY ON DATABASE {database} TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role}",
    "GRANT EXECUTE ON FUNCTION make_month_of_past TO {role}",
    "REVOKE INSERT, UPDATE, DELETE ON schema_migration FROM {role}",
    "REVOKE UPDATE, DELETE ON audit_entry FROM {role}",
)
_LACKING: Final = """
SELECT current_user, relname FROM pg_class
WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v') AND NOT relispartition
    AND NOT has_table_privilege(oid, 'SELECT')
ORDER BY relname LIMIT 1
"""


class RoleUnknown(Exception):
    """The server has no role of this name; the message says how to make it."""


def grant(connection: psycopg.Connection[Any], role: str) -> None:
    """Let a role run the hub on the schema as it is now. Safe to repeat. Raises RoleUnknown."""
    with connection.transaction():
        if connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).fetchone() is None:
            raise RoleUnknown(f"There is no role {role}. Make it first: CREATE ROLE {role} LOGIN PASSWORD '...'")
        database, schema = connection.execute("SELECT current_database(), current_schema()").fetchall()[0]
        names = {"role": role, "database": database, "schema": schema}
        for statement in _GRANTS:
            connection.execute(sql.SQL(statement).format(**{name: sql.Identifier(of) for name, of in names.items()}))


def lacking(connection: psycopg.Connection[Any]) -> str | None:
    """Return which table the connection's role may not read, as a sentence with what helps; None when it may."""
    row = connection.execute(_LACKING).fetchone()
    if row is None:
        return None
    role, table = row
    return (
        f"The database role {role} may not read {table}. Run `crossdock migrate pre --grant-to {role}` as the role that"
        " owns the schema."
    )

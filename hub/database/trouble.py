"""Why a database cannot be used, as a sentence with what helps: each cause in words of its own, no secret in any."""

from __future__ import annotations

from typing import Final

import psycopg
from psycopg import errors
from psycopg_pool import PoolTimeout

UNREACHABLE: Final = "The database cannot be reached; is it running, and is CROSSDOCK_DATABASE_URL right?"
SILENT: Final = "The database does not answer in time; look for what it waits for in pg_stat_activity."
_PASSWORD: Final = "The database refuses the role or its password; correct CROSSDOCK_DATABASE_URL."  # noqa: S105 (no password)
_NO_DATABASE: Final = "The server has no database of this name; create it, or correct CROSSDOCK_DATABASE_URL."
_STARTING: Final = "The database is starting, recovering or shutting down; wait for it."
_FULL: Final = (
    "The database takes no more connections; lower CROSSDOCK_DATABASE_CONNECTIONS or the number of processes, or raise"
    " max_connections of the server."
)
_BUSY: Final = (
    "All connections of this process are in use; raise CROSSDOCK_DATABASE_CONNECTIONS, or look for slow statements in"
    " pg_stat_activity."
)
_BY_CLASS: Final[tuple[tuple[type[psycopg.Error] | tuple[type[psycopg.Error], ...], str], ...]] = (
    (
        errors.ReadOnlySqlTransaction,
        "The database is read-only: it is a standby, or it was set so; name the primary in CROSSDOCK_DATABASE_URL.",
    ),
    (errors.DiskFull, "The disk of the database is full; make room on it."),
    (errors.TooManyConnections, _FULL),
    (PoolTimeout, _BUSY),
    ((errors.QueryCanceled, errors.LockNotAvailable), SILENT),
    ((errors.InvalidPassword, errors.InvalidAuthorizationSpecification), _PASSWORD),
    (errors.InvalidCatalogName, _NO_DATABASE),
    ((errors.CannotConnectNow, errors.AdminShutdown, errors.CrashShutdown), _STARTING),
)
_BY_TEXT: Final = (
    (("too many clients", "connection slots", "too many connections", "no more connections"), _FULL),
    (("password", "authentication failed", "no pg_hba.conf entry"), _PASSWORD),
    (("the database system is",), _STARTING),
    (('database "',), _NO_DATABASE),
    (('role "',), _PASSWORD),
)
"""Parts of what a server says to who connects. Such an error has no code; what a server says in another language than
English counts as unreachable."""


def trouble(error: psycopg.Error) -> str:
    """Return the sentence for an error of the database."""
    if isinstance(error, errors.InsufficientPrivilege):
        reason = error.diag.message_primary or "permission denied"
        return (
            f"The database role may not do what is needed: {reason}. Give it its rights with"
            " `crossdock migrate pre --grant-to ROLE`, run as the role that owns the schema."
        )
    for kinds, sentence in _BY_CLASS:
        if isinstance(error, kinds):
            return sentence
    said = str(error).lower()
    return next((sentence for parts, sentence in _BY_TEXT if any(part in said for part in parts)), UNREACHABLE)

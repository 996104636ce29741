"""`crossdock migrate`: brings the schema of a database to this release, in two phases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from hub.app.cli.session import AsJson, Session, session_of
from hub.app.client import REFUSED, UNREACHABLE, HubError
from hub.config import table

if TYPE_CHECKING:
    from hub.app.runtime.schema import DatabaseUnusable
    from hub.database.migrate import Phase

GrantTo = Annotated[
    str | None,
    typer.Option(
        "--grant-to",
        metavar="ROLE",
        help="Database role that may then run the hub: it reads and writes rows, and changes no schema.",
    ),
]


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    migrate = typer.Typer(help="Bring the database's schema to this release.", no_args_is_help=True)
    migrate.command("pre")(pre)
    migrate.command("post")(post)
    migrate.command("status")(status)
    app.add_typer(migrate, name="migrate")


def pre(context: typer.Context, *, grant_to: GrantTo = None, as_json: AsJson = False) -> None:
    """Apply the changes that this release needs; the release before keeps working beside it."""
    _apply(session_of(context, as_json=as_json), "pre", grant_to)


def post(context: typer.Context, *, grant_to: GrantTo = None, as_json: AsJson = False) -> None:
    """Apply the changes that must wait until the release before no longer runs."""
    _apply(session_of(context, as_json=as_json), "post", grant_to)


def status(context: typer.Context, *, as_json: AsJson = False) -> None:
    """List which changes are applied. Exit code 1 while this release needs one that is not."""
    from hub.app.runtime import schema  # noqa: PLC0415 (the driver is heavy, and only these commands need it)

    session = session_of(context, as_json=as_json)
    try:
        found = schema.status(_url(session))
    except schema.DatabaseUnusable as error:
        raise _unusable(error) from error
    behind = [one for one in found if one.applied_at is None and one.phase == "pre"]
    if session.output.as_json:
        rows = [
            {
                "name": one.name,
                "phase": one.phase,
                "applied_at": one.applied_at.isoformat() if one.applied_at else None,
                "known": one.known,
                "changed": one.changed,
            }
            for one in found
        ]
        session.output.json({"migrations": rows})
    else:
        told = [
            (one.name, one.applied_at.strftime("%Y-%m-%d %H:%M:%S") if one.applied_at else "not yet") for one in found
        ]
        session.output.table(("MIGRATION", "APPLIED"), told)
        for one in found:
            if one.changed:
                session.output.say(f"{one.name} was changed after it had been applied.", style="red")
            if not one.known:
                session.output.say(f"{one.name} was applied by a newer release.", style="dim")
    if behind:
        raise typer.Exit(REFUSED)


def _apply(session: Session, phase: Phase, grant_to: str | None) -> None:
    from hub.app.runtime import schema  # noqa: PLC0415 (the driver is heavy, and only these commands need it)
    from hub.database.grants import RoleUnknown  # noqa: PLC0415
    from hub.database.migrate import MigrationError  # noqa: PLC0415

    try:
        with session.output.progress("migrating", None):
            applied = schema.migrated(_url(session), phase, grant_to=grant_to)
    except schema.DatabaseUnusable as error:
        raise _unusable(error) from error
    except (MigrationError, RoleUnknown) as error:
        raise HubError("MIGRATION_REFUSED", str(error)) from error
    if session.output.as_json:
        session.output.json({"phase": phase, "applied": applied})
    elif applied:
        session.output.table((f"APPLIED ({phase})",), [(name,) for name in applied])
    else:
        session.output.say(f"Nothing to apply in phase {phase}.")


def _url(session: Session) -> str:
    url = session.settings.database_url
    if url is None:
        told = f"Say with {table.DATABASE_URL} which database. `crossdock up` migrates its own by itself."
        raise HubError("NO_DATABASE", told)
    return url


def _unusable(error: DatabaseUnusable) -> HubError:
    if error.reachable:
        return HubError("MIGRATION_REFUSED", str(error))
    return HubError("DATABASE_UNREACHABLE", str(error), exit_code=UNREACHABLE)

"""`crossdock keys`: the keys of this installation. Works on their files; a running hub follows them."""

from __future__ import annotations

from contextlib import closing

import typer

from hub.app.cli.session import AsJson, session_of
from hub.app.client import REFUSED, HubError
from hub.config.keys import KeysUnusable


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    group = typer.Typer(no_args_is_help=True, help="The keys of this installation.")
    group.callback()(lambda: None)
    group.command("rotate")(rotate)
    app.add_typer(group, name="keys")


def rotate(context: typer.Context, *, as_json: AsJson = False) -> None:
    """Put a new master key in force, wrap the keys of people by it, and destroy the one before.

    The hub may run meanwhile. A call that was broken off is made good by the next one.
    """
    from hub.config.master_keys import MasterKeys  # noqa: PLC0415 - loads cryptography, which `--help` can do without
    from hub.config.person_keys import PersonKeyFile  # noqa: PLC0415

    session = session_of(context, as_json=as_json)
    settings = session.settings
    for path in (settings.master_keys, settings.person_keys):
        if not path.exists():
            raise HubError("KEYS_UNUSABLE", f"There is no file {path}: name the hub's own.", exit_code=REFUSED)
    try:
        masters = MasterKeys(settings.master_keys)
        with closing(PersonKeyFile(settings.person_keys, masters)) as keys:
            wrapped = keys.rotate()
    except KeysUnusable as error:
        raise HubError("KEYS_UNUSABLE", str(error), exit_code=REFUSED) from error
    number, _ = masters.in_force()
    if session.output.as_json:
        session.output.json({"master_key": number, "wrapped_keys": wrapped})
    else:
        session.output.say(f"Master key {number} is in force; {wrapped} keys of people are wrapped by it.")

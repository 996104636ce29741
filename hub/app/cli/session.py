"""What every command is handed: settings, how to print, and a hub to speak to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from msgspec import Struct, field

from hub.app.cli.output import Output
from hub.app.client import HubClient, address_of, connected, token_of, trust_of
from hub.config.settings import Settings

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


class Session(Struct, frozen=True):
    """One run of the command line."""

    settings: Settings
    output: Output = field(default_factory=Output)

    @contextmanager
    def hub(self) -> Iterator[HubClient]:
        """The hub that commands speak to. Raises HubError as soon as it is called in vain."""
        with connected(address_of(self.settings), token_of(self.settings), trust_of(self.settings)) as client:
            yield client

    def call_long(self, hub: HubClient, what: str, rpc: Callable[..., Any], request: Any) -> Any:
        """Makes a call that may take long, without a deadline; shows on a terminal that it goes on. Raises HubError."""
        with self.output.progress(what, None):
            return hub.call(rpc, request, seconds=None)


def session_of(context: typer.Context, *, as_json: bool = False) -> Session:
    """The session of a command; `as_json` where the command itself was asked for JSON."""
    session = context.obj
    if not isinstance(session, Session):
        raise TypeError("the program did not start a session")
    if as_json:
        session.output.as_json = True
    return session

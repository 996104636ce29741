"""`crossdock import`: documents of partners, kept by the inbox, read by their adapters, taken in by the hub."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

import typer

from crossdock.inbox.v1 import inbox_pb2
from crossdock.network.v1 import network_pb2
from hub.app.cli import wording
from hub.app.cli.fulfillment import reading
from hub.app.cli.output import Output
from hub.app.cli.session import AsJson, session_of
from hub.app.cli.setup.network import in_force
from hub.app.client import HubClient, HubError
from hub.app.files import FileUnreadable

ADAPTERS: Final = {"shopify": "shopify_channel", "x12": "x12_channel", "stock": "stock_files"}
_MEDIA_TYPES: Final = {
    ".json": "application/json",
    ".ndjson": "application/x-ndjson",
    ".jsonl": "application/x-ndjson",
    ".csv": "text/csv",
}
_DEFAULT_TYPES: Final = {"shopify": "application/json", "x12": "application/edi-x12", "stock": "text/csv"}
_WAIT_SECONDS: Final = 120.0
_LONGEST_NAME: Final = 200

Files = Annotated[list[Path], typer.Argument(metavar="FILE...", help="Documents, as the partner sent them.")]
Account = Annotated[
    str | None,
    typer.Option(metavar="ID", help="Account of the network; required when several accounts use the adapter."),
]
Wait = Annotated[float, typer.Option(min=0, help="Seconds to wait until all are read.")]


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    importing = typer.Typer(help="Import documents of partners: orders and stock.", no_args_is_help=True)
    importing.command("shopify")(shopify)
    importing.command("x12")(x12)
    importing.command("stock")(stock)
    app.add_typer(importing, name="import")


def shopify(
    context: typer.Context,
    *,
    files: Files,
    account: Account = None,
    wait: Wait = _WAIT_SECONDS,
    as_json: AsJson = False,
) -> None:
    """Import orders of Shopify: bodies of its REST API and webhooks."""
    _take_in(context, "shopify", files, account, wait, as_json=as_json)


def x12(
    context: typer.Context,
    *,
    files: Files,
    account: Account = None,
    wait: Wait = _WAIT_SECONDS,
    as_json: AsJson = False,
) -> None:
    """Import X12 850 purchase orders."""
    _take_in(context, "x12", files, account, wait, as_json=as_json)


def stock(
    context: typer.Context,
    *,
    files: Files,
    account: Account = None,
    wait: Wait = _WAIT_SECONDS,
    as_json: AsJson = False,
) -> None:
    """Import stock counts, as CSV or JSON lines."""
    _take_in(context, "stock", files, account, wait, as_json=as_json)


def receive(hub: HubClient, account_id: str, media_type: str, path: Path) -> inbox_pb2.Document:
    """Has the inbox keep a file; answers the document. Raises FileUnreadable, HubError."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FileUnreadable(f"{path} cannot be read: {error.strerror}.") from error
    if not content:
        raise FileUnreadable(f"{path} is empty.")
    name = path.name[-_LONGEST_NAME:]
    request = inbox_pb2.ReceiveRequest(account_id=account_id, media_type=media_type, name=name, content=content)
    document: inbox_pb2.Document = hub.call(hub.inbox.Receive, request).document
    return document


def media_type_of(kind: str, path: Path) -> str:
    """The media type of a file of a kind, by its ending where that says more."""
    return _DEFAULT_TYPES[kind] if kind == "x12" else _MEDIA_TYPES.get(path.suffix.lower(), _DEFAULT_TYPES[kind])


def account_of(network: network_pb2.Network, adapter: str) -> str:
    """The one account that an adapter serves. Raises HubError, naming the accounts, where there is not exactly one."""
    accounts = [account.account_id for account in network.accounts if account.adapter == adapter]
    if len(accounts) == 1:
        return accounts[0]
    if not accounts:
        told = f"No account of the network is served by {adapter}. Add one to the network file, and load it."
        raise HubError("NO_ACCOUNT", told)
    raise HubError("SEVERAL_ACCOUNTS", f"Several accounts are served by {adapter}: name one with --account.", facts={
        "accounts": wording.listed(accounts)
    })  # fmt: skip


def _take_in(
    context: typer.Context, kind: str, files: Sequence[Path], account: str | None, wait: float, *, as_json: bool
) -> None:
    session = session_of(context, as_json=as_json)
    output = session.output
    with session.hub() as hub:
        network = in_force(hub, network_pb2.NETWORK_PART_ACCOUNTS)
        account_id = account or account_of(network, ADAPTERS[kind])
        with output.progress("importing", len(files) * 2) as step:
            documents = []
            for path in files:
                documents.append(receive(hub, account_id, media_type_of(kind, path), path))
                step.on(what=f"kept {path.name}")
            read = reading.read_within(hub, documents, wait, step)
        code = reading.tell(hub, output, read)
    if not output.as_json:
        _tell_repeats(output, documents)
    raise typer.Exit(code)


def _tell_repeats(output: Output, received: Sequence[inbox_pb2.Document]) -> None:
    for document in received:
        if document.repeat_count:
            came = f"{document.name} came before, at {wording.instant(document.receive_time)}"
            output.say(f"{came}: this is a repeat within minutes, and nothing of it is applied again.")

"""`crossdock inbox`: documents as they came, what became of them, reading them again."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer

from crossdock.inbox.v1 import inbox_pb2
from hub.app.cli import wording
from hub.app.cli.fulfillment import reading
from hub.app.cli.paging import Limit, all_of
from hub.app.cli.session import AsJson, Session, session_of
from hub.app.client import HubClient, HubError

_STATE = "DOCUMENT_STATE_"
_WAIT_SECONDS = 120.0


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("inbox")(inbox)


def inbox(
    context: typer.Context,
    *,
    document: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Show the document of this name or id.")
    ] = None,
    replay: Annotated[
        bool, typer.Option("--replay", help="Read the document again; orders already taken from it stay.")
    ] = False,
    state: Annotated[str | None, typer.Option(help="received, taken or problem.")] = None,
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """List documents, newest first, show one, or read one again. Exit code 1 when the shown document has problems."""
    session = session_of(context, as_json=as_json)
    if replay and document is None:
        raise typer.BadParameter("state the document to read again", param_hint="--replay")
    with session.hub() as hub:
        if document is not None:
            raise typer.Exit(_one(session, hub, find(hub, document), replay=replay))
        request = inbox_pb2.ListDocumentsRequest()
        if state is not None:
            request.state = wording.state_value(inbox_pb2.DocumentState, state, _STATE, "--state")
        found = all_of(hub, hub.inbox.ListDocuments, request, "documents", limit)
    if session.output.as_json:
        session.output.json({"documents": found})
        return
    columns = ("ID", "RECEIVED", "ACCOUNT", "NAME", "STATE", "ORDERS#", "PROBLEMS#", "READ#", "REPEATS#")
    rows = [_row(one) for one in found]
    session.output.table(columns, rows, empty="No document has come.")


def find(hub: HubClient, name: str) -> str:
    """Return the id of the document that a person names by its id or by its own name. Raises HubError."""
    try:
        return str(UUID(name))
    except ValueError:
        found = list(hub.call(hub.inbox.ListDocuments, inbox_pb2.ListDocumentsRequest(name=name)).documents)
    if len(found) == 1:
        return str(found[0].document_id)
    if not found:
        raise HubError("DOCUMENT_NOT_FOUND", f"No document has the id or the name {name}. See: crossdock inbox")
    told = {f"{wording.instant(one.receive_time)} {one.account_id}": one.document_id for one in found}
    raise HubError("SEVERAL_DOCUMENTS", f"Several documents are called {name}: give the id.", facts=told)


def _one(session: Session, hub: HubClient, document_id: str, *, replay: bool) -> int:
    found = hub.call(hub.inbox.GetDocument, inbox_pb2.GetDocumentRequest(document_id=document_id)).document
    if replay:
        request = inbox_pb2.ReplayDocumentRequest(request_id=wording.new_request(), document_id=document_id)
        with session.output.progress("reading again", 1) as step:
            again = hub.call(hub.inbox.ReplayDocument, request).document
            (found,) = reading.read_within(hub, [again], _WAIT_SECONDS, step, reads=found.read_count + 1)
    return reading.tell(hub, session.output, [found])


def _row(document: inbox_pb2.Document) -> tuple[object, ...]:
    return (
        document.document_id,
        wording.instant(document.receive_time),
        document.account_id,
        document.name,
        reading.state_of(document),
        len(document.order_ids),
        len(document.problems),
        document.read_count,
        document.repeat_count,
    )

"""`crossdock screening`: denied-party lists put in force, and matches of orders with them reviewed and decided."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from crossdock.screening.v1 import screening_pb2 as pb
from hub.app.cli import wording
from hub.app.cli.session import AsJson, Session, session_of
from hub.app.files import read_list_files

_STATE: Final = "MATCH_STATE_"
_DIFFERENCES: Final = (
    ("added", "added_entry_ids"),
    ("changed", "changed_entry_ids"),
    ("removed", "removed_entry_ids"),
)
_SHOWN: Final = 20
"""Entries of each kind of difference that are printed; all of them are in the JSON."""

Note = Annotated[str, typer.Argument(metavar="NOTE", help="Why, for people, without personal data.")]
MatchId = Annotated[str, typer.Argument(metavar="MATCH", help="Id of the match.")]


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    group = typer.Typer(help="Compare orders' parties with denied-party lists.", no_args_is_help=True)
    for command in (load, lists, review, clear, confirm):
        group.command(command.__name__)(command)
    app.add_typer(group, name="screening")


def load(
    context: typer.Context,
    *,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="All files of the list, as published.")],
    name: Annotated[str, typer.Option("--list", metavar="NAME", help="Name of the list, as OFAC-SDN.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check it and tell what would change.")] = False,
    expected_version: Annotated[int, typer.Option(min=0, help="Refuse it over another version; 0: over any.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Put a denied-party list in force. Files that cannot be read are refused by line and column."""
    session = session_of(context, as_json=as_json)
    request = pb.LoadListRequest(
        request_id=wording.new_request(),
        list_name=name,
        files=[pb.ListFile(name=file, content=content) for file, content in read_list_files(files).items()],
        expected_version=expected_version,
        validate_only=dry_run,
    )
    with session.hub() as hub:
        loaded = hub.call(hub.screening.LoadList, request).list
    if session.output.as_json:
        session.output.json(loaded)
        return
    rows = [(how, entry) for how, field in _DIFFERENCES for entry in getattr(loaded, field)[:_SHOWN]]
    session.output.table(("CHANGE", "ENTRY"), rows, empty="No entry differs.")
    count = wording.count(loaded.difference_count, "entry", "entries")
    would = "would be" if dry_run else "is"
    session.output.say(
        f"{loaded.list_name} version {loaded.version} {would} in force: {count} of {loaded.entry_count} differ."
    )


def lists(context: typer.Context, *, as_json: AsJson = False) -> None:
    """List the denied-party lists in force."""
    session = session_of(context, as_json=as_json)
    with session.hub() as hub:
        response = hub.call(hub.screening.GetLists, pb.GetListsRequest())
    if session.output.as_json:
        session.output.json(response)
        return
    rows = [
        (one.list_name, one.version, one.entry_count, wording.instant(one.load_time), one.load_principal)
        for one in response.lists
    ]
    columns = ("LIST", "VERSION#", "ENTRIES#", "LOADED", "BY")
    session.output.table(columns, rows, empty="No list is loaded; orders of channels that screen wait for one.")


def review(
    context: typer.Context,
    *,
    order: Annotated[str, typer.Argument(metavar="[ORDER]", help="Order, by its id; all unless stated.")] = "",
    state: Annotated[str, typer.Option(help="open, cleared, confirmed or withdrawn.")] = "open",
    as_json: AsJson = False,
) -> None:
    """List matches that a person has to decide, the oldest first."""
    session = session_of(context, as_json=as_json)
    request = pb.ListMatchesRequest(
        order_id=wording.identity(order, "ORDER") if order else "",
        state=wording.state_value(pb.MatchState, state, _STATE, "--state"),
    )
    request.page.page_size = 500
    with session.hub() as hub:
        response = hub.call(hub.screening.ListMatches, request)
    if session.output.as_json:
        session.output.json(response)
        return
    columns = ("MATCH", "ORDER", "PARTY", "ROLE", "LIST", "ENTRY", "NAMES OF THE ENTRY", "SCORE#", "ON")
    rows = [
        (
            one.match_id,
            one.order_id,
            one.party_id,
            wording.state(pb.PartyRole, one.role, "PARTY_ROLE_"),
            one.list_name,
            one.entry_id,
            "; ".join(one.entry_names[:3]),
            one.score,
            wording.state(pb.MatchedOn, one.matched, "MATCHED_ON_"),
        )
        for one in response.matches
    ]
    session.output.table(columns, rows, empty=f"No match is {state}.")
    if response.next_page_token:
        session.output.say("There are more; decide these first.")


def clear(context: typer.Context, *, match: MatchId, note: Note, as_json: AsJson = False) -> None:
    """Clear a match: it is not whom the list means, or licensed. The order goes on once none is left."""
    _decide(session_of(context, as_json=as_json), match, pb.MATCH_STATE_CLEARED, note)


def confirm(context: typer.Context, *, match: MatchId, note: Note, as_json: AsJson = False) -> None:
    """Confirm a match: the order must not be sent. It stays on hold until it is canceled."""
    _decide(session_of(context, as_json=as_json), match, pb.MATCH_STATE_CONFIRMED, note)


def _decide(session: Session, match: str, state: pb.MatchState, note: str) -> None:
    request = pb.DecideMatchRequest(
        request_id=wording.new_request(), match_id=wording.identity(match, "MATCH"), state=state, note=note
    )
    with session.hub() as hub:
        decided = hub.call(hub.screening.DecideMatch, request).match
    if session.output.as_json:
        session.output.json(decided)
    else:
        told = wording.state(pb.MatchState, decided.state, _STATE)
        session.output.say(
            f"Match {decided.match_id} is {told}, remembered until {wording.instant(decided.expire_time)}."
        )

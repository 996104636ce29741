"""`crossdock trade`: the trade rules in force, how a folder differs from them, and putting a folder in force."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from crossdock.trade.v1 import trade_pb2 as pb
from hub.app.cli import wording
from hub.app.cli.output import Output
from hub.app.cli.session import AsJson, session_of
from hub.app.client import REFUSED, HubClient
from hub.app.files import FileUnreadable, read_rule_files

Files = Mapping[str, str]
Difference = tuple[str, str, str]
"""What was done to a row (added, changed, removed), its file, and its name."""

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder with the rules: a CSV file for each kind of row.")]
Version = Annotated[int, typer.Option(min=0, help="Version; the one in force unless stated.")]


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    group = typer.Typer(help="Show the trade rules, compare a folder with them, put it in force.", no_args_is_help=True)
    group.command("show")(show)
    group.command("diff")(diff)
    group.command("load")(load)
    app.add_typer(group, name="trade")


def show(
    context: typer.Context,
    *,
    file: Annotated[str, typer.Argument(metavar="[FILE]", help="File to print, as tax_rates.csv.")] = "",
    version: Version = 0,
    as_json: AsJson = False,
) -> None:
    """List the files of the trade rules in force, or print one of them."""
    session = session_of(context, as_json=as_json)
    with session.hub() as hub:
        rules = hub.call(hub.trade.GetRules, pb.GetRulesRequest(version=version))
    files = {part.name: part.content for part in rules.files}
    if file and file not in files:
        raise typer.BadParameter(f"there is no {file}; there are: {wording.listed(files)}", param_hint="FILE")
    if session.output.as_json:
        session.output.json({"version": rules.version, "files": {file: files[file]} if file else files})
    elif file:
        session.output.say(files[file].rstrip())
    else:
        session.output.table(("FILE", "ROWS#"), [(name, len(_rows(content))) for name, content in files.items()])
        origin = "the set that the product brings" if not rules.version else "loaded"
        session.output.say(f"Version {rules.version} ({origin}).")


def diff(context: typer.Context, *, folder: Folder, as_json: AsJson = False) -> None:
    """Tell how a folder differs from the trade rules in force. Exit code 1 when it does."""
    session = session_of(context, as_json=as_json)
    files = read_rule_files(folder)
    with session.hub() as hub:
        changes = _checked(hub, files, session.output)
    if changes:
        raise typer.Exit(REFUSED)


def load(
    context: typer.Context,
    *,
    folder: Folder,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check it and tell what would change.")] = False,
    expected_version: Annotated[int, typer.Option(min=0, help="Refuse it over another version; 0: over any.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Put a whole set of trade rules in force. Rows that overlap or leave a gap are refused by file and line."""
    session = session_of(context, as_json=as_json)
    files = read_rule_files(folder)
    with session.hub() as hub:
        if dry_run:
            _checked(hub, files, session.output)
            return
        version = hub.call(hub.trade.LoadRules, _request(files, expected_version=expected_version)).version
    if session.output.as_json:
        session.output.json({"version": version})
    else:
        count = sum(len(_rows(content)) for content in files.values())
        session.output.say(f"Trade rules version {version} are in force: {wording.count(count, 'row')}.")


def differences(before: Files, after: Files) -> list[Difference]:
    """Return what was added, changed and removed between two sets of files, row by row."""
    changes: list[Difference] = []
    for name in sorted(before.keys() | after.keys()):
        old, new = _rows(before.get(name, "")), _rows(after.get(name, ""))
        changes += [("added", name, row) for row in sorted(new.keys() - old.keys())]
        changes += [("changed", name, row) for row in sorted(new.keys() & old.keys()) if old[row] != new[row]]
        changes += [("removed", name, row) for row in sorted(old.keys() - new.keys())]
    return changes


def _checked(hub: HubClient, files: Files, output: Output) -> list[Difference]:
    """The differences from what is in force, told, once the hub has accepted the files."""
    hub.call(hub.trade.LoadRules, _request(files, validate_only=True))
    rules = hub.call(hub.trade.GetRules, pb.GetRulesRequest())
    changes = differences({part.name: part.content for part in rules.files}, files)
    if output.as_json:
        named = [dict(zip(("change", "file", "row"), change, strict=True)) for change in changes]
        output.json({"version": rules.version, "changes": named})
        return changes
    output.table(("CHANGE", "FILE", "ROW"), changes, empty="Nothing would change.")
    output.say(f"Compared with version {rules.version}, which is in force.")
    return changes


def _request(files: Files, *, expected_version: int = 0, validate_only: bool = False) -> pb.LoadRulesRequest:
    return pb.LoadRulesRequest(
        request_id=wording.new_request(),
        files=[pb.RuleFile(name=name, content=content) for name, content in files.items()],
        expected_version=expected_version,
        validate_only=validate_only,
    )


def _rows(content: str) -> dict[str, list[str]]:
    """The rows of a file by their name, which is the first cell."""
    try:
        rows = [row for row in csv.reader(content.splitlines(), strict=True) if row]
    except csv.Error as error:
        raise FileUnreadable(f"The trade rules hold what is not CSV: {error}.") from error
    return {row[0]: row[1:] for row in rows[1:]}

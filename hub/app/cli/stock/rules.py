"""`crossdock rules`: availability scenarios, written, previewed, switched on and off."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from google.protobuf import json_format

from crossdock.rules.v1 import scenarios_pb2 as pb
from hub.app.cli import wording
from hub.app.cli.paging import Limit, all_of
from hub.app.cli.session import AsJson, Session, session_of
from hub.app.files import FileUnreadable

File = Annotated[Path, typer.Argument(metavar="FILE", help="JSON of one scenario, in the form of the contract.")]
Scenario = Annotated[str, typer.Argument(metavar="SCENARIO", help="Id of the scenario.")]
Version = Annotated[int, typer.Option(min=0, help="Version; the newest unless stated.")]


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    rules = typer.Typer(help="Manage scenarios: rules that withhold stock from channels.", no_args_is_help=True)
    rules.command("list")(listed)
    rules.command("put")(put)
    rules.command("preview")(preview)
    rules.command("activate")(activate)
    rules.command("deactivate")(deactivate)
    app.add_typer(rules, name="rules")


def listed(context: typer.Context, *, limit: Limit = 100, as_json: AsJson = False) -> None:
    """List scenarios with their newest and their active version."""
    session = session_of(context, as_json=as_json)
    with session.hub() as hub:
        found = all_of(hub, hub.availability_rules.ListScenarios, pb.ListScenariosRequest(), "scenarios", limit)
    if session.output.as_json:
        session.output.json({"scenarios": found})
        return
    rows = [
        (
            one.scenario_id,
            pb.ScenarioKind.Name(one.kind).removeprefix("SCENARIO_KIND_"),
            one.title,
            len(one.rules),
            one.version,
            one.active_version or "off",
        )
        for one in found
    ]
    columns = ("SCENARIO", "KIND", "TITLE", "RULES#", "VERSION#", "ACTIVE")
    session.output.table(columns, rows, empty="No scenarios. Write one: crossdock rules put FILE")


def put(context: typer.Context, *, file: File, as_json: AsJson = False) -> None:
    """Write a new version of a scenario, switched off."""
    session = session_of(context, as_json=as_json)
    request = pb.PutScenarioRequest(request_id=wording.new_request(), scenario=read_scenario(file))
    with session.hub() as hub:
        stored = hub.call(hub.availability_rules.PutScenario, request).scenario
    if session.output.as_json:
        session.output.json(stored)
        return
    session.output.say(f"{stored.scenario_id} version {stored.version} is written; {_state(stored)}.")
    session.output.say(f"See what it would change: crossdock rules preview {stored.scenario_id}")


def preview(
    context: typer.Context,
    *,
    scenario: Scenario,
    version: Version = 0,
    off: Annotated[bool, typer.Option("--off", help="Preview switching it off.")] = False,
    examples: Annotated[int, typer.Option(min=1, max=100, help="Most examples to show.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Show what switching a scenario on or off would change now; change nothing."""
    session = session_of(context, as_json=as_json)
    request = pb.PreviewScenarioRequest(scenario_id=scenario, version=version, off=off, example_limit=examples)
    with session.hub() as hub:
        found = session.call_long(hub, "looking at all stock", hub.availability_rules.PreviewScenario, request)
    if session.output.as_json:
        session.output.json(found)
        return
    what = f"Switching {scenario} version {found.version} {'off' if off else 'on'} changes"
    session.output.say(
        f"{what} {found.changed_count} of {found.cell_count} cells (SKU x node x channel): {found.withheld_units} units"
        " fewer to sell."
    )
    rows = [
        (example.sku, example.node_id, example.channel_id, example.available, example.available_then)
        for example in found.examples
    ]
    if rows:
        session.output.table(("SKU", "NODE", "CHANNEL", "NOW#", "THEN#"), rows)


def activate(context: typer.Context, *, scenario: Scenario, version: Version = 0, as_json: AsJson = False) -> None:
    """Switch a scenario on."""
    session = session_of(context, as_json=as_json)
    request = pb.ActivateScenarioRequest(request_id=wording.new_request(), scenario_id=scenario, version=version)
    with session.hub() as hub:
        answer = session.call_long(hub, "judging all items", hub.availability_rules.ActivateScenario, request)
    _tell(session, answer)


def deactivate(context: typer.Context, *, scenario: Scenario, as_json: AsJson = False) -> None:
    """Switch a scenario off."""
    session = session_of(context, as_json=as_json)
    request = pb.DeactivateScenarioRequest(request_id=wording.new_request(), scenario_id=scenario)
    with session.hub() as hub:
        answer = session.call_long(hub, "judging all items", hub.availability_rules.DeactivateScenario, request)
    _tell(session, answer)


def read_scenario(path: Path) -> pb.AvailabilityScenario:
    """The scenario in a file. Raises FileUnreadable."""
    try:
        return json_format.Parse(path.read_text(encoding="utf-8"), pb.AvailabilityScenario())
    except OSError as error:
        raise FileUnreadable(f"{path} cannot be read: {error.strerror}.") from error
    except (json_format.ParseError, UnicodeDecodeError) as error:
        raise FileUnreadable(f"{path} is not JSON of a scenario: {error}. Correct it.") from error


def _tell(session: Session, answer: pb.ActivateScenarioResponse | pb.DeactivateScenarioResponse) -> None:
    if session.output.as_json:
        session.output.json(answer)
    else:
        session.output.say(f"{answer.scenario.scenario_id}: {_state(answer.scenario)}.")


def _state(scenario: pb.AvailabilityScenario) -> str:
    return f"version {scenario.active_version} is active" if scenario.active_version else "it is switched off"

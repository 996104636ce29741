"""`crossdock network`: the network in force, how a file differs from it, and putting a file in force."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from google.protobuf import json_format
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from crossdock.network.v1 import carriers_pb2, network_pb2
from hub.app.cli import wording
from hub.app.cli.output import Output
from hub.app.cli.session import AsJson, session_of
from hub.app.client import REFUSED, HubClient
from hub.app.files import read_network
from hub.wire.setup.network import network_from_pb, network_to_pb

Network = network_pb2.Network
Change = tuple[str, str, str, str]
"""What was done to a part (added, changed, removed), its kind, its name, and the fields that changed."""

File = Annotated[Path, typer.Argument(metavar="FILE", help="JSON in the form of the contract.")]

FORMATS: Final = ["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]
FROM: Final = "Instant from which it is in force, in UTC."
At = Annotated[datetime | None, typer.Option("--at", formats=FORMATS, help="The network of an instant, in UTC.")]

_PARTS: Final[Sequence[tuple[str, str, Callable[[Any], str]]]] = (
    ("node", "nodes", lambda node: node.node_id),
    ("calendar", "calendars", lambda calendar: calendar.calendar_id),
    ("lane", "lanes", lambda lane: f"{lane.from_node_id or lane.from_zone_id} {_to(lane)} {lane.service_code}"),
    ("account", "accounts", lambda account: account.account_id),
    ("channel", "channels", lambda channel: channel.channel_id),
    ("postal area", "postal_areas", lambda area: f"{area.country_code} {area.prefix}".strip()),
    ("zone", "zones", lambda zone: zone.zone_id),
    ("carrier service", "services", lambda service: f"{service.transport_account_id} {service.service_code}"),
    ("rate table", "rate_tables", lambda rates: f"{rates.transport_account_id} {rates.service_code} {_to(rates)}"),
)
"""Kind of a part, its field in the network, and what names one."""


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    group = typer.Typer(help="Show the network, compare a file with it, put a file in force.", no_args_is_help=True)
    group.command("show")(show)
    group.command("diff")(diff)
    group.command("load")(load)
    group.command("coming")(coming)
    group.command("cancel")(cancel)
    app.add_typer(group, name="network")


def show(context: typer.Context, *, at: At = None) -> None:
    """Print the network in force as JSON, in the form that `network load` reads."""
    session = session_of(context)
    with session.hub() as hub:
        network = in_force(hub, at=at)
    session.output.json(json_format.MessageToDict(network, preserving_proto_field_name=True))


def diff(context: typer.Context, *, file: File, at: At = None, as_json: AsJson = False) -> None:
    """Tell how a file differs from the network in force, now or then. Exit code 1 when it does."""
    session = session_of(context, as_json=as_json)
    wanted = read_network(file)
    with session.hub() as hub, session.output.progress("checking the network", None):
        before = in_force(hub, at=at)
        missing = {kind: _names(before, field, name) - _names(wanted, field, name) for kind, field, name in _PARTS}
        put(
            hub,
            wanted,
            validate_only=True,
            removed_node_ids=sorted(missing["node"]),
            removed_account_ids=sorted(missing["account"]),
            removed_channel_ids=sorted(missing["channel"]),
            overbooked_node_ids=sorted(_names(wanted, "nodes", lambda node: node.node_id)),
        )
    changes = differences(before, stored_form(wanted, before))
    _tell(session.output, before, changes, at)
    if changes:
        raise typer.Exit(REFUSED)


def load(
    context: typer.Context,
    *,
    file: File,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check it and tell what would change.")] = False,
    valid_from: Annotated[datetime | None, typer.Option("--from", formats=FORMATS, help=FROM)] = None,
    expected_version: Annotated[int, typer.Option(min=0, help="Refuse it over another version; 0: over any.")] = 0,
    remove_node: Annotated[list[str] | None, typer.Option(help="May be lost although it is in use.")] = None,
    remove_account: Annotated[list[str] | None, typer.Option(help="May be lost although it has messages.")] = None,
    remove_channel: Annotated[list[str] | None, typer.Option(help="May be lost although it has orders.")] = None,
    overbook_node: Annotated[list[str] | None, typer.Option(help="May have less capacity than is promised.")] = None,
    as_json: AsJson = False,
) -> None:
    """Put a whole network in force, now or from an instant on. Nodes that are closed stay closed."""
    session = session_of(context, as_json=as_json)
    wanted = read_network(file)
    with session.hub() as hub, session.output.progress("checking the network", None):
        before = in_force(hub) if dry_run else Network()
        version = put(
            hub,
            wanted,
            validate_only=dry_run,
            expected_version=expected_version,
            removed_node_ids=remove_node or (),
            removed_account_ids=remove_account or (),
            removed_channel_ids=remove_channel or (),
            overbooked_node_ids=overbook_node or (),
            valid_from_time=valid_from and stamp(valid_from),
        )
    if dry_run:
        _tell(session.output, before, differences(before, stored_form(wanted, before)))
    elif session.output.as_json:
        session.output.json({"version": version})
    else:
        told = wording.listed(wording.count(len(getattr(wanted, field)), kind) for kind, field, _ in _PARTS[:5])
        begin = f"The network comes into force at {wording.instant(stamp(valid_from))}" if valid_from else ""
        session.output.say(f"{begin or f'Network version {version} is in force'}: {told}.")


def coming(context: typer.Context, *, as_json: AsJson = False) -> None:
    """List the networks that are to come into force."""
    session = session_of(context, as_json=as_json)
    with session.hub() as hub:
        networks = hub.call(hub.network.ListComingNetworks, network_pb2.ListComingNetworksRequest()).networks
    if session.output.as_json:
        session.output.json([json_format.MessageToDict(one, preserving_proto_field_name=True) for one in networks])
        return
    rows = [(wording.instant(one.valid_from_time), *map(str, _sizes(one)), _lost(one)) for one in networks]
    columns = ("IN FORCE FROM", "NODES#", "LANES#", "CHANNELS#", "MAY LOSE")
    session.output.table(columns, rows, empty="No network is to come.")


def cancel(
    context: typer.Context,
    *,
    valid_from: Annotated[datetime, typer.Option("--from", formats=FORMATS, help=FROM)],
    as_json: AsJson = False,
) -> None:
    """Cancel a network that is to come into force."""
    session = session_of(context, as_json=as_json)
    request = network_pb2.CancelNetworkRequest(request_id=wording.new_request(), valid_from_time=stamp(valid_from))
    with session.hub() as hub:
        version = hub.call(hub.network.CancelNetwork, request).version
    if session.output.as_json:
        session.output.json({"version": version})
    else:
        session.output.say(f"No network comes into force at {wording.instant(request.valid_from_time)}.")


def stamp(at: datetime) -> Timestamp:
    """Return an instant of the command line, which is in UTC."""
    message = Timestamp()
    message.FromDatetime(at)
    return message


def in_force(hub: HubClient, *parts: network_pb2.NetworkPart, at: datetime | None = None) -> Network:
    """Return the network in force, now or at an instant; of some kinds of parts only, where any are named."""
    network = Network()
    request = network_pb2.GetNetworkRequest(parts=parts, at_time=at and stamp(at))
    while True:
        page = hub.call(hub.network.GetNetwork, request)
        network.MergeFrom(page.network)
        if not page.next_page_token:
            return network
        request.page.page_token = page.next_page_token


def put(hub: HubClient, network: Network, **facts: Any) -> int:
    """Put a network in force, by the fields of the request that `facts` names; return its version."""
    request = network_pb2.PutNetworkRequest(request_id=wording.new_request(), network=network, **facts)
    version: int = hub.call(hub.network.PutNetwork, request, seconds=None).version
    return version


def stored_form(wanted: Network, before: Network) -> Network:
    """Return a network as the hub would keep it over another: with the contract's defaults, closed nodes closed.

    The hub has accepted `wanted`, so it can be read.
    """
    stored = network_to_pb(network_from_pb(wanted))
    closed = {node.node_id for node in before.nodes if node.closed}
    for node in stored.nodes:
        node.closed = node.node_id in closed
    return stored


def differences(before: Network, after: Network) -> list[Change]:
    """Return what was added, changed and removed between two networks, kind by kind."""
    changes: list[Change] = []
    for kind, field, name in _PARTS:
        old = {name(part): part for part in getattr(before, field)}
        new = {name(part): part for part in getattr(after, field)}
        changes += [("added", kind, key, "") for key in sorted(new.keys() - old.keys())]
        for key in sorted(new.keys() & old.keys()):
            if fields := _fields_changed(old[key], new[key]):
                changes.append(("changed", kind, key, wording.listed(fields)))
        changes += [("removed", kind, key, "") for key in sorted(old.keys() - new.keys())]
    return changes


def _sizes(one: network_pb2.ComingNetwork) -> tuple[int, int, int]:
    return one.node_count, one.lane_count, one.channel_count


def _lost(one: network_pb2.ComingNetwork) -> str:
    """What a network may lose, and which nodes may have less capacity than is promised."""
    return " ".join(
        (*one.removed_node_ids, *one.removed_account_ids, *one.removed_channel_ids, *one.overbooked_node_ids)
    )


def _to(part: carriers_pb2.Lane | carriers_pb2.RateTable) -> str:
    """The country or zone to which a lane goes, or rates count."""
    return part.to_country_code or part.to_zone_id


def _names(network: Network, field: str, name: Callable[[Any], str]) -> set[str]:
    return {name(part) for part in getattr(network, field)}


def _fields_changed(old: Message, new: Message) -> list[str]:
    before, after = json_format.MessageToDict(old), json_format.MessageToDict(new)
    names = {one.json_name: one.name for one in new.DESCRIPTOR.fields}
    return [names[key] for key in sorted(before.keys() | after.keys()) if before.get(key) != after.get(key)]


def _tell(output: Output, before: Network, changes: list[Change], at: datetime | None = None) -> None:
    if output.as_json:
        named = [dict(zip(("change", "part", "name", "fields"), change, strict=True)) for change in changes]
        output.json({"version": before.version, "changes": named})
        return
    output.table(("CHANGE", "PART", "NAME", "FIELDS"), changes, empty="Nothing would change.")
    then = f"the network of {at:%Y-%m-%d %H:%M:%S}" if at else f"version {before.version}, which is in force"
    output.say(f"Compared with {then}.")

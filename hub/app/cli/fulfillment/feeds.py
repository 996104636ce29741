"""`crossdock feeds`: how far sources have told, what is missing, what is parked, which counts came; and mending it."""

from __future__ import annotations

from typing import Annotated

import typer

from crossdock.common.v1 import source_pb2
from crossdock.inbox.v1 import feeds_pb2
from crossdock.inventory.v1 import inventory_pb2
from hub.app.cli import wording
from hub.app.cli.output import Output
from hub.app.cli.paging import Limit, all_of
from hub.app.cli.session import AsJson, session_of
from hub.app.client import HubClient, HubError


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("feeds")(feeds)


def feeds(
    context: typer.Context,
    *,
    source: Annotated[str, typer.Argument(metavar="[SOURCE]", help="Only this source.")] = "",
    skip: Annotated[int | None, typer.Option(metavar="NUMBER", help="Skip missing numbers up to this one.")] = None,
    hand_over: Annotated[
        list[str] | None,
        typer.Option(metavar="NODE", help="Make the source the one that counts this node; can be repeated."),
    ] = None,
    replay: Annotated[str | None, typer.Option(metavar="ID", help="Retry this parked event.")] = None,
    parked: Annotated[bool, typer.Option("--parked", help="List parked events.")] = False,
    snapshots: Annotated[bool, typer.Option("--snapshots", help="List full counts.")] = False,
    undo: Annotated[str | None, typer.Option(metavar="ID", help="Undo this full count, which was wrong.")] = None,
    limit: Limit = 100,
    as_json: AsJson = False,
) -> None:
    """List feeds with their missing numbers, skip a gap, hand over a node, retry a parked event, or undo a count."""
    session = session_of(context, as_json=as_json)
    output = session.output
    with session.hub() as hub:
        if skip is not None:
            _tell_feeds(output, [_skipped(hub, source, skip)])
        elif hand_over:
            _hand_over(hub, output, source, hand_over)
        elif replay is not None:
            _tell_parked(output, [_replayed(hub, wording.identity(replay, "--replay"))])
        elif parked:
            listing = feeds_pb2.ListParkedEventsRequest(source=source)
            _tell_parked(output, all_of(hub, hub.feeds.ListParkedEvents, listing, "parked_events", limit))
        elif undo is not None:
            _tell_snapshots(output, [_undone(hub, wording.identity(undo, "--undo"))])
        elif snapshots:
            asked = inventory_pb2.ListSnapshotsRequest()
            _tell_snapshots(output, all_of(hub, hub.inventory.ListSnapshots, asked, "snapshots", limit))
        else:
            _tell_feeds(
                output, all_of(hub, hub.feeds.ListFeeds, feeds_pb2.ListFeedsRequest(source=source), "feeds", limit)
            )


def _skipped(hub: HubClient, source: str, through: int) -> feeds_pb2.Feed:
    request = feeds_pb2.SkipGapRequest(request_id=wording.new_request(), source=source, through_number=through)
    feed: feeds_pb2.Feed = hub.call(hub.feeds.SkipGap, request).feed
    return feed


def _replayed(hub: HubClient, event_id: str) -> source_pb2.ParkedEvent:
    request = feeds_pb2.ReplayParkedEventsRequest(request_id=wording.new_request(), parked_event_ids=[event_id])
    (result,) = hub.call(hub.feeds.ReplayParkedEvents, request).results
    if result.HasField("refusal"):
        raise HubError("PARKED_EVENT_NOT_FOUND", result.refusal.message)
    event: source_pb2.ParkedEvent = result.parked_event
    return event


def _undone(hub: HubClient, snapshot_id: str) -> inventory_pb2.Snapshot:
    request = inventory_pb2.UndoSnapshotRequest(request_id=wording.new_request(), snapshot_id=snapshot_id)
    count: inventory_pb2.Snapshot = hub.call(hub.inventory.UndoSnapshot, request).snapshot
    return count


def _hand_over(hub: HubClient, output: Output, source: str, nodes: list[str]) -> None:
    request = feeds_pb2.HandOverNodesRequest(request_id=wording.new_request(), source=source, node_ids=nodes)
    results = hub.call(hub.feeds.HandOverNodes, request).results
    if output.as_json:
        output.json({"results": list(results)})
        return
    for node_id, one in zip(nodes, results, strict=True):
        told = one.refusal.message if one.HasField("refusal") else f"{one.node_source.source} counts it."
        output.say(f"{node_id}: {told}")


def _tell_feeds(output: Output, found: list[feeds_pb2.Feed]) -> None:
    if output.as_json:
        output.json({"feeds": found})
        return
    rows = [
        (
            one.source,
            one.watermark,
            one.highest_number,
            one.parked_count,
            ", ".join(f"{gap.first_number}-{gap.last_number}" for gap in one.gaps),
            wording.instant(one.gaps[0].since_time) if one.gaps else "",
            ", ".join(one.node_ids),
        )
        for one in found
    ]
    columns = ("SOURCE", "TAKEN UP TO#", "HIGHEST#", "PARKED#", "MISSING", "SINCE", "COUNTS")
    output.table(columns, rows, empty="No source has told anything under a number.")


def _tell_parked(output: Output, found: list[source_pb2.ParkedEvent]) -> None:
    if output.as_json:
        output.json({"parked_events": found})
        return
    rows = [
        (
            one.parked_event_id,
            one.kind,
            wording.state(source_pb2.ParkedEventState, one.state, "PARKED_EVENT_STATE_"),
            one.waits_for,
            wording.instant(one.park_time),
            one.reason,
        )
        for one in found
    ]
    output.table(("ID", "KIND", "STATE", "WAITS FOR", "SINCE", "REASON"), rows, empty="Nothing is parked.")


def _tell_snapshots(output: Output, found: list[inventory_pb2.Snapshot]) -> None:
    if output.as_json:
        output.json({"snapshots": found})
        return
    rows = [
        (
            one.snapshot_id,
            one.source,
            wording.instant(one.count_time),
            wording.state(inventory_pb2.SnapshotState, one.state, "SNAPSHOT_STATE_"),
            one.received_count,
            one.row_count,
            one.changed_count,
        )
        for one in found
    ]
    columns = ("ID", "SOURCE", "COUNTED", "STATE", "ROWS#", "OF#", "CHANGED#")
    output.table(columns, rows, empty="No count has come in.")

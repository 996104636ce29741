"""`crossdock events`: the feed of all that happened."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from crossdock.events.v1 import events_pb2
from hub.app.cli import wording
from hub.app.cli.output import Output
from hub.app.cli.session import AsJson, session_of

_MOST_IN_A_CALL = 1000


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("events")(events)


def events(
    context: typer.Context,
    *,
    after: Annotated[int, typer.Option(min=0, help="Position after which to read.")] = 0,
    limit: Annotated[int, typer.Option(min=1, help="Events at most.")] = 100,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on with each new event until stopped.")] = False,
    as_json: AsJson = False,
) -> None:
    """List what happened, by position in the feed."""
    session = session_of(context, as_json=as_json)
    with session.hub() as hub:
        if follow:
            subscription = events_pb2.SubscribeEventsRequest(after_position=after)
            for response in hub.stream(hub.events.SubscribeEvents, subscription):
                _follow(session.output, response.events)
            return
        found: list[events_pb2.Event] = []
        while len(found) < limit:
            size = min(_MOST_IN_A_CALL, limit - len(found))
            page = hub.call(hub.events.ListEvents, events_pb2.ListEventsRequest(after_position=after, page_size=size))
            found += page.events
            if len(page.events) < size:
                break
            after = page.last_position
    if session.output.as_json:
        session.output.json({"events": [_plain(event) for event in found]})
        return
    rows = [(one.position, wording.instant(one.occur_time), one.type, one.order_id, _facts(one)) for one in found]
    session.output.table(("POSITION#", "BUSINESS TIME", "EVENT", "ORDER", "FACTS"), rows, empty="Nothing has happened.")


def _follow(output: Output, found: list[events_pb2.Event]) -> None:
    for event in found:
        if output.as_json:
            output.line(_plain(event))
        else:
            time = wording.instant(event.occur_time)
            output.say(f"{event.position:>8}  {time}  {event.type}  {event.order_id}  {_facts(event)}".rstrip())


def _facts(event: events_pb2.Event) -> str:
    return ", ".join(f"{name} {value}" for name, value in json.loads(event.facts_json or "{}").items() if value)


def _plain(event: events_pb2.Event) -> dict[str, object]:
    return {
        "position": event.position,
        "event_id": event.event_id,
        "type": event.type,
        "order_id": event.order_id,
        "order_version": event.order_version,
        "occur_time": event.occur_time.ToJsonString(),
        "facts": json.loads(event.facts_json or "{}"),
        "traceparent": event.traceparent,
    }

"""`crossdock events`: the feed of all that happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import typer
from google.protobuf.descriptor import EnumDescriptor, FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp
from google.type.money_pb2 import Money

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
    limit: Annotated[int, typer.Option(min=1, help="Most events to show.")] = 100,
    types: Annotated[
        list[str] | None, typer.Option("--type", metavar="TYPE", help="Only events of these types, e.g. OrderPlaced.")
    ] = None,
    channel: Annotated[str, typer.Option(metavar="ID", help="Only events of this channel.")] = "",
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Keep showing new events until stopped.")] = False,
    as_json: AsJson = False,
) -> None:
    """List events by their position in the feed."""
    session = session_of(context, as_json=as_json)
    with session.hub() as hub:
        if follow:
            subscription = events_pb2.SubscribeEventsRequest(after_position=after, types=types, channel_id=channel)
            for response in hub.stream(hub.events.SubscribeEvents, subscription):
                _follow(session.output, response.events)
            return
        found: list[events_pb2.Event] = []
        while len(found) < limit:
            size = min(_MOST_IN_A_CALL, limit - len(found))
            request = events_pb2.ListEventsRequest(
                after_position=after, page_size=size, types=types, channel_id=channel
            )
            page = hub.call(hub.events.ListEvents, request)
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
    name = event.WhichOneof("facts")
    stated = getattr(event, name).ListFields() if name else ()
    return ", ".join(f"{field.name} {_text(field, value)}" for field, value in stated)


def _text(field: FieldDescriptor, value: Any) -> str:
    if isinstance(value, Message):
        return _message(value)
    if isinstance(value, Mapping):
        return wording.listed(f"{key} ({count})" for key, count in value.items())
    if isinstance(value, Iterable) and not isinstance(value, str):
        return wording.listed(_text(field, element) for element in value)
    return _name(field.enum_type, value) if field.enum_type else str(value)


def _message(value: Message) -> str:
    if isinstance(value, Money):
        return wording.money(value)
    if isinstance(value, Timestamp):
        return wording.instant(value)
    return " ".join(_text(field, part) for field, part in value.ListFields())


def _name(enum: EnumDescriptor, number: int) -> str:
    value = enum.values_by_number.get(number)
    return value.name.removeprefix(enum.values_by_number[0].name.removesuffix("UNSPECIFIED")) if value else str(number)


def _plain(event: events_pb2.Event) -> dict[str, object]:
    return {
        "position": event.position,
        "event_id": event.event_id,
        "type": event.type,
        "order_id": event.order_id,
        "order_version": event.order_version,
        "occur_time": event.occur_time.ToJsonString(),
        "facts": getattr(event, name) if (name := event.WhichOneof("facts")) else {},
        "traceparent": event.traceparent,
    }

"""`crossdock webhook`: addresses to which events are posted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from crossdock.admin.v1 import admin_pb2
from crossdock.webhooks.v1 import webhooks_pb2
from hub.app.cli import wording
from hub.app.cli.output import Output
from hub.app.cli.paging import Limit, all_of
from hub.app.cli.session import AsJson, session_of
from hub.app.client import REFUSED

Identity = Annotated[str, typer.Argument(metavar="ID", help="Id of the webhook.")]

_SIGNATURES = {
    "standard": webhooks_pb2.WEBHOOK_SIGNATURE_STANDARD,
    "http-hmac-sha256": webhooks_pb2.WEBHOOK_SIGNATURE_HTTP_HMAC_SHA256,
    "http-ed25519": webhooks_pb2.WEBHOOK_SIGNATURE_HTTP_ED25519,
}
_CONTENTS = {
    "event": webhooks_pb2.WEBHOOK_CONTENT_EVENT,
    "order": webhooks_pb2.WEBHOOK_CONTENT_ORDER,
}


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    group = typer.Typer(help="Post events of the feed to addresses, signed.", no_args_is_help=True)
    group.command("add")(add)
    group.command("list")(list_all)
    group.command("deliveries")(deliveries)
    group.command("remove")(remove)
    group.command("rotate")(rotate)
    group.command("replay")(replay)
    group.command("test")(send_test)
    app.add_typer(group, name="webhook")


def add(
    context: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="Where to post: https://HOST/PATH.")],
    *,
    change: Annotated[str, typer.Option(metavar="ID", help="Change this webhook instead of adding one.")] = "",
    types: Annotated[
        list[str] | None, typer.Option("--type", metavar="TYPE", help="Only events of these types, e.g. OrderPlaced.")
    ] = None,
    channel: Annotated[str, typer.Option(metavar="ID", help="Only events of this channel.")] = "",
    content: Annotated[str, typer.Option(help="What to post: event, or order for the whole order beside.")] = "event",
    signature: Annotated[
        str,
        typer.Option(help="How to sign: standard (Standard Webhooks), http-hmac-sha256 or http-ed25519 (RFC 9421)."),
    ] = "standard",
    as_json: AsJson = False,
) -> None:
    """Add a webhook, and show its secret this once; events from now on are posted."""
    session = session_of(context, as_json=as_json)
    request = webhooks_pb2.PutWebhookRequest(
        request_id=wording.new_request(),
        webhook_id=wording.identity(change, "--change") if change else "",
        url=url,
        types=types,
        channel_id=channel,
        content=_value(_CONTENTS, content, "--content"),
        signature=_value(_SIGNATURES, signature, "--signature"),
    )
    with session.hub() as hub:
        put = hub.call(hub.webhooks.PutWebhook, request)
    if session.output.as_json:
        session.output.json(put)
        return
    session.output.say(f"Webhook {put.webhook.webhook_id} posts to {put.webhook.url}.")
    _keys(session.output, put.webhook, put.secret)


def list_all(context: typer.Context, *, limit: Limit = 100, as_json: AsJson = False) -> None:
    """List webhooks."""
    session = session_of(context, as_json=as_json)
    with session.hub() as hub:
        found = all_of(hub, hub.webhooks.ListWebhooks, webhooks_pb2.ListWebhooksRequest(), "webhooks", limit)
    if session.output.as_json:
        session.output.json({"webhooks": found})
        return
    rows = [
        (
            one.webhook_id,
            one.url,
            one.disabled_reason or "active",
            one.principal,
            ", ".join([*one.types, *filter(None, [one.channel_id])]) or "all",
            one.position,
            wording.instant(one.deliver_time),
        )
        for one in found
    ]
    columns = ("ID", "URL", "STATE", "PRINCIPAL", "EVENTS", "POSITION#", "LAST DELIVERY")
    session.output.table(columns, rows, empty="There is no webhook.")


def deliveries(
    context: typer.Context,
    webhook_id: Identity,
    *,
    state: Annotated[str, typer.Option(help="due, dead or settled; any unless it is given.")] = "",
    limit: Limit = 100,
    as_json: AsJson = False,
) -> None:
    """List what waits for a webhook, was given up, or was delivered."""
    session = session_of(context, as_json=as_json)
    request = webhooks_pb2.ListWebhookDeliveriesRequest(
        webhook_id=wording.identity(webhook_id, "ID"),
        state=wording.state_value(admin_pb2.MessageState, state, "MESSAGE_STATE_", "--state") if state else None,
    )
    with session.hub() as hub:
        found = all_of(hub, hub.webhooks.ListWebhookDeliveries, request, "deliveries", limit)
    if session.output.as_json:
        session.output.json({"deliveries": found})
        return
    rows = [
        (
            one.position,
            one.event_id,
            one.order_id,
            wording.state(admin_pb2.MessageState, one.state, "MESSAGE_STATE_"),
            one.attempts,
            one.last_failure,
        )
        for one in found
    ]
    columns = ("POSITION#", "EVENT", "ORDER", "STATE", "ATTEMPTS#", "LAST FAILURE")
    session.output.table(columns, rows, empty="Nothing is posted to this webhook.")


def remove(context: typer.Context, webhook_id: Identity, *, as_json: AsJson = False) -> None:
    """Remove a webhook with everything that waits for it."""
    session = session_of(context, as_json=as_json)
    identity = wording.identity(webhook_id, "ID")
    request = webhooks_pb2.RemoveWebhookRequest(request_id=wording.new_request(), webhook_id=identity)
    with session.hub() as hub:
        hub.call(hub.webhooks.RemoveWebhook, request)
    if session.output.as_json:
        session.output.json({"removed": identity})
    else:
        session.output.say(f"Webhook {identity} is removed.")


def rotate(
    context: typer.Context,
    webhook_id: Identity,
    *,
    overlap: Annotated[str, typer.Option(metavar="SPAN", help="For how long the old secret signs too: 1d, 2h.")] = "1d",
    as_json: AsJson = False,
) -> None:
    """Give a webhook another secret, and show it this once; the old one signs too for a while."""
    session = session_of(context, as_json=as_json)
    request = webhooks_pb2.RotateWebhookSecretRequest(
        request_id=wording.new_request(),
        webhook_id=wording.identity(webhook_id, "ID"),
        overlap=wording.duration(wording.span(overlap)),
    )
    with session.hub() as hub:
        rotated = hub.call(hub.webhooks.RotateWebhookSecret, request)
    if session.output.as_json:
        session.output.json(rotated)
    else:
        _keys(session.output, rotated.webhook, rotated.secret)


def replay(
    context: typer.Context,
    webhook_id: Identity,
    *,
    after: Annotated[
        int | None,
        typer.Option(
            min=0, help="Position after which to post again; before what was not delivered unless it is given."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Post events again, enable the webhook where it is disabled, and end its exceptions."""
    session = session_of(context, as_json=as_json)
    request = webhooks_pb2.ReplayWebhookRequest(
        request_id=wording.new_request(), webhook_id=wording.identity(webhook_id, "ID"), after_position=after
    )
    with session.hub() as hub:
        webhook = hub.call(hub.webhooks.ReplayWebhook, request).webhook
    if session.output.as_json:
        session.output.json(webhook)
    else:
        session.output.say(f"Webhook {webhook.webhook_id} goes on after position {webhook.position}.")


def send_test(context: typer.Context, webhook_id: Identity, *, as_json: AsJson = False) -> None:
    """Post a test event now, and tell what the receiver answered."""
    session = session_of(context, as_json=as_json)
    request = webhooks_pb2.SendTestEventRequest(webhook_id=wording.identity(webhook_id, "ID"))
    with session.hub() as hub:
        answer = hub.call(hub.webhooks.SendTestEvent, request)
    if session.output.as_json:
        session.output.json(answer)
    else:
        session.output.say(answer.failure or f"The receiver took the test: it answered {answer.status}.")
    if answer.failure:
        raise typer.Exit(REFUSED)


def _keys(output: Output, webhook: webhooks_pb2.Webhook, secret: str) -> None:
    if secret:
        output.say(f"Its secret, which is not shown again: {secret}")
    elif webhook.public_keys:
        output.say(f"Its signatures are verified with the public key {webhook.public_keys[0]}")


def _value(known: Mapping[str, int], name: str, option: str) -> Any:
    if name not in known:
        raise typer.BadParameter(f"there is no {name}; there are: {', '.join(known)}", param_hint=option)
    return known[name]

"""Feeds webhooks and posts to them, in the lanes of the outbox: events of one order in order, others beside."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from msgspec import Struct, field

from hub.cases.case import Case
from hub.cases.context import Secrets
from hub.cases.store import read
from hub.connect.failures import CallFailure, NeverAccepted, PutOff
from hub.connect.webhooks import GONE, Response, WebhookFigures, WebhookSender
from hub.database.pool import Database
from hub.database.tx import Tx
from hub.flows.upkeep.disable_webhooks import disable_gone, disable_ownerless, disable_silent
from hub.flows.upkeep.feed_webhooks import feed_webhook
from hub.gate.change import Surroundings
from hub.kernel.instant import Instant
from hub.kernel.scope import HUB
from hub.messages.timers import WebhookSilent
from hub.messages.webhooks import DeliverEvent
from hub.outbox import operations as outbox
from hub.outbox.model import Answer, EventRecord, Message, Outcome
from hub.webhooks import operations as webhooks
from hub.webhooks.model import Content, Webhook
from hub.webhooks.policy.addresses import Network, url_problem
from hub.webhooks.policy.lifetimes import GIVE_UP, signing
from hub.webhooks.policy.sealing import opened
from hub.webhooks.policy.signatures import Sending, headers
from hub.wire.setup.webhooks import body_of, trial_body
from hub.work.handlers import Answered, Call, Messages, Refused, Task, flow_task, partner_call


class Poster(Struct, frozen=True):
    """Signs bodies and posts them. `now` is machine time, which receivers compare with theirs.

    `allowed` networks are reached beside the public internet.
    """

    sender: WebhookSender
    secrets: Secrets
    now: Callable[[], Instant]
    allowed: tuple[Network, ...] = ()
    figures: WebhookFigures = field(default_factory=WebhookFigures)

    def problem(self, url: str) -> str:
        """Return what is wrong with the URL of a webhook, empty where nothing is."""
        return url_problem(url, self.allowed)

    async def post(self, webhook: Webhook, message_id: str, body: bytes, at: Instant) -> Response:
        """Post a body, signed with the secrets that sign at business time `at`. Raises CallFailure."""
        key = self.secrets.documents
        secrets = [opened(key, webhook.webhook_id, secret.content) for secret in signing(webhook, at)]
        sending = Sending(message_id, int(self.now().timestamp()), webhook.url, body)
        with self.figures.post(webhook.webhook_id) as note:
            response = await self.sender.post(webhook.url, headers(webhook.signature, secrets, sending), sending.body)
            note(response)
        return response

    async def test(self, webhook: Webhook, message_id: str, at: Instant) -> tuple[int, str]:
        """Post a test; return the status of the response, 0 where there is none, and what went wrong."""
        try:
            response = await self.post(webhook, message_id, trial_body(at), at)
        except CallFailure as failure:
            return 0, str(failure)
        return response.status, "" if response.taken else _said(response)


async def feed(database: Database, surroundings: Surroundings) -> int:
    """Hand the webhooks that are behind the feed what comes next; return how many events were handed on."""
    async with database.reading() as tx:
        behind = await webhooks.behind(tx, await outbox.last_position(tx))
    fed = 0
    for webhook_id in behind:
        async with database.transaction() as tx:
            flow = await surroundings.flow_context(tx, HUB, causes={}, last=False)
            fed += await feed_webhook(flow, webhook_id)
    return fed


async def stop_ownerless(database: Database, surroundings: Surroundings, let_in: Collection[str]) -> None:
    """Disable the webhooks of principals that are not among those who are let in."""
    async with database.reading() as tx:
        webhook_ids = await webhooks.ownerless(tx, let_in)
    if webhook_ids:
        async with database.transaction() as tx:
            flow = await surroundings.flow_context(tx, HUB, causes={}, last=False)
            await disable_ownerless(flow, webhook_ids)


def handlers(database: Database, surroundings: Surroundings, poster: Poster) -> list[Task | Call]:
    """What is done with the messages and timers of webhooks.

    A receiver knows a repeat by its id, so an event is posted again without asking first. How long it waits between
    attempts, and for a receiver that answers nothing, is the outbox's.
    """
    posting = _Posting(database, surroundings, poster)
    return [
        partner_call(DeliverEvent, posting.send, posting.send, posting.taken, repeatable=True),
        flow_task(WebhookSilent, posting.silent),
    ]


class _Posting(Struct, frozen=True):
    """Posts events, and takes in what receivers answer."""

    database: Database
    surroundings: Surroundings
    poster: Poster

    async def send(self, message: Message[DeliverEvent], at: Instant) -> Answer[None]:
        """Post an event; raises CallFailure where the receiver did not take it."""
        payload = message.payload
        async with self.database.reading() as tx:
            webhook = (await webhooks.load(tx, [payload.webhook_id])).get(payload.webhook_id)
            body = await self._body(tx, webhook, payload) if webhook else None
        if webhook is None or body is None:
            return Answer(Outcome.REFUSED, None, code="WEBHOOK_REMOVED")
        try:
            response = await self.poster.post(webhook, str(payload.event_id), body, at)
        except CallFailure as failure:
            raise _final(failure, payload, at) from failure
        if response.taken:
            return Answer(Outcome.DONE, None)
        if response.status == GONE:
            return Answer(Outcome.REFUSED, None, code=str(GONE))
        raise _final(PutOff(_said(response), response.retry_after_seconds), payload, at)

    async def taken(self, tx: Tx, answered: Answered[DeliverEvent, None], at: Instant) -> Refused:
        """Note who took something, and disable the webhooks of receivers that are gone."""
        taken = [message.payload.webhook_id for message, answer in answered if answer.outcome is Outcome.DONE]
        await webhooks.delivered(tx, taken, at=at)
        gone = [message.payload.webhook_id for message, answer in answered if answer.code == str(GONE)]
        if gone:
            flow = await self.surroundings.flow_context(tx, HUB, causes={}, last=False)
            await disable_gone(flow, gone)
        return None

    async def silent(self, tx: Tx, messages: Messages[WebhookSilent], _: Sequence[Any], at: Instant) -> Refused:
        """`timer.webhook_silent`: its subject is the webhook."""
        flow = await self.surroundings.flow_context(tx, HUB, causes={}, last=False)
        await disable_silent(flow, [message.payload.webhook_id for message in messages])
        return None

    async def _body(self, tx: Tx, webhook: Webhook, payload: DeliverEvent) -> bytes | None:
        event = (await outbox.events_by_id(tx, [payload.event_id])).get(payload.event_id)
        if event is None:
            return None
        case: Case | None = None
        if webhook.content is Content.ORDER and payload.order_id is not None:
            case = (await read(tx, webhook.scope, [payload.order_id])).get(payload.order_id)
        return body_of(EventRecord(event, payload.position), case)


def _final(failure: CallFailure, payload: DeliverEvent, at: Instant) -> CallFailure:
    """Return a failure after which the event is given up, where it has been tried for long enough."""
    return NeverAccepted(str(failure)) if at - payload.since >= GIVE_UP else failure


def _said(response: Response) -> str:
    moved = " Redirects are not followed; put the webhook's URL right." if 300 <= response.status < 400 else ""
    return f"The receiver answered {response.status}.{moved}"

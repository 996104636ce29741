"""Changes of what the hub runs by, and of single rows of it: catalog, parties, exceptions, messages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from msgspec.structs import replace

from hub.cases.context import FlowContext
from hub.catalog import operations as catalog
from hub.catalog.errors import UnknownSku
from hub.catalog.model import Item
from hub.exceptions import operations as exceptions
from hub.exceptions.errors import ExceptionNotFound
from hub.exceptions.model import ExceptionRecord
from hub.flows.stock.judge_availability import plan_items, put_items
from hub.flows.upkeep.move_cursors import CursorMove, MovedCursor, move_cursors
from hub.flows.upkeep.pause_accounts import AccountPause, PausedSince, Resumed, pause_accounts, resume_accounts
from hub.flows.upkeep.resolve_exceptions import Resolution, resolve_exceptions
from hub.flows.upkeep.retry_messages import retry_accounts, retry_messages
from hub.flows.upkeep.triage_exceptions import Assignment, Snooze, assign_exceptions, snooze_exceptions
from hub.gate.change import Change
from hub.gate.outcomes import Stored
from hub.kernel.errors import Refusal
from hub.kernel.instant import instant, iso
from hub.messages.payload import Unread
from hub.outbox.model import Message, MessageRecord, MessageState, Revival, Revived
from hub.parties import operations as parties
from hub.parties.errors import PartyNotFound


async def _items(flow: FlowContext, stored: Sequence[Stored]) -> list[Item | Refusal]:
    found = await catalog.load(flow.tx, [one["sku"] for one in stored])
    return [
        found.get(one["sku"]) or UnknownSku(f"SKU {one['sku']} is not in the catalog.", sku=one["sku"])
        for one in stored
    ]


async def _erase(flow: FlowContext, party_ids: Sequence[UUID]) -> list[UUID | Refusal]:
    """Erases parties; who sees a part of the orders only sees no party here."""
    seen = sorted(set(party_ids)) if flow.scope.unlimited else []
    erased = set(await parties.erase(flow.tx, seen, keys=flow.secrets.people, at=flow.at)) if seen else set()
    return [
        party_id
        if party_id in erased
        else PartyNotFound("There is no party with this id, or it was erased.", party_id=party_id)
        for party_id in party_ids
    ]


async def _erased(_: FlowContext, stored: Sequence[Stored]) -> list[UUID | Refusal]:
    return [UUID(one["party_id"]) for one in stored]


def _exception(record: ExceptionRecord) -> Stored:
    return {"exception_id": str(record.exception_id)}


async def _exceptions(flow: FlowContext, stored: Sequence[Stored]) -> list[ExceptionRecord | Refusal]:
    """Exceptions as they stand."""
    ids = [UUID(outcome["exception_id"]) for outcome in stored]
    known = await exceptions.find(flow.tx, flow.scope, ids)
    return [
        known.get(exception_id) or ExceptionNotFound("There is no exception with this id.", exception_id=exception_id)
        for exception_id in ids
    ]


def _message(record: MessageRecord) -> Stored:
    message = record.message
    return {
        "message_id": str(message.message_id),
        "lane": message.lane,
        "kind": message.kind,
        "account_id": message.account_id,
        "order_id": str(message.order_id) if message.order_id else None,
        "last_failure": record.last_failure,
        "lane_number": record.lane_number,
    }


async def _retried(flow: FlowContext, stored: Sequence[Stored]) -> list[MessageRecord | Refusal]:
    """Messages as they were when they were made due again."""
    return [_record(flow, one) for one in stored]


def _record(flow: FlowContext, stored: Stored) -> MessageRecord:
    order_id: Any = stored["order_id"]
    return MessageRecord(
        message=Message(
            message_id=UUID(stored["message_id"]),
            lane=stored["lane"],
            payload=Unread(stored["kind"], {}, ""),
            account_id=stored["account_id"],
            order_id=UUID(order_id) if order_id else None,
        ),
        lane_number=stored["lane_number"],
        state=MessageState.DUE,
        attempts=0,
        last_failure=stored["last_failure"],
        created_at=flow.at,
        settled_at=None,
        answer=None,
    )


async def _moved(_: FlowContext, stored: Sequence[Stored]) -> list[MovedCursor | Refusal]:
    return [MovedCursor(one["previous"]) for one in stored]


async def _paused(_: FlowContext, stored: Sequence[Stored]) -> list[PausedSince | Refusal]:
    return [PausedSince(instant(one["at"])) for one in stored]


async def _resumed(_: FlowContext, stored: Sequence[Stored]) -> list[Resumed | Refusal]:
    return [Resumed(one["due"]) for one in stored]


async def _all_retried(_: FlowContext, stored: Sequence[Stored]) -> list[Revived | Refusal]:
    return [Revived(one["retried"], one["remaining"]) for one in stored]


PUT_ITEMS: Final[Change[Item, Item]] = Change(
    "PutItems", put_items, lambda item: {"sku": item.sku}, _items, prepare=plan_items
)
ERASE_PARTY: Final[Change[UUID, UUID]] = Change(
    "EraseParty", _erase, lambda party_id: {"party_id": str(party_id)}, _erased
)
ASSIGN_EXCEPTION: Final[Change[Assignment, ExceptionRecord]] = Change(
    "AssignException", assign_exceptions, _exception, _exceptions
)
SNOOZE_EXCEPTION: Final[Change[Snooze, ExceptionRecord]] = Change(
    "SnoozeException", snooze_exceptions, _exception, _exceptions
)
RESOLVE_EXCEPTION: Final[Change[Resolution, ExceptionRecord]] = Change(
    "ResolveException", resolve_exceptions, _exception, _exceptions
)
ASSIGN_EXCEPTIONS: Final = replace(ASSIGN_EXCEPTION, rpc="ChangeExceptions")
SNOOZE_EXCEPTIONS: Final = replace(SNOOZE_EXCEPTION, rpc="ChangeExceptions")
RESOLVE_EXCEPTIONS: Final = replace(RESOLVE_EXCEPTION, rpc="ChangeExceptions")
RETRY_MESSAGE: Final[Change[UUID, MessageRecord]] = Change("RetryMessage", retry_messages, _message, _retried)
RETRY_MESSAGES: Final[Change[Revival, Revived]] = Change(
    "RetryMessages", retry_accounts, lambda one: {"retried": one.retried, "remaining": one.remaining}, _all_retried
)
MOVE_CURSOR: Final[Change[CursorMove, MovedCursor]] = Change(
    "MovePollCursor", move_cursors, lambda one: {"previous": one.previous}, _moved
)
PAUSE_ACCOUNT: Final[Change[AccountPause, PausedSince]] = Change(
    "PauseAccount", pause_accounts, lambda one: {"at": iso(one.at)}, _paused
)
RESUME_ACCOUNT: Final[Change[str, Resumed]] = Change(
    "ResumeAccount", resume_accounts, lambda one: {"due": one.due}, _resumed
)

"""Moves the cursors of pulls by a person's word: past what a partner cannot tell rightly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from hub.cases.context import FlowContext
from hub.kernel.errors import InvalidField, Refusal
from hub.messages.customs import PullCustoms
from hub.messages.timers import PollDue
from hub.messages.transport import PullTransport
from hub.messages.warehouse import PullWarehouse
from hub.network.model import PartnerKind
from hub.outbox import operations as outbox

_PULLS: Final = {
    PartnerKind.WAREHOUSE: PullWarehouse.KIND,
    PartnerKind.TRANSPORT: PullTransport.KIND,
    PartnerKind.CUSTOMS: PullCustoms.KIND,
}
"""Kinds of partners that are pulled, and the message that pulls them."""


class CursorMove(Struct, frozen=True):
    """An account whose next pull goes on from a cursor, in its partner's own terms."""

    account_id: str
    cursor: str


class MovedCursor(Struct, frozen=True):
    """Where the account stood before."""

    previous: str


async def move_cursors(flow: FlowContext, moves: Sequence[CursorMove]) -> list[MovedCursor | Refusal]:
    """Moves cursors and has the accounts pulled at once. Refuses INVALID_FIELD for an account that is not pulled."""
    answers: list[MovedCursor | Refusal] = []
    for move in moves:
        account = flow.network.account(move.account_id)
        kind = _PULLS.get(account.kind) if account else None
        if kind is None:
            no = f"{move.account_id} is no account of a warehouse, carrier or customs; name one that is pulled."
            answers.append(InvalidField(no, account_id="not pulled"))
            continue
        answers.append(MovedCursor(await outbox.poll_cursor(flow.tx, move.account_id)))
        await outbox.save_poll_cursor(flow.tx, move.account_id, move.cursor, at=flow.at)
        await outbox.poll_at(flow.tx, [PollDue(move.account_id, flow.at, kind)])
    return answers

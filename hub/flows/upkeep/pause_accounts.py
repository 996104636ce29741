"""Pauses and resumes accounts of partners by a person's word: while one is paused, nothing is sent to it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from hub.cases.context import FlowContext
from hub.kernel.errors import InvalidField, Refusal
from hub.kernel.instant import Instant
from hub.outbox import operations as outbox


class AccountPause(Struct, frozen=True):
    """An account that is to be paused, why, and when in machine time."""

    account_id: str
    reason: str
    now: Instant


class PausedSince(Struct, frozen=True):
    """Since when an account is paused, in machine time."""

    at: Instant


class Resumed(Struct, frozen=True):
    """How many messages waited for an account that was resumed."""

    due: int


async def pause_accounts(flow: FlowContext, pauses: Sequence[AccountPause]) -> list[PausedSince | Refusal]:
    """Pauses accounts. Refuses INVALID_FIELD for one that is not in the network."""
    return [
        PausedSince(await outbox.pause_account(flow.tx, pause.account_id, pause.reason, now=pause.now))
        if flow.network.account(pause.account_id)
        else _unknown(pause.account_id)
        for pause in pauses
    ]


async def resume_accounts(flow: FlowContext, account_ids: Sequence[str]) -> list[Resumed | Refusal]:
    """Resumes accounts. Refuses INVALID_FIELD for one that is not in the network."""
    answers: list[Resumed | Refusal] = []
    for account_id in account_ids:
        if flow.network.account(account_id) is None:
            answers.append(_unknown(account_id))
            continue
        await outbox.resume_account(flow.tx, account_id)
        (state,) = await outbox.account_states(flow.tx, [account_id], since=flow.at)
        answers.append(Resumed(state.due))
    return answers


def _unknown(account_id: str) -> Refusal:
    return InvalidField(f"{account_id} is no account of the network.", account_id="unknown")

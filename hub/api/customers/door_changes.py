"""The rpcs that change codes and sessions, each with its flow, and how a repeat is answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from hub.cases.context import FlowContext
from hub.customers import operations as customers
from hub.customers.errors import SessionEnded
from hub.customers.model import Session, Subject
from hub.flows.customers.open_sessions import Try, end_sessions, issue_sessions, try_codes
from hub.flows.customers.send_codes import CodeAsked, Guest, send_codes
from hub.gate.change import Change
from hub.gate.outcomes import Stored
from hub.kernel.errors import Refusal
from hub.kernel.ids import text_of


def _opened(session: Session) -> Stored:
    return {"session_id": text_of(session.session_id)}


async def _asked(_: FlowContext, stored: Sequence[Stored]) -> list[CodeAsked | Refusal]:
    return [CodeAsked() for _ in stored]


async def _sessions(flow: FlowContext, stored: Sequence[Stored]) -> list[Session | Refusal]:
    ids = [UUID(one["session_id"]) for one in stored]
    known = await customers.sessions(flow.tx, ids)
    return [known.get(session_id) or SessionEnded() for session_id in ids]


async def _ended(_: FlowContext, stored: Sequence[Stored]) -> list[int | Refusal]:
    return [one["ended"] for one in stored]


ASK_FOR_CODE: Final[Change[Guest, CodeAsked]] = Change("AskForCode", send_codes, lambda _: {}, _asked)
OPEN_SESSION: Final[Change[Try, Session]] = Change("OpenSession", try_codes, _opened, _sessions)
ISSUE_SESSION: Final[Change[Subject, Session]] = Change("IssueSession", issue_sessions, _opened, _sessions)
END_SESSIONS: Final[Change[Subject, int]] = Change("EndSessions", end_sessions, lambda ended: {"ended": ended}, _ended)

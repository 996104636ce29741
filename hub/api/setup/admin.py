"""AdminService: health, time, audit, exceptions and dead letters, for operators."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from crossdock.admin.v1 import admin_pb2 as pb
from hub import audit
from hub.api.deps import ServiceDeps
from hub.api.edge.calls import Call
from hub.api.pages import Page
from hub.api.setup.setup_changes import (
    ASSIGN_EXCEPTION,
    ASSIGN_EXCEPTIONS,
    MOVE_CURSOR,
    PAUSE_ACCOUNT,
    RESOLVE_EXCEPTION,
    RESOLVE_EXCEPTIONS,
    RESUME_ACCOUNT,
    RETRY_MESSAGE,
    RETRY_MESSAGES,
    SNOOZE_EXCEPTION,
    SNOOZE_EXCEPTIONS,
)
from hub.api.stock.availability import memory_to_pb
from hub.auditlog import operations as auditlog
from hub.auditlog.model import Head
from hub.exceptions import operations as exceptions
from hub.exceptions.model import ExceptionRecord
from hub.flows.upkeep.move_cursors import CursorMove
from hub.flows.upkeep.pause_accounts import AccountPause
from hub.flows.upkeep.resolve_exceptions import Resolution
from hub.flows.upkeep.triage_exceptions import Assignment, Snooze
from hub.kernel.errors import InvalidField, Refusal
from hub.kernel.instant import LAST, iso
from hub.outbox import operations as outbox
from hub.sourcing import operations as sourcing
from hub.wire.instants import instant_from_pb, instant_to_pb, span_from_pb
from hub.wire.setup.admin import (
    MESSAGE_STATES,
    account_status_to_pb,
    audit_entry_to_pb,
    audit_question_from_pb,
    audit_result_to_pb,
    exception_filter_from_pb,
    exception_result_to_pb,
    exception_to_pb,
    message_to_pb,
    revival_from_pb,
)

CONTACT_SPAN: Final = timedelta(hours=1)
"""From how long messages to a partner count as settled lately."""
PACE_SPAN: Final = timedelta(minutes=1)
"""From how long the pace is taken at which messages are settled."""


class AdminService:
    """For operators."""

    def __init__(self, deps: ServiceDeps) -> None:
        self._deps = deps

    async def GetStatus(self, _: pb.GetStatusRequest, call: Call) -> pb.GetStatusResponse:
        """Tells how the hub is."""
        async with self._deps.database.reading() as tx:
            flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
            clock = await outbox.business_time(tx)
            counts, pace = await outbox.counts(tx), await outbox.pace(tx, flow.at - PACE_SPAN)
            open_exceptions = await exceptions.count_open(tx)
            stale = await sourcing.stale_values(tx, flow.network, flow.at)
        return pb.GetStatusResponse(
            version=self._deps.version,
            business_time=instant_to_pb(flow.at),
            virtual_clock=clock.virtual,
            network_version=flow.network.version,
            due_messages=counts.due,
            dead_messages=counts.dead,
            timers=counts.timers,
            open_exceptions=open_exceptions,
            last_position=counts.last_position,
            availability=memory_to_pb(self._deps.availability),
            settled_messages_per_minute=pace.settled,
            backlog_span=pace.span_for(counts.due, PACE_SPAN),
            stale_value_channel_ids=stale,
        )

    async def AdvanceTime(self, request: pb.AdvanceTimeRequest, call: Call) -> pb.AdvanceTimeResponse:
        """Moves business time on."""
        span = span_from_pb(request.span, field="span")
        if span > LAST - await self._deps.now(call.scope):
            raise InvalidField(f"span leads beyond {iso(LAST)}, where business time ends.", span="out of range")
        advanced = await self._deps.advance(span)
        return pb.AdvanceTimeResponse(business_time=instant_to_pb(advanced.at), fired_timers=advanced.fired_timers)

    async def RunAudit(self, _: pb.RunAuditRequest, __: Call) -> pb.RunAuditResponse:
        """Counts violations of every invariant."""
        async with self._deps.database.reading() as tx:
            results = await audit.run(tx)
        return pb.RunAuditResponse(results=[audit_result_to_pb(result) for result in results])

    async def ListExceptions(self, request: pb.ListExceptionsRequest, call: Call) -> pb.ListExceptionsResponse:
        """Lists exceptions, the earliest deadline first."""
        page = Page(request)
        after = page.by_instant()
        asked = exception_filter_from_pb(request, await self._deps.now(call.scope))
        async with self._deps.database.reading() as tx:
            found = await exceptions.page(tx, call.scope, asked, after, page.size + 1)
        rows, token = page.cut(found, lambda one: (one.deadline_at, one.exception_id))
        return pb.ListExceptionsResponse(exceptions=[exception_to_pb(row) for row in rows], next_page_token=token)

    async def AssignException(self, request: pb.AssignExceptionRequest, call: Call) -> pb.AssignExceptionResponse:
        """Gives an exception to another owner."""
        assignment = Assignment(UUID(request.exception_id), request.owner)
        record = await self._deps.gate.run(ASSIGN_EXCEPTION, call.asked(request, request.request_id), assignment)
        return pb.AssignExceptionResponse(exception=exception_to_pb(record))

    async def SnoozeException(self, request: pb.SnoozeExceptionRequest, call: Call) -> pb.SnoozeExceptionResponse:
        """Puts an exception aside."""
        until = instant_from_pb(request.until_time, field="until_time")
        snooze = Snooze(UUID(request.exception_id), until)
        record = await self._deps.gate.run(SNOOZE_EXCEPTION, call.asked(request, request.request_id), snooze)
        return pb.SnoozeExceptionResponse(exception=exception_to_pb(record))

    async def ResolveException(self, request: pb.ResolveExceptionRequest, call: Call) -> pb.ResolveExceptionResponse:
        """Ends an exception that a person has dealt with."""
        asked = call.asked(request, request.request_id)
        resolution = Resolution(UUID(request.exception_id), request.note)
        record = await self._deps.gate.run(RESOLVE_EXCEPTION, asked, resolution)
        return pb.ResolveExceptionResponse(exception=exception_to_pb(record))

    async def ChangeExceptions(self, request: pb.ChangeExceptionsRequest, call: Call) -> pb.ChangeExceptionsResponse:
        """Gives many exceptions to another owner, puts them aside, or ends them."""
        ids, asked = list(map(UUID, request.exception_ids)), call.asked(request, request.request_id)
        run_many = self._deps.gate.run_many
        answers: Sequence[ExceptionRecord | Refusal]
        if request.HasField("owner"):
            answers = [*await run_many(ASSIGN_EXCEPTIONS, asked, [Assignment(one, request.owner) for one in ids])]
        elif request.HasField("snooze_until_time"):
            until = instant_from_pb(request.snooze_until_time, field="snooze_until_time")
            answers = [*await run_many(SNOOZE_EXCEPTIONS, asked, [Snooze(one, until) for one in ids])]
        else:
            note = request.resolve_note
            answers = [*await run_many(RESOLVE_EXCEPTIONS, asked, [Resolution(one, note) for one in ids])]
        return pb.ChangeExceptionsResponse(results=[exception_result_to_pb(answer) for answer in answers])

    async def ListAuditLog(self, request: pb.ListAuditLogRequest, _: Call) -> pb.ListAuditLogResponse:
        """Lists who did what, the latest first."""
        page = Page(request)
        question = audit_question_from_pb(request, before=page.by_number(), size=page.size + 1)
        async with self._deps.database.reading() as tx:
            found = await auditlog.page(tx, question)
        rows, token = page.cut(found, lambda link: (link.number,))
        return pb.ListAuditLogResponse(entries=[audit_entry_to_pb(row) for row in rows], next_page_token=token)

    async def VerifyAuditLog(self, request: pb.VerifyAuditLogRequest, _: Call) -> pb.VerifyAuditLogResponse:
        """Checks the audit log from an entry on."""
        async with self._deps.database.reading() as tx:
            after = Head(request.after, bytes.fromhex(request.after_digest))
            found, last, ended = await auditlog.verify(tx, after, self._deps.audit_key)
        return pb.VerifyAuditLogResponse(
            verified_through=found.through,
            flaw=found.flaw,
            complete=ended or bool(found.flaw),
            next_after=last.number,
            next_after_digest=last.digest.hex(),
        )

    async def ListMessages(self, request: pb.ListMessagesRequest, call: Call) -> pb.ListMessagesResponse:
        """Lists messages, of one state where it is named."""
        page = Page(request)
        after = page.by_id()
        state = MESSAGE_STATES.optional(request.state, "state")
        async with self._deps.database.reading() as tx:
            found = await outbox.list_messages(tx, call.scope, state, after=after, limit=page.size + 1)
        rows, token = page.cut(found, lambda one: (one.message.message_id,))
        return pb.ListMessagesResponse(messages=[message_to_pb(row) for row in rows], next_page_token=token)

    async def RetryMessage(self, request: pb.RetryMessageRequest, call: Call) -> pb.RetryMessageResponse:
        """Gives a dead letter another life."""
        asked = call.asked(request, request.request_id)
        record = await self._deps.gate.run(RETRY_MESSAGE, asked, UUID(request.message_id))
        return pb.RetryMessageResponse(message=message_to_pb(record))

    async def RetryMessages(self, request: pb.RetryMessagesRequest, call: Call) -> pb.RetryMessagesResponse:
        """Gives the dead letters of an account another life."""
        asked = call.asked(request, request.request_id)
        revived = await self._deps.gate.run(RETRY_MESSAGES, asked, revival_from_pb(request))
        return pb.RetryMessagesResponse(retried_count=revived.retried, remaining_count=revived.remaining)

    async def MovePollCursor(self, request: pb.MovePollCursorRequest, call: Call) -> pb.MovePollCursorResponse:
        """Moves where an account's pulls go on."""
        asked = call.asked(request, request.request_id)
        moved = await self._deps.gate.run(MOVE_CURSOR, asked, CursorMove(request.account_id, request.cursor))
        return pb.MovePollCursorResponse(previous_cursor=moved.previous)

    async def GetAccounts(self, _: pb.GetAccountsRequest, call: Call) -> pb.GetAccountsResponse:
        """Tells how the accounts of partners stand."""
        async with self._deps.database.reading() as tx:
            flow = await self._deps.surroundings.flow_context(tx, call.scope, causes={}, last=False)
            known = flow.network.accounts
            states = await outbox.account_states(tx, list(known), since=flow.at - CONTACT_SPAN)
        accounts = [account_status_to_pb(known[state.account_id], state) for state in states]
        return pb.GetAccountsResponse(accounts=accounts)

    async def PauseAccount(self, request: pb.PauseAccountRequest, call: Call) -> pb.PauseAccountResponse:
        """Has nothing sent to an account."""
        pause = AccountPause(request.account_id, request.reason, self._deps.machine_now())
        since = await self._deps.gate.run(PAUSE_ACCOUNT, call.asked(request, request.request_id), pause)
        return pb.PauseAccountResponse(pause_time=instant_to_pb(since.at))

    async def ResumeAccount(self, request: pb.ResumeAccountRequest, call: Call) -> pb.ResumeAccountResponse:
        """Has messages sent to an account again."""
        asked = call.asked(request, request.request_id)
        resumed = await self._deps.gate.run(RESUME_ACCOUNT, asked, request.account_id)
        return pb.ResumeAccountResponse(due_count=resumed.due)

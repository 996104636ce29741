"""What is recorded of work that was done: spans of cases that flows changed, of batches, and of deliveries."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Sequence

from hub.app.runtime.work_figures import FlowFigures
from hub.cases.context import TouchedCase
from hub.kernel.ids import text_of
from hub.kernel.instant import Instant, micros
from hub.kernel.trace import TraceContext, from_traceparent
from hub.observability.spans import CLIENT, CONSUMER, INTERNAL, SERVER, Recorder, Span
from hub.work.handlers import Delivery

_ID_BYTES = 8
_TRACE_ID_BYTES = 16


class Begun(TouchedCase, frozen=True):
    """A touched case that knows when its transaction began, in nanoseconds since 1970."""

    begun_ns: int = 0


class Touching(list[TouchedCase]):
    """Collects the cases that a transaction touches, each with the begin of the transaction."""

    def __init__(self) -> None:
        super().__init__()
        self._begun_ns = time.time_ns()

    def append(self, touched: TouchedCase) -> None:
        """Takes one."""
        one = touched
        super().append(
            Begun(
                one.trace_id,
                one.span_id,
                one.parent_span_id,
                one.name,
                one.order_id,
                one.caller,
                one.promises,
                begun_ns=self._begun_ns,
            )
        )

    def extend(self, touched: Iterable[TouchedCase]) -> None:
        """Takes many."""
        for one in touched:
            self.append(one)


class SpanReporter:
    """Turns what was done into spans of a service and hands them to the recorder."""

    def __init__(self, service: str, recorder: Recorder) -> None:
        self._service, self._recorder = service, recorder
        self.flows = FlowFigures()

    def touched(self, cases: Sequence[TouchedCase]) -> None:
        """Records the cases that a committed transaction changed, and the batch where there were many."""
        if not cases:
            return
        now = time.time_ns()
        seconds = (now - _begun_ns(cases[0], now)) / 1e9
        self.flows.commit(cases[0].name, orders=len(cases), seconds=seconds)
        for case in cases:
            for promise in case.promises:
                self.flows.arrive(promise.channel_id, kept=promise.kept)
            if case.trace_id:
                self._recorder.add(self._case(case, now, len(cases)))
        if len(cases) > 1:
            self._recorder.add(self._batch(cases, now))

    def delivered(self, delivery: Delivery) -> None:
        """Records one attempt at a message."""
        parent = from_traceparent(delivery.message.traceparent)
        self._recorder.add(
            Span(
                trace_id=delivery.context.trace_id,
                span_id=delivery.context.span_id,
                parent_span_id=parent.span_id if parent else "",
                name=delivery.message.kind,
                service=self._service,
                start_ns=_nanoseconds(delivery.started_at),
                end_ns=_nanoseconds(delivery.ended_at),
                attributes={
                    "message_id": str(delivery.message.message_id),
                    "account_id": delivery.message.account_id or "",
                    "attempt": delivery.attempt,
                    "outcome": delivery.outcome,
                },
                kind=CLIENT if delivery.message.account_id else CONSUMER,
            )
        )

    def _case(self, case: TouchedCase, now: int, batch: int) -> Span:
        return Span(
            trace_id=case.trace_id,
            span_id=case.span_id,
            parent_span_id=case.parent_span_id,
            name=case.name,
            service=self._service,
            start_ns=_begun_ns(case, now),
            end_ns=now,
            attributes={"order_id": text_of(case.order_id), "batch_size": batch},
            kind=SERVER if case.caller else INTERNAL,
            links=(_link(case.caller),) if case.caller else (),
        )

    def _batch(self, cases: Sequence[TouchedCase], now: int) -> Span:
        return Span(
            trace_id=secrets.token_hex(_TRACE_ID_BYTES),
            span_id=secrets.token_hex(_ID_BYTES),
            parent_span_id="",
            name=f"batch of {cases[0].name}",
            service=self._service,
            start_ns=_begun_ns(cases[0], now),
            end_ns=now,
            attributes={"batch_size": len(cases)},
            links=tuple(_link(case) for case in cases if case.trace_id),
        )


def _link(span: TouchedCase | TraceContext) -> str:
    return f"{span.trace_id}-{span.span_id}"


def _begun_ns(case: TouchedCase, otherwise: int) -> int:
    return case.begun_ns if isinstance(case, Begun) else otherwise


def _nanoseconds(at: Instant) -> int:
    return micros(at) * 1_000

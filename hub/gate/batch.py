"""One batch of a change in one transaction: request keys claimed, the flow run for the new ones, outcomes stored.

A change that has an optimistic way is tried so first: as if every request were new, what is remembered in force, and
all as planned. Where that is not so, the transaction breaks, and the batch runs checked. Knows neither queues nor pace
(see `gate`). What a caller is answered is decided here: by the flow, by the stored outcome of a repeat, by the twin in
the same batch.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from msgspec import Struct, field
from msgspec.structs import replace
from psycopg import OperationalError

from hub.cases.context import FlowContext, PlanContested, PlanStale, TouchedCase
from hub.database import requests
from hub.database.batches import run_batch
from hub.database.pool import Database
from hub.database.tx import AssumptionBroken, Tx
from hub.gate.change import Change, Element, Surroundings
from hub.gate.outcomes import from_store, to_store
from hub.kernel.errors import Refusal, StateChanged
from hub.kernel.scope import Scope
from hub.kernel.trace import TraceContext

log = logging.getLogger(__name__)

Flow = Callable[[FlowContext, Sequence[Any]], Awaitable[Sequence[Any]]]
"""What is done with commands, or planned of them: one answer each, in order."""
Given = Sequence[Any] | Exception
"""One answer per command; or what befell the request as a whole."""
WARY_BATCHES: Final = 8
"""Batches that run with all checks at once after one that broke an assumption: where some repeat, others do."""


class _InDoubt(PlanContested):
    """Refused by a plan that another element of the batch used up without keeping what it took."""


class Planned(Struct, frozen=True, eq=False):
    """An element with what its commands became: a plan, or a refusal where there can be none."""

    element: Element
    commands: Sequence[Any]

    @property
    def refused(self) -> bool:
        """Whether no command of it got a plan."""
        return all(isinstance(command, Refusal) for command in self.commands)


class _Answer(Struct, frozen=True):
    """What an element is answered, at which position; one of each transaction tells which cases were touched."""

    given: Given
    touched: Sequence[TouchedCase] = ()
    position: int = 0


_Answered = tuple[Element, _Answer]


class _Trust(Struct):
    """How many batches are not tried without care."""

    wary: int = 0


class Runner(Struct, frozen=True):
    """Runs batches of one change for one scope."""

    database: Database
    surroundings: Surroundings
    change: Change[Any, Any]
    scope: Scope
    trust: _Trust = field(default_factory=_Trust)

    async def run(self, elements: Sequence[Element]) -> list[Element]:
        """Answers the elements; gives back, in order, those that must run once more."""
        answered = await self._optimistically(elements) or await self._checked(elements)
        again = []
        for element, answer in answered:
            self.surroundings.record(answer.touched)
            if _must_run_again(answer.given, last=element.last):
                element.last = True
                again.append(element)
            else:
                element.receipt.note(answer.position)
                element.settle(_shown(answer.given))
        return again

    async def _optimistically(self, elements: Sequence[Element]) -> list[_Answered] | None:
        """Answers to a batch that was as expected; None where it was not, or may not be: nothing was done then."""
        optimistic = self.change.optimistic if self.database.writes_together else None
        if optimistic is None or not self._trusted(elements):
            return None
        try:
            async with self.database.looking() as looking:
                flow = await self.surroundings.remembered(looking, self.scope)
                planned = await _planned(optimistic.plan, flow, elements) if flow is not None else []
            sure = sum(map(_sure, planned))
            if flow is None or sure < len(elements):
                self.trust.wary = WARY_BATCHES if 2 * sure < len(planned) else 0
                return None
            async with self.database.at_once() as tx:
                return await self._done(tx, optimistic.flow, flow, planned)
        except Exception as error:  # whatever it is, who is careful meets it too and finds whose it is
            log.debug("%s: a batch broke an assumption (%s); it runs again with all checks", self.change.rpc, error)
            self.trust.wary = WARY_BATCHES
            return None

    def _trusted(self, elements: Sequence[Element]) -> bool:
        """Whether nothing speaks against it that all requests are new and what is remembered is in force."""
        if self.trust.wary:
            self.trust.wary -= 1
            return False
        now = asyncio.get_running_loop().time()
        return len({element.key.request_id.int for element in elements}) == len(elements) and not any(
            element.last or element.gone(now) for element in elements
        )

    async def _done(self, tx: Tx, run: Flow, planned_in: FlowContext, planned: Sequence[Planned]) -> list[_Answered]:
        """Does a batch in which all requests are new; who wants the same stock waits for its last statement only."""
        flow = await self.surroundings.following(planned_in, tx, causes=self._causes(planned))
        given = await _flowed(run, flow, planned)
        outcomes = [(one.element.key, to_store(given[one], self.change.outcome)) for one in planned]
        await requests.record(tx, self.scope.principal, self.change.rpc, outcomes, at=flow.at)
        await tx.finish()
        touched = iter([self._touched(flow, given)])
        return [(one.element, _Answer(given[one], next(touched, ()), tx.number)) for one in planned]

    async def _checked(self, elements: Sequence[Element]) -> list[_Answered]:
        """Answers to the elements of a batch, each for itself."""
        planned = await self._prepared(elements)
        answers = await self._answers(planned)
        return list(zip([one.element for one in planned], answers, strict=True))

    async def _prepared(self, elements: Sequence[Element], *, attempt: int = 1) -> list[Planned]:
        """Elements with their plans; one that breaks the planning is answered and left out."""
        prepare = self.change.prepare
        if prepare is None:
            return [Planned(element, element.commands) for element in elements]
        try:
            async with self.database.reading() as tx:
                flow = await self.surroundings.flow_context(tx, self.scope, causes={}, last=_last(elements))
                return await _planned(prepare, flow, elements)
        except OperationalError as error:
            if attempt == 1:
                return await self._prepared(elements, attempt=2)
            broken: Exception = error
        except Exception as error:  # whatever a plan raises must not fail its neighbors
            if len(elements) > 1:
                middle = len(elements) // 2
                return await self._prepared(elements[:middle]) + await self._prepared(elements[middle:])
            broken = error
        for element in elements:
            element.settle(broken)
        return []

    async def _answers(self, planned: Sequence[Planned], *, attempt: int = 1) -> list[_Answer]:
        """Answers of a batch; what breaks it is found by halving, so that its neighbors stay whole."""
        try:
            results = await run_batch(self.database, planned, self._apply)
        except OperationalError as error:
            return await self._answers(planned, attempt=2) if attempt == 1 else [_Answer(error) for _ in planned]
        except Exception as error:  # whatever a flow raises must not fail its neighbors
            if len(planned) == 1:
                return [_Answer(_stale(planned[0]) if isinstance(error, AssumptionBroken) else error)]
            middle = len(planned) // 2
            return await self._answers(planned[:middle]) + await self._answers(planned[middle:])
        return [result if isinstance(result, _Answer) else _Answer(result) for result in results]

    async def _apply(self, tx: Tx, planned: Sequence[Planned]) -> list[_Answer]:
        """One transaction. It keeps nothing for a next try: the batch may run again, whole or in halves."""
        now = asyncio.get_running_loop().time()
        waiting = [one for one in planned if not one.element.gone(now)]
        last = _last([one.element for one in waiting])
        flow = await self.surroundings.flow_context(tx, self.scope, causes=self._causes(waiting), last=last)
        keys = [one.element.key for one in waiting]
        claims = await requests.claim(tx, self.scope.principal, self.change.rpc, keys, at=flow.at)
        given = await _given(self.change, flow, waiting, claims)
        fresh = {one for one, claim in zip(waiting, claims, strict=True) if claim is None}
        _doubt(planned, fresh, given)
        outcomes = [
            (one.element.key.request_id, to_store(given[one], self.change.outcome)) for one in waiting if one in fresh
        ]
        await requests.settle(tx, self.scope.principal, self.change.rpc, outcomes)
        await tx.finish()
        touched = iter([self._touched(flow, given)])
        position = tx.number or (await tx.own_number() if len(fresh) < len(waiting) else 0)
        return [_Answer(given.get(one, ()), next(touched, ()), position) for one in planned]

    def _touched(self, flow: FlowContext, given: Mapping[Planned, Any]) -> tuple[TouchedCase, ...]:
        """The cases that a flow changed; those of orders that it made know the calls that asked for them."""
        callers = {
            self.change.made(answer): planned.element.cause
            for planned, answers in given.items()
            if planned.element.cause is not None and not isinstance(answers, Refusal)
            for answer in answers
            if not isinstance(answer, Exception)
        }
        if not callers:
            return tuple(flow.touched)
        return tuple(replace(case, caller=callers.get(case.order_id, case.caller)) for case in flow.touched)

    def _causes(self, planned: Sequence[Planned]) -> dict[UUID, TraceContext]:
        causes: dict[UUID, TraceContext] = {}
        for element in [one.element for one in planned]:
            if element.cause is not None:
                ids = [
                    self.change.order_of(command) for command in element.commands if not isinstance(command, Refusal)
                ]
                causes.update({order_id: element.cause for order_id in ids if order_id})
        return causes


async def _planned(plan: Flow, flow: FlowContext, elements: Sequence[Element]) -> list[Planned]:
    commands = [command for element in elements for command in element.commands]
    plans = iter(await plan(flow, commands))
    return [_with_plans(element, [next(plans) for _ in element.commands]) for element in elements]


def _with_plans(element: Element, plans: Sequence[Any]) -> Planned:
    """A request of one command may be planned again; of many, what one leaves nothing for another of is refused."""
    if len(plans) == 1:
        return Planned(element, plans)
    return Planned(element, [plan.refusal if isinstance(plan, PlanContested) else plan for plan in plans])


def _sure(planned: Planned) -> bool:
    """Whether there is a plan for all of an element, for which nothing need be looked at."""
    return all(command is not None and not isinstance(command, Refusal) for command in planned.commands)


async def _given(
    change: Change[Any, Any],
    flow: FlowContext,
    planned: Sequence[Planned],
    claims: Sequence[Mapping[str, Any] | Refusal | None],
) -> dict[Planned, Any]:
    """What each element is answered: new ones by the flow, repeats from what is stored, twins like the first."""
    claimed = list(zip(planned, claims, strict=True))
    given: dict[Planned, Any] = {}
    given |= await _flowed(change.flow, flow, [one for one, claim in claimed if claim is None])
    given |= await _rebuilt(
        change, flow, {one: claim for one, claim in claimed if isinstance(claim, Mapping) and claim}
    )
    first = {one.element.key.request_id: given[one] for one, claim in claimed if claim is None}
    for one, claim in claimed:
        if isinstance(claim, Refusal):
            given[one] = claim
        elif one not in given:
            given[one] = first.get(one.element.key.request_id) or StateChanged(
                "Another request with this request_id left no answer. Send the request again."
            )
    return given


async def _flowed(run: Flow, flow: FlowContext, planned: Sequence[Planned]) -> dict[Planned, Any]:
    commands = [command for one in planned for command in one.commands if not isinstance(command, Refusal)]
    results = await run(flow, commands) if commands else []
    if len(results) != len(commands):
        raise ValueError(f"a flow answered {len(results)} of {len(commands)} commands")
    answers = iter(results)
    return {
        one: [command if isinstance(command, Refusal) else next(answers) for command in one.commands] for one in planned
    }


async def _rebuilt(
    change: Change[Any, Any], flow: FlowContext, repeats: Mapping[Planned, Mapping[str, Any]]
) -> dict[Planned, Any]:
    stored = {one: from_store(claim) for one, claim in repeats.items()}
    outcomes = [answer for answers in stored.values() for answer in answers if not isinstance(answer, Refusal)]
    rebuilt = iter(await change.rebuild(flow, outcomes) if outcomes else [])
    return {
        one: [answer if isinstance(answer, Refusal) else next(rebuilt) for answer in answers]
        for one, answers in stored.items()
    }


def _doubt(planned: Sequence[Planned], fresh: set[Planned], given: dict[Planned, Any]) -> None:
    """Marks the new elements that a plan refused after another had taken something in it that it did not keep.

    Plans of one batch are made one after the other from the same stock: a repeat, a twin, or an element refused later
    took units there which are free. The first element of a batch is never in doubt, so every run settles at least one.
    """
    wasted = False
    for one in planned:
        if one.refused and one in fresh and wasted:
            given[one] = [_InDoubt(command) for command in one.commands]
        elif not one.refused and not (one in fresh and not any(isinstance(a, Refusal) for a in given[one])):
            wasted = True


def _last(elements: Sequence[Element]) -> bool:
    return any(element.last for element in elements)


def _must_run_again(given: Given, *, last: bool) -> bool:
    doubtful = PlanContested if last else PlanStale
    return not isinstance(given, Exception) and any(isinstance(answer, doubtful) for answer in given)


def _stale(planned: Planned) -> Given:
    """What an element is answered of which a guarded write found something else than was planned with."""
    return [PlanStale("Others took what was planned with; plan again.") for _ in planned.commands]


def _shown(given: Given) -> Given:
    if isinstance(given, Exception):
        return given
    return [_moved_on() if isinstance(answer, PlanStale) else answer for answer in given]


def _moved_on() -> StateChanged:
    return StateChanged("The data changed too often while this was planned. Nothing was done; send the request again.")

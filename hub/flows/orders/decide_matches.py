"""Decides matches of orders with denied-party lists and restrictions, by a person's word that is kept for a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.screening import settle
from hub.cases.store import load, save
from hub.kernel.errors import Refusal
from hub.kernel.ids import derived
from hub.messages.events.orders import ScreeningDecided
from hub.messages.tasks import ScreenParties
from hub.messages.timers import DecisionDue
from hub.network.model import ScreeningTerms
from hub.orders.lifecycle import ENDED
from hub.outbox import operations as outbox
from hub.outbox.model import Message, Timer
from hub.screening import operations as screening
from hub.screening.errors import MatchEnded, MatchNotFound
from hub.screening.model import Decision, Match, MatchDecision, MatchState, judged

FLOW: Final = "decide_matches"


async def decide_matches(flow: FlowContext, asked: Sequence[MatchDecision]) -> list[Match | Refusal]:
    """Decide matches in turn; one that is decided so already stays as it is, another decision replaces the one before.

    Open matches of other orders with the same party and entry follow. Refuses SCREENING_MATCH_NOT_FOUND,
    SCREENING_MATCH_ENDED.
    """
    known = await screening.find(flow.tx, flow.scope, {one.match_id for one in asked})
    loaded = await load(flow, FLOW, {match.order_id for match in known.values()})
    matches = await screening.matches(flow.tx, loaded.cases)
    by_id = {match.match_id: match for of_order in matches.values() for match in of_order}
    answers: list[Match | Refusal] = []
    decided = dict[UUID, Decision]()
    for one in asked:
        try:
            match = _decidable(by_id.get(one.match_id), loaded.cases, one)
            if match.state is not one.state:
                case = loaded.cases[match.order_id]
                decision = _decision(flow, case, match, one)
                decided[decision.decision_id] = decision
                match = by_id[match.match_id] = judged(match, decision, flow.at)
                case.happened(ScreeningDecided(match_id=match.match_id, state=match.state.value), flow.at)
            answers.append(match)
        except Refusal as refusal:
            answers.append(refusal)
    changed = {match.match_id: _follows(match, decided, flow) for match in by_id.values()}
    for order_id, case in loaded.cases.items():
        if case.changed:
            channel = flow.network.channel(case.order.channel_id)
            settle(case, channel, [one for one in changed.values() if one.order_id == order_id], flow.at)
    await screening.save_matches(flow.tx, [one for one in changed.values() if one.hit.decision_id in decided])
    await screening.save_decisions(flow.tx, list(decided.values()))
    others = await screening.orders_decided(flow.tx, decided, set(MatchState) - {MatchState.WITHDRAWN})
    await save(flow, FLOW, loaded)
    cleared = [one for one in decided.values() if one.state is MatchState.CLEARED]
    await outbox.set_timers(flow.tx, [Timer(DecisionDue(one.decision_id, one.expires_at)) for one in cleared])
    tasks = [_screened_again(flow, order_id) for order_id in others if order_id not in loaded.cases]
    await outbox.append(flow.tx, tasks, at=flow.at)
    return answers


def _decidable(match: Match | None, cases: Mapping[UUID, Case], asked: MatchDecision) -> Match:
    """The match that is meant. Raises MatchNotFound, MatchEnded."""
    if match is None:
        raise MatchNotFound(f"There is no match {asked.match_id}.", match_id=asked.match_id)
    ended = cases[match.order_id].order.state in ENDED
    if match.state is MatchState.WITHDRAWN or (ended and match.state is not asked.state):
        why = "its order has ended" if ended else "it was withdrawn, as the list, the rules or the party changed"
        raise MatchEnded(f"Match {match.match_id} is not to be decided any more: {why}.", match_id=match.match_id)
    return match


def _decision(flow: FlowContext, case: Case, match: Match, asked: MatchDecision) -> Decision:
    terms = flow.network.channel(case.order.channel_id).screening_terms or ScreeningTerms()
    return Decision(
        decision_id=match.hit.decision_id,
        state=asked.state,
        note=asked.note,
        decided_by=flow.scope.principal,
        decided_at=flow.at,
        expires_at=flow.at + timedelta(days=terms.decision_days),
    )


def _follows(match: Match, decided: Mapping[UUID, Decision], flow: FlowContext) -> Match:
    """A match of an order at hand after all decisions: both roles of one party are decided together."""
    decision = decided.get(match.hit.decision_id)
    return match if decision is None or match.state is MatchState.WITHDRAWN else judged(match, decision, flow.at)


def _screened_again(flow: FlowContext, order_id: UUID) -> Message[ScreenParties]:
    identity = derived(flow.new_id(), "task", str(order_id))
    return Message(message_id=identity, lane=f"task:{order_id}", payload=ScreenParties(order_id), order_id=order_id)

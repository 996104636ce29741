"""Screening of orders: what of them is compared with denied-party lists and restrictions, and what a match does.

A match keeps its order back by an EXPORT_CONTROL hold until a person clears it. No name leaves the parties: matches,
holds, events and exceptions have ids of parties, lists and entries alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final
from uuid import UUID

from msgspec import json
from msgspec.structs import replace

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.holds import hold
from hub.cases.money.resumption import go_on
from hub.catalog.model import Item
from hub.exceptions.model import ExceptionReason
from hub.holds.model import Hold, HoldStatus, HoldType, Operation
from hub.kernel.instant import Instant
from hub.messages.tasks import ScreenParties
from hub.network.model import Channel, ScreeningTerms
from hub.parties import operations as parties
from hub.parties.model import Contact
from hub.screening import operations as screening
from hub.screening.errors import ScreeningUndecided
from hub.screening.model import (
    RESTRICTIONS,
    Decision,
    Hit,
    Match,
    MatchedOn,
    MatchState,
    PartyRole,
    Subject,
    found,
    judged,
    undecided,
)
from hub.slices.lifecycle import ALLOCATING, RESERVING, WAITING
from hub.sourcing.model import Plan
from hub.trade.model.rules import Restriction, TradeRules
from hub.trade.policy.restrictions import SentGoods, restrictions_on

HELD_FOR: Final = "screening:"
"""How the reason begins of holds that screening puts and ends."""
_STOPPABLE: Final = WAITING | RESERVING | ALLOCATING
"""States of units that have not left."""
_MOST_NAMED: Final = 5
"""Entries that one hold names; the others are counted."""


def may_leave(case: Case) -> bool:
    """Return whether units of an order have not left yet, so that a match can keep them back."""
    return any(slice_.state in _STOPPABLE for slice_ in case.slices)


def subjects_of(
    flow: FlowContext, case: Case, contacts: Mapping[UUID, Contact], terms: ScreeningTerms
) -> list[Subject]:
    """Return buyer and consignee of an order as they are compared; one where both are the same party."""
    subjects = []
    for party_id, role in zip(_party_ids(case), (PartyRole.BUYER, PartyRole.CONSIGNEE), strict=False):
        contact = contacts.get(party_id)
        names = tuple(filter(None, (contact.name, contact.company))) if contact else ()
        address = contact.address if contact else None
        place = f"{', '.join(address.street_lines)}, {address.city}, {address.country_code}" if address else ""
        key = flow.secrets.hashed(json.encode([*names, place.casefold()]))
        subjects.append(Subject(party_id, role, key, names, place, terms.review_score))
    return subjects


def restricted(
    flow: FlowContext,
    case: Case,
    plan: Plan | None,
    contacts: Mapping[UUID, Contact],
    items: Mapping[str, Item],
    rules: TradeRules,
    terms: ScreeningTerms,
) -> list[Hit]:
    """Return a hit for each restriction that units of an order fall under, from the nodes that have or get them.

    Units without a node yet are looked at once a plan says where they come from.
    """
    rows = dict[str, Restriction]()
    consignee = subjects_of(flow, case, contacts, terms)[-1]
    contact = contacts.get(consignee.party_id)
    region = contact.address.region_code if contact and contact.address else ""
    lines = {line.line_number: line for line in case.order.lines}
    for line_number, country in sorted(_lanes(flow, case, plan)):
        line = lines[line_number]
        item = items.get(line.sku)
        goods = SentGoods(
            hs_code=line.hs_code or (item.hs_code if item else ""),
            attributes=item.attributes if item else {},
            from_country=country,
            to_country=case.order.ship_to_country,
            to_region=region,
        )
        rows |= {row.rule_id: row for row in restrictions_on(goods, rules, flow.at.date())}
    return [
        Hit(
            party_id=consignee.party_id,
            role=PartyRole.DESTINATION,
            party_key=consignee.party_key,
            list_name=RESTRICTIONS,
            entry_id=rule_id,
            entry_hash="",
            score=100,
            matched_on=MatchedOn.RULE,
        )
        for rule_id in sorted(rows)
    ]


async def restrictions_of(flow: FlowContext, plans: Sequence[tuple[Case, Plan | None]]) -> dict[UUID, tuple[Hit, ...]]:
    """Return the restrictions of each order whose channel screens; `plans` say where waiting units come from."""
    terms = {
        case.order_id: screens
        for case, _ in plans
        if (screens := flow.network.channel(case.order.channel_id).screening_terms) is not None
    }
    if not terms:
        return {}
    rules = await flow.trade_rules.load(flow.tx, flow.trade_version)
    if not rules.restrictions:
        return dict.fromkeys(terms, ())
    screened = [(case, plan) for case, plan in plans if case.order_id in terms]
    party_ids = sorted({one for case, _ in screened for one in _party_ids(case)})
    contacts = await parties.contacts(flow.tx, party_ids, flow.secrets.people)
    items = await flow.items.load(flow.tx, {line.sku for case, _ in screened for line in case.order.lines})
    return {
        case.order_id: tuple(restricted(flow, case, plan, contacts, items, rules, terms[case.order_id]))
        for case, plan in screened
    }


async def take_hits(flow: FlowContext, hits: Sequence[tuple[Case, Sequence[Hit], Callable[[Match], bool]]]) -> int:
    """Keeps what was found of orders, and holds those with a match that is open or confirmed, or lets them go on.

    Known matches that were looked for, as the third of each says, and not found again are withdrawn. Decisions in force
    count as they stand now. Returns how many orders are held.
    """
    known = await screening.matches(flow.tx, [case.order_id for case, _, _ in hits])
    ids = {hit.decision_id for _, some, _ in hits for hit in some}
    ids |= {match.hit.decision_id for of_order in known.values() for match in of_order}
    decisions = await screening.decisions(flow.tx, ids)
    changed, held = list[Match](), 0
    for case, some, looked_for in hits:
        before = {match.match_id: match for match in known.get(case.order_id, ())}
        after = _matches(case, some, before, looked_for, decisions, flow.at)
        changed += [match for match in after if before.get(match.match_id) != match]
        held += settle(case, flow.network.channel(case.order.channel_id), after, flow.at)
    await screening.save_matches(flow.tx, changed)
    return held


def settle(case: Case, channel: Channel, matches: Sequence[Match], at: Instant) -> bool:
    """Holds an order with matches that are open or confirmed, or lets it go on; returns whether it is held."""
    against = undecided(matches)
    holds = screening_holds(case)
    if not against:
        for one in holds:
            go_on(case, channel, one, "screening is done, and no match is left", at)
        return False
    confirmed = any(match.state is MatchState.CONFIRMED for match in against)
    named, over = ExceptionReason.ON_HOLD, ExceptionReason.DENIED_PARTY
    command = f"crossdock screening review {case.order_id}"
    if confirmed:
        named, over, command = over, named, f"crossdock order {case.order_id} --cancel"
    if not holds:
        hold(case, HoldType.EXPORT_CONTROL, _reason(against), at, command=command, named=named)
    for one in [one for one in holds if one.reason != _reason(against)]:
        case.put_hold(replace(one, reason=_reason(against)))
        case.open_exception(named, str(one.hold_id), f"EXPORT_CONTROL hold: {_reason(against)}", command, at)
        case.resolve_exception(over, str(one.hold_id))
    return True


def await_screening(case: Case, channel: Channel, why: str, at: Instant) -> None:
    """Keeps an order back that may be released already, until it is screened; nothing where its channel does not."""
    if channel.screening_terms is None or not may_leave(case):
        return
    if not screening_holds(case):
        command = f"crossdock screening review {case.order_id}"
        hold(case, HoldType.EXPORT_CONTROL, f"{HELD_FOR} {why}", at, command=command)
    case.task(ScreenParties(case.order_id))


def screening_holds(case: Case) -> list[Hold]:
    """Return the active holds that screening put, and ends by itself."""
    return [one for one in case.holds if one.status is HoldStatus.ACTIVE and is_screening(one)]


def is_screening(one: Hold) -> bool:
    """Return whether a hold is one of screening."""
    return one.type is HoldType.EXPORT_CONTROL and one.reason.startswith(HELD_FOR)


def refuse_resolving(case: Case) -> ScreeningUndecided:
    """Return the refusal to end a hold of screening by anything but its matches."""
    return ScreeningUndecided(
        f"Screening holds the order; decide its matches: `crossdock screening review {case.order_id}`.",
        order_id=case.order_id,
    )


def held_besides(case: Case) -> bool:
    """Return whether a hold that is not one of screening keeps an order from being released."""
    return any(
        one.status is HoldStatus.ACTIVE and one.blocks & {Operation.RELEASE, Operation.ALLOCATE}
        for one in case.holds
        if not is_screening(one)
    )


def any_match(_: Match) -> bool:
    """A whole screening looks for every match."""
    return True


def of_rule(match: Match) -> bool:
    """A release looks for restrictions alone."""
    return match.hit.matched_on is MatchedOn.RULE


def _party_ids(case: Case) -> list[UUID]:
    """Buyer and consignee; one where both are the same."""
    return list(dict.fromkeys((case.order.customer_party_id, case.order.ship_to_party_id)))


def _matches(
    case: Case,
    hits: Sequence[Hit],
    before: Mapping[UUID, Match],
    looked_for: Callable[[Match], bool],
    decisions: Mapping[UUID, Decision],
    at: Instant,
) -> list[Match]:
    after = dict[UUID, Match]()
    for hit in hits:
        match = found(case.order_id, hit, at)
        known = before.get(match.match_id)
        if known is not None and known.state is not MatchState.WITHDRAWN:
            match = replace(match, found_at=known.found_at)
        after[match.match_id] = judged(match, decisions.get(hit.decision_id), at)
    for match in before.values():
        if match.match_id in after:
            continue
        if match.state is MatchState.WITHDRAWN or looked_for(match):
            after[match.match_id] = replace(match, state=MatchState.WITHDRAWN)
        else:
            after[match.match_id] = judged(match, decisions.get(match.hit.decision_id), at)
    return list(after.values())


def _reason(matches: Sequence[Match]) -> str:
    entries = [_named(match) for match in matches[:_MOST_NAMED]]
    if more := len(matches) - len(entries):
        entries.append(f"{more} more")
    confirmed = any(match.state is MatchState.CONFIRMED for match in matches)
    todo = "a person confirmed it, so the order must not be sent" if confirmed else "decide with `crossdock screening`"
    return f"{HELD_FOR} {', '.join(entries)}; {todo}"


def _named(match: Match) -> str:
    hit = match.hit
    match hit.matched_on:
        case MatchedOn.RULE:
            return f"restriction {hit.entry_id} names the goods and their lane"
        case MatchedOn.UNREADABLE:
            return f"the {hit.role.value.lower()}'s name cannot be compared"
    return f"the {hit.role.value.lower()} is like {hit.list_name} {hit.entry_id} (score {hit.score})"


def _lanes(flow: FlowContext, case: Case, plan: Plan | None) -> Iterator[tuple[int, str]]:
    """Yield lines and the countries of the nodes that send them."""
    places = [(slice_.line_number, slice_.node_id) for slice_ in case.slices if slice_.state in _STOPPABLE]
    places += [(one.line_number, one.node_id) for one in (plan.assignments if plan else ())]
    for line_number, node_id in set(places):
        if node_id is not None and node_id in flow.network.nodes:
            yield line_number, flow.network.nodes[node_id].address.country_code

"""What may come back and what it is worth: policies chosen, units counted through their records, credits to the cent.

Units are credited with the cumulative proportion of their line: what the first units of it cost up to them, less what
was credited of it before. So units that come back in any parts sum to what those that shipped were billed at. A
discount that needs several units is either shared by all of them (proportional) or taken back where what is kept no
longer earns it (claw-back).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from hub.kernel.instant import Instant
from hub.kernel.money import first_units
from hub.returns.errors import ReductionTooLarge, UnitsNotReceived
from hub.returns.lifecycle import ReturnAction, next_state
from hub.returns.model import (
    Credit,
    CreditKind,
    CreditLine,
    Inspected,
    Outcome,
    Promotions,
    Reason,
    Return,
    ReturnPolicies,
    ReturnPolicy,
    Verdict,
)

CUSTOMERS_CHOICE: Final = frozenset({Reason.CHANGED_MIND, Reason.WRONG_SIZE, Reason.OTHER})
"""Reasons for which a fee may be taken."""

_DECIDED: Final = frozenset({Verdict.ACCEPTED, Verdict.ACCEPTED_REDUCED, Verdict.REJECTED})
_CREDITED_OUTCOMES: Final = frozenset({Outcome.LOST_IN_TRANSIT, Outcome.KEPT_BY_CUSTOMER})


class MultiBuy(Struct, frozen=True):
    """A discount on a line that is given once for each `units` bought together: 3 for "3 for 2"."""

    amount_minor: int
    units: int


class Sold(Struct, frozen=True):
    """A line as sold: all its `quantity` units cost `total_minor`, `tax_minor` of it tax; `shipped` of them left.

    `credited` units were credited with `credited_minor` so far, `credited_tax_minor` of it tax.
    """

    line_number: int
    quantity: int
    total_minor: int
    tax_minor: int
    shipped: int
    credited: int = 0
    credited_minor: int = 0
    credited_tax_minor: int = 0
    multi_buys: tuple[MultiBuy, ...] = ()


def policy_for(policies: ReturnPolicies, channel_id: str) -> ReturnPolicy:
    """The policy of a channel: the one that names it, else the first that names none, else the default one."""
    named = next((policy for policy in policies.policies if channel_id in policy.channel_ids), None)
    general = next((policy for policy in policies.policies if not policy.channel_ids), None)
    return named or general or ReturnPolicy("default")


def promised(now: ReturnPolicy, at_sale: Iterable[ReturnPolicy]) -> ReturnPolicy:
    """Return the policy in force now, with the longest window of those that were in force when the goods were sold."""
    return replace(now, window_days=max([now.window_days, *(policy.window_days for policy in at_sale)]))


def closes_at(policy: ReturnPolicy, delivered_at: Instant) -> Instant:
    """Until when a return of what was delivered then may be asked for."""
    return delivered_at + timedelta(days=policy.window_days)


def after(return_: Return, action: ReturnAction) -> Return:
    """The return after an action on its life; raises ReturnActionNotAllowed."""
    return replace(return_, state=next_state(return_.return_id, return_.state, action))


def received_units(return_: Return, line_number: int) -> int:
    """Units of a line that came."""
    return sum(
        entry.quantity
        for entry in return_.received
        if entry.line_number == line_number and entry.outcome is Outcome.AS_EXPECTED
    )


def decided_units(return_: Return, line_number: int) -> int:
    """Units of a line that an inspection decided on."""
    return sum(
        entry.quantity for entry in return_.inspected if entry.line_number == line_number and entry.verdict in _DECIDED
    )


def disposed_units(return_: Return, line_number: int) -> int:
    """Units of a line that were disposed of."""
    return sum(entry.quantity for entry in return_.disposed if entry.line_number == line_number)


def credited_units(return_: Return) -> int:
    """Return how many units are taken back: accepted, lost on the way or kept; whatever they are worth."""
    return sum(entry.quantity for entry in return_.inspected if accepted(entry)) + sum(
        entry.quantity for entry in return_.received if credited_outcome(entry.outcome)
    )


def require_uninspected(return_: Return, line_number: int, quantity: int) -> None:
    """Raises UnitsNotReceived where fewer units were received and not decided on."""
    _require(
        return_,
        line_number,
        quantity,
        received_units(return_, line_number) - decided_units(return_, line_number),
        "inspect",
    )


def undecided_units(return_: Return) -> dict[int, int]:
    """Return the units that came and that nobody has decided on, by line."""
    came = {
        number: received_units(return_, number) - decided_units(return_, number)
        for number in sorted({line.line_number for line in return_.lines})
    }
    return {number: units for number, units in came.items() if units > 0}


def require_undisposed(return_: Return, line_number: int, quantity: int) -> None:
    """Raises UnitsNotReceived where fewer units were inspected and not disposed of."""
    _require(
        return_,
        line_number,
        quantity,
        decided_units(return_, line_number) - disposed_units(return_, line_number),
        "dispose of",
    )


def credited_line(sold: Sold, quantity: int, promotions: Promotions) -> CreditLine:
    """What `quantity` more units of a line are credited with, counted on from those credited before."""
    billed = first_units(sold.total_minor, sold.quantity, sold.shipped)
    tax_billed = first_units(sold.tax_minor, sold.quantity, sold.shipped)
    if promotions is Promotions.CLAW_BACK and sold.multi_buys:
        kept = sold.shipped - sold.credited - quantity
        amount = max(0, billed - _alone(sold, kept) - sold.credited_minor)
        tax_until = first_units(tax_billed, billed, sold.credited_minor + amount) if billed else 0
    else:
        until = sold.credited + quantity
        amount = max(0, first_units(sold.total_minor, sold.quantity, until) - sold.credited_minor)
        tax_until = first_units(sold.tax_minor, sold.quantity, until)
    tax = max(0, tax_until - sold.credited_tax_minor)
    return CreditLine(CreditKind.GOODS, amount, tax, sold.line_number, quantity)


def with_credit(sold: Sold, granted: Sequence[Credit]) -> Sold:
    """A line as sold, with what was credited of it."""
    own = [
        line
        for credit in granted
        for line in credit.lines
        if line.kind is CreditKind.GOODS and line.line_number == sold.line_number
    ]
    return replace(
        sold,
        credited=sum(line.quantity for line in own),
        credited_minor=sum(line.amount_minor for line in own),
        credited_tax_minor=sum(line.tax_minor for line in own),
    )


def credited_outcome(outcome: Outcome) -> bool:
    """Whether units are credited without an inspection."""
    return outcome in _CREDITED_OUTCOMES


def accepted(entry: Inspected) -> bool:
    """Whether an inspection's units are credited."""
    return entry.verdict in {Verdict.ACCEPTED, Verdict.ACCEPTED_REDUCED}


def problems(policies: ReturnPolicies) -> list[str]:
    """What is contradictory in policies, each as a sentence."""
    found: list[str] = []
    ids = [policy.policy_id for policy in policies.policies]
    found += [f"policy {name} is there twice" for name in sorted({name for name in ids if ids.count(name) > 1})]
    channels = [channel for policy in policies.policies for channel in policy.channel_ids]
    twice = sorted({name for name in channels if channels.count(name) > 1})
    found += [f"channel {name} is named by two policies" for name in twice]
    if sum(not policy.channel_ids for policy in policies.policies) > 1:
        found.append("two policies name no channel, so that both hold for all others")
    return found


def reduced(sold: Sold, goods: CreditLine, stated_minor: int, carried_minor: int) -> list[CreditLine]:
    """Goods with what inspections take off: `stated_minor` of these units, `carried_minor` of units before them.

    Units may be credited with a minor unit less than their share, or with less while a discount is taken back: what
    cannot be taken off them is taken off later ones. Raises ReductionTooLarge where more is stated than these units are
    worth by their share, and by what they are credited with.
    """
    share = -(-sold.total_minor * goods.quantity // sold.quantity)
    if stated_minor > (most := max(goods.amount_minor, share)):
        raise ReductionTooLarge(
            f"Units of line {sold.line_number} are worth less than the reduction; reduce by at most that.",
            line_number=sold.line_number,
            most_minor=most,
        )
    taken_off = min(goods.amount_minor, stated_minor + carried_minor)
    return [goods, CreditLine(CreditKind.REDUCTION, -taken_off, 0, sold.line_number)] if taken_off else [goods]


def not_taken_off(return_: Return, line_number: int, known: Sequence[CreditLine], latest: Sequence[Inspected]) -> int:
    """What inspections of a line before the latest ones take off that its credit lines so far had not to give."""
    stated = sum(
        one.reduction_minor for one in return_.inspected if one.line_number == line_number and one not in latest
    )
    lines = [line for line in known if line.kind is CreditKind.REDUCTION and line.line_number == line_number]
    return stated + sum(line.amount_minor for line in lines)


def _alone(sold: Sold, kept: int) -> int:
    """What units cost that are kept, bought alone: without the discounts that they are too few for."""
    lost = sum(multi_buy.amount_minor for multi_buy in sold.multi_buys)
    cost = first_units(sold.total_minor + lost, sold.quantity, kept)
    for multi_buy in sold.multi_buys:
        times = sold.quantity // multi_buy.units
        cost -= first_units(multi_buy.amount_minor, times, kept // multi_buy.units) if times else 0
    return max(0, cost)


def _require(return_: Return, line_number: int, wanted: int, found: int, verb: str) -> None:
    if wanted > found:
        raise UnitsNotReceived(
            f"There are {found} units of line {line_number} to {verb}, {wanted} are named: say first what came"
            " (ReceiveReturns) and what was found (InspectReturns).",
            return_id=return_.return_id,
            line_number=line_number,
            possible=found,
        )

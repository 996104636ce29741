"""The money rules of orders as pure functions. Amounts are minor units of the order's currency."""

from __future__ import annotations

from collections.abc import Sequence

from tests.model.given import DIGITS, Draft, LineDraft, TenderDraft


def half_up(numerator: int, denominator: int) -> int:
    """Return the nearest whole number to a fraction of zero or more; halves go up."""
    return (2 * numerator + denominator) // (2 * denominator)


def first(total: int, quantity: int, count: int) -> int:
    """Return what the first `count` of `quantity` units cost of a total."""
    return half_up(total * count, quantity)


def shares(amount: int, weights: Sequence[int]) -> list[int]:
    """Return an amount shared by weights, rounded down; the rest goes one minor unit each to the earliest."""
    used = list(weights) if any(weights) else [1] * len(weights)
    parts = [amount * weight // sum(used) for weight in used]
    for index in [index for index, weight in enumerate(used) if weight][: amount - sum(parts)]:
        parts[index] += 1
    return parts


def line_totals(draft: Draft) -> list[int]:
    """Return what each line costs: its own discount off, its share of the order's discount off and of the tax on."""
    scale = 10 ** DIGITS[draft.currency]
    gross = [half_up(line.price_nanos * line.quantity * scale, 10**9) for line in draft.lines]
    worth = [cost - line.discount for cost, line in zip(gross, draft.lines, strict=True)]
    off, on = shares(draft.discount, worth), shares(draft.tax, worth)
    return [cost - less + more for cost, less, more in zip(worth, off, on, strict=True)]


def tenders_pay(tenders: Sequence[TenderDraft], total: int) -> list[int]:
    """Return what each tender pays of a total: at most its most, and no more than those before it leave.

    What a channel took is taken, even if it is too much. Goods that come back leave the whole total to the others,
    which guarantee for them.
    """
    left = total - sum(tender.most or 0 for tender in tenders if tender.holder == "CHANNEL")
    pays: list[int] = []
    for tender in tenders:
        if tender.holder == "CHANNEL" and tender.most is not None:
            pays.append(tender.most)
            continue
        pays.append(max(0, left if tender.most is None else min(tender.most, left)))
        left -= 0 if tender.holder == "RETURN" else pays[-1]
    return pays


def paid_in_full(tenders: Sequence[TenderDraft], pays: Sequence[int], total: int) -> bool:
    """Return whether tenders pay just a total: with goods that come back, or without them."""
    own = sum(paid for tender, paid in zip(tenders, pays, strict=True) if tender.holder != "RETURN")
    return total in {own, sum(pays)}


def kept_alone(line: LineDraft, total: int, kept: int) -> int:
    """Return what `kept` units of a line cost if no more were bought: a discount is given once for `needed` units."""
    times = line.quantity // line.needed
    cost = first(total + line.discount, line.quantity, kept)
    return max(0, cost - (first(line.discount, times, kept // line.needed) if times else 0))


def credit_of_units(
    line: LineDraft, total: int, shipped: int, credited: tuple[int, int], count: int, *, claws_back: bool
) -> int:
    """Return what `count` more units that come back bring.

    `credited` is how many units of the line brought how much before. Where the shop claws discounts back, what the
    customer keeps costs what it costs alone.
    """
    units, amount = credited
    if claws_back and line.needed > 1:
        until = first(total, line.quantity, shipped) - kept_alone(line, total, shipped - units - count)
    else:
        until = first(total, line.quantity, units + count)
    return max(0, until - amount)

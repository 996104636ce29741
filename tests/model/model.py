"""What units and money of an order must be after each command, by the rules of the product alone: nothing of the hub.

Amounts are minor units of the order's currency, prices billionths of its unit. A command that the rules refuse raises
`Refused` with the reason and changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

DIGITS: Final = {"JPY": 0, "EUR": 2, "USD": 2, "GBP": 2, "KWD": 3}
ENDED: Final = ("DELIVERED", "CANCELED", "RETURN_CLOSED", "KEPT", "LOST")
NODES: Final[Mapping[str, tuple[int, bool]]] = {
    "DC-NL": (0, True),
    "ST-BER": (30, True),
    "DC-UK": (100, True),
    "ST-AMS": (0, False),
    "ST-LON": (30, False),
    "SUP-IT": (100, False),
}
"""Node -> (minutes after which it answers a request to cancel, whether with yes)."""

ANSWER_MINUTES: Final = 60
"""Minutes in which a node is to answer a request to cancel; an answer that comes later is taken all the same."""


class Refused(Exception):
    """The rules refuse a command, for a reason of the contract."""


def half_up(numerator: int, denominator: int) -> int:
    """The nearest whole number to a fraction of zero or more, halves up."""
    return (2 * numerator + denominator) // (2 * denominator)


def first(total: int, quantity: int, count: int) -> int:
    """What the first `count` of `quantity` units cost of a total."""
    return half_up(total * count, quantity)


def shares(amount: int, weights: Sequence[int]) -> list[int]:
    """An amount by weights, rounded down; the rest one minor unit each to the earliest with weight."""
    used = list(weights) if any(weights) else [1] * len(weights)
    parts = [amount * weight // sum(used) for weight in used]
    for index in [index for index, weight in enumerate(used) if weight][: amount - sum(parts)]:
        parts[index] += 1
    return parts


@dataclass(frozen=True)
class LineDraft:
    """Units of a SKU at a price, less a discount."""

    sku: str
    quantity: int
    price_nanos: int
    discount: int = 0


@dataclass(frozen=True)
class Draft:
    """An order as placed; `tenders` are pairs of who has the money and the most it pays, None for all the rest."""

    currency: str
    lines: tuple[LineDraft, ...]
    tenders: tuple[tuple[str, int | None], ...]
    charge: int = 0
    discount: int = 0
    tax: int = 0

    def totals(self) -> list[int]:
        """What each line costs, tax included."""
        scale = 10 ** DIGITS[self.currency]
        gross = [half_up(line.price_nanos * line.quantity * scale, 10**9) for line in self.lines]
        worth = [cost - line.discount for cost, line in zip(gross, self.lines, strict=True)]
        less, more = shares(self.discount, worth), shares(self.tax, worth)
        return [cost - off + on for cost, off, on in zip(worth, less, more, strict=True)]


@dataclass
class Line:
    """A line as sold: its units that no node works wait, those that left or ended stand by state."""

    sku: str
    quantity: int
    total: int
    waiting: int
    states: Counter[str] = field(default_factory=Counter)
    credited: int = 0
    credited_minor: int = 0

    def left(self) -> int:
        return self.states.total() - self.states["CANCELED"]

    def move(self, before: str, after: str, count: int) -> None:
        self.states[before] -= count
        self.states[after] += count


@dataclass
class Tender:
    """Means of payment: what it pays at most, what is granted and not given back, used for parcels, and refunded."""

    holder: str
    pays: int
    granted: int
    used: int = 0
    refunded: int = 0


@dataclass
class Ask:
    """Units that a node is asked to cancel, `left` not given up yet: answered when `due`, `over` past its deadline."""

    number: int
    count: int
    left: int
    due: int
    deadline: int
    over: bool = False


@dataclass
class Work:
    """A fulfillment order: units by line that its node still works, those it has not canceled, and what it is asked."""

    node: str
    units: Counter[int]
    uncanceled: Counter[int]
    asks: list[Ask] = field(default_factory=list)

    def unasked(self, number: int) -> int:
        asked = sum(ask.left for ask in self.asks if ask.number == number and not ask.over)
        return max(0, self.units[number] - asked)


@dataclass
class Return:
    """A return of units of one line: those expected, come and not looked at, looked at and not disposed of."""

    number: int
    resolution: str
    expected: int
    came: int = 0
    decided: int = 0
    receipts: int = 0


class Order:
    """One order by the rules. Line numbers count from 1; fulfillment orders are known by their number from 0.

    `stock` is what of each SKU is free at each node.
    """

    def __init__(self, draft: Draft, stock: Counter[tuple[str, str]]) -> None:
        self.currency, self.charge, self.stock = draft.currency, draft.charge, stock
        self.lines = {
            number: Line(line.sku, line.quantity, total, line.quantity)
            for number, (line, total) in enumerate(zip(draft.lines, draft.totals(), strict=True), 1)
        }
        self.total = sum(line.total for line in self.lines.values()) + draft.charge
        self.tenders = self._tenders(draft.tenders)
        self.held = sum(tender.pays for tender in self.tenders) != self.total
        self.rejected = False
        self.works: list[Work] = []
        self.parcels: list[Counter[int]] = []
        self.returns: list[Return] = []
        self.credited = self.charge_credited = 0

    def _tenders(self, stated: Sequence[tuple[str, int | None]]) -> list[Tender]:
        left = self.total - sum(most or 0 for holder, most in stated if holder == "CHANNEL")
        tenders = []
        for holder, most in stated:
            taken = holder == "CHANNEL" and most is not None
            pays = most if taken and most is not None else max(0, left if most is None else min(most, left))
            left -= 0 if taken else pays
            tenders.append(Tender(holder, pays, pays))
        return tenders

    def resolve(self, *, goes_on: bool) -> None:
        """A person decides about an order whose tenders do not pay just what it costs: it goes on, or is canceled."""
        self.held = False
        if not goes_on:
            self.rejected = True
            for line in self.lines.values():
                line.states["CANCELED"] += line.waiting
                line.waiting = 0
        self._give_back_excess()

    def release(self, node: str, units: Mapping[int, int]) -> None:
        for number, count in units.items():
            self.lines[number].waiting -= count
            self.stock[node, self.lines[number].sku] -= count
        self.works.append(Work(node, Counter(units), Counter(units)))

    def ship(self, work: int, units: Mapping[int, int]) -> None:
        """A parcel leaves: its value is drawn from the tenders in order, the charge with the first."""
        value = self._worth(units) + (0 if self.parcels else self.charge)
        for number, count in units.items():
            self.works[work].units[number] -= count
            self.lines[number].states["SHIPPED"] += count
        self.parcels.append(Counter(units))
        for tender in self.tenders:
            share = min(value, tender.granted - tender.used)
            tender.used += share
            value -= share
        self._give_back_excess()

    def deliver(self, parcel: int) -> None:
        for number, count in self.parcels[parcel].items():
            self.lines[number].move("SHIPPED", "DELIVERED", count)
        self.parcels[parcel] = Counter()

    def short(self, work: int, units: Mapping[int, int], *, empty: bool) -> None:
        """A node does not have units, and where `empty` no others: they wait, or are canceled if it was asked to."""
        for number, count in units.items():
            self._leave(self.works[work], number, count, self.works[work].asks)
            if empty:
                self.stock[self.works[work].node, self.lines[number].sku] = 0
        self._give_back_excess()

    def cancelable(self, number: int) -> int:
        return self.lines[number].waiting + sum(work.unasked(number) for work in self.works)

    def cancel(self, number: int, count: int, now: int) -> None:
        """Cancels units that wait, and asks the nodes that work the others."""
        if count > self.cancelable(number):
            raise Refused("QUANTITY_NOT_CANCELABLE")
        line = self.lines[number]
        free = min(count, line.waiting)
        line.waiting -= free
        line.states["CANCELED"] += free
        left = count - free
        for work in self.works:
            if asked := min(left, work.unasked(number)):
                due = now + NODES[work.node][0]
                work.asks.append(Ask(number, asked, asked, due, now + ANSWER_MINUTES))
                left -= asked
        self._give_back_excess()

    def answer(self, now: int) -> None:
        """Takes what nodes have answered by now; until they do, units past their deadline can be asked for again."""
        for work in self.works:
            for ask in sorted(work.asks, key=lambda ask: ask.due):
                if ask.due > now:
                    ask.over = ask.deadline <= now
                    continue
                work.asks.remove(ask)
                if NODES[work.node][1] and ask.count <= work.uncanceled[ask.number]:
                    work.uncanceled[ask.number] -= ask.count
                    count = min(ask.count, work.units[ask.number])
                    self.stock[work.node, self.lines[ask.number].sku] += count
                    self._leave(work, ask.number, count, [ask, *work.asks])
                    self._give_back_excess()

    def _leave(self, work: Work, number: int, count: int, asks: Sequence[Ask]) -> None:
        work.units[number] -= count
        for ask in [ask for ask in asks if ask.number == number]:
            canceled = min(count, ask.left)
            ask.left -= canceled
            self.lines[number].states["CANCELED"] += canceled
            count -= canceled
        self.lines[number].waiting += count

    def authorize(self, number: int, count: int, resolution: str) -> None:
        """The customer may send delivered units back, or keeps them and is credited."""
        line = self.lines[number]
        if count > line.states["DELIVERED"]:
            raise Refused("UNITS_NOT_DELIVERED")
        line.move("DELIVERED", "RETURN_AUTHORIZED", count)
        self.returns.append(Return(number, resolution, count))

    def receive(self, rma: int, count: int, outcome: str) -> None:
        """Units of a return come, are lost, are kept or were never sent."""
        known = self.returns[rma]
        if count > known.expected:
            raise Refused("UNITS_NOT_EXPECTED")
        known.expected -= count
        known.receipts += 1
        after = {"AS_EXPECTED": "RETURN_RECEIVED", "LOST_IN_TRANSIT": "LOST", "KEPT_BY_CUSTOMER": "KEPT"}
        self.lines[known.number].move("RETURN_AUTHORIZED", after.get(outcome, "DELIVERED"), count)
        if outcome == "AS_EXPECTED":
            known.came += count
        elif outcome != "NOT_RETURNED":
            self._credit_units(known, count, 0)

    def withdraw(self, rma: int) -> None:
        known = self.returns[rma]
        if known.receipts or not known.expected:
            raise Refused("RETURN_ACTION_NOT_ALLOWED")
        self.lines[known.number].move("RETURN_AUTHORIZED", "DELIVERED", known.expected)
        known.expected = 0

    def inspect(self, rma: int, count: int, *, accepted: bool, reduction: int = 0) -> None:
        """Units that came are looked at: accepted ones are credited, less a reduction."""
        known = self.returns[rma]
        if count > known.came:
            raise Refused("UNITS_NOT_RECEIVED")
        if accepted:
            self._credit_units(known, count, reduction)
        known.came -= count
        known.decided += count

    def dispose(self, rma: int, count: int, node: str) -> None:
        known = self.returns[rma]
        if count > known.decided:
            raise Refused("UNITS_NOT_RECEIVED")
        known.decided -= count
        self.lines[known.number].move("RETURN_RECEIVED", "RETURN_CLOSED", count)
        self.stock[node, self.lines[known.number].sku] += count

    def paid(self) -> int:
        return sum(tender.used for tender in self.tenders)

    def grant(self, amount: int, *, refund: bool) -> None:
        if amount > self.paid() - self.credited:
            raise Refused("CREDIT_EXCEEDS_PAID")
        self._credit(amount, refund=refund)

    def _credit_units(self, known: Return, count: int, reduction: int) -> None:
        line = self.lines[known.number]
        goods = max(0, first(line.total, line.quantity, line.credited + count) - line.credited_minor)
        if reduction > goods:
            raise Refused("REDUCTION_TOO_LARGE")
        if known.resolution == "NONE":
            return
        line.credited += count
        line.credited_minor += goods
        amount = min(goods - reduction + self._charge_back(), self.paid() - self.credited)
        self._credit(amount, refund=known.resolution == "REFUND")

    def _charge_back(self) -> int:
        if self.charge_credited or self._to_ship() or any(one.left() != one.credited for one in self.lines.values()):
            return 0
        self.charge_credited = self.charge
        return self.charge

    def _credit(self, amount: int, *, refund: bool) -> None:
        self.credited += amount
        left = amount if refund else 0
        for tender in reversed(self.tenders):
            share = min(left, tender.used - tender.refunded)
            tender.refunded += share
            left -= share

    def _worth(self, units: Mapping[int, int]) -> int:
        lines = {number: (self.lines[number], self.lines[number].left()) for number in units}
        return sum(
            first(line.total, line.quantity, left + units[number]) - first(line.total, line.quantity, left)
            for number, (line, left) in lines.items()
        )

    def _to_ship(self) -> dict[int, int]:
        live = {number: line.quantity - line.states.total() for number, line in self.lines.items()}
        return {number: count for number, count in live.items() if count}

    def _give_back_excess(self) -> None:
        """Channels give back at once what they took and no parcel will use, the hub once nothing is to ship."""
        live = self._to_ship()
        kept = self._worth(live) + (self.charge if live and not self.parcels else 0)
        for tender in self.tenders:
            unused = tender.granted - tender.used
            stays = min(unused, kept)
            kept -= stays
            if tender.holder == "CHANNEL" or (tender.holder == "HUB" and not live):
                tender.granted -= unused - stays

    def state(self) -> str:
        if self.rejected:
            return "REJECTED"
        units = sum((line.states for line in self.lines.values()), Counter[str]())
        if sum(units[state] for state in ENDED) < sum(line.quantity for line in self.lines.values()):
            return "PLACED" if self.held else "CONFIRMED"
        return "CANCELED" if set(+units) == {"CANCELED"} else "CLOSED"

    def goods(self) -> dict[int, dict[str, int]]:
        """Units by line and state: WAITING, WORKED, and those that left or ended."""
        worked = sum((work.units for work in self.works), Counter[int]())
        return {
            number: dict(+(Counter({"WAITING": line.waiting, "WORKED": worked[number]}) + line.states))
            for number, line in self.lines.items()
        }

    def money(self) -> dict[str, object]:
        terms = sum(one.used for one in self.tenders if one.holder == "TERMS")
        taken = [(0, 0) if one.holder == "TERMS" else (one.granted, one.used) for one in self.tenders]
        return {
            "total": self.total,
            "tenders": [
                (one.holder, one.pays, *both, one.refunded) for one, both in zip(self.tenders, taken, strict=True)
            ],
            "captured": self.paid() - terms,
            "receivable": terms,
            "uncollectable": 0,
            "credited": self.credited,
            "refunded": sum(one.refunded for one in self.tenders),
        }

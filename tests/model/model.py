"""What units and money of orders must be after each command, by the rules of the product alone: nothing of the hub.

A command that the rules refuse raises `Refused` with the reason and changes nothing. Times are minutes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tests.model.given import ANSWER_MINUTES, NODES, SHOPS, Draft, LineDraft, TenderDraft
from tests.model.purse import Purse, Refused
from tests.model.rules import credit_of_units, first, line_totals, paid_in_full, tenders_pay
from tests.model.units import COMING, ENDED, TO_SHIP, WORKED, Ask, Impossible, Unit, Units, Work, become


@dataclass
class Return:
    """A return: how it is paid, the fee still to be taken, whether units of it were handed in or accepted.

    `carried`: by line, what reductions could not take off yet.
    For an exchange: its new order, what may still pay for that, what did, and whether it is known that no more comes.
    """

    resolution: str
    fee: int = 0
    handed_in: bool = False
    accepted: bool = False
    order: Order | None = None
    to_exchange: int = 0
    brought: int = 0
    settled: bool = False
    carried: Counter[int] = field(default_factory=Counter)


class World:
    """Orders of one history, and what of each SKU is free at each node."""

    def __init__(self) -> None:
        self.now = 0
        self.stock = Counter[tuple[str, str]]()
        self.orders: list[Order] = []

    def receive_stock(self, units: Mapping[tuple[str, str], int]) -> None:
        self.stock.update(units)

    def place(self, draft: Draft, origin: tuple[Order, Return] | None = None) -> Order:
        self.orders.append(Order(self, draft, origin))
        return self.orders[-1]


class Order:
    """One order. Line numbers count from 1; works, parcels and returns are known by their number from 0.

    An order that is exchanged for units knows its origin: the order of these units and their return.
    """

    def __init__(self, world: World, draft: Draft, origin: tuple[Order, Return] | None) -> None:
        self.world, self.number, self.draft, self.origin = world, len(world.orders), draft, origin
        self.shop, self.lines = SHOPS[draft.channel], dict(enumerate(draft.lines, 1))
        self.units, self.works, self.returns, self.parcels = Units(self.lines), list[Work](), list[Return](), 0
        self.totals = dict(enumerate(line_totals(draft), 1))
        self.total = sum(self.totals.values()) + draft.charge
        self.credited_of, self.charge_credited = dict.fromkeys(self.lines, (0, 0)), False
        self.last_credited: Return | None = None
        self.purse, self.holds, self.rejected = Purse(), set[str](), False
        pays = tenders_pay(draft.tenders, self.total)
        for tender, paid in zip(draft.tenders, pays, strict=True):
            self._open(tender, paid)
        if not paid_in_full(draft.tenders, pays, self.total):
            self.holds.add("MANUAL")

    def _open(self, tender: TenderDraft, pays: int) -> None:
        if self.purse.open(tender, pays):
            self.holds.add("PAYMENT")

    def state(self) -> str:
        states = self.units.states()
        if self.rejected:
            return "REJECTED"
        if states - ENDED or self._promised():
            return "PLACED" if self.holds else "CONFIRMED"
        return "CANCELED" if states == {"CANCELED"} else "CLOSED"

    def resolve(self, hold: str, *, goes_on: bool) -> None:
        """A person ends a hold: the order goes on, with what was declined asked for again and declined; or it ends."""
        if hold not in self.holds:
            raise Impossible
        if not goes_on:
            self.rejected, self.holds = True, set()
            become("CANCELED", self.units.where("WAITING"))
        elif hold != "PAYMENT":
            self.holds.discard(hold)
        self._give_back()

    # -- nodes

    def rejected_by(self) -> set[str]:
        return {work.node for work in self.works if work.rejected}

    def release(self, node: str, units: Mapping[int, int]) -> None:
        if node in self.rejected_by():
            raise Impossible
        for unit in self.units.take(units, "WAITING"):
            unit.state, unit.work = "RELEASED", len(self.works)
            self.world.stock[node, unit.sku] -= 1
        self.works.append(Work(node, Counter(units)))

    def report(self, work: int, state: str, units: Mapping[int, int]) -> None:
        """A node has accepted, picked or packed units."""
        become(state, self.units.take(units, *WORKED[: WORKED.index(state)][::-1], work=work))

    def short(self, work: int, units: Mapping[int, int], *, empty: bool) -> None:
        """A node does not have units, and where `empty` no others: they wait, or are canceled if it was asked to."""
        self._leave(self.units.take(units, *WORKED, work=work), self.works[work].asks)
        if empty:
            for number in units:
                self.world.stock[self.works[work].node, self.lines[number].sku] = 0
        self._give_back()

    def reject(self, work: int) -> None:
        """A node does not work a fulfillment order of which nothing left, and gets no unit of the order again."""
        if any(unit.work == work and unit.parcel is not None for unit in self.units.all):
            raise Refused("FULFILLMENT_ACTION_NOT_ALLOWED")
        units = self.units.where(*WORKED, work=work)
        self._free(self.works[work].node, units)
        self.works[work].rejected = True
        self._leave(units, self.works[work].asks)
        self._give_back()

    def unasked(self, work: int, number: int) -> int:
        asked = sum(ask.left for ask in self.works[work].asks if ask.line == number and not ask.over)
        return max(0, self.units.count(*WORKED, line=number, work=work) - asked)

    def cancelable(self, number: int) -> int:
        return self.units.count("WAITING", line=number) + sum(
            self.unasked(work, number) for work in range(len(self.works))
        )

    def cancel(self, number: int, count: int) -> None:
        """Cancels units that wait, and asks the nodes that work the others."""
        if self.state() not in {"PLACED", "CONFIRMED"}:
            raise Refused("ORDER_ACTION_NOT_ALLOWED")
        if count > self.cancelable(number):
            raise Refused("QUANTITY_NOT_CANCELABLE")
        free = self.units.where("WAITING", line=number)[:count]
        count -= len(free)
        for index, work in enumerate(self.works):
            if asked := min(count, self.unasked(index, number)):
                work.asks.append(Ask(number, asked, asked, self.world.now + NODES[work.node][0]))
                count -= asked
        become("CANCELED", free)
        self._give_back()

    def answer(self) -> None:
        """Takes what nodes have answered by now; until they do, units past their deadline can be asked for again."""
        for index, work in enumerate(self.works):
            minutes, accepts = NODES[work.node]
            for ask in sorted(work.asks, key=lambda ask: ask.due):
                if ask.due > self.world.now:
                    ask.over = ask.due - minutes + ANSWER_MINUTES <= self.world.now
                    continue
                work.asks.remove(ask)
                if accepts and ask.count <= work.uncanceled[ask.line]:
                    work.uncanceled[ask.line] -= ask.count
                    units = self.units.where(*WORKED, line=ask.line, work=index)[: ask.count]
                    self._free(work.node, units)
                    self._leave(units, [ask, *work.asks])
                    self._give_back()

    def _free(self, node: str, units: Sequence[Unit]) -> None:
        self.world.stock.update((node, unit.sku) for unit in units)

    def _leave(self, units: Sequence[Unit], asks: Sequence[Ask]) -> None:
        """Units that a node gives up are canceled as far as it is asked for that, and wait otherwise."""
        for unit in units:
            wanted = next((ask for ask in asks if ask.line == unit.line and ask.left), None)
            unit.state, unit.work = "CANCELED" if wanted else "WAITING", None
            if wanted:
                wanted.left -= 1

    # -- parcels

    def ship(self, work: int, units: Mapping[int, int]) -> None:
        """A parcel leaves: its value is drawn from the tenders, the charge with the first."""
        pieces, value = self.units.take(units, *WORKED[::-1], work=work), self._cost(units)
        for unit in pieces:
            unit.state, unit.parcel = "SHIPPED", self.parcels
        self.parcels += 1
        self.purse.draw(value)
        self._give_back()

    def deliver(self, parcel: int) -> None:
        become("DELIVERED", self._under_way(parcel))

    def turn_back(self, parcel: int) -> None:
        """The carrier brings a parcel back: a return that nobody asked for."""
        self._begin_return(self._under_way(parcel), "RETURNING", Return("REFUND", handed_in=True))

    def write_off(self, parcel: int) -> None:
        """A parcel is lost for good: its units are credited."""
        if parcel < self.parcels and not self.units.count("SHIPPED", parcel=parcel):
            raise Refused("FULFILLMENT_ACTION_NOT_ALLOWED")
        units = self._under_way(parcel)
        self._begin_return(units, "LOST", Return("REFUND", handed_in=True))
        self._credit_units(self.returns[-1], Counter(unit.line for unit in units))

    def _under_way(self, parcel: int) -> list[Unit]:
        if units := self.units.where("SHIPPED", parcel=parcel):
            return units
        raise Impossible

    # -- units that come back

    def authorize(
        self,
        units: Mapping[int, int],
        resolution: str,
        *,
        choice: bool = True,
        keep: bool = False,
        exchange: tuple[LineDraft, ...] = (),
        advance: bool = False,
    ) -> None:
        """The customer may send units back (a fee is due where that is a mere `choice`), or keeps them and is credited.

        Exchanged units pay for a new order, which waits for them unless it goes in `advance`.
        """
        pieces, returned = self.units.take(units, "DELIVERED"), Return(resolution, self.shop.fee if choice else 0)
        self._begin_return(pieces, "KEPT" if keep else "RETURN_AUTHORIZED", returned)
        if keep:
            self._credit_units(returned, units)
        if exchange:
            self._exchange(returned, units, exchange, advance=advance)

    def hand_in(self, rma: int) -> None:
        self._require_untouched(rma)
        self.returns[rma].handed_in = True
        become("RETURN_IN_TRANSIT", self.units.where("RETURN_AUTHORIZED", rma=rma))

    def withdraw(self, rma: int) -> None:
        self._require_untouched(rma)
        become("DELIVERED", self.units.where("RETURN_AUTHORIZED", rma=rma))
        self._close_return(rma)

    def receive(self, rma: int, units: Mapping[int, int], outcome: str) -> None:
        """Units of a return come, are lost, are kept or were never sent."""
        after = {"AS_EXPECTED": "RETURN_RECEIVED", "LOST_IN_TRANSIT": "LOST", "KEPT_BY_CUSTOMER": "KEPT"}
        pieces = self.units.take(
            units, *(COMING if outcome in {"AS_EXPECTED", "LOST_IN_TRANSIT"} else COMING[:2]), rma=rma
        )
        self.returns[rma].handed_in = True
        become(after.get(outcome, "DELIVERED"), pieces)
        if outcome in {"LOST_IN_TRANSIT", "KEPT_BY_CUSTOMER"}:
            self._credit_units(self.returns[rma], units)
        self._close_return(rma)

    def inspect(self, rma: int, units: Mapping[int, int], *, accepted: bool, reduction: int = 0) -> None:
        """Units that came are looked at: accepted ones are credited, those of the first line less a reduction."""
        pieces = self.units.take(units, "RETURN_RECEIVED", rma=rma, decided=False)
        if accepted:
            self._credit_units(self.returns[rma], units, reduction)
        for unit in pieces:
            unit.decided = True

    def dispose(self, rma: int, units: Mapping[int, int], node: str) -> None:
        pieces = self.units.take(units, "RETURN_RECEIVED", rma=rma, decided=True)
        become("RETURN_CLOSED", pieces)
        self._free(node, pieces)
        self._close_return(rma)

    def _begin_return(self, units: Sequence[Unit], state: str, returned: Return) -> None:
        for unit in units:
            unit.state, unit.rma = state, len(self.returns)
        self.returns.append(returned)

    def _require_untouched(self, rma: int) -> None:
        if self.returns[rma].handed_in or not self.units.count("RETURN_AUTHORIZED", rma=rma):
            raise Refused("RETURN_ACTION_NOT_ALLOWED")

    def _close_return(self, rma: int) -> None:
        if (order := self.returns[rma].order) and not self.units.count(*COMING, "RETURN_RECEIVED", rma=rma):
            order.goods_came(self.returns[rma])

    # -- exchanges

    def _exchange(
        self, returned: Return, units: Mapping[int, int], lines: tuple[LineDraft, ...], *, advance: bool
    ) -> None:
        """The new order: what the units are to bring pays for it, the customer's own tender the rest, or guarantees."""
        draft = Draft(self.draft.channel, self.draft.currency, lines)
        total, (trade_in, *_) = sum(line_totals(draft)), self._credit(returned, units)
        own = next((tender for tender in self.draft.tenders if tender.holder == "HUB"), TenderDraft("TERMS"))
        rest = replace(own, most=total if advance else max(0, total - trade_in))
        draft = replace(draft, tenders=(TenderDraft("RETURN", min(total, trade_in)), rest))
        returned.order = self.world.place(draft, (self, returned))
        returned.to_exchange = returned.order.purse.tenders[0].pays
        if not advance:
            returned.order.holds.add("CUSTOMER_CHANGE")

    def goods_came(self, returned: Return) -> None:
        """No more comes of what this order is exchanged for: it pays what it brought, the other tenders the rest."""
        goods, returned.settled = self.purse.tenders[0], True
        missing, promised = goods.pays - returned.brought, goods.used
        goods.pays = goods.granted = returned.brought
        goods.used = min(promised, returned.brought)
        self.purse.draw(promised - goods.used)
        if not returned.accepted and not any(self.units.left(number) for number in self.lines):
            self.holds.discard("CUSTOMER_CHANGE")
            become("CANCELED", self.units.where("WAITING"))
        elif "CUSTOMER_CHANGE" in self.holds:
            own = self.draft.tenders[1]
            if missing > 0:
                self._open(own, missing)
            if missing <= 0 or not own.declined:
                self.holds.discard("CUSTOMER_CHANGE")
        self._give_back()

    def _promised(self) -> int:
        """What goods that are still to come back pay for."""
        return self.purse.tenders[0].used if self.origin and not self.origin[1].settled else 0

    # -- money that is paid

    def _cost(self, units: Mapping[int, int]) -> int:
        """What units cost that are to leave, with the charge where nothing left yet."""
        goods = 0
        for number, count in units.items():
            cost, quantity, left = self.totals[number], self.lines[number].quantity, self.units.left(number)
            goods += first(cost, quantity, left + count) - first(cost, quantity, left)
        return goods + (0 if self.parcels or not units else self.draft.charge)

    def _give_back(self) -> None:
        """Gives back money and goods that nothing will use, and the charge where the rest is canceled last."""
        if self.units.states() == {"CANCELED"}:
            self.holds = set()
        live = Counter(unit.line for unit in self.units.where(*TO_SHIP))
        self.purse.give_back(self._cost(live), self._promised())
        if self.origin and self.origin[1].settled and not live:
            goods = self.purse.tenders[0]
            self.origin[0].purse.pay_out(goods.pays - goods.used)
            goods.pays = goods.granted = goods.used
        if self.last_credited and not live and self._charge_back({}):
            self._credit_units(self.last_credited, {})

    def grant(self, amount: int, *, refund: bool) -> None:
        """A credit without goods."""
        self.purse.grant(amount, refund=refund)

    def _credit(
        self, returned: Return, units: Mapping[int, int], reduction: int = 0
    ) -> tuple[int, int, dict[int, int], Counter[int]]:
        """What units bring, at most what was paid; the fee; what lines are credited; reductions left for later ones."""
        goods = {
            number: credit_of_units(
                self.lines[number],
                self.totals[number],
                self.units.left(number),
                self.credited_of[number],
                units[number],
                claws_back=self.shop.claws_back,
            )
            for number in sorted(units)
        }
        carried = Counter(returned.carried)
        if reduction:
            line, count = min(units), units[min(units)]
            if reduction > max(goods[line], -(-self.totals[line] * count // self.lines[line].quantity)):
                raise Refused("REDUCTION_TOO_LARGE")
            carried[line] += reduction
        off = {number: min(worth, carried[number]) for number, worth in goods.items()}
        worth = sum(goods.values()) - sum(off.values()) + self._charge_back(units)
        fee = min(returned.fee, worth)
        return min(worth - fee, self.purse.creditable()), fee, goods, carried - Counter(off)

    def _charge_back(self, units: Mapping[int, int]) -> int:
        """The charge, once: when the last unit of all that left is credited and none is to ship."""
        all_back = all(self.credited_of[line][0] + units.get(line, 0) == self.units.left(line) for line in self.lines)
        due = self.shop.gives_charge_back and not self.charge_credited and not self.units.count(*TO_SHIP)
        return self.draft.charge if due and all_back else 0

    def _credit_units(self, returned: Return, units: Mapping[int, int], reduction: int = 0) -> None:
        amount, fee, goods, carried = self._credit(returned, units, reduction)
        returned.accepted |= bool(units)
        if returned.resolution == "NONE":
            return
        self.last_credited = returned
        self.charge_credited |= self._charge_back(units) > 0
        for number, worth in goods.items():
            count, before = self.credited_of[number]
            self.credited_of[number] = count + units[number], before + worth
        returned.fee -= fee
        returned.carried = carried
        traded = min(amount, returned.to_exchange)
        by_goods = min(traded, amount - min(amount, self.purse.uncovered - self.purse.offset))
        returned.to_exchange -= traded
        returned.brought += by_goods
        self.purse.credited += amount
        self.purse.pay_out(amount - by_goods, refund=returned.resolution != "STORE_CREDIT")

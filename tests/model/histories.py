"""Random histories: what is done to one order, command by command, as the model says that it is possible.

A history follows from its seed alone, as long as the hub agrees with the model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from tests.model.model import DIGITS, NODES, Draft, LineDraft, Order

_TENDERS: Final = (
    ("HUB",),
    ("CHANNEL",),
    ("TERMS",),
    ("HUB", "HUB"),
    ("CHANNEL", "HUB"),
    ("HUB", "TERMS"),
    ("CHANNEL", "TERMS"),
    ("HUB", "CHANNEL"),
)


@dataclass(frozen=True)
class Command:
    """One step: a method of the player with its arguments."""

    kind: str
    given: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.kind}({', '.join(f'{name}={value!r}' for name, value in self.given.items())})"


@dataclass
class History:
    """A history as far as it was played: its commands, and the order as the model knows it."""

    seed: int
    random: Random = field(init=False)
    stock: Counter[tuple[str, str]] = field(default_factory=Counter)
    commands: list[Command] = field(default_factory=list)
    order: Order | None = None

    def __post_init__(self) -> None:
        self.random = Random(self.seed)

    def skus(self) -> list[str]:
        """SKUs that no other history has."""
        return [f"S{self.seed}-{number}" for number in range(1, 4)]

    def next(self) -> Command:
        """Draws the next command; it is kept."""
        command = self._opening() if self.order is None else self._following(self.order)
        self.commands.append(command)
        return command

    def _opening(self) -> Command:
        if not self.commands:
            home, other = self.random.sample(sorted(NODES), 2)
            units = {(home, sku): self.random.randint(3, 12) for sku in self.skus()} | {
                (other, sku): self.random.randint(0, 6) for sku in self.skus()
            }
            return Command("stock", {"units": {key: count for key, count in units.items() if count}})
        return Command("place", {"draft": draft(self.random, self.skus())})

    def _following(self, order: Order) -> Command:
        possible = [(weight, make) for weight, make in _KINDS if make(self.random, order) is not None]
        (make,) = self.random.choices([make for _, make in possible], [weight for weight, _ in possible])
        command = make(self.random, order)
        return command if command is not None else Command("wait", {})


def draft(random: Random, skus: Sequence[str]) -> Draft:
    """An order of one to three lines, paid by one or two tenders."""
    currency = random.choice(sorted(DIGITS))
    step = 10 ** (9 - DIGITS[currency])
    lines = tuple(_line(random, sku, step) for sku in skus[: random.randint(1, len(skus))])
    plain = Draft(currency, lines, (("HUB", None),))
    worth = sum(plain.totals())
    made = Draft(
        currency,
        lines,
        (),
        charge=random.choice([0, random.randint(1, 999)]),
        discount=random.choice([0, 0, random.randint(0, worth)]),
        tax=random.choice([0, 0, random.randint(0, worth)]),
    )
    total = sum(made.totals()) + made.charge
    return Draft(currency, lines, _tenders(random, total), made.charge, made.discount, made.tax)


def _line(random: Random, sku: str, step: int) -> LineDraft:
    quantity = random.randint(1, 9)
    price = random.randint(1, 9999) * step + random.choice([0, 0, random.randint(0, step - 1)])
    discount = random.choice([0, 0, random.randint(0, price * quantity // step // 2)])
    return LineDraft(sku, quantity, price, discount)


def _tenders(random: Random, total: int) -> tuple[tuple[str, int | None], ...]:
    holders = random.choice(_TENDERS)
    if len(holders) == 1:
        return ((holders[0], None),)
    return ((holders[0], random.randint(1, total + 100)), (holders[1], None))


def _units(random: Random, units: Mapping[int, int]) -> dict[int, int]:
    """Some of the units, at least one."""
    some = {number: random.randint(0, count) for number, count in units.items()}
    some = {number: count for number, count in some.items() if count}
    return some or {number: count for number, count in units.items() if count}


def _ship(random: Random, order: Order) -> Command | None:
    works = [index for index, work in enumerate(order.works) if +work.units]
    if not works:
        return None
    work = random.choice(works)
    return Command("ship", {"work": work, "units": _units(random, +order.works[work].units)})


def _short(random: Random, order: Order) -> Command | None:
    command = _ship(random, order)
    return command and Command("short", {**command.given, "empty": random.random() < 0.5})


def _deliver(random: Random, order: Order) -> Command | None:
    parcels = [index for index, parcel in enumerate(order.parcels) if +parcel]
    return Command("deliver", {"parcel": random.choice(parcels)}) if parcels else None


def _cancel(random: Random, order: Order) -> Command | None:
    """Cancels units of a line, at times one too many; only some where it is clear which node is to be asked."""
    number = random.choice(sorted(order.lines))
    most = order.cancelable(number)
    if not most or order.state() not in {"PLACED", "CONFIRMED"}:
        return None
    nodes = sum(work.unasked(number) > 0 for work in order.works)
    count = random.randint(1, most + (random.random() < 0.1)) if nodes <= 1 else most
    return Command("cancel", {"number": number, "count": count})


def _grant(random: Random, order: Order) -> Command | None:
    most = order.paid() - order.credited
    if not order.parcels:
        return None
    amount = random.choice([most, most + 1, random.randint(1, max(1, most))])
    return Command("grant", {"amount": amount, "refund": random.random() < 0.6}) if amount else None


def _authorize(random: Random, order: Order) -> Command | None:
    lines = {number: line.states["DELIVERED"] for number, line in order.lines.items() if line.states["DELIVERED"]}
    if not lines:
        return None
    number = random.choice(sorted(lines))
    resolution = random.choice(["REFUND", "REFUND", "STORE_CREDIT", "NONE"])
    return Command("authorize", {"number": number, "count": random.randint(1, lines[number]), "resolution": resolution})


def _receive(random: Random, order: Order) -> Command | None:
    expected = [index for index, known in enumerate(order.returns) if known.expected]
    if not expected:
        return None
    rma = random.choice(expected)
    outcome = random.choice(["AS_EXPECTED"] * 5 + ["LOST_IN_TRANSIT", "KEPT_BY_CUSTOMER", "NOT_RETURNED"])
    count = random.randint(1, order.returns[rma].expected)
    return Command("receive", {"rma": rma, "count": count, "outcome": outcome})


def _withdraw(random: Random, order: Order) -> Command | None:
    waiting = [index for index, known in enumerate(order.returns) if known.expected and not known.receipts]
    return Command("withdraw", {"rma": random.choice(waiting)}) if waiting else None


def _inspect(random: Random, order: Order) -> Command | None:
    came = [index for index, known in enumerate(order.returns) if known.came]
    if not came:
        return None
    rma = random.choice(came)
    accepted = random.random() < 0.8
    reduction = random.choice([0, 0, random.randint(1, 300)]) if accepted else 0
    count = random.randint(1, order.returns[rma].came)
    return Command("inspect", {"rma": rma, "count": count, "accepted": accepted, "reduction": reduction})


def _dispose(random: Random, order: Order) -> Command | None:
    decided = [index for index, known in enumerate(order.returns) if known.decided]
    if not decided:
        return None
    rma = random.choice(decided)
    given = {"rma": rma, "count": random.randint(1, order.returns[rma].decided), "node": random.choice(sorted(NODES))}
    return Command("dispose", given)


def _restock(random: Random, order: Order) -> Command | None:
    skus = [line.sku for line in order.lines.values() if line.waiting]
    if not skus:
        return None
    key = (random.choice(sorted(NODES)), random.choice(skus))
    return Command("stock", {"units": {key: random.randint(1, 5)}})


def _resolve(random: Random, order: Order) -> Command | None:
    return Command("resolve", {"goes_on": random.random() < 0.7}) if order.held and order.cancelable(1) else None


def _wait(_: Random, __: Order) -> Command | None:
    return Command("wait", {})


_KINDS: Final[tuple[tuple[int, Callable[[Random, Order], Command | None]], ...]] = (
    (8, _ship),
    (8, _deliver),
    (2, _short),
    (3, _cancel),
    (2, _grant),
    (6, _authorize),
    (8, _receive),
    (1, _withdraw),
    (8, _inspect),
    (5, _dispose),
    (4, _restock),
    (1, _wait),
    (8, _resolve),
)
"""(weight, what makes a command where it is possible)."""

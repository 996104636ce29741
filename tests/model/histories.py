"""Random histories: what is done to orders, command by command, as the model says that it is possible.

A history follows from its seed alone, as long as the hub agrees with the model.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any, Final

from tests.model.given import DIGITS, NODES, SHOPS, SKUS, Draft, LineDraft, TenderDraft
from tests.model.model import Order, World
from tests.model.rules import line_totals
from tests.model.units import COMING, WORKED

_TENDERS: Final = (
    ("HUB",),
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
    """One step: a kind that the player knows, with its arguments; its text can be pasted into a program."""

    kind: str
    given: Mapping[str, Any]

    def __repr__(self) -> str:
        return f"Command({self.kind!r}, {dict(self.given)!r})"


WAIT: Final = Command("wait", {})
Make = Callable[[Random, Order], Mapping[str, Any] | None]


def drawn(random: Random, world: World, number: int, *, onward: bool) -> Command:
    """Draws the command of a number: stock comes first, then an order, then what is possible.

    Histories that go `onward` get far: what leads units to their customers and back is more likely in them.
    """
    if number == 0:
        return Command("receive_stock", {"units": _opening_stock(random)})
    if number == 1:
        return Command("place", {"draft": draft(random)})
    index = random.randrange(len(world.orders))
    order = world.orders[index]
    factor = {kind: _ONWARD_FACTOR if onward and kind in _ONWARD else 1 for kind in _KINDS}
    possible = [
        (weight * factor[kind], kind, given)
        for kind, (weight, make) in _KINDS.items()
        if (given := make(random, order))
    ]
    if not possible:
        return WAIT
    ((_, kind, given),) = random.choices(possible, [weight for weight, _, _ in possible])
    return Command(kind, given if kind in {"receive_stock", "place"} else {"order": index, **given})


def draft(random: Random) -> Draft:
    """An order of one to four lines, at times two of one SKU, paid by one or two tenders."""
    currency = random.choice(sorted(DIGITS))
    lines = tuple(_line(random, currency) for _ in range(random.choice([1, 1, 2, 2, 3, 4])))
    plain = Draft(random.choice(sorted(SHOPS)), currency, lines)
    worth = sum(line_totals(plain))
    charged = replace(
        plain,
        charge=random.choice([0, random.randint(1, 999)]),
        discount=random.choice([0, 0, random.randint(0, worth)]),
        tax=random.choice([0, 0, random.randint(0, worth)]),
    )
    return replace(charged, tenders=_tenders(random, sum(line_totals(charged)) + charged.charge))


def _opening_stock(random: Random) -> dict[tuple[str, str], int]:
    home, other = random.sample(sorted(NODES), 2)
    units = {(home, sku): random.randint(3, 14) for sku in SKUS}
    units |= {(other, sku): random.randint(0, 6) for sku in SKUS}
    return {key: count for key, count in units.items() if count}


def _line(random: Random, currency: str) -> LineDraft:
    step = 10 ** (9 - DIGITS[currency])
    quantity = random.choice([1, 2, 3, 3, 5, 6, 9])
    price = random.randint(1, 9999) * step + random.choice([0, 0, random.randint(0, step - 1)])
    discount = random.choice([0, 0, random.randint(0, price * quantity // step // 2)])
    needed = random.choice([0, random.randint(1, quantity)]) if discount else 0
    return LineDraft(random.choice(SKUS), quantity, price, discount, needed)


def _tenders(random: Random, total: int) -> tuple[TenderDraft, ...]:
    holders = random.choice(_TENDERS)
    most = [random.randint(1, total + 100)] * (len(holders) - 1) + [None]
    declined = [holder == "HUB" and random.random() < 0.05 for holder in holders]
    return tuple(TenderDraft(*stated) for stated in zip(holders, most, declined, strict=True))


def _some(random: Random, units: Mapping[int, int]) -> dict[int, int]:
    """Some of the units, at least one; all of them one time in two."""
    all_units = {number: count for number, count in units.items() if count}
    some = {number: random.randint(0, count) for number, count in all_units.items()}
    some = {number: count for number, count in some.items() if count}
    return some if some and random.randrange(2) else all_units


def _by_line(order: Order, *states: str, **of: object) -> dict[int, int]:
    return {number: count for number in order.lines if (count := order.units.count(*states, line=number, **of))}


def _work(random: Random, order: Order, states: Sequence[str] = WORKED) -> dict[str, Any] | None:
    works = [index for index in range(len(order.works)) if order.units.count(*states, work=index)]
    if not works:
        return None
    work = random.choice(works)
    return {"work": work, "units": _some(random, _by_line(order, *states, work=work))}


def _report(random: Random, order: Order) -> dict[str, Any] | None:
    state = random.choice(WORKED[1:])
    given = _work(random, order, WORKED[: WORKED.index(state)])
    if given and state == "ACCEPTED":
        given["units"] = _by_line(order, "RELEASED", work=given["work"])
    return given and {**given, "state": state}


def _short(random: Random, order: Order) -> dict[str, Any] | None:
    given = _work(random, order)
    return given and {**given, "empty": random.randrange(2) == 0}


def _reject(random: Random, order: Order) -> dict[str, Any] | None:
    given = _work(random, order)
    return given and {"work": given["work"]}


def _parcel(random: Random, order: Order) -> dict[str, Any] | None:
    parcels = sorted({unit.parcel for unit in order.units.all if unit.parcel is not None and unit.state == "SHIPPED"})
    return {"parcel": random.choice(parcels)} if parcels else None


def _lost_parcel(random: Random, order: Order) -> dict[str, Any] | None:
    """A parcel to write off, at times one that has arrived or comes back already."""
    lost = {unit.parcel for unit in order.units.all if unit.state == "LOST"}
    parcels = [parcel for parcel in range(order.parcels) if parcel not in lost]
    if parcels and random.randrange(10) == 0:
        return {"parcel": random.choice(parcels)}
    return _parcel(random, order)


def _cancel(random: Random, order: Order) -> dict[str, Any] | None:
    """Cancels units of a line, only some where it is clear which node is to be asked; at times one too many."""
    number = random.choice(sorted(order.lines))
    most = order.cancelable(number)
    asked = any(ask.line == number for work in order.works for ask in work.asks)
    if order.state() not in {"PLACED", "CONFIRMED"} or not (most or asked):
        return None
    nodes = sum(order.unasked(work, number) > 0 for work in range(len(order.works)))
    if random.randrange(4 if asked else 10) == 0 or not most:
        return {"number": number, "count": most + 1}
    return {"number": number, "count": random.randint(1, most) if nodes <= 1 else most}


def _grant(random: Random, order: Order) -> dict[str, Any] | None:
    """A credit, at times of more than is possible."""
    most = order.purse.grantable()
    amount = random.choice([most, random.randint(1, max(1, most)), most + (random.randrange(5) == 0)])
    return {"amount": amount, "refund": random.randrange(5) < 3} if order.parcels and amount > 0 else None


def _authorize(random: Random, order: Order) -> dict[str, Any] | None:
    delivered = _by_line(order, "DELIVERED")
    if not delivered:
        return None
    given: dict[str, Any] = {"units": _some(random, delivered), "choice": random.randrange(3) > 0}
    resolution = random.choice(["REFUND", "REFUND", "STORE_CREDIT", "NONE", "EXCHANGE", "EXCHANGE"])
    if resolution == "EXCHANGE":
        lines = tuple(_line(random, order.draft.currency) for _ in range(random.randint(1, 2)))
        given |= {"exchange": lines, "advance": random.randrange(2) == 0}
    elif random.randrange(6) == 0:
        given |= {"keep": True}
    return {**given, "resolution": resolution}


def _return(random: Random, order: Order, *states: str, **of: object) -> dict[str, Any] | None:
    returns = [index for index in range(len(order.returns)) if order.units.count(*states, rma=index, **of)]
    if not returns:
        return None
    rma = random.choice(returns)
    return {"rma": rma, "units": _some(random, _by_line(order, *states, rma=rma, **of))}


def _receive(random: Random, order: Order) -> dict[str, Any] | None:
    outcome = random.choice(["AS_EXPECTED"] * 6 + ["LOST_IN_TRANSIT", "KEPT_BY_CUSTOMER", "NOT_RETURNED"])
    given = _return(random, order, *(COMING if outcome in {"AS_EXPECTED", "LOST_IN_TRANSIT"} else COMING[:2]))
    return given and {**given, "outcome": outcome}


def _whole_return(random: Random, order: Order) -> dict[str, Any] | None:
    given = _return(random, order, "RETURN_AUTHORIZED")
    return given and {"rma": given["rma"]}


def _inspect(random: Random, order: Order) -> dict[str, Any] | None:
    given = _return(random, order, "RETURN_RECEIVED", decided=False)
    accepted = random.randrange(5) > 0
    reduction = random.choice([0, random.randint(1, 300)]) if accepted else 0
    return given and {**given, "accepted": accepted, "reduction": reduction}


def _dispose(random: Random, order: Order) -> dict[str, Any] | None:
    given = _return(random, order, "RETURN_RECEIVED", decided=True)
    return given and {**given, "node": random.choice(sorted(NODES))}


def _restock(random: Random, order: Order) -> dict[str, Any] | None:
    skus = [order.lines[number].sku for number in _by_line(order, "WAITING")]
    return {"units": {(random.choice(sorted(NODES)), random.choice(skus)): random.randint(1, 5)}} if skus else None


def _resolve(random: Random, order: Order) -> dict[str, Any] | None:
    """A person ends a hold; seldom that of an order that waits for the goods it is exchanged for."""
    if order.state() != "PLACED" or not order.holds:
        return None
    hold = random.choice(sorted(order.holds))
    goes_on = random.randrange(10) < 7
    return {"hold": hold, "goes_on": goes_on} if hold != "CUSTOMER_CHANGE" or random.randrange(5) == 0 else None


def _another(random: Random, order: Order) -> dict[str, Any] | None:
    """One more order at most, for the same SKUs."""
    return {"draft": draft(random)} if len(order.world.orders) < 2 else None


_KINDS: Final[Mapping[str, tuple[int, Make]]] = {
    "report": (4, _report),
    "ship": (10, _work),
    "deliver": (14, _parcel),
    "short": (2, _short),
    "reject": (1, _reject),
    "cancel": (3, _cancel),
    "turn_back": (1, _parcel),
    "write_off": (1, _lost_parcel),
    "grant": (1, _grant),
    "authorize": (8, _authorize),
    "receive": (14, _receive),
    "hand_in": (1, _whole_return),
    "withdraw": (1, _whole_return),
    "inspect": (16, _inspect),
    "dispose": (8, _dispose),
    "receive_stock": (4, _restock),
    "resolve": (8, _resolve),
    "place": (1, _another),
}
"""Kind of a command -> (weight, what makes its arguments; None where it is not possible)."""

_ONWARD: Final = {"ship", "deliver", "authorize", "receive", "inspect", "dispose", "resolve"}
_ONWARD_FACTOR: Final = 5

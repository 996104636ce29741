"""Chooses where a returned unit goes: the place where most comes of it; of equals the first by id.

What comes of a unit at a place is its resale value there x the share that sells there - its freight - its handling, all
exact and in one currency. Every place looked at is kept with its terms, and with how far it stands behind the best.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from msgspec import Struct

from hub.kernel.instant import Instant
from hub.kernel.money import Money, minor_digits, total


class Place(Struct, frozen=True):
    """A node that may take a unit: what the unit sells for there, the share that does (0 to 1), and what it costs."""

    node_id: str
    resale: Money
    sell_through: Decimal
    freight: Money
    handling: Money

    @property
    def outcome(self) -> Decimal:
        """What comes of a unit there, in major units, exact: finer than any coin, and negative where it costs more."""
        costs = self.freight.decimal() + self.handling.decimal()
        return self.resale.decimal() * self.sell_through - costs


class Considered(Struct, frozen=True):
    """A node that was looked at: its terms and what lies between it and the best (zero for the chosen one).

    Without a place it was excluded; `because` says why it was not chosen, and is empty for the one that was.
    """

    node_id: str
    place: Place | None
    behind: Decimal | None
    because: str = ""


class Route(Struct, frozen=True):
    """Where a unit goes (None: nowhere takes it), what comes of it there, every node looked at, and why, in words.

    `pays` says whether anything is left of it at all: a unit that does not pay is better not sent at all.
    """

    node_id: str | None
    outcome: Decimal | None
    considered: tuple[Considered, ...]
    explanation: str

    @property
    def pays(self) -> bool:
        """Whether sending it there brings more than it costs."""
        return self.outcome is not None and self.outcome > 0


def best_place(places: Sequence[Place], *, excluded: Mapping[str, str]) -> Route:
    """The route of one unit. `excluded` maps other nodes to the reason, and leaves out a place of the same id.

    The order of arguments makes no difference. Amounts in two currencies raise CurrencyMismatch.
    """
    able = sorted(
        (place for place in places if place.node_id not in excluded), key=lambda one: (-one.outcome, one.node_id)
    )
    _one_currency(able)
    best = able[0] if able else None
    considered = [_behind(one, best) for one in able] + [
        Considered(node_id, None, None, reason) for node_id, reason in excluded.items()
    ]
    return Route(
        node_id=best.node_id if best else None,
        outcome=best.outcome if best else None,
        considered=tuple(sorted(considered, key=lambda one: one.node_id)),
        explanation=_explained(able, excluded),
    )


def best_for_all(parcel: Sequence[tuple[int, Sequence[Place]]]) -> str | None:
    """The node where most comes of units that stay together: (units, their places) each; None where none takes all.

    Of equals the first by id.
    """
    outcomes: dict[str, list[Decimal]] = {}
    for units, places in parcel:
        for place in places:
            outcomes.setdefault(place.node_id, []).append(units * place.outcome)
    able = {node_id: sum(all_of) for node_id, all_of in outcomes.items() if len(all_of) == len(parcel)}
    return min(able, key=lambda node_id: (-able[node_id], node_id), default=None)


def _one_currency(places: Sequence[Place]) -> None:
    """What cannot be added cannot be compared either: raises CurrencyMismatch."""
    for place in places:
        total((place.resale, place.freight, place.handling), places[0].resale.currency)


def _behind(place: Place, best: Place | None) -> Considered:
    if best is None or place is best:
        return Considered(place.node_id, place, Decimal(0))
    gap = best.outcome - place.outcome
    reason = f"{amount(gap, place.resale.currency)} less comes of it" if gap else f"as good, but after {best.node_id}"
    return Considered(place.node_id, place, gap, reason)


def _explained(able: Sequence[Place], excluded: Mapping[str, str]) -> str:
    """One sentence for people: why there."""
    if not able:
        return f"No node takes it: {_reasons(excluded)}." if excluded else "No node takes it: there is none."
    best, *rest = able
    currency = best.resale.currency
    terms = (
        f"{best.resale} x {best.sell_through:f} - {best.freight} freight - {best.handling} handling"
        f" = {amount(best.outcome, currency)}"
    )
    second = f", {amount(best.outcome - rest[0].outcome, currency)} more than {rest[0].node_id}" if rest else ""
    if rest and rest[0].outcome == best.outcome:
        second = f", as much as {rest[0].node_id}, which comes after it"
    only = "" if rest else ", the only node that takes it"
    loss = "; it costs more than comes of it" if best.outcome <= 0 else ""
    return f"{best.node_id}: {terms}{second}{only}{loss}."


def _reasons(excluded: Mapping[str, str]) -> str:
    return "; ".join(f"{node_id}: {reason}" for node_id, reason in sorted(excluded.items()))


def amount(value: Decimal, currency: str) -> str:
    """An exact amount for people: no fewer digits than the currency has, and as many more as it needs."""
    digits = max(minor_digits(currency), -int(value.normalize().as_tuple().exponent))
    return f"{value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)} {currency}"


class RoutedUnits(Struct, frozen=True):
    """A route decided for units of a return line, and the version of the network it rests on."""

    route_id: UUID
    return_id: UUID
    line_number: int
    sku: str
    quantity: int
    decided_at: Instant
    network_version: int
    route: Route

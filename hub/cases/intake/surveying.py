"""What the nodes of a channel have of what is quoted; and what one node ships whole, found without a search.

Most of what is quoted stands at several nodes. Then the plan is the node of least cost that has all of it, as
`plan_demands` decides, too. Where that takes a search, nothing is found here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec.structs import replace

from hub.cases.intake.free_stock import Shelf
from hub.cases.intake.planning import Routes, Ways
from hub.cases.intake.quoting import Basket
from hub.network.model.carriers import Destination, Load
from hub.promising.model import ConsideredNodes, ExclusionReason, NoDate
from hub.sourcing.model import PLAIN, Assignment, Demand, Plan

_Group = tuple[ExclusionReason | None, str, int]
"""Why nodes ship nothing, the same in words, and units that each could cover."""


class Surveyor:
    """Looks at nodes for one claimant; what baskets have in common is looked up once."""

    def __init__(self, routes: Routes, shelf: Shelf) -> None:
        """`shelf`: what the claimant may have."""
        self._routes = routes
        self._shelf = shelf
        self._barred: dict[tuple[Destination, str, Load], list[ConsideredNodes]] = {}

    def covered(self, demands: Sequence[Demand]) -> dict[str, int]:
        """Return the units of demands that each node has and is able to ship, by node id; none without any."""
        covered: dict[str, int] = {}
        for sku, need in _by_sku(demands).items():
            there, able = self._shelf.get(sku, {}), self._routes.able(sku)
            row = dict.fromkeys(there, 1) if need == 1 else {name: min(need, units) for name, units in there.items()}
            if able is not None:
                row = {node_id: units for node_id, units in row.items() if node_id in able}
            row.update([(node_id, units + row.get(node_id, 0)) for node_id, units in covered.items()])
            covered = row
        return covered

    def whole(self, basket: Basket, covered: Mapping[str, int]) -> Plan | None:
        """Return the plan of the one node that ships a basket for least; None where that takes a search.

        `covered`: what each node could cover of the basket.
        """
        if basket.channel.sourcing_policy != PLAIN:
            return None
        ways = self._ways(basket)
        if self._routes.importing and not self._one_side(basket.to, ways):
            return None
        full = self._routes.full(basket.to, basket.service_code, ways.costs)
        off_wish = self._off_wish(basket, ways)
        units = sum([demand.quantity for demand in basket.demands])
        for node_id, cost in ways.costs.items():
            if covered.get(node_id) == units and node_id not in full and node_id not in off_wish:
                shipped = [Assignment(one.line_number, node_id, one.quantity) for one in basket.demands]
                return Plan(tuple(shipped), cost, "")
        return None

    def considered(self, basket: Basket, covered: Mapping[str, int]) -> list[ConsideredNodes]:
        """Return the channel's nodes, those that are alike together; for a collection the node of collection alone."""
        ways = self._ways(basket)
        excluded = self._excluded(basket, ways)
        groups: dict[_Group, list[str]] = {}
        for units, nodes in _by_units(ways.costs, covered).items():
            if units and not excluded:
                groups[None, "", units] = nodes
                continue
            for node_id in nodes:
                groups.setdefault(self._group(node_id, units, basket, excluded), []).append(node_id)
        ships = [
            ConsideredNodes(
                basket.service_code, tuple(nodes), units, None if reason else ways.costs[nodes[0]], reason, detail
            )
            for (reason, detail, units), nodes in groups.items()
        ]
        return _at(basket.to.collected_at, ships + self._barred_nodes(basket, ways))

    def _one_side(self, to: Destination, ways: Ways) -> bool:
        """Whether all nodes lie on one side of the border: whichever of them ships all, it owes the same there."""
        question, network = self._routes.importing, self._routes.network
        countries = {network.node(node_id).address.country_code for node_id in ways.costs}
        day = self._routes.at.date()
        return question is None or len({question.rules.crosses(one, to.country_code, day) for one in countries}) <= 1

    def _ways(self, basket: Basket) -> Ways:
        return self._routes.ways(basket.channel, basket.to, basket.service_code, self._routes.load(basket.demands))

    def _off_wish(self, basket: Basket, ways: Ways) -> Mapping[str, NoDate]:
        skus = {demand.sku for demand in basket.demands}
        return self._routes.off_wish(ways.costs, basket.to, basket.service_code, skus)

    def _excluded(self, basket: Basket, ways: Ways) -> dict[str, tuple[ExclusionReason, str]]:
        """Return the nodes that would ship a basket, were it not for rules, places or a wished day; each with why."""
        channel, to, service_code = basket.channel, basket.to, basket.service_code
        ruled = self._routes.ruled_out(channel, to, service_code, basket.demand_class, basket.demands)
        full = self._routes.full(to, service_code, ways.costs)
        excluded = {node_id: (ExclusionReason.CAPACITY, detail) for node_id, detail in full.items()}
        off_wish = self._off_wish(basket, ways)
        excluded |= {node_id: (ExclusionReason.WISH, why.detail) for node_id, why in off_wish.items()}
        return excluded | {node_id: (ExclusionReason.RULE, detail) for node_id, detail in ruled.items()}

    def _group(
        self, node_id: str, units: int, basket: Basket, excluded: Mapping[str, tuple[ExclusionReason, str]]
    ) -> _Group:
        """What a node has in common with others: units that it could cover, or why it ships nothing."""
        reason, detail = excluded.get(node_id, (None, ""))
        if units or reason is ExclusionReason.RULE:
            return reason, detail, 0 if reason else units
        needy = [demand.sku for demand in basket.demands if self._routes.able(demand.sku) is not None]
        if needy and (lacking := self._routes.lacking(node_id, needy)):
            told = (f"it lacks {', '.join(skills)} for {sku}" for sku, skills in sorted(lacking.items()))
            return ExclusionReason.SKILL, "; ".join(told), 0
        return (reason, detail, 0) if reason else (ExclusionReason.STOCK, "none of the units is free there", 0)

    def _barred_nodes(self, basket: Basket, ways: Ways) -> list[ConsideredNodes]:
        """Return the nodes that may not ship whatever they have; the same for all baskets that travel so."""
        key = (basket.to, basket.service_code, self._routes.load(basket.demands))
        if key not in self._barred:
            groups: dict[tuple[ExclusionReason, str], list[str]] = {}
            for node_id, detail in sorted(ways.barred.items()):
                reason = ExclusionReason.NO_RATE if node_id in ways.unrated else ExclusionReason.NO_ROUTE
                if self._routes.network.node(node_id).closed:
                    reason = ExclusionReason.RULE
                groups.setdefault((reason, detail), []).append(node_id)
            self._barred[key] = [
                ConsideredNodes(basket.service_code, tuple(nodes), exclusion=reason, detail=detail)
                for (reason, detail), nodes in groups.items()
            ]
        return self._barred[key]


def _by_sku(demands: Iterable[Demand]) -> dict[str, int]:
    wanted: dict[str, int] = {}
    for demand in demands:
        wanted[demand.sku] = wanted.get(demand.sku, 0) + demand.quantity
    return wanted


def _by_units(nodes: Collection[str], covered: Mapping[str, int]) -> dict[int, list[str]]:
    """Return nodes, in their order, by units that each could cover."""
    units = [count or 0 for count in map(covered.get, nodes)]
    counts = dict.fromkeys(units)
    if len(counts) == 1:
        return {units[0]: list(nodes)}
    return {count: [node for node, has in zip(nodes, units, strict=True) if has == count] for count in counts}


def _at(collected_at: str, nodes: list[ConsideredNodes]) -> list[ConsideredNodes]:
    """Leave the node of collection alone, where there is one."""
    if not collected_at:
        return nodes
    there = [one for one in nodes if collected_at in one.node_ids]
    return [replace(one, node_ids=(collected_at,)) for one in there]

"""What a plan costs, term by term: what each parcel costs from a node, and what each unit adds to it.

    cost of a plan = sum over its parcels of (rate and handling + packing + lateness + carbon)
                   + split x (parcels - 1)
                   + sum over its units of (pick + freight and carbon by weight + expected return + duty
                                            + opportunity - markdown avoided)

Amounts are whole thousandths of a minor unit, so that a gram's freight is exact; nothing is a float.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from hub.kernel.money import Money
from hub.network.model import SourcingPolicy

MILLIS: Final = 1_000
"""Thousandths in a minor unit."""
_GRAMS_PER_KG: Final = 1_000


def parcel_terms(policy: SourcingPolicy, *, days_late: int = 0, carbon_grams: int = 0) -> Mapping[str, int]:
    """What a parcel costs beside its rate and handling, by term, in thousandths of a minor unit; no term of 0.

    `days_late` is after the earliest day on which any node's parcel arrives; `carbon_grams` are those of the parcel
    itself, whatever is in it.
    """
    return _stated(
        packing=_millis(policy.pack_cost),
        lateness=days_late * _millis(policy.late_day_cost),
        carbon=carbon_grams * _millis(policy.carbon_cost_per_kg) // _GRAMS_PER_KG,
    )


def unit_terms(
    policy: SourcingPolicy,
    *,
    weight_grams: int = 0,
    carbon_grams_per_kg: int = 0,
    return_handling: Money | None = None,
    opportunity: int = 0,
    markdown: Money | None = None,
    duty: Money | None = None,
) -> Mapping[str, int]:
    """What a unit adds to its parcel's cost, by term, in thousandths of a minor unit; no term of 0.

    `carbon_grams_per_kg` are grams of CO2 of a kilogram on its way. `opportunity`, in thousandths too, is what the unit
    is worth to later demand where it is, and `markdown` what will be lost on it there if nobody wants it.
    """
    return _stated(
        pick=_millis(policy.pick_cost),
        freight=weight_grams * _millis(policy.freight_per_kg) // _GRAMS_PER_KG,
        carbon=weight_grams * carbon_grams_per_kg * _millis(policy.carbon_cost_per_kg) // _GRAMS_PER_KG**2,
        returns=policy.returned_permille * (return_handling.minor if return_handling else 0),
        duty=_millis(duty),
        opportunity=opportunity,
        markdown=-_millis(markdown),
    )


def split_millis(policy: SourcingPolicy) -> int | None:
    """What a parcel beyond the first costs in thousandths of a minor unit; None: more than anything else."""
    return None if policy.split_cost is None else policy.split_cost.minor * MILLIS


def rounded(millis: int, currency: str) -> Money:
    """An amount of thousandths as money, half up."""
    return Money((millis + MILLIS // 2) // MILLIS, currency)


def _millis(amount: Money | None) -> int:
    return amount.minor * MILLIS if amount else 0


def _stated(**terms: int) -> Mapping[str, int]:
    return {name: millis for name, millis in terms.items() if millis}

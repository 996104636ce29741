"""When a sourcing policy that is tried is stopped, by the figures of both."""

from __future__ import annotations

from typing import Final

from hub.network.model import SourcingTrial
from hub.sourcing.model import Shipped

PERMILLE: Final = 1_000


def verdict(trial: SourcingTrial, counted: Shipped, tried: Shipped) -> str:
    """Why a trial is to be stopped, in a sentence; nothing where it may go on."""
    orders = counted.orders
    if orders < max(1, trial.judged_after):
        return ""
    if tried.waiting_units > counted.waiting_units:
        return f"{tried.waiting_units - counted.waiting_units} more units found no node in {orders} orders"
    if (tried.cost_millis - counted.cost_millis) * PERMILLE > trial.most_cost_permille * abs(counted.cost_millis):
        return f"its plans of {orders} orders cost more, at most {trial.most_cost_permille} permille more is granted"
    for what, more, most in (
        ("ship in several parcels", tried.split_orders - counted.split_orders, trial.most_split_permille),
        ("arrive later than they could", tried.late_orders - counted.late_orders, trial.most_late_permille),
    ):
        if more * PERMILLE > most * orders:
            return f"{more} more of {orders} orders {what}, at most {most} of 1,000 are granted"
    return ""

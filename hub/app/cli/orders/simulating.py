"""How ways to source compare on a cycle of invented demand: six centers, 100 stores and 50 regions."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from hub.app.cli.output import Output
from hub.app.cli.plotting import Figure, bars, saved
from hub.insights.simulation.comparing import Comparison, compared
from hub.insights.simulation.replay import Outcome

_WAYS: Final = ("centers first", "least cost", "least cost with values", "hindsight (bound)")


def simulated(output: Output, seed: int, stock: float, share: float, plot: Path | None) -> None:
    """Compares ways to source on the cycle of a seed, and prints the comparison; draws it where it has a file to."""
    comparison = compared(seed, stock_ratio=stock, share=share)
    if plot is not None:
        title = f"A cycle of invented demand (seed {seed}, {stock:g} units of stock for each of known demand)"
        saved(bars(title, _WAYS, _drawn(comparison)), plot)
    if output.as_json:
        output.json(_figures(comparison))
        return
    rows = [(name, *_row(outcome)) for name, outcome in zip(_WAYS, _outcomes(comparison), strict=False)]
    rows.append(("hindsight (bound)", f"{comparison.hindsight / 100:.0f}", "", "", "", ""))
    columns = ("WAY", "COST#", "SHIPPING#", "LOST ONLINE#", "LOST IN STORES#", "PARCELS#")
    output.table(columns, rows, empty="")
    output.say(
        f"Values close {comparison.gap_closed:.1%} of the gap between least cost and hindsight, and save"
        f" {comparison.saving:.1%} against centers first."
    )


def _outcomes(comparison: Comparison) -> tuple[Outcome, Outcome, Outcome]:
    return comparison.centers_first, comparison.least_cost, comparison.with_values


def _drawn(comparison: Comparison) -> list[Figure]:
    """The figures of a picture; hindsight has a cost only."""
    outcomes = _outcomes(comparison)
    costs = [one.cost / 100 for one in outcomes] + [comparison.hindsight / 100]
    shipping = [one.shipping / 100 for one in outcomes]
    found: list[Figure] = [
        (what, [(one, f"{one:.0f}") for one in row])
        for what, row in (("cost, EUR", costs), ("shipping, EUR", shipping))
    ]
    for what, name in (
        ("units lost online", "lost_online"),
        ("units lost in stores", "lost_walk_in"),
        ("parcels", "parcels"),
    ):
        found.append((what, [(getattr(one, name), str(getattr(one, name))) for one in outcomes]))
    return found


def _row(outcome: Outcome) -> tuple[str, ...]:
    return (
        f"{outcome.cost / 100:.0f}",
        f"{outcome.shipping / 100:.0f}",
        str(outcome.lost_online),
        str(outcome.lost_walk_in),
        str(outcome.parcels),
    )


def _figures(comparison: Comparison) -> dict[str, object]:
    return {
        "centers_first": comparison.centers_first.cost,
        "least_cost": comparison.least_cost.cost,
        "with_values": comparison.with_values.cost,
        "hindsight": round(comparison.hindsight),
        "gap_closed": round(comparison.gap_closed, 4),
        "saving": round(comparison.saving, 4),
    }

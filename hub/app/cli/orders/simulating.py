"""How ways to source compare on a cycle of invented demand: six centers, 100 stores and 50 regions."""

from __future__ import annotations

from hub.app.cli.output import Output
from hub.insights.simulation.comparing import Comparison, compared
from hub.insights.simulation.replay import Outcome


def simulated(output: Output, seed: int, stock: float, share: float) -> None:
    """Compares ways to source on the cycle of a seed, and prints the comparison."""
    comparison = compared(seed, stock_ratio=stock, share=share)
    if output.as_json:
        output.json(_figures(comparison))
        return
    ways = (
        ("centers first", comparison.centers_first),
        ("least cost", comparison.least_cost),
        ("least cost with values", comparison.with_values),
    )
    rows = [(name, *_row(outcome)) for name, outcome in ways]
    rows.append(("hindsight (bound)", f"{comparison.hindsight / 100:.0f}", "", "", "", ""))
    columns = ("WAY", "COST#", "SHIPPING#", "LOST ONLINE#", "LOST IN STORES#", "PARCELS#")
    output.table(columns, rows, empty="")
    output.say(
        f"Values close {comparison.gap_closed:.1%} of the gap between least cost and hindsight, and save"
        f" {comparison.saving:.1%} against centers first."
    )


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

"""`crossdock rehearse --simulate`: how ways to source compare on a cycle of invented demand."""

from __future__ import annotations

from typing import Annotated

import typer

from hub.app.cli.session import AsJson, session_of
from hub.insights.simulation.comparing import Comparison, compared
from hub.insights.simulation.replay import Outcome


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("rehearse")(rehearse)


def rehearse(
    context: typer.Context,
    *,
    simulate: Annotated[bool, typer.Option("--simulate", help="On invented demand; needs no hub.")] = False,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the demand.")] = 1,
    stock: Annotated[float, typer.Option(min=0.1, max=10, help="Units of stock for each unit of known demand.")] = 1.0,
    share: Annotated[float, typer.Option(min=0.01, max=10, help="Scale of demand and stock.")] = 1.0,
    as_json: AsJson = False,
) -> None:
    """Compare ways to source orders on a replenishment cycle of six centers, 100 stores and 50 regions."""
    if not simulate:
        raise typer.BadParameter("say what to rehearse on: --simulate", param_hint="--simulate")
    output = session_of(context, as_json=as_json).output
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

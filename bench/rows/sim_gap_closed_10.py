"""The share of the gap from least cost to hindsight that opportunity values close, at 1.0 units of stock a unit."""

from __future__ import annotations

from typing import Final

from bench.ratio import Row
from bench.simulating import judged

ROW: Final = Row(
    name="sim_gap_closed_10",
    says="share of the gap from least cost to hindsight that values close, stock/demand 1.0",
    bar=0.35,
    aim=0.6,
    prepare=judged(lambda cycle: cycle.gap_closed, 1.0),
    part=True,
    seconds=(1.0, 60.0),
)

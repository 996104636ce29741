"""The share of the gap from least cost to hindsight that opportunity values close, at 1.2 units of stock a unit."""

from __future__ import annotations

from typing import Final

from bench.ratio import Row
from bench.simulating import judged

ROW: Final = Row(
    name="sim_gap_closed_12",
    says="share of the gap from least cost to hindsight that values close, stock/demand 1.2",
    bar=0.5,
    aim=0.75,
    prepare=judged(lambda cycle: cycle.gap_closed, 1.2),
    part=True,
    seconds=(1.0, 60.0),
)

"""What plans with opportunity values save against distribution centers first, as a share of the whole cost."""

from __future__ import annotations

from typing import Final

from bench.ratio import Row
from bench.simulating import judged

ROW: Final = Row(
    name="sim_saving",
    says="share of the whole cost that values save against centers first, stock/demand 1.0",
    bar=0.04,
    aim=0.06,
    prepare=judged(lambda cycle: cycle.saving, 1.0),
    part=True,
    seconds=(1.0, 60.0),
)

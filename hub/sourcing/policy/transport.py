"""The transport problem of one product: which node's units go where, at least cost, and what a unit more would save.

A linear program, solved by HiGHS on one thread, so that the same question has the same answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import highspy
import numpy as np
from highspy._core import _Highs  # the public class prints a banner as it is made
from msgspec import Struct

_ZERO: Final = 1e-9


class Transport(Struct, frozen=True):
    """Units at each source, units wanted at each sink, the cost of a unit from source to sink, and of one not sent.

    `kept` is what units kept at a source are worth there: that of the first unit kept, of the second, and so on, each
    no more than the one before.
    """

    supply: Sequence[int]
    demand: Sequence[int]
    costs: Sequence[Sequence[float]]
    unmet: float
    kept: Sequence[Sequence[float]]


class Answer(Struct, frozen=True):
    """The least cost, less the worth of what is kept, and what the last unit of each source saves."""

    cost: float
    values: tuple[float, ...]


def solved(transport: Transport) -> Answer:
    """Return the least cost of a transport problem, and the value of a unit at each source."""
    sources = [index for index, units in enumerate(transport.supply) if units]
    sinks = [index for index, units in enumerate(transport.demand) if units]
    program = _program(transport, sources, sinks)
    solver = _Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.passModel(program)
    solver.run()
    duals = solver.getSolution().row_dual
    values = [0.0] * len(transport.supply)
    for row, index in enumerate(sources):
        values[index] = max(0.0, -duals[row])
    return Answer(solver.getInfo().objective_function_value, tuple(values))


def _program(transport: Transport, sources: Sequence[int], sinks: Sequence[int]) -> highspy.HighsLp:
    """Columns: source to sink, then unmet by sink, then units kept by source; rows: sources, then sinks."""
    costs = np.array([[transport.costs[source][sink] for sink in sinks] for source in sources]).reshape(-1)
    kept = [(row, worth) for row, index in enumerate(sources) for worth in transport.kept[index] if worth > _ZERO]
    lanes, unmet = len(costs), len(sinks)
    program = highspy.HighsLp()
    program.num_col_ = lanes + unmet + len(kept)
    program.num_row_ = len(sources) + len(sinks)
    program.col_cost_ = np.concatenate([costs, np.full(unmet, transport.unmet), [-worth for _, worth in kept]])
    program.col_lower_ = np.zeros(program.num_col_)
    program.col_upper_ = np.concatenate([np.full(lanes + unmet, highspy.kHighsInf), np.ones(len(kept))])
    wanted = np.array([transport.demand[sink] for sink in sinks], dtype=float)
    program.row_lower_ = np.concatenate([np.full(len(sources), -highspy.kHighsInf), wanted])
    program.row_upper_ = np.concatenate([np.array([transport.supply[one] for one in sources], dtype=float), wanted])
    from_rows = np.repeat(np.arange(len(sources)), len(sinks))
    to_rows = len(sources) + np.tile(np.arange(len(sinks)), len(sources))
    matrix = program.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kColwise
    matrix.start_ = np.concatenate([np.arange(0, 2 * lanes, 2), 2 * lanes + np.arange(unmet + len(kept) + 1)]).astype(
        np.int32
    )
    matrix.index_ = np.concatenate(
        [np.column_stack([from_rows, to_rows]).reshape(-1), len(sources) + np.arange(unmet), [row for row, _ in kept]]
    ).astype(np.int32)
    matrix.value_ = np.ones(2 * lanes + unmet + len(kept))
    return program

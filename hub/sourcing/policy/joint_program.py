"""The program of a batch: each order takes one of its plans, and no cell of stock gives more than it has."""

from __future__ import annotations

from collections.abc import Sequence

import highspy
import numpy as np
from highspy._core import _Highs  # the public class prints a banner as it is made
from msgspec import Struct

from hub.sourcing.policy.joint_plans import Floats, Shares, Whole

_NEARLY = 1e-6


class Column(Struct, frozen=True):
    """A plan that an order may take, and what it costs."""

    order: int
    shares: Shares
    cost: int


class Mixture(Struct, frozen=True):
    """The least cost where orders may take parts of plans: the part of each column, and the price of a unit by cell."""

    cost: float
    parts: Floats
    prices: Floats

    def whole(self, columns: Sequence[Column]) -> dict[int, Shares]:
        """Return the plans that are taken whole, by order."""
        return {
            column.order: column.shares for column, part in zip(columns, self.parts, strict=True) if part > 1 - _NEARLY
        }


def mixed(columns: Sequence[Column], stock: Whole) -> Mixture:
    """Return the least cost of a batch where orders may take parts of plans; each order has a column."""
    solver = _solver(_program(columns, stock))
    solver.run()
    prices = np.zeros(stock.shape)
    orders = len({column.order for column in columns})
    prices[np.nonzero(stock)] = np.maximum(0.0, -np.array(solver.getSolution().row_dual)[orders:])
    return Mixture(solver.getInfo().objective_function_value, np.array(solver.getSolution().col_value), prices)


def chosen(columns: Sequence[Column], stock: Whole, *, node_budget: int) -> dict[int, Shares]:
    """Return a plan for each order of least cost, or the best known after so many nodes of the search tree.

    Empty where none is known by then.
    """
    program = _program(columns, stock)
    program.integrality_ = [highspy.HighsVarType.kInteger] * len(columns)
    solver = _solver(program)
    solver.setOptionValue("mip_max_nodes", node_budget)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.run()
    parts = solver.getSolution().col_value
    return {column.order: column.shares for column, part in zip(columns, parts, strict=False) if part > 0.5}


def _solver(program: highspy.HighsLp) -> _Highs:
    solver = _Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.passModel(program)
    return solver


def _program(columns: Sequence[Column], stock: Whole) -> highspy.HighsLp:
    """Rows: orders by number, then cells with stock."""
    order_rows = {order: row for row, order in enumerate(sorted({column.order for column in columns}))}
    cells = {(int(sku), int(node)): row for row, (sku, node) in enumerate(zip(*np.nonzero(stock), strict=True))}
    starts, rows, values = [0], list[int](), list[float]()
    for column in columns:
        units: dict[int, int] = {order_rows[column.order]: 1}
        for share in column.shares:
            if share in cells:
                row = len(order_rows) + cells[share]
                units[row] = units.get(row, 0) + 1
        rows += units
        values += units.values()
        starts.append(len(rows))
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(columns), len(order_rows) + len(cells)
    program.col_cost_ = np.array([column.cost for column in columns], dtype=float)
    program.col_lower_, program.col_upper_ = np.zeros(len(columns)), np.ones(len(columns))
    ones = np.ones(len(order_rows))
    program.row_lower_ = np.concatenate([ones, np.full(len(cells), -highspy.kHighsInf)])
    program.row_upper_ = np.concatenate([ones, stock[np.nonzero(stock)].astype(float)])
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = np.array(starts, dtype=np.int32)
    program.a_matrix_.index_ = np.array(rows, dtype=np.int32)
    program.a_matrix_.value_ = np.array(values, dtype=float)
    return program

"""Faults of the slices room: they mean a flow is wrong, not a caller, so they are no refusals."""

from __future__ import annotations


class MoveNotPossible(Exception):
    """A flow asked for more units than can take the action; it must look before it moves."""

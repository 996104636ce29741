"""Enums that are looked up at every order."""

from __future__ import annotations

from enum import Enum


class QuickEnum(Enum):
    """An enum whose members hash as the objects they are; by default each look-up hashes a name, in Python."""

    __hash__ = object.__hash__

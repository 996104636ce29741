"""Enums of rooms and of contracts, matched by name: `OrderState.PLACED` is `ORDER_STATE_PLACED`."""

from __future__ import annotations

from enum import Enum
from typing import Any, Generic, TypeVar

from hub.kernel.errors import InvalidField

E = TypeVar("E", bound=Enum)


class Names(Generic[E]):
    """The members of an enum that a contract has too, both ways. `contract` is the generated enum."""

    def __init__(self, members: type[E], contract: Any, prefix: str) -> None:
        numbers = dict(contract.items())
        self._numbers = {member: numbers[name] for member in members if (name := f"{prefix}_{member.name}") in numbers}
        self._members = {number: member for member, number in self._numbers.items()}

    def __contains__(self, member: E) -> bool:
        return member in self._numbers

    def to_pb(self, member: E) -> Any:
        """The contract's value of a member that it has."""
        return self._numbers[member]

    def from_pb(self, value: int, field: str) -> E:
        """The member of a value; raises InvalidField, naming the field, for unspecified and unknown ones."""
        if (member := self._members.get(value)) is not None:
            return member
        allowed = ", ".join(known.name for known in self._numbers)
        raise InvalidField(f"{field} is {value}; name one of {allowed}.", **{field: "not a value of the contract"})

    def optional(self, value: int, field: str) -> E | None:
        """As `from_pb`; None for the unspecified value."""
        return self.from_pb(value, field) if value else None

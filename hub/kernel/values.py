"""Frozen values with some fields changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")

_NEW = object.__new__
_SET = object.__setattr__


def changed(value: T, **fields: Any) -> T:
    """The value with other fields: `dataclasses.replace` for frozen dataclasses with slots and no `__post_init__`.

    Large values change at every step of every order, and the standard one hands all their fields through `__init__`.
    Raises TypeError for a field there is not.
    """
    kind = type(value)
    result = _NEW(kind)
    for name in kind.__slots__:  # type: ignore[attr-defined]
        _SET(result, name, fields.pop(name) if name in fields else getattr(value, name))
    if fields:
        raise TypeError(f"{kind.__name__} has no {', '.join(sorted(fields))}")
    return result

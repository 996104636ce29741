"""Reports as JSON values and back: what is kept of an event that waits.

Any struct of texts, numbers, instants, identities, enums, tuples and further structs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from msgspec import Struct
from msgspec.structs import asdict

from hub.kernel.instant import instant, iso

D = TypeVar("D")


def recorded(report: Any) -> dict[str, Any]:
    """The fields of a report as JSON values; those that say nothing are left out."""
    return {name: _value(value) for name, value in asdict(report).items() if value is not None}


def restored(kind: Callable[..., D], record: Mapping[str, Any]) -> D:
    """The report of a record; `kind` is its struct. Raises KeyError, ValueError or TypeError where it is none."""
    hints = _hints(kind)
    return kind(**{name: _read(hints[name], value) for name, value in record.items()})


def _value(value: Any) -> Any:
    if isinstance(value, Struct):
        return recorded(value)
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_value(one) for one in value]
    return str(value) if isinstance(value, UUID) else value


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(hint: Any, value: Any) -> Any:
    if get_origin(hint) in {Union, UnionType}:
        (hint,) = [one for one in get_args(hint) if one is not type(None)]
    if get_origin(hint) is tuple:
        return tuple(_read(get_args(hint)[0], one) for one in value)
    if isinstance(hint, type) and issubclass(hint, Struct):
        made: Any = hint
        return restored(made, value)
    if hint is datetime:
        return instant(value)
    return hint(value) if hint is UUID or issubclass(hint, Enum) else value

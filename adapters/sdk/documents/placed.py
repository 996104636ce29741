"""Orders that came as documents, kept at the hub: what is written about one must name it as it was placed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar

from adapters.sdk.state.client import AdapterState

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

P = TypeVar("P")


async def remember(state: AdapterState, account_id: str, reference: str, placed: DataclassInstance) -> None:
    """Keep an order under the reference by which the hub knows it; the first of a reference stays."""
    await state.update(account_id, _key(reference), lambda kept: kept or json.dumps(asdict(placed)).encode())


async def recall(
    state: AdapterState, account_id: str, reference: str, made: Callable[[Mapping[str, Any]], P]
) -> P | None:
    """Return the order of a reference, made of its fields by name; None where it did not come as a document."""
    entry = await state.get(account_id, _key(reference))
    return made(json.loads(entry.value)) if entry.version else None


def _key(reference: str) -> str:
    return f"placed/{reference}"

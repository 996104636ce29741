"""Answers per element: what was refused is said as any refusal is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crossdock.common.v1.errors_pb2 import ErrorReason
from hub.app.client import HubError


def raise_refusals(results: Iterable[Any]) -> None:
    """Raises HubError for the first element that was refused."""
    for number, one in enumerate(results, start=1):
        if one.HasField("refusal"):
            refusal = one.refusal
            reason = ErrorReason.Name(refusal.reason).removeprefix("ERROR_REASON_")
            raise HubError(reason, refusal.message, facts=dict(refusal.metadata) | {"element": str(number)})

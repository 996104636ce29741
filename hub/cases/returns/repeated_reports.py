"""Reports about returns that came before: each has a reference, and is a repeat only with the same content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from hub.kernel.errors import ReferenceReused
from hub.returns.model import Disposed, DispositionReport, Inspected, Inspection, Receipt, Received

Entry = Received | Inspected | Disposed


def repeats(known: Sequence[Entry], report: Receipt | Inspection | DispositionReport) -> bool:
    """Whether a report of this reference is among what is known of a return.

    Raises ReferenceReused where it came before with other units.
    """
    before = [entry for entry in known if entry.reference == report.reference]
    if before and _content(before, report.units) != _content(report.units, report.units):
        raise ReferenceReused(
            f"{report.reference} came before with other units; report what came since under a reference of its own.",
            reference=report.reference,
            return_id=report.return_id,
        )
    return bool(before)


def _content(entries: Iterable[Entry], told: Sequence[Entry]) -> list[str]:
    """What entries say, whenever it was; where the report named no node, the one that was chosen says nothing."""
    unnamed = {one.entry_number for one in told if isinstance(one, Disposed) and (one.best_node or not one.node_id)}
    said: list[Entry] = [replace(entry, at=told[0].at) for entry in entries]
    return sorted(
        repr(replace(one, travels=False, node_id="" if one.entry_number in unnamed else one.node_id))
        if isinstance(one, Disposed)
        else repr(one)
        for one in said
    )

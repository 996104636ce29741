"""Settlement reports on the wire."""

from __future__ import annotations

from typing import Final

from crossdock.payments.v1 import payments_pb2 as pb
from hub.kernel.errors import InvalidField, inside
from hub.kernel.money import LARGEST_MINOR
from hub.ledger.model import Difference, DifferenceKind, EntryKind, SettlementEntry, SettlementReport
from hub.wire.enums import Names
from hub.wire.instants import optional_instant
from hub.wire.money import money_from_pb

_KINDS: Final = Names(EntryKind, pb.SettlementKind, "SETTLEMENT_KIND")
_DIFFERENCES: Final = Names(DifferenceKind, pb.SettlementDifferenceKind, "SETTLEMENT_DIFFERENCE_KIND")


def report_from_pb(message: pb.ImportSettlementRequest) -> SettlementReport:
    """A settlement report. Raises InvalidField for an amount that is none, and for half a period or an inverted one."""
    since, until = optional_instant(message, "period_start_time"), optional_instant(message, "period_end_time")
    if (since is None) is not (until is None) or (since and until and until <= since):
        raise InvalidField(
            "period_end_time must be after period_start_time; state both or none.", period_end_time="no end of a period"
        )
    entries = []
    for index, entry in enumerate(message.entries):
        with inside(f"entries[{index}]"):
            entries.append(_entry(entry))
    return SettlementReport(message.account_id, message.reference, tuple(entries), since, until)


def difference_to_pb(difference: Difference) -> pb.SettlementDifference:
    """One difference as a message."""
    return pb.SettlementDifference(
        kind=_DIFFERENCES.to_pb(difference.kind),
        entry_reference=difference.entry_reference,
        operation_key=difference.operation_key,
        detail=difference.detail,
    )


def _entry(message: pb.SettlementEntry) -> SettlementEntry:
    amount = money_from_pb(message.amount, field="amount")
    if not 0 < amount.minor <= LARGEST_MINOR:
        raise InvalidField("amount must be above zero; state what was captured or refunded.", amount="out of range")
    return SettlementEntry(
        reference=message.reference,
        kind=_KINDS.from_pb(message.kind, "kind"),
        operation_key=message.operation_key,
        amount_minor=amount.minor,
        currency=amount.currency,
    )

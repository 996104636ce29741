"""Reads a carrier's transactions into commands and responses: pure and total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from adapters.sdk.documents.reading import Findings, shown
from adapters.sdk.x12.acknowledgments import ACKNOWLEDGING, ADVISING
from adapters.sdk.x12.envelope import Interchange, Transaction
from adapters.sdk.x12.incoming import Came
from adapters.sdk.x12.notes import Notes
from adapters.x12_transport.parcels import Response
from adapters.x12_transport.response_990 import response_of
from adapters.x12_transport.settings import Settings
from adapters.x12_transport.status_214 import StatusReader
from crossdock.inbox.v1.inbox_pb2 import Command

WORKING: Final = frozenset({"214", "990"})
SUPPORTED: Final = WORKING | ACKNOWLEDGING | ADVISING


@dataclass
class Told:
    """What a carrier tells: where parcels are, and which tenders it takes, in the document's order."""

    commands: list[Command] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)


def told_by(interchanges: Sequence[Interchange[Settings]], settings: Settings, came: Came, findings: Findings) -> Told:
    """Return what all transactions tell; one that cannot be read tells nothing, and `findings` say why."""
    told = Told()
    for interchange in interchanges:
        for transaction in interchange.transactions:
            own = Findings()
            read = _read(transaction, settings, came, own)
            findings.add(own)
            if not own.refused:
                told.commands += read.commands
                told.responses += read.responses
    return told


def _read(transaction: Transaction[Settings], settings: Settings, came: Came, findings: Findings) -> Told:
    notes = Notes(findings, transaction.path)
    match transaction.set_id:
        case "214":
            return Told(commands=StatusReader(settings, notes, came.at).commands_of(transaction.segments))
        case "990":
            response = response_of(transaction.segments, settings, notes)
            return Told(responses=[response] if response is not None else [])
        case set_id if set_id not in SUPPORTED:
            reason = f"transaction set {shown(set_id)} is not read; this adapter reads {', '.join(sorted(SUPPORTED))}"
            notes.refuse(transaction.segments[0], 1, reason)
    return Told()

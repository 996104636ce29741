"""Has documents read by their adapters and takes in what they ask for, through the gate, each command once.

A command's request id follows from the document and the command's place in it, so that reading a document again takes
in only what was not taken in before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.case import Case
from hub.cases.context import Secrets
from hub.catalog import operations as catalog
from hub.connect.documents import DocumentRead, Documents
from hub.database.pool import Database
from hub.flows.money.report_payments import PaymentResult
from hub.flows.stock.import_snapshot import Imported
from hub.flows.upkeep.receive_documents import Reading
from hub.fulfillment import operations as fulfillment
from hub.fulfillment.errors import FulfillmentOrderNotFound, ShipmentNotFound
from hub.fulfillment.model import CarrierEvent, ShipmentReport, ShortReport
from hub.gate.change import Asked, Change
from hub.gate.gate import Gate
from hub.inbox import operations as inbox
from hub.inbox.model import Document, ParkedEvent, Problem
from hub.inbox.policy import impersonal, masked
from hub.inventory.model import Snapshot, StagedCount, StockChange
from hub.kernel.errors import Refusal
from hub.kernel.ids import derived
from hub.kernel.instant import Instant
from hub.kernel.scope import HUB, Scope
from hub.messages.notice import NoticeBounce
from hub.messages.tasks import ReadDocument
from hub.network.model import Network, PartnerKind
from hub.orders.model import Draft
from hub.payments.model import PaymentReport
from hub.tasks.bounces import take_bounce
from hub.tasks.partner_updates import carriers_of
from hub.trade.model.declarations import DeclarationEvent
from hub.wire.fulfillment.inbox import CommandValue, GatedValue, ReadCommand, read_command
from hub.work.handlers import Messages

_EVENTS: Final = UUID("6d0f3a0e-5a0b-4c58-9d0e-3b1d3c1f7f5b")
"""What request ids of partners' events are derived from."""


class Placed(Struct, frozen=True):
    """A command of a document with its place in it: `location` stays when more of the document can be read later."""

    ordinal: int
    location: str
    command_id: UUID
    command: CommandValue | Refusal


class DocumentReader(Struct, frozen=True):
    """Reads documents; `place` to `declared` are the changes that their commands run."""

    gate: Gate
    network: Callable[[], Network]
    secrets: Secrets
    documents: Documents
    place: Change[Draft, Case]
    count: Change[Snapshot | StagedCount, Imported]
    adjust: Change[StockChange, Any]
    report: Change[PaymentReport, PaymentResult | ParkedEvent]
    ship: Change[ShipmentReport, Any]
    short: Change[ShortReport, Any]
    track: Change[CarrierEvent, Any]
    declared: Change[DeclarationEvent, Any]

    async def read(self, database: Database, messages: Messages[ReadDocument], at: Instant) -> Sequence[Reading]:
        """Reads the documents of `document.read` messages and takes in what they ask for."""
        return [await self._read(database, message.payload.document_id, at) for message in messages]

    async def _read(self, database: Database, document_id: UUID, at: Instant) -> Reading:
        async with database.transaction() as tx:
            document = (await inbox.load(tx, [document_id]))[document_id]
            content = await inbox.content(tx, document_id, self.secrets.documents)
        read = await self._ask(document, content, at)
        commands = [_placed(document, one, number, at) for number, one in enumerate(read.commands, 1)]
        await self._draft_items(database, commands, read.commands, at)
        problems = [
            Problem(
                masked(one.location),
                masked(one.field),
                impersonal(one.reason, about=f"{one.location} {one.field}"),
                one.ordinal,
            )
            for one in read.problems
        ]
        orders: list[UUID] = []
        for command, said in zip(commands, read.commands, strict=True):
            unknown = await _unknown_rows(database, command, said.message.stock_count.row_lines)
            problems.extend(unknown)
            if unknown:
                continue
            try:
                await self._refuse_foreign(database, document, command)
                answer = await self._take(database, document, _of_account(document, command), at)
            except Refusal as refusal:
                problems.append(_problem(command, refusal))
                continue
            if isinstance(answer, Case):
                orders.append(answer.order_id)
        return Reading(document_id, tuple(problems), tuple(orders))

    async def _ask(self, document: Document, content: bytes, at: Instant) -> DocumentRead[ReadCommand]:
        account = self.network().account(document.account_id)
        kind = account.kind if account is not None else PartnerKind.CHANNEL
        return await self.documents.read(kind, document, content, at, read_command)

    async def _refuse_foreign(self, database: Database, document: Document, placed: Placed) -> None:
        """Raise a refusal of a report about goods of which another account was told, or nobody."""
        if isinstance(placed.command, CarrierEvent):
            await self._refuse_strange_carrier(database, document, placed.command.tracking_number)
        elif isinstance(placed.command, ShipmentReport | ShortReport):
            fulfillment_order_id = placed.command.fulfillment_order_id
            async with database.reading() as tx:
                account_of = await fulfillment.accounts_of(tx, [fulfillment_order_id])
            if account_of.get(fulfillment_order_id) != document.account_id:
                raise FulfillmentOrderNotFound(
                    f"{document.account_id} was told of no fulfillment order {fulfillment_order_id}.",
                    fulfillment_order_id=fulfillment_order_id,
                )

    async def _refuse_strange_carrier(self, database: Database, document: Document, tracking_number: str) -> None:
        """Raise ShipmentNotFound for a word about a parcel from who carries none, or not this one."""
        account = self.network().account(document.account_id)
        async with database.reading() as tx:
            carriers = (await carriers_of(tx, [tracking_number])).get(tracking_number, {document.account_id})
        if account is None or account.kind is not PartnerKind.TRANSPORT or account.account_id not in carriers:
            raise ShipmentNotFound(
                f"{document.account_id} follows no parcel {tracking_number}.", tracking_number=tracking_number
            )

    async def _draft_items(
        self, database: Database, commands: Sequence[Placed], read: Sequence[ReadCommand], at: Instant
    ) -> None:
        skus = {
            line.sku
            for one, said in zip(commands, read, strict=True)
            if said.draft_unknown_skus and isinstance(one.command, Draft)
            for line in one.command.lines
        }
        if skus:
            async with database.transaction() as tx:
                await catalog.draft(tx, sorted(skus), at=at)

    async def _take(self, database: Database, document: Document, placed: Placed, at: Instant) -> Any:
        """Takes a command in under the request id of the first reading; where that was refused for good, of the next.

        Every reading asks in the same order, so that a command that was taken in is met there again.
        """
        if isinstance(placed.command, Refusal):
            raise placed.command
        if isinstance(placed.command, NoticeBounce):
            return await take_bounce(database, document.account_id, placed.command, at)
        for reading in range(document.read_count + 1):
            request_id = derived(placed.command_id, "reading", reading) if reading else placed.command_id
            try:
                return await self._do(Asked(_scope(document, placed), request_id, b"document"), placed.command)
            except Refusal as refusal:
                if not refusal.kept or reading == document.read_count:
                    raise
        raise AssertionError("unreachable: the last reading returns or raises")

    async def _do(self, asked: Asked, command: GatedValue) -> Any:
        changes: Mapping[type[GatedValue], Change[Any, Any]] = {
            Draft: self.place,
            Snapshot: self.count,
            StockChange: self.adjust,
            PaymentReport: self.report,
            ShipmentReport: self.ship,
            ShortReport: self.short,
            CarrierEvent: self.track,
            DeclarationEvent: self.declared,
        }
        return await self.gate.run(changes[type(command)], asked, command)


def _of_account(document: Document, placed: Placed) -> Placed:
    """Return a command with the account that tells it, where that decides what it may be about."""
    if isinstance(placed.command, DeclarationEvent):
        return replace(placed, command=replace(placed.command, account_id=document.account_id))
    return placed


def _scope(document: Document, placed: Placed) -> Scope:
    """Return whose command it is: a provider reports about transactions of its own account, and of no other one."""
    if isinstance(placed.command, PaymentReport):
        return Scope(HUB.principal, HUB.roles, accounts=frozenset({document.account_id}))
    return HUB


def _placed(document: Document, read: ReadCommand, ordinal: int, at: Instant) -> Placed:
    command_id = _command_id(document, read, ordinal)
    try:
        command: CommandValue | Refusal = read.value(command_id, at)
    except Refusal as refusal:
        command = refusal
    return Placed(ordinal, read.location, command_id, command)


def _command_id(document: Document, read: ReadCommand, ordinal: int) -> UUID:
    """Return the request id of a command: by the partner's event where it names one, else by its place."""
    if read.event_id:
        return derived(_EVENTS, document.account_id, read.event_id)
    return derived(document.document_id, "command", read.location or ordinal)


async def _unknown_rows(database: Database, placed: Placed, lines: Sequence[int]) -> list[Problem]:
    """Return a problem per counted row whose SKU the catalog lacks: without it, nothing would be counted there."""
    if not isinstance(placed.command, Snapshot):
        return []
    async with database.reading() as tx:
        unknown = await catalog.unknown(tx, {row[0] for row in placed.command.rows})
    reason = (
        "UNKNOWN_SKU: The catalog does not know {sku}, so the count is not taken; add the item or correct the file."
    )
    return [
        Problem(f"line {lines[index]}" if index < len(lines) else f"row {index + 1}", "sku", reason.format(sku=sku))
        for index, (sku, *_) in enumerate(placed.command.rows)
        if sku in unknown
    ]


def _problem(placed: Placed, refusal: Refusal) -> Problem:
    field = ", ".join(f"{name}={value}" for name, value in refusal.metadata.items())
    return Problem(placed.location, field, f"{refusal.reason}: {refusal.message}", placed.ordinal)

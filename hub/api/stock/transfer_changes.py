"""The changing rpcs about transfers, each with its flow, and how a repeat is answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from hub.cases.context import FlowContext
from hub.flows.stock.move_transfers import (
    TransferCancellation,
    cancel_transfers,
    receive_transfers,
    request_transfers,
    ship_transfers,
)
from hub.gate.change import Change
from hub.gate.outcomes import Stored
from hub.kernel.errors import Refusal
from hub.transfers import operations as transfers
from hub.transfers.errors import TransferNotFound
from hub.transfers.model import Transfer, TransferDraft, TransferReceipt, TransferShipment


def _transfer(transfer: Transfer) -> Stored:
    return {"transfer_id": str(transfer.transfer_id)}


async def _transfers(flow: FlowContext, stored: Sequence[Stored]) -> list[Transfer | Refusal]:
    ids = [UUID(one["transfer_id"]) for one in stored]
    found = await transfers.load(flow.tx, flow.scope, ids, lock=False)
    return [found.get(one) or transfer_not_found(one) for one in ids]


def transfer_not_found(transfer_id: UUID) -> TransferNotFound:
    """No transfer under an id."""
    return TransferNotFound(f"There is no transfer {transfer_id}; name one of your nodes.", transfer_id=transfer_id)


REQUEST_TRANSFERS: Final[Change[TransferDraft, Transfer]] = Change(
    "RequestTransfers", request_transfers, _transfer, _transfers
)
SHIP_TRANSFERS: Final[Change[TransferShipment, Transfer]] = Change(
    "ShipTransfers", ship_transfers, _transfer, _transfers
)
RECEIVE_TRANSFERS: Final[Change[TransferReceipt, Transfer]] = Change(
    "ReceiveTransfers", receive_transfers, _transfer, _transfers
)
CANCEL_TRANSFERS: Final[Change[TransferCancellation, Transfer]] = Change(
    "CancelTransfers", cancel_transfers, _transfer, _transfers
)

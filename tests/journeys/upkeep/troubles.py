"""How each reason of an exception is raised: what happens until its record is open, by the ways of the product.

Where the printed command names FILE, a trouble leaves that file in the folder, as who looked after the cause would.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import grpc
import pytest
from google.protobuf import json_format
from msgspec.structs import replace

from adapters.sdk.doubles.faults import FOR_EVER, FaultKind, clear_faults
from crossdock.common.v1 import source_pb2
from crossdock.inventory.v1 import inventory_pb2
from crossdock.orders.v1 import adoption_service_pb2
from hub.api.fulfillment.changes import RECORD_CARRIER_EVENTS, RECORD_SHIPMENTS
from hub.api.orders.changes import REPORT_PAYMENTS
from hub.api.stock.supply_changes import PUT_SUPPLY, RECEIVE_SUPPLY
from hub.catalog import operations as catalog
from hub.connect.failures import CallFailure, Misanswered, NeverAccepted
from hub.connect.line import Line
from hub.exceptions.model import ExceptionReason as Reason
from hub.flows.stock.import_snapshot import import_snapshot
from hub.fulfillment.lifecycle import ShipmentState
from hub.fulfillment.model import NOWHERE, CarrierEvent, OrderReference, ShipmentReport
from hub.inventory.model import Snapshot
from hub.inventory.model.supply import Receipt, SupplyDraft, SupplyKey, SupplyKind
from hub.kernel.errors import Refusal
from hub.kernel.scope import HUB
from hub.messages.notice import NoticeBounce
from hub.messages.updates import Update
from hub.network import operations as networks
from hub.network.model import ShortagePolicy
from hub.outbox.model import Answer, Message, Outcome
from hub.payments.model import PaymentEventKind, PaymentReport, TransactionKind
from hub.returns.model import Verdict
from hub.tasks.bounces import take_bounce
from hub.tasks.partner_updates import Updates
from hub.wire.setup.network import network_to_pb
from tests.journeys.upkeep import customs_troubles
from tests.journeys.upkeep.label_troubles import label_kept, no_label
from tests.journeys.upkeep.network_troubles import not_replaced
from tests.journeys.upkeep.node_troubles import (
    cancel_contradicted,
    cancel_refused,
    lost,
    overdue,
    overshipped,
    pickup_locked,
    silent_node,
    to_intercept,
    withdrawn_under_way,
)
from tests.journeys.upkeep.payment_troubles import (
    claim_undecided,
    denied,
    disputed,
    settled_by_nobody,
    withdrawal_unrefunded,
)
from tests.journeys.upkeep.transfer_troubles import late_transfer, short_transfer
from tests.journeys.upkeep.webhook_troubles import receiver_gone, undelivered
from tests.support.credit import on_account
from tests.support.drafts import draft, item, line
from tests.support.network import CHANNEL, network_of
from tests.support.returns import authorize, bring_back, delivered, inspect, receive, request, sold
from tests.support.totes import code, opened, scan, sent, unpacked
from tests.support.world import TUESDAY, World
from tests.unit.api.serving import Served, euros, placing

Trouble = Callable[[Served, Path, pytest.MonkeyPatch], Awaitable[None]]
FILE: Final = "FILE"
NEVER: Final = NeverAccepted("The party was erased.")
EXAMPLES: Final = Path(__file__).parents[3] / "examples"


async def refused_release(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    world = hub.world
    world.doubles.fault("double_warehouse", "ReleaseFulfillmentOrder", FaultKind.REFUSE)
    await world.stock("CUP", "DC-NL", 1)
    await world.place(draft("W-1", [line("CUP", 1, "20.00")]))
    await world.settle()


async def draft_item(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    async with hub.world.database.transaction() as tx:
        await catalog.draft(tx, ["HAT"], at=TUESDAY)
    await hub.world.place(draft("W-1", [line("HAT", 1, "20.00")], shortage_policy=ShortagePolicy.BACKORDER))
    (folder / FILE).write_text("# count_time=2026-11-17T09:00:00Z rows=1\nsku,node,on_hand,safety\nHAT,DC-NL,5,0\n")


async def no_lane(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    world, whole = hub.world, network_of(channel={"shortage_policy": ShortagePolicy.BACKORDER})
    await world.stock("CUP", "DC-NL", 1)
    async with world.database.transaction() as tx:
        await networks.put(tx, HUB, replace(whole, lanes={}), at=TUESDAY)
    await world.surroundings.network.refresh()
    await world.place(draft("W-1", [line("CUP", 1, "20.00")]))
    (folder / FILE).write_text(json_format.MessageToJson(network_to_pb(whole)))


async def counted_below(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    world = hub.world
    await world.network(profiles={"screening": {"review_names": ["Ada"]}})
    await world.stock("CUP", "DC-NL", 4)
    await world.place(draft("W-1", [line("CUP", 4, "20.00")]))
    await world.settle()
    await world.run(import_snapshot, [Snapshot("wms", TUESDAY, frozenset({"DC-NL"}), (("CUP", "DC-NL", 1, 0),))])


async def variance(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    world = hub.world
    await world.network(nodes={"DC-NL": {"variance_units": 1}})
    await world.stock("CUP", "DC-NL", 9)
    await world.run(import_snapshot, [Snapshot("wms", TUESDAY, frozenset({"DC-NL"}), (("CUP", "DC-NL", 1, 0),))])


async def more_supply(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    world, key = hub.world, SupplyKey("erp", "PO-1", "10")
    await world.items("CUP")
    wanted = SupplyDraft(world.identity(), key, SupplyKind.ON_ORDER, "CUP", "DC-NL", 1, TUESDAY)
    await world.ask(PUT_SUPPLY, wanted)
    await world.ask(RECEIVE_SUPPLY, Receipt(world.identity(), key, "R-1", 3))


async def uncaptured(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    hub.world.doubles.fault("double_payment", "Capture", FaultKind.REFUSE)
    await hub.world.stock("CUP", "DC-NL", 2)
    await delivered(hub.world, draft("W-1", [line("CUP", 2, "50.00")]))


async def unrefunded(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    hub.world.doubles.fault("double_payment", "Refund", FaultKind.REFUSE)
    await bring_back(hub.world, (await sold(hub.world, 1)).order_id)


async def contradicted(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    world = hub.world
    case = await sold(world, 1)
    (capture,) = [one for one in case.payments.transactions if one.kind is TransactionKind.CAPTURE]
    await world.ask(REPORT_PAYMENTS, PaymentReport(capture.transaction_id, PaymentEventKind.CAPTURE_FAILED, TUESDAY))


async def on_hold(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    await hub.world.network(profiles={"screening": {"review_names": ["Ada"]}})
    await placed(hub.world)


async def over_limit(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    await hub.world.stock("SHIRT", "DC-NL", 1)
    await hub.world.place(draft("W-1", [line("SHIRT", 1)], instruments=[on_account()]))
    await hub.world.settle()


async def told_in_vain(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    hub.world.doubles.fault("double_erp", "PostDocument", FaultKind.REFUSE, "period_closed")
    await placed(hub.world)


async def given_up(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    with patch.context() as patched:
        refuse_notices(patched)
        await placed(hub.world)


async def misanswered(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    with patch.context() as patched:
        refuse_notices(patched, Misanswered("The answer to SendNotice breaks the contract."))
        await placed(hub.world)


def refuse_notices(patch: pytest.MonkeyPatch, failure: CallFailure = NEVER) -> None:
    operate = Line.operate

    async def never(self: Line, message: Message[Any], *rest: Any) -> Answer[None]:
        if message.kind == "notice.send":
            raise failure
        return await operate(self, message, *rest)

    patch.setattr(Line, "operate", never)


@contextmanager
def screening_later(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Has what screens for fraud say PENDING."""
    operate = Line.operate_for

    async def later(self: Line, message: Message[Any], *rest: Any) -> Answer[Any]:
        answer = await operate(self, message, *rest)
        return replace(answer, outcome=Outcome.PENDING) if message.kind == "fraud.screen" else answer

    with patch.context() as patched:
        patched.setattr(Line, "operate_for", later)
        yield


async def unanswered(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    with screening_later(patch):
        await placed(hub.world)
        await hub.world.advance(timedelta(hours=25))


async def left_waiting(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    world = hub.world
    world.doubles.fault("double_warehouse", "ReleaseFulfillmentOrder", FaultKind.UNAVAILABLE, times=FOR_EVER)
    await placed(world)
    await world.advance(timedelta(hours=5))
    clear_faults(world.doubles.file("double_warehouse"))


async def placed(world: World) -> None:
    await world.stock("CUP", "DC-NL", 2)
    await world.place(draft("W-1", [line("CUP", 1, "20.00")]))
    await world.settle()


async def update_refused(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    unknown = ShipmentReport(hub.world.identity(), "P-1", TUESDAY, "T-1")
    async with hub.world.database.transaction() as tx:
        await Updates(hub.world.surroundings).take(tx, "wms", [Update("U-1", "SHIPPED", unknown)], TUESDAY)


async def bounced(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    await placed(hub.world)
    (row,) = await hub.world.rows("SELECT message_id FROM every_message WHERE kind = 'notice.send' LIMIT 1")
    await take_bounce(hub.world.database, "mail", NoticeBounce(row["message_id"], "5.1.1"), TUESDAY)


async def overdue_return(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    world = hub.world
    await world.stock("CUP", "DC-NL", 2)
    case = await world.place(draft("W-1", [line("CUP", 1, "50.00")]))
    await world.advance(timedelta(hours=8))
    (parcel,) = (await world.case(case.order_id)).shipments
    told = CarrierEvent(ShipmentState.RETURNING_TO_SENDER, await world.now(), parcel.tracking_number)
    await world.ask(RECORD_CARRIER_EVENTS, told)
    await world.advance(timedelta(days=22))


async def undecided(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    back = await authorize(hub.world, request((await sold(hub.world, 1)).order_id))
    await receive(hub.world, back)
    await inspect(hub.world, back, Verdict.MANUAL)


async def unexpected(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    back = await authorize(hub.world, request((await sold(hub.world, 2)).order_id))
    with suppress(Refusal):
        await receive(hub.world, back, 2)


async def lost_in_tote(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    world = hub.world
    back = await authorize(world, request((await sold(world, 1)).order_id))
    tote = await sent(world, await scan(world, await opened(world), await code(world, back.rma.return_id)))
    await unpacked(world, tote, [])


async def adjusted(hub: Served, number: int, delta: int, source: str = "wms") -> None:
    adjusting = inventory_pb2.AdjustStockRequest(request_id=str(uuid4()))
    sequence = source_pb2.SourceSequence(source=source, number=number)
    adjusting.adjustments.add(sku="CUP", node_id="DC-NL", delta=delta, cause="RECEIPT", sequence=sequence)
    await hub.rpc("InventoryService.AdjustStock")(adjusting)


async def gap(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    await hub.world.items("CUP")
    await adjusted(hub, 3, 7)
    await hub.world.advance(timedelta(hours=24))


async def contested(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    await hub.world.items("CUP")
    await adjusted(hub, 1, 7)
    await adjusted(hub, 1, 7, "erp")


async def refused_event(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    await hub.world.items("CUP")
    await adjusted(hub, 1, -7)
    await hub.world.stock("CUP", "DC-NL", 9)


async def unmatched(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    early = ShipmentReport(NOWHERE, "P-1", TUESDAY, "T-1", order=OrderReference(CHANNEL, "W-1"), waits=True)
    await hub.world.ask(RECORD_SHIPMENTS, early)
    await hub.world.advance(timedelta(hours=25))


async def abandoned(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    await hub.world.items("CUP")
    header = inventory_pb2.SnapshotHeader(request_id=str(uuid4()), source="wms", node_ids=["DC-NL"], row_count=2)
    header.count_time.FromDatetime(TUESDAY)
    row = inventory_pb2.SnapshotRow(sku="CUP", node_id="DC-NL", on_hand=1)
    parts = [
        inventory_pb2.ImportSnapshotRequest(header=header),
        inventory_pb2.ImportSnapshotRequest(rows=inventory_pb2.SnapshotRows(rows=[row], first_row=0)),
    ]
    with suppress(grpc.aio.AioRpcError):
        _ = [one async for one in hub.rpc("InventoryService.ImportSnapshot")(iter(parts))]
    await hub.world.advance(timedelta(hours=24))


async def bad_document(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    profile = json.loads((EXAMPLES / "profiles" / "shopify-web-nl.json").read_text())
    await hub.world.network(profiles={"shopify": profile})
    await hub.world.receive("shopify", (EXAMPLES / "documents" / "web-nl-1001-plain.json").read_bytes())
    await hub.world.settle()
    await hub.world.items(item("LAMP-01"))
    await hub.world.stock("LAMP-01", "DC-NL", 9)


async def bad_adoption(hub: Served, folder: Path, patch: pytest.MonkeyPatch) -> None:
    await hub.world.stock("SHIRT", "DC-NL", 9)
    adopted = adoption_service_pb2.AdoptedOrder(order=placing().order)
    adopted.money.add(instrument_number=1, authorized=euros(105), captured=euros(105))
    parcel = adopted.shipments.add(shipment_reference="P-1", node_id="DC-NL", tracking_number="T-1")
    parcel.ship_time.FromDatetime(TUESDAY)
    parcel.lines.add(line_number=1, quantity=1)
    asked = adoption_service_pb2.AdoptOrderRequest(request_id=str(uuid4()), order=adopted)
    chunks = iter([adoption_service_pb2.AdoptOrdersRequest(orders=[asked])])
    (answer,) = [one async for one in hub.rpc("AdoptionService.AdoptOrders")(chunks)]
    assert answer.results[0].HasField("refusal")
    parcel.lines[0].quantity = 2
    (folder / FILE).write_text(json_format.MessageToJson(adopted, indent=None))


TROUBLES: Final[Mapping[Reason, Trouble]] = {
    Reason.STOCK_SHORT: refused_release,
    Reason.STOCK_DISCREPANCY: counted_below,
    Reason.UNKNOWN_ITEM: draft_item,
    Reason.NO_ROUTE: no_lane,
    Reason.ON_HOLD: on_hold,
    Reason.CAPTURE_FAILED: uncaptured,
    Reason.DEAD_LETTER: given_up,
    Reason.DOCUMENT_PROBLEM: bad_document,
    Reason.PICKUP_LOCKED: pickup_locked,
    Reason.PARCEL_TO_INTERCEPT: to_intercept,
    Reason.PARCEL_OVERSHIPPED: overshipped,
    Reason.PARCEL_TROUBLE: lost,
    Reason.PARCEL_OVERDUE: overdue,
    Reason.LABEL_MISSING: no_label,
    Reason.LABEL_NOT_VOIDED: label_kept,
    Reason.WORK_OVERDUE: silent_node,
    Reason.CANCEL_REFUSED: cancel_refused,
    Reason.CANCEL_CONTRADICTED: cancel_contradicted,
    Reason.PARTNER_REFUSED: told_in_vain,
    Reason.PARTNER_MISANSWERED: misanswered,
    Reason.ANSWER_OVERDUE: unanswered,
    Reason.MESSAGES_OVERDUE: left_waiting,
    Reason.UPDATE_REFUSED: update_refused,
    Reason.NOTICE_BOUNCED: bounced,
    Reason.RETURN_UNEXPECTED: unexpected,
    Reason.RETURN_OVERDUE: overdue_return,
    Reason.RETURN_TO_DECIDE: undecided,
    Reason.CLAIM_UNDECIDED: claim_undecided,
    Reason.DENIED_PARTY: denied,
    Reason.REFUND_FAILED: unrefunded,
    Reason.WITHDRAWN_UNDER_WAY: withdrawn_under_way,
    Reason.WITHDRAWAL_REFUND_DUE: withdrawal_unrefunded,
    Reason.SETTLEMENT_DIFFERS: settled_by_nobody,
    Reason.SUPPLY_UNEXPECTED: more_supply,
    Reason.TRANSFER_LATE: late_transfer,
    Reason.TRANSFER_VARIANCE: short_transfer,
    Reason.ADOPTION_REFUSED: bad_adoption,
    Reason.STOCK_VARIANCE: variance,
    Reason.RETURN_LOST: lost_in_tote,
    Reason.FEED_GAP: gap,
    Reason.EVENT_UNMATCHED: unmatched,
    Reason.EVENT_REFUSED: refused_event,
    Reason.NODE_CONTESTED: contested,
    Reason.SNAPSHOT_ABANDONED: abandoned,
    Reason.PAYMENT_CONTRADICTED: contradicted,
    Reason.PAYMENT_DISPUTED: disputed,
    Reason.WEBHOOK_UNDELIVERED: undelivered,
    Reason.WEBHOOK_DISABLED: receiver_gone,
    Reason.NETWORK_NOT_REPLACED: not_replaced,
    Reason.CREDIT_EXCEEDED: over_limit,
    **customs_troubles.ROWS,
}
"""How each is raised; each reason has its row."""

"""Sound requests to the rpcs of the hub, made from their contracts: they name what is there."""

from __future__ import annotations

from typing import Any, Final
from uuid import uuid4

from google.protobuf.descriptor import FieldDescriptor, MethodDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from crossdock.admin.v1 import admin_pb2
from crossdock.catalog.v1 import catalog_pb2
from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.inbox.v1 import feeds_pb2
from crossdock.inventory.v1 import reservations_pb2, supply_pb2, transfers_pb2
from crossdock.orders.v1 import change_service_pb2, orders_pb2
from crossdock.payments.v1 import payments_pb2
from crossdock.returns.v1 import returns_pb2
from crossdock.rules.v1 import scenarios_pb2
from crossdock.screening.v1 import screening_pb2
from crossdock.trade.v1 import declarations_pb2
from hub.api.setup.webhook_changes import PUT_WEBHOOK
from hub.api.stock.changes import IMPORT_SNAPSHOT
from hub.api.stock.reservations import RESERVE_STOCK
from hub.api.stock.supply_changes import PUT_SUPPLY
from hub.api.stock.transfer_changes import REQUEST_TRANSFERS
from hub.cases.intake.reserving import ReservationDraft
from hub.flows.upkeep.keep_webhooks import WebhookDraft
from hub.inventory.model import Snapshot
from hub.inventory.model.supply import SupplyDraft, SupplyKey, SupplyKind
from hub.transfers.model import TransferDraft
from hub.wire.setup.network import network_to_pb
from tests.support.changes import propose
from tests.support.drafts import draft, line
from tests.support.network import network_of
from tests.support.totes import opened
from tests.support.world import TUESDAY
from tests.unit.api.serving import Served, euros

RETURN_VALUES = {
    "outcome": returns_pb2.RECEIPT_OUTCOME_AS_EXPECTED,
    "verdict": returns_pb2.INSPECTION_VERDICT_ACCEPTED,
    "disposition": returns_pb2.DISPOSITION_RESTOCK,
}
CHOSEN = {
    ("AssignExceptionRequest", "owner"): "finance",
    ("ChangeExceptionsRequest", "owner"): "finance",
    ("AskForCodeRequest", "order_number"): "W-1",
    ("AskForCodeRequest", "email"): "ada@example.com",
    ("OpenSessionRequest", "order_number"): "W-1",
    ("OpenSessionRequest", "email"): "ada@example.com",
    ("OpenSessionRequest", "code"): "01234567",
    ("ClaimDraft", "kind"): returns_pb2.CLAIM_KIND_DAMAGED,
    ("ShortReport", "reason"): fulfillment_pb2.SHORT_REASON_MISMATCH,
    ("PaymentEvent", "kind"): payments_pb2.PAYMENT_EVENT_KIND_CAPTURED,
    ("SettlementEntry", "kind"): payments_pb2.SETTLEMENT_KIND_CAPTURE,
    ("CarrierEvent", "state"): fulfillment_pb2.SHIPMENT_STATE_IN_TRANSIT,
    ("ReservationDraft", "kind"): reservations_pb2.RESERVATION_KIND_BOUND,
    ("SupplyDraft", "kind"): supply_pb2.SUPPLY_KIND_ON_ORDER,
    ("ConditionChange", "from_condition"): supply_pb2.CONDITION_SELLABLE,
    ("ConditionChange", "to_condition"): supply_pb2.CONDITION_DAMAGED,
}
"""(message, field) -> the value of an enum or a name that a sound request has there."""


async def facts(hub: Served) -> dict[str, str]:
    """Names and values of fields that say what is there."""
    placed = await hub.world.place(draft("W-1", [line("SHIRT", 2)]))
    await hub.world.settle()
    case = await hub.world.case(placed.order_id)
    document = await hub.world.receive("shopify", b'{"order": {}}')
    await hub.world.settle()
    key = SupplyKey("erp", "PO-1", "10")
    due = SupplyDraft(hub.world.identity(), key, SupplyKind.ON_ORDER, "SHIRT", "DC-NL", 9, TUESDAY)
    supply = await hub.world.ask(PUT_SUPPLY, due)
    tote = await opened(hub.world, "ST-AMS", "DC-NL")
    moving = await hub.world.ask(REQUEST_TRANSFERS, TransferDraft("T-1", "DC-NL", "ST-BER", (("SHIRT", 1),)))
    (record,) = await hub.world.rows("SELECT exception_id FROM exception_record LIMIT 1")
    reserved = await hub.world.ask(RESERVE_STOCK, ReservationDraft("WEB-NL", (("SHIRT", 1),)))
    counted = await hub.world.ask(IMPORT_SNAPSHOT, Snapshot("erp", TUESDAY, frozenset({"DC-UK"}), ()))
    put = await hub.world.ask(PUT_WEBHOOK, WebhookDraft(None, hub.world.identity(), b"s" * 32, "https://192.0.2.1"))
    change = await propose(hub.world, placed, added=(line("SHIRT", 1),))
    return {
        "order_id": str(placed.order_id),
        "change_id": str(change.change_id),
        "reservation_id": str(reserved.reservation_id),
        "fulfillment_order_id": str(case.fulfillment_orders[0].fulfillment_order_id),
        "party_id": str(case.order.customer_party_id),
        "document_id": str(document.document_id),
        "exception_id": str(record["exception_id"]),
        "channel_id": "WEB-NL",
        "node_id": "DC-NL",
        "account_id": "shopify",
        "return_id": str(uuid4()),
        "tote_id": str(tote.tote_id),
        "to_node_id": "DC-NL",
        "transfer_id": str(moving.transfer_id),
        "sku": "SHIRT",
        "supply_id": str(supply.supply_id),
        "snapshot_id": str(counted.snapshot_id),
        "source": "erp",
        "reference": "PO-1",
        "line": "10",
        "to_country_code": "NL",
        "scenario_id": "summer",
        "webhook_id": str(put.webhook.webhook_id),
        "url": "https://hooks.example",
    }


_OF_ACCOUNTS = (admin_pb2.MovePollCursorRequest, admin_pb2.PauseAccountRequest, admin_pb2.ResumeAccountRequest)
"""Requests about an account of the network."""


def asked(method: MethodDescriptor, known: dict[str, str]) -> Message:
    """A request that names what is there."""
    request = GetMessageClass(method.input_type)()
    fill(request, known, required_only=False)
    return request


def fill(message: Message, known: dict[str, str], *, required_only: bool) -> None:
    if isinstance(message, admin_pb2.ListExceptionsRequest):
        return  # every exception is listed
    for field in message.DESCRIPTOR.fields:
        if any(about(message, field) for about in _ABOUT):
            continue
        if field.name in known and field.type == FieldDescriptor.TYPE_STRING and not field.is_repeated:
            setattr(message, field.name, known[field.name])
        elif special(message, field):
            continue
        elif field.message_type is not None and field.is_repeated and not field.message_type.GetOptions().map_entry:
            fill(getattr(message, field.name).add(), known, required_only=True)


def about_feeds(message: Any, field: Any) -> bool:
    """Values of requests about feeds and collections."""
    if field.name == "through_number" and isinstance(message, feeds_pb2.SkipGapRequest):
        message.through_number = 7
    elif field.name == "node_ids" and isinstance(message, feeds_pb2.HandOverNodesRequest):
        message.node_ids.append("DC-NL")
    elif field.name == "parked_event_ids":
        message.parked_event_ids.append(str(uuid4()))
    elif field.name == "code" and isinstance(message, fulfillment_pb2.CollectionReport):
        message.code = "01234567"
    elif field.name == "exception_ids":
        message.exception_ids.append(str(uuid4()))
    elif field.name == "fulfillment_order_ids":
        message.fulfillment_order_ids.append(str(uuid4()))
    elif isinstance(message, _OF_ACCOUNTS) and field.name == "account_id":
        message.account_id = "wms"
    else:
        return False
    return True


def about_customs(message: Any, field: Any) -> bool:
    """Values of requests about declarations."""
    if isinstance(message, declarations_pb2.ShipmentToDeclare) and field.name == "shipment_id":
        message.shipment_id = str(uuid4())
    elif isinstance(message, declarations_pb2.DocumentToSend) and field.name == "shipment_id":
        message.shipment_id = str(uuid4())
        message.document = declarations_pb2.DECLARATION_DOCUMENT_COMMERCIAL_INVOICE
    elif isinstance(message, declarations_pb2.DeclarationEvent) and field.name == "declaration_id":
        message.declaration_id, message.event_reference = str(uuid4()), "E-1"
        message.state = declarations_pb2.DECLARATION_STATE_ACCEPTED
        message.occur_time.FromSeconds(1_790_000_000)
    else:
        return isinstance(message, declarations_pb2.DeclarationEvent)
    return True


def about_screening(message: Any, field: Any) -> bool:
    """Values of a denied-party list, and of a decision on a match that nobody has."""
    if isinstance(message, screening_pb2.LoadListRequest) and field.name == "list_name":
        message.list_name = "TEST-LIST"
        message.files.add(name="list.csv", content=b"entry_id,name,alias,address,program\n7,Nobody,,,TEST\n")
    elif isinstance(message, screening_pb2.DecideMatchRequest) and field.name == "match_id":
        message.match_id, message.note = str(uuid4()), "another person"
        message.state = screening_pb2.MATCH_STATE_CLEARED
    else:
        return isinstance(message, screening_pb2.LoadListRequest) and field.name == "files"
    return True


def about_money(message: Any, field: Any) -> bool:
    """Values of what providers notify and settle, and of a card that is added."""
    if isinstance(message, payments_pb2.PaymentEvent) and field.name == "transaction_id":
        message.transaction_id = str(uuid4())
    elif isinstance(message, payments_pb2.AddInstrumentRequest) and field.name == "token":
        message.token = "tok_visa"
    elif isinstance(message, payments_pb2.SettlementEntry) and field.name == "amount":
        message.amount.CopyFrom(euros(1))
    elif message.DESCRIPTOR.file.package == "crossdock.credit.v1":
        return about_credit(message, field)
    elif message.DESCRIPTOR.file.package == "crossdock.balances.v1":
        return about_balances(message, field)
    else:
        return False
    return True


def about_balances(message: Any, field: Any) -> bool:
    """Values of a gift card that is issued, and of balances that nobody has."""
    values = {"seller_id": "SHOP-NL", "code": "GIFT-0000-0001", "balance_id": str(uuid4()), "reason": "a present"}
    if field.name == "amount":
        message.amount.CopyFrom(euros(1))
    elif field.name in values:
        setattr(message, field.name, values[field.name])
    else:
        return bool(field.name == "party_id")
    return True


def about_credit(message: Any, field: Any) -> bool:
    """Values of a credit account."""
    values = {"seller_id": "SHOP-NL", "credit_account_id": "DEBTOR-7", "reason": "paid", "status": 1, "settlement": 1}
    if field.name in {"limit_amount", "amount"}:
        getattr(message, field.name).CopyFrom(euros(1))
    elif field.name in values:
        setattr(message, field.name, values[field.name])
    else:
        return False
    return True


def about_promises(message: Any, field: Any) -> bool:
    """What a quote that is kept is asked for."""
    if field.name != "question":
        return False
    message.question.channel_id, message.question.to_country_code = "WEB-NL", "NL"
    message.question.lines.add(sku="SHIRT", quantity=1)
    return True


def about_returns(message: Any, field: Any) -> bool:
    """Values of requests about returns that no name says; lists that need no element stay empty."""
    if field.name in RETURN_VALUES and field.enum_type is not None:
        setattr(message, field.name, RETURN_VALUES[field.name])
    elif field.name == "shipment_id" and isinstance(message, returns_pb2.ClaimDraft):
        message.shipment_id = str(uuid4())
    elif field.name == "claim_id":
        message.claim_id, message.verdict = str(uuid4()), returns_pb2.CLAIM_VERDICT_REFUND
    elif field.name == "transfer_ids":
        message.transfer_ids.append(str(uuid4()))
    elif isinstance(message, transfers_pb2.TransferDraft) and field.name == "from_node_id":
        message.from_node_id = "DC-UK"
    elif field.name == "return_ids":
        message.return_ids.append(str(uuid4()))
    elif field.name == "draft":
        fill(message.draft, {"order_id": str(uuid4())}, required_only=True)
    elif field.name == "selection":
        message.selection.sku = "SHIRT"
    elif field.name == "amount" and isinstance(message, returns_pb2.CreditDraft):
        message.amount.CopyFrom(euros(1))
    else:
        return field.name in {"fees", "prices", "components", "exchange_goods"}
    return True


_ABOUT: Final = (about_returns, about_feeds, about_money, about_promises, about_customs, about_screening)
INSTANTS: Final = {
    ("CarrierEvent", "occur_time"): 1_790_000_000,
    ("CancelNetworkRequest", "valid_from_time"): 1_900_000_000,
    ("SnoozeExceptionRequest", "until_time"): 1_795_000_000,
}
"""Message and field -> the seconds of an instant that it takes."""


def special(message: Any, field: Any) -> bool:
    """Values that no name says: identities, amounts, enums, and whole orders."""
    values: dict[str, Any] = {
        "request_id": str(uuid4()),
        "hold_id": str(uuid4()),
        "message_id": str(uuid4()),
        "shipment_id": str(uuid4()) if isinstance(message, fulfillment_pb2.ShipmentWriteOff) else "",
        "tracking_number": "TRK1",
        "shipment_reference": "P-9",
        "report_reference": "R-9",
        "package_reference": "00340123450000000017",
        "kind": "PALLET",
        "reason": "because",
        "cause": "COUNT",
        "media_type": "application/json",
        "content": b"{}",
        "line_number": 1,
        "quantity": 1,
        "delta": 5,
        "receipt_reference": "R-1",
        "scan_reference": "S-1",
        "code": "0" * 32,
        "policy_id": "usual",
        "return_days": 21,
        "when": "true",
        "message": "No.",
    }
    if (chosen := CHOSEN.get((message.DESCRIPTOR.name, field.name))) is not None:
        setattr(message, field.name, chosen)
    elif (seconds := INSTANTS.get((message.DESCRIPTOR.name, field.name))) is not None:
        getattr(message, field.name).FromSeconds(seconds)
    elif field.name == "status" and field.enum_type is not None:
        message.status = orders_pb2.HOLD_STATUS_RESOLVED
    elif field.name == "skus":
        message.skus.append("SHIRT")
    elif field.name == "scenario":
        message.scenario.scenario_id, message.scenario.kind = "summer", scenarios_pb2.SCENARIO_KIND_FINANCE
        message.scenario.rules.add(rule_id="all", condition="true")
    elif field.name == "network":
        message.network.CopyFrom(network_to_pb(network_of()))
    elif field.name == "order" and field.message_type is not None:
        order(message.order)
    elif field.name in values and field.message_type is None and not field.is_repeated and field.enum_type is None:
        setattr(message, field.name, values[field.name])
    elif not of_supply(message, field):
        return field.name in {"page", "attributes", "occur_time"}
    return True


def of_supply(message: Any, field: Any) -> bool:
    """Values of supply, resales, changes and places that no name says: what names it, its worth, its date and place."""
    if field.message_type is supply_pb2.SupplyKey.DESCRIPTOR:
        message.key.source, message.key.reference, message.key.line = "erp", "PO-1", "10"
    elif isinstance(message, catalog_pb2.Resale) and field.name == "value":
        message.value.CopyFrom(euros(1))
    elif field.message_type is change_service_pb2.ChangeDraft.DESCRIPTOR:
        message.change.added_lines.add(sku="SHIRT", quantity=1, unit_price=euros(10))
    elif field.name == "expect_time":
        message.expect_time.FromSeconds(1_790_000_000)
    elif field.name == "coordinates":
        message.coordinates.latitude, message.coordinates.longitude = 52.37, 4.89
    else:
        return False
    return True


def order(made: orders_pb2.OrderDraft) -> None:
    made.channel_id, made.channel_reference, made.currency_code = "WEB-NL", "W-9", "EUR"
    made.lines.add(sku="SHIRT", quantity=1, unit_price=euros(10))
    made.customer.name = "Somebody"

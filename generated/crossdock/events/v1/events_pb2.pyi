import datetime

from buf.validate import validate_pb2 as _validate_pb2
from crossdock.events.v1 import fulfillment_pb2 as _fulfillment_pb2
from crossdock.events.v1 import money_pb2 as _money_pb2
from crossdock.events.v1 import orders_pb2 as _orders_pb2
from crossdock.events.v1 import returns_pb2 as _returns_pb2
from crossdock.events.v1 import stock_pb2 as _stock_pb2
from crossdock.events.v1 import upkeep_pb2 as _upkeep_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Event(_message.Message):
    __slots__ = ("position", "event_id", "type", "order_id", "order_version", "occur_time", "traceparent", "order_placed", "order_adopted", "order_confirmed", "order_rejected", "order_canceled", "order_closed", "order_reopened", "hold_placed", "hold_ended", "fraud_screened", "tax_determined", "lines_reserved", "units_sent_to_store", "lines_backordered", "lines_canceled", "fulfillment_order_released", "fulfillment_order_acknowledged", "fulfillment_order_rejected", "units_picked", "units_packed", "order_withdrawn", "claim_opened", "claim_decided", "units_ready", "units_collected", "pickup_code_refused", "pickup_renewed", "pickup_expired", "units_short", "units_asked_back", "units_sourced_again", "acceptance_missed", "cancel_requested", "cancel_refused", "cancel_accepted", "cancel_unanswered", "capture_withheld", "notice_withheld", "parcel_written_off", "shipment_left", "shipment_delivered", "carrier_reported", "payment_authorized", "payment_declined", "payment_action_required", "capture_requested", "payment_captured", "capture_failed", "payment_reversed", "reversal_failed", "credit_granted", "refund_requested", "payment_refunded", "refund_failed", "return_authorized", "return_handed_in", "return_received", "return_inspected", "return_disposed", "return_closed", "return_expired", "return_canceled", "units_kept", "parcel_turned_back", "exchange_placed", "exchange_settled", "stock_adjusted", "stock_counted", "condition_changed", "protection_put", "safety_stock_set", "supply_put", "supply_slipped", "supply_received", "supply_completed", "supply_canceled", "transfer_requested", "transfer_shipped", "transfer_received", "transfer_canceled", "stock_reserved", "reservation_extended", "reservation_released", "reservation_expired", "reservation_consumed", "document_read", "feed_gap_skipped", "node_handed_over", "stock_count_undone", "tote_shipped", "scenario_activated", "scenario_deactivated", "promise_changed", "order_changed", "consignment_settled", "payment_disputed", "dispute_won", "dispute_lost", "label_bought", "label_refused", "label_voided", "declaration_changed", "parties_screened", "screening_decided", "vat_number_checked", "credit_checked", "receivable_settled")
    POSITION_FIELD_NUMBER: _ClassVar[int]
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_VERSION_FIELD_NUMBER: _ClassVar[int]
    OCCUR_TIME_FIELD_NUMBER: _ClassVar[int]
    TRACEPARENT_FIELD_NUMBER: _ClassVar[int]
    ORDER_PLACED_FIELD_NUMBER: _ClassVar[int]
    ORDER_ADOPTED_FIELD_NUMBER: _ClassVar[int]
    ORDER_CONFIRMED_FIELD_NUMBER: _ClassVar[int]
    ORDER_REJECTED_FIELD_NUMBER: _ClassVar[int]
    ORDER_CANCELED_FIELD_NUMBER: _ClassVar[int]
    ORDER_CLOSED_FIELD_NUMBER: _ClassVar[int]
    ORDER_REOPENED_FIELD_NUMBER: _ClassVar[int]
    HOLD_PLACED_FIELD_NUMBER: _ClassVar[int]
    HOLD_ENDED_FIELD_NUMBER: _ClassVar[int]
    FRAUD_SCREENED_FIELD_NUMBER: _ClassVar[int]
    TAX_DETERMINED_FIELD_NUMBER: _ClassVar[int]
    LINES_RESERVED_FIELD_NUMBER: _ClassVar[int]
    UNITS_SENT_TO_STORE_FIELD_NUMBER: _ClassVar[int]
    LINES_BACKORDERED_FIELD_NUMBER: _ClassVar[int]
    LINES_CANCELED_FIELD_NUMBER: _ClassVar[int]
    FULFILLMENT_ORDER_RELEASED_FIELD_NUMBER: _ClassVar[int]
    FULFILLMENT_ORDER_ACKNOWLEDGED_FIELD_NUMBER: _ClassVar[int]
    FULFILLMENT_ORDER_REJECTED_FIELD_NUMBER: _ClassVar[int]
    UNITS_PICKED_FIELD_NUMBER: _ClassVar[int]
    UNITS_PACKED_FIELD_NUMBER: _ClassVar[int]
    ORDER_WITHDRAWN_FIELD_NUMBER: _ClassVar[int]
    CLAIM_OPENED_FIELD_NUMBER: _ClassVar[int]
    CLAIM_DECIDED_FIELD_NUMBER: _ClassVar[int]
    UNITS_READY_FIELD_NUMBER: _ClassVar[int]
    UNITS_COLLECTED_FIELD_NUMBER: _ClassVar[int]
    PICKUP_CODE_REFUSED_FIELD_NUMBER: _ClassVar[int]
    PICKUP_RENEWED_FIELD_NUMBER: _ClassVar[int]
    PICKUP_EXPIRED_FIELD_NUMBER: _ClassVar[int]
    UNITS_SHORT_FIELD_NUMBER: _ClassVar[int]
    UNITS_ASKED_BACK_FIELD_NUMBER: _ClassVar[int]
    UNITS_SOURCED_AGAIN_FIELD_NUMBER: _ClassVar[int]
    ACCEPTANCE_MISSED_FIELD_NUMBER: _ClassVar[int]
    CANCEL_REQUESTED_FIELD_NUMBER: _ClassVar[int]
    CANCEL_REFUSED_FIELD_NUMBER: _ClassVar[int]
    CANCEL_ACCEPTED_FIELD_NUMBER: _ClassVar[int]
    CANCEL_UNANSWERED_FIELD_NUMBER: _ClassVar[int]
    CAPTURE_WITHHELD_FIELD_NUMBER: _ClassVar[int]
    NOTICE_WITHHELD_FIELD_NUMBER: _ClassVar[int]
    PARCEL_WRITTEN_OFF_FIELD_NUMBER: _ClassVar[int]
    SHIPMENT_LEFT_FIELD_NUMBER: _ClassVar[int]
    SHIPMENT_DELIVERED_FIELD_NUMBER: _ClassVar[int]
    CARRIER_REPORTED_FIELD_NUMBER: _ClassVar[int]
    PAYMENT_AUTHORIZED_FIELD_NUMBER: _ClassVar[int]
    PAYMENT_DECLINED_FIELD_NUMBER: _ClassVar[int]
    PAYMENT_ACTION_REQUIRED_FIELD_NUMBER: _ClassVar[int]
    CAPTURE_REQUESTED_FIELD_NUMBER: _ClassVar[int]
    PAYMENT_CAPTURED_FIELD_NUMBER: _ClassVar[int]
    CAPTURE_FAILED_FIELD_NUMBER: _ClassVar[int]
    PAYMENT_REVERSED_FIELD_NUMBER: _ClassVar[int]
    REVERSAL_FAILED_FIELD_NUMBER: _ClassVar[int]
    CREDIT_GRANTED_FIELD_NUMBER: _ClassVar[int]
    REFUND_REQUESTED_FIELD_NUMBER: _ClassVar[int]
    PAYMENT_REFUNDED_FIELD_NUMBER: _ClassVar[int]
    REFUND_FAILED_FIELD_NUMBER: _ClassVar[int]
    RETURN_AUTHORIZED_FIELD_NUMBER: _ClassVar[int]
    RETURN_HANDED_IN_FIELD_NUMBER: _ClassVar[int]
    RETURN_RECEIVED_FIELD_NUMBER: _ClassVar[int]
    RETURN_INSPECTED_FIELD_NUMBER: _ClassVar[int]
    RETURN_DISPOSED_FIELD_NUMBER: _ClassVar[int]
    RETURN_CLOSED_FIELD_NUMBER: _ClassVar[int]
    RETURN_EXPIRED_FIELD_NUMBER: _ClassVar[int]
    RETURN_CANCELED_FIELD_NUMBER: _ClassVar[int]
    UNITS_KEPT_FIELD_NUMBER: _ClassVar[int]
    PARCEL_TURNED_BACK_FIELD_NUMBER: _ClassVar[int]
    EXCHANGE_PLACED_FIELD_NUMBER: _ClassVar[int]
    EXCHANGE_SETTLED_FIELD_NUMBER: _ClassVar[int]
    STOCK_ADJUSTED_FIELD_NUMBER: _ClassVar[int]
    STOCK_COUNTED_FIELD_NUMBER: _ClassVar[int]
    CONDITION_CHANGED_FIELD_NUMBER: _ClassVar[int]
    PROTECTION_PUT_FIELD_NUMBER: _ClassVar[int]
    SAFETY_STOCK_SET_FIELD_NUMBER: _ClassVar[int]
    SUPPLY_PUT_FIELD_NUMBER: _ClassVar[int]
    SUPPLY_SLIPPED_FIELD_NUMBER: _ClassVar[int]
    SUPPLY_RECEIVED_FIELD_NUMBER: _ClassVar[int]
    SUPPLY_COMPLETED_FIELD_NUMBER: _ClassVar[int]
    SUPPLY_CANCELED_FIELD_NUMBER: _ClassVar[int]
    TRANSFER_REQUESTED_FIELD_NUMBER: _ClassVar[int]
    TRANSFER_SHIPPED_FIELD_NUMBER: _ClassVar[int]
    TRANSFER_RECEIVED_FIELD_NUMBER: _ClassVar[int]
    TRANSFER_CANCELED_FIELD_NUMBER: _ClassVar[int]
    STOCK_RESERVED_FIELD_NUMBER: _ClassVar[int]
    RESERVATION_EXTENDED_FIELD_NUMBER: _ClassVar[int]
    RESERVATION_RELEASED_FIELD_NUMBER: _ClassVar[int]
    RESERVATION_EXPIRED_FIELD_NUMBER: _ClassVar[int]
    RESERVATION_CONSUMED_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_READ_FIELD_NUMBER: _ClassVar[int]
    FEED_GAP_SKIPPED_FIELD_NUMBER: _ClassVar[int]
    NODE_HANDED_OVER_FIELD_NUMBER: _ClassVar[int]
    STOCK_COUNT_UNDONE_FIELD_NUMBER: _ClassVar[int]
    TOTE_SHIPPED_FIELD_NUMBER: _ClassVar[int]
    SCENARIO_ACTIVATED_FIELD_NUMBER: _ClassVar[int]
    SCENARIO_DEACTIVATED_FIELD_NUMBER: _ClassVar[int]
    PROMISE_CHANGED_FIELD_NUMBER: _ClassVar[int]
    ORDER_CHANGED_FIELD_NUMBER: _ClassVar[int]
    CONSIGNMENT_SETTLED_FIELD_NUMBER: _ClassVar[int]
    PAYMENT_DISPUTED_FIELD_NUMBER: _ClassVar[int]
    DISPUTE_WON_FIELD_NUMBER: _ClassVar[int]
    DISPUTE_LOST_FIELD_NUMBER: _ClassVar[int]
    LABEL_BOUGHT_FIELD_NUMBER: _ClassVar[int]
    LABEL_REFUSED_FIELD_NUMBER: _ClassVar[int]
    LABEL_VOIDED_FIELD_NUMBER: _ClassVar[int]
    DECLARATION_CHANGED_FIELD_NUMBER: _ClassVar[int]
    PARTIES_SCREENED_FIELD_NUMBER: _ClassVar[int]
    SCREENING_DECIDED_FIELD_NUMBER: _ClassVar[int]
    VAT_NUMBER_CHECKED_FIELD_NUMBER: _ClassVar[int]
    CREDIT_CHECKED_FIELD_NUMBER: _ClassVar[int]
    RECEIVABLE_SETTLED_FIELD_NUMBER: _ClassVar[int]
    position: int
    event_id: str
    type: str
    order_id: str
    order_version: int
    occur_time: _timestamp_pb2.Timestamp
    traceparent: str
    order_placed: _orders_pb2.OrderPlaced
    order_adopted: _orders_pb2.OrderAdopted
    order_confirmed: _orders_pb2.OrderConfirmed
    order_rejected: _orders_pb2.OrderRejected
    order_canceled: _orders_pb2.OrderCanceled
    order_closed: _orders_pb2.OrderClosed
    order_reopened: _orders_pb2.OrderReopened
    hold_placed: _orders_pb2.HoldPlaced
    hold_ended: _orders_pb2.HoldEnded
    fraud_screened: _orders_pb2.FraudScreened
    tax_determined: _orders_pb2.TaxDetermined
    lines_reserved: _orders_pb2.LinesReserved
    units_sent_to_store: _orders_pb2.UnitsSentToStore
    lines_backordered: _orders_pb2.LinesBackordered
    lines_canceled: _orders_pb2.LinesCanceled
    fulfillment_order_released: _fulfillment_pb2.FulfillmentOrderReleased
    fulfillment_order_acknowledged: _fulfillment_pb2.FulfillmentOrderAcknowledged
    fulfillment_order_rejected: _fulfillment_pb2.FulfillmentOrderRejected
    units_picked: _fulfillment_pb2.UnitsPicked
    units_packed: _fulfillment_pb2.UnitsPacked
    order_withdrawn: _returns_pb2.OrderWithdrawn
    claim_opened: _returns_pb2.ClaimOpened
    claim_decided: _returns_pb2.ClaimDecided
    units_ready: _fulfillment_pb2.UnitsReady
    units_collected: _fulfillment_pb2.UnitsCollected
    pickup_code_refused: _fulfillment_pb2.PickupCodeRefused
    pickup_renewed: _fulfillment_pb2.PickupRenewed
    pickup_expired: _fulfillment_pb2.PickupExpired
    units_short: _fulfillment_pb2.UnitsShort
    units_asked_back: _fulfillment_pb2.UnitsAskedBack
    units_sourced_again: _fulfillment_pb2.UnitsSourcedAgain
    acceptance_missed: _fulfillment_pb2.AcceptanceMissed
    cancel_requested: _fulfillment_pb2.CancelRequested
    cancel_refused: _fulfillment_pb2.CancelRefused
    cancel_accepted: _fulfillment_pb2.CancelAccepted
    cancel_unanswered: _fulfillment_pb2.CancelUnanswered
    capture_withheld: _money_pb2.CaptureWithheld
    notice_withheld: _orders_pb2.NoticeWithheld
    parcel_written_off: _returns_pb2.ParcelWrittenOff
    shipment_left: _fulfillment_pb2.ShipmentLeft
    shipment_delivered: _fulfillment_pb2.ShipmentDelivered
    carrier_reported: _fulfillment_pb2.CarrierReported
    payment_authorized: _money_pb2.PaymentAuthorized
    payment_declined: _money_pb2.PaymentDeclined
    payment_action_required: _money_pb2.PaymentActionRequired
    capture_requested: _money_pb2.CaptureRequested
    payment_captured: _money_pb2.PaymentCaptured
    capture_failed: _money_pb2.CaptureFailed
    payment_reversed: _money_pb2.PaymentReversed
    reversal_failed: _money_pb2.ReversalFailed
    credit_granted: _money_pb2.CreditGranted
    refund_requested: _money_pb2.RefundRequested
    payment_refunded: _money_pb2.PaymentRefunded
    refund_failed: _money_pb2.RefundFailed
    return_authorized: _returns_pb2.ReturnAuthorized
    return_handed_in: _returns_pb2.ReturnHandedIn
    return_received: _returns_pb2.ReturnReceived
    return_inspected: _returns_pb2.ReturnInspected
    return_disposed: _returns_pb2.ReturnDisposed
    return_closed: _returns_pb2.ReturnClosed
    return_expired: _returns_pb2.ReturnExpired
    return_canceled: _returns_pb2.ReturnCanceled
    units_kept: _returns_pb2.UnitsKept
    parcel_turned_back: _returns_pb2.ParcelTurnedBack
    exchange_placed: _returns_pb2.ExchangePlaced
    exchange_settled: _returns_pb2.ExchangeSettled
    stock_adjusted: _stock_pb2.StockAdjusted
    stock_counted: _stock_pb2.StockCounted
    condition_changed: _stock_pb2.ConditionChanged
    protection_put: _stock_pb2.ProtectionPut
    safety_stock_set: _stock_pb2.SafetyStockSet
    supply_put: _stock_pb2.SupplyPut
    supply_slipped: _stock_pb2.SupplySlipped
    supply_received: _stock_pb2.SupplyReceived
    supply_completed: _stock_pb2.SupplyCompleted
    supply_canceled: _stock_pb2.SupplyCanceled
    transfer_requested: _stock_pb2.TransferRequested
    transfer_shipped: _stock_pb2.TransferShipped
    transfer_received: _stock_pb2.TransferReceived
    transfer_canceled: _stock_pb2.TransferCanceled
    stock_reserved: _stock_pb2.StockReserved
    reservation_extended: _stock_pb2.ReservationExtended
    reservation_released: _stock_pb2.ReservationReleased
    reservation_expired: _stock_pb2.ReservationExpired
    reservation_consumed: _stock_pb2.ReservationConsumed
    document_read: _upkeep_pb2.DocumentRead
    feed_gap_skipped: _upkeep_pb2.FeedGapSkipped
    node_handed_over: _upkeep_pb2.NodeHandedOver
    stock_count_undone: _stock_pb2.StockCountUndone
    tote_shipped: _returns_pb2.ToteShipped
    scenario_activated: _stock_pb2.ScenarioActivated
    scenario_deactivated: _stock_pb2.ScenarioDeactivated
    promise_changed: _orders_pb2.PromiseChanged
    order_changed: _orders_pb2.OrderChanged
    consignment_settled: _money_pb2.ConsignmentSettled
    payment_disputed: _money_pb2.PaymentDisputed
    dispute_won: _money_pb2.DisputeWon
    dispute_lost: _money_pb2.DisputeLost
    label_bought: _fulfillment_pb2.LabelBought
    label_refused: _fulfillment_pb2.LabelRefused
    label_voided: _fulfillment_pb2.LabelVoided
    declaration_changed: _fulfillment_pb2.DeclarationChanged
    parties_screened: _orders_pb2.PartiesScreened
    screening_decided: _orders_pb2.ScreeningDecided
    vat_number_checked: _orders_pb2.VatNumberChecked
    credit_checked: _money_pb2.CreditChecked
    receivable_settled: _money_pb2.ReceivableSettled
    def __init__(self, position: _Optional[int] = ..., event_id: _Optional[str] = ..., type: _Optional[str] = ..., order_id: _Optional[str] = ..., order_version: _Optional[int] = ..., occur_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., traceparent: _Optional[str] = ..., order_placed: _Optional[_Union[_orders_pb2.OrderPlaced, _Mapping]] = ..., order_adopted: _Optional[_Union[_orders_pb2.OrderAdopted, _Mapping]] = ..., order_confirmed: _Optional[_Union[_orders_pb2.OrderConfirmed, _Mapping]] = ..., order_rejected: _Optional[_Union[_orders_pb2.OrderRejected, _Mapping]] = ..., order_canceled: _Optional[_Union[_orders_pb2.OrderCanceled, _Mapping]] = ..., order_closed: _Optional[_Union[_orders_pb2.OrderClosed, _Mapping]] = ..., order_reopened: _Optional[_Union[_orders_pb2.OrderReopened, _Mapping]] = ..., hold_placed: _Optional[_Union[_orders_pb2.HoldPlaced, _Mapping]] = ..., hold_ended: _Optional[_Union[_orders_pb2.HoldEnded, _Mapping]] = ..., fraud_screened: _Optional[_Union[_orders_pb2.FraudScreened, _Mapping]] = ..., tax_determined: _Optional[_Union[_orders_pb2.TaxDetermined, _Mapping]] = ..., lines_reserved: _Optional[_Union[_orders_pb2.LinesReserved, _Mapping]] = ..., units_sent_to_store: _Optional[_Union[_orders_pb2.UnitsSentToStore, _Mapping]] = ..., lines_backordered: _Optional[_Union[_orders_pb2.LinesBackordered, _Mapping]] = ..., lines_canceled: _Optional[_Union[_orders_pb2.LinesCanceled, _Mapping]] = ..., fulfillment_order_released: _Optional[_Union[_fulfillment_pb2.FulfillmentOrderReleased, _Mapping]] = ..., fulfillment_order_acknowledged: _Optional[_Union[_fulfillment_pb2.FulfillmentOrderAcknowledged, _Mapping]] = ..., fulfillment_order_rejected: _Optional[_Union[_fulfillment_pb2.FulfillmentOrderRejected, _Mapping]] = ..., units_picked: _Optional[_Union[_fulfillment_pb2.UnitsPicked, _Mapping]] = ..., units_packed: _Optional[_Union[_fulfillment_pb2.UnitsPacked, _Mapping]] = ..., order_withdrawn: _Optional[_Union[_returns_pb2.OrderWithdrawn, _Mapping]] = ..., claim_opened: _Optional[_Union[_returns_pb2.ClaimOpened, _Mapping]] = ..., claim_decided: _Optional[_Union[_returns_pb2.ClaimDecided, _Mapping]] = ..., units_ready: _Optional[_Union[_fulfillment_pb2.UnitsReady, _Mapping]] = ..., units_collected: _Optional[_Union[_fulfillment_pb2.UnitsCollected, _Mapping]] = ..., pickup_code_refused: _Optional[_Union[_fulfillment_pb2.PickupCodeRefused, _Mapping]] = ..., pickup_renewed: _Optional[_Union[_fulfillment_pb2.PickupRenewed, _Mapping]] = ..., pickup_expired: _Optional[_Union[_fulfillment_pb2.PickupExpired, _Mapping]] = ..., units_short: _Optional[_Union[_fulfillment_pb2.UnitsShort, _Mapping]] = ..., units_asked_back: _Optional[_Union[_fulfillment_pb2.UnitsAskedBack, _Mapping]] = ..., units_sourced_again: _Optional[_Union[_fulfillment_pb2.UnitsSourcedAgain, _Mapping]] = ..., acceptance_missed: _Optional[_Union[_fulfillment_pb2.AcceptanceMissed, _Mapping]] = ..., cancel_requested: _Optional[_Union[_fulfillment_pb2.CancelRequested, _Mapping]] = ..., cancel_refused: _Optional[_Union[_fulfillment_pb2.CancelRefused, _Mapping]] = ..., cancel_accepted: _Optional[_Union[_fulfillment_pb2.CancelAccepted, _Mapping]] = ..., cancel_unanswered: _Optional[_Union[_fulfillment_pb2.CancelUnanswered, _Mapping]] = ..., capture_withheld: _Optional[_Union[_money_pb2.CaptureWithheld, _Mapping]] = ..., notice_withheld: _Optional[_Union[_orders_pb2.NoticeWithheld, _Mapping]] = ..., parcel_written_off: _Optional[_Union[_returns_pb2.ParcelWrittenOff, _Mapping]] = ..., shipment_left: _Optional[_Union[_fulfillment_pb2.ShipmentLeft, _Mapping]] = ..., shipment_delivered: _Optional[_Union[_fulfillment_pb2.ShipmentDelivered, _Mapping]] = ..., carrier_reported: _Optional[_Union[_fulfillment_pb2.CarrierReported, _Mapping]] = ..., payment_authorized: _Optional[_Union[_money_pb2.PaymentAuthorized, _Mapping]] = ..., payment_declined: _Optional[_Union[_money_pb2.PaymentDeclined, _Mapping]] = ..., payment_action_required: _Optional[_Union[_money_pb2.PaymentActionRequired, _Mapping]] = ..., capture_requested: _Optional[_Union[_money_pb2.CaptureRequested, _Mapping]] = ..., payment_captured: _Optional[_Union[_money_pb2.PaymentCaptured, _Mapping]] = ..., capture_failed: _Optional[_Union[_money_pb2.CaptureFailed, _Mapping]] = ..., payment_reversed: _Optional[_Union[_money_pb2.PaymentReversed, _Mapping]] = ..., reversal_failed: _Optional[_Union[_money_pb2.ReversalFailed, _Mapping]] = ..., credit_granted: _Optional[_Union[_money_pb2.CreditGranted, _Mapping]] = ..., refund_requested: _Optional[_Union[_money_pb2.RefundRequested, _Mapping]] = ..., payment_refunded: _Optional[_Union[_money_pb2.PaymentRefunded, _Mapping]] = ..., refund_failed: _Optional[_Union[_money_pb2.RefundFailed, _Mapping]] = ..., return_authorized: _Optional[_Union[_returns_pb2.ReturnAuthorized, _Mapping]] = ..., return_handed_in: _Optional[_Union[_returns_pb2.ReturnHandedIn, _Mapping]] = ..., return_received: _Optional[_Union[_returns_pb2.ReturnReceived, _Mapping]] = ..., return_inspected: _Optional[_Union[_returns_pb2.ReturnInspected, _Mapping]] = ..., return_disposed: _Optional[_Union[_returns_pb2.ReturnDisposed, _Mapping]] = ..., return_closed: _Optional[_Union[_returns_pb2.ReturnClosed, _Mapping]] = ..., return_expired: _Optional[_Union[_returns_pb2.ReturnExpired, _Mapping]] = ..., return_canceled: _Optional[_Union[_returns_pb2.ReturnCanceled, _Mapping]] = ..., units_kept: _Optional[_Union[_returns_pb2.UnitsKept, _Mapping]] = ..., parcel_turned_back: _Optional[_Union[_returns_pb2.ParcelTurnedBack, _Mapping]] = ..., exchange_placed: _Optional[_Union[_returns_pb2.ExchangePlaced, _Mapping]] = ..., exchange_settled: _Optional[_Union[_returns_pb2.ExchangeSettled, _Mapping]] = ..., stock_adjusted: _Optional[_Union[_stock_pb2.StockAdjusted, _Mapping]] = ..., stock_counted: _Optional[_Union[_stock_pb2.StockCounted, _Mapping]] = ..., condition_changed: _Optional[_Union[_stock_pb2.ConditionChanged, _Mapping]] = ..., protection_put: _Optional[_Union[_stock_pb2.ProtectionPut, _Mapping]] = ..., safety_stock_set: _Optional[_Union[_stock_pb2.SafetyStockSet, _Mapping]] = ..., supply_put: _Optional[_Union[_stock_pb2.SupplyPut, _Mapping]] = ..., supply_slipped: _Optional[_Union[_stock_pb2.SupplySlipped, _Mapping]] = ..., supply_received: _Optional[_Union[_stock_pb2.SupplyReceived, _Mapping]] = ..., supply_completed: _Optional[_Union[_stock_pb2.SupplyCompleted, _Mapping]] = ..., supply_canceled: _Optional[_Union[_stock_pb2.SupplyCanceled, _Mapping]] = ..., transfer_requested: _Optional[_Union[_stock_pb2.TransferRequested, _Mapping]] = ..., transfer_shipped: _Optional[_Union[_stock_pb2.TransferShipped, _Mapping]] = ..., transfer_received: _Optional[_Union[_stock_pb2.TransferReceived, _Mapping]] = ..., transfer_canceled: _Optional[_Union[_stock_pb2.TransferCanceled, _Mapping]] = ..., stock_reserved: _Optional[_Union[_stock_pb2.StockReserved, _Mapping]] = ..., reservation_extended: _Optional[_Union[_stock_pb2.ReservationExtended, _Mapping]] = ..., reservation_released: _Optional[_Union[_stock_pb2.ReservationReleased, _Mapping]] = ..., reservation_expired: _Optional[_Union[_stock_pb2.ReservationExpired, _Mapping]] = ..., reservation_consumed: _Optional[_Union[_stock_pb2.ReservationConsumed, _Mapping]] = ..., document_read: _Optional[_Union[_upkeep_pb2.DocumentRead, _Mapping]] = ..., feed_gap_skipped: _Optional[_Union[_upkeep_pb2.FeedGapSkipped, _Mapping]] = ..., node_handed_over: _Optional[_Union[_upkeep_pb2.NodeHandedOver, _Mapping]] = ..., stock_count_undone: _Optional[_Union[_stock_pb2.StockCountUndone, _Mapping]] = ..., tote_shipped: _Optional[_Union[_returns_pb2.ToteShipped, _Mapping]] = ..., scenario_activated: _Optional[_Union[_stock_pb2.ScenarioActivated, _Mapping]] = ..., scenario_deactivated: _Optional[_Union[_stock_pb2.ScenarioDeactivated, _Mapping]] = ..., promise_changed: _Optional[_Union[_orders_pb2.PromiseChanged, _Mapping]] = ..., order_changed: _Optional[_Union[_orders_pb2.OrderChanged, _Mapping]] = ..., consignment_settled: _Optional[_Union[_money_pb2.ConsignmentSettled, _Mapping]] = ..., payment_disputed: _Optional[_Union[_money_pb2.PaymentDisputed, _Mapping]] = ..., dispute_won: _Optional[_Union[_money_pb2.DisputeWon, _Mapping]] = ..., dispute_lost: _Optional[_Union[_money_pb2.DisputeLost, _Mapping]] = ..., label_bought: _Optional[_Union[_fulfillment_pb2.LabelBought, _Mapping]] = ..., label_refused: _Optional[_Union[_fulfillment_pb2.LabelRefused, _Mapping]] = ..., label_voided: _Optional[_Union[_fulfillment_pb2.LabelVoided, _Mapping]] = ..., declaration_changed: _Optional[_Union[_fulfillment_pb2.DeclarationChanged, _Mapping]] = ..., parties_screened: _Optional[_Union[_orders_pb2.PartiesScreened, _Mapping]] = ..., screening_decided: _Optional[_Union[_orders_pb2.ScreeningDecided, _Mapping]] = ..., vat_number_checked: _Optional[_Union[_orders_pb2.VatNumberChecked, _Mapping]] = ..., credit_checked: _Optional[_Union[_money_pb2.CreditChecked, _Mapping]] = ..., receivable_settled: _Optional[_Union[_money_pb2.ReceivableSettled, _Mapping]] = ...) -> None: ...

class ListEventsRequest(_message.Message):
    __slots__ = ("after_position", "page_size", "types", "channel_id")
    AFTER_POSITION_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    TYPES_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    after_position: int
    page_size: int
    types: _containers.RepeatedScalarFieldContainer[str]
    channel_id: str
    def __init__(self, after_position: _Optional[int] = ..., page_size: _Optional[int] = ..., types: _Optional[_Iterable[str]] = ..., channel_id: _Optional[str] = ...) -> None: ...

class ListEventsResponse(_message.Message):
    __slots__ = ("events", "last_position")
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    LAST_POSITION_FIELD_NUMBER: _ClassVar[int]
    events: _containers.RepeatedCompositeFieldContainer[Event]
    last_position: int
    def __init__(self, events: _Optional[_Iterable[_Union[Event, _Mapping]]] = ..., last_position: _Optional[int] = ...) -> None: ...

class SubscribeEventsRequest(_message.Message):
    __slots__ = ("after_position", "types", "channel_id")
    AFTER_POSITION_FIELD_NUMBER: _ClassVar[int]
    TYPES_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    after_position: int
    types: _containers.RepeatedScalarFieldContainer[str]
    channel_id: str
    def __init__(self, after_position: _Optional[int] = ..., types: _Optional[_Iterable[str]] = ..., channel_id: _Optional[str] = ...) -> None: ...

class SubscribeEventsResponse(_message.Message):
    __slots__ = ("events", "last_position")
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    LAST_POSITION_FIELD_NUMBER: _ClassVar[int]
    events: _containers.RepeatedCompositeFieldContainer[Event]
    last_position: int
    def __init__(self, events: _Optional[_Iterable[_Union[Event, _Mapping]]] = ..., last_position: _Optional[int] = ...) -> None: ...

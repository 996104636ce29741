import datetime

from buf.validate import validate_pb2 as _validate_pb2
from crossdock.common.v1 import refusal_pb2 as _refusal_pb2
from crossdock.orders.v1 import orders_pb2 as _orders_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import money_pb2 as _money_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ReturnState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RETURN_STATE_UNSPECIFIED: _ClassVar[ReturnState]
    RETURN_STATE_AUTHORIZED: _ClassVar[ReturnState]
    RETURN_STATE_IN_TRANSIT: _ClassVar[ReturnState]
    RETURN_STATE_RECEIVED: _ClassVar[ReturnState]
    RETURN_STATE_CLOSED: _ClassVar[ReturnState]
    RETURN_STATE_EXPIRED: _ClassVar[ReturnState]
    RETURN_STATE_CANCELED: _ClassVar[ReturnState]

class ReturnReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RETURN_REASON_UNSPECIFIED: _ClassVar[ReturnReason]
    RETURN_REASON_CHANGED_MIND: _ClassVar[ReturnReason]
    RETURN_REASON_WRONG_SIZE: _ClassVar[ReturnReason]
    RETURN_REASON_DEFECTIVE: _ClassVar[ReturnReason]
    RETURN_REASON_DAMAGED: _ClassVar[ReturnReason]
    RETURN_REASON_NOT_AS_DESCRIBED: _ClassVar[ReturnReason]
    RETURN_REASON_WRONG_ITEM_SENT: _ClassVar[ReturnReason]
    RETURN_REASON_LATE: _ClassVar[ReturnReason]
    RETURN_REASON_OTHER: _ClassVar[ReturnReason]
    RETURN_REASON_REFUSED: _ClassVar[ReturnReason]
    RETURN_REASON_UNDELIVERABLE: _ClassVar[ReturnReason]

class ItemCondition(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ITEM_CONDITION_UNSPECIFIED: _ClassVar[ItemCondition]
    ITEM_CONDITION_UNOPENED: _ClassVar[ItemCondition]
    ITEM_CONDITION_OPENED: _ClassVar[ItemCondition]
    ITEM_CONDITION_USED: _ClassVar[ItemCondition]
    ITEM_CONDITION_DAMAGED: _ClassVar[ItemCondition]

class MoneyResolution(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MONEY_RESOLUTION_UNSPECIFIED: _ClassVar[MoneyResolution]
    MONEY_RESOLUTION_REFUND: _ClassVar[MoneyResolution]
    MONEY_RESOLUTION_STORE_CREDIT: _ClassVar[MoneyResolution]
    MONEY_RESOLUTION_EXCHANGE: _ClassVar[MoneyResolution]
    MONEY_RESOLUTION_NONE: _ClassVar[MoneyResolution]

class PromotionPolicy(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PROMOTION_POLICY_UNSPECIFIED: _ClassVar[PromotionPolicy]
    PROMOTION_POLICY_PROPORTIONAL: _ClassVar[PromotionPolicy]
    PROMOTION_POLICY_CLAW_BACK: _ClassVar[PromotionPolicy]

class ShippingRefund(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SHIPPING_REFUND_UNSPECIFIED: _ClassVar[ShippingRefund]
    SHIPPING_REFUND_NEVER: _ClassVar[ShippingRefund]
    SHIPPING_REFUND_WHEN_ALL_RETURNED: _ClassVar[ShippingRefund]

class ReceiptOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RECEIPT_OUTCOME_UNSPECIFIED: _ClassVar[ReceiptOutcome]
    RECEIPT_OUTCOME_AS_EXPECTED: _ClassVar[ReceiptOutcome]
    RECEIPT_OUTCOME_WRONG_ITEM: _ClassVar[ReceiptOutcome]
    RECEIPT_OUTCOME_SHORT: _ClassVar[ReceiptOutcome]
    RECEIPT_OUTCOME_OVER: _ClassVar[ReceiptOutcome]
    RECEIPT_OUTCOME_LOST_IN_TRANSIT: _ClassVar[ReceiptOutcome]
    RECEIPT_OUTCOME_KEPT_BY_CUSTOMER: _ClassVar[ReceiptOutcome]
    RECEIPT_OUTCOME_NOT_RETURNED: _ClassVar[ReceiptOutcome]

class InspectionVerdict(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    INSPECTION_VERDICT_UNSPECIFIED: _ClassVar[InspectionVerdict]
    INSPECTION_VERDICT_ACCEPTED: _ClassVar[InspectionVerdict]
    INSPECTION_VERDICT_ACCEPTED_REDUCED: _ClassVar[InspectionVerdict]
    INSPECTION_VERDICT_REJECTED: _ClassVar[InspectionVerdict]
    INSPECTION_VERDICT_MANUAL: _ClassVar[InspectionVerdict]

class Disposition(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DISPOSITION_UNSPECIFIED: _ClassVar[Disposition]
    DISPOSITION_RESTOCK: _ClassVar[Disposition]
    DISPOSITION_OPEN_BOX: _ClassVar[Disposition]
    DISPOSITION_REPAIR: _ClassVar[Disposition]
    DISPOSITION_RETURN_TO_VENDOR: _ClassVar[Disposition]
    DISPOSITION_LIQUIDATE: _ClassVar[Disposition]
    DISPOSITION_DONATE: _ClassVar[Disposition]
    DISPOSITION_RECYCLE: _ClassVar[Disposition]
    DISPOSITION_QUARANTINE: _ClassVar[Disposition]
    DISPOSITION_SEND_BACK: _ClassVar[Disposition]
    DISPOSITION_TRANSFER: _ClassVar[Disposition]

class CreditKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CREDIT_KIND_UNSPECIFIED: _ClassVar[CreditKind]
    CREDIT_KIND_GOODS: _ClassVar[CreditKind]
    CREDIT_KIND_SHIPPING: _ClassVar[CreditKind]
    CREDIT_KIND_REDUCTION: _ClassVar[CreditKind]
    CREDIT_KIND_FEE: _ClassVar[CreditKind]
    CREDIT_KIND_APPEASEMENT: _ClassVar[CreditKind]

class ClaimKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CLAIM_KIND_UNSPECIFIED: _ClassVar[ClaimKind]
    CLAIM_KIND_LOST: _ClassVar[ClaimKind]
    CLAIM_KIND_DAMAGED: _ClassVar[ClaimKind]
    CLAIM_KIND_WRONG_ITEM: _ClassVar[ClaimKind]
    CLAIM_KIND_MISSING: _ClassVar[ClaimKind]

class ClaimState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CLAIM_STATE_UNSPECIFIED: _ClassVar[ClaimState]
    CLAIM_STATE_OPEN: _ClassVar[ClaimState]
    CLAIM_STATE_REFUNDED: _ClassVar[ClaimState]
    CLAIM_STATE_REJECTED: _ClassVar[ClaimState]
    CLAIM_STATE_RESHIPPED: _ClassVar[ClaimState]

class ClaimVerdict(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CLAIM_VERDICT_UNSPECIFIED: _ClassVar[ClaimVerdict]
    CLAIM_VERDICT_REFUND: _ClassVar[ClaimVerdict]
    CLAIM_VERDICT_REJECT: _ClassVar[ClaimVerdict]
    CLAIM_VERDICT_RESHIP: _ClassVar[ClaimVerdict]
RETURN_STATE_UNSPECIFIED: ReturnState
RETURN_STATE_AUTHORIZED: ReturnState
RETURN_STATE_IN_TRANSIT: ReturnState
RETURN_STATE_RECEIVED: ReturnState
RETURN_STATE_CLOSED: ReturnState
RETURN_STATE_EXPIRED: ReturnState
RETURN_STATE_CANCELED: ReturnState
RETURN_REASON_UNSPECIFIED: ReturnReason
RETURN_REASON_CHANGED_MIND: ReturnReason
RETURN_REASON_WRONG_SIZE: ReturnReason
RETURN_REASON_DEFECTIVE: ReturnReason
RETURN_REASON_DAMAGED: ReturnReason
RETURN_REASON_NOT_AS_DESCRIBED: ReturnReason
RETURN_REASON_WRONG_ITEM_SENT: ReturnReason
RETURN_REASON_LATE: ReturnReason
RETURN_REASON_OTHER: ReturnReason
RETURN_REASON_REFUSED: ReturnReason
RETURN_REASON_UNDELIVERABLE: ReturnReason
ITEM_CONDITION_UNSPECIFIED: ItemCondition
ITEM_CONDITION_UNOPENED: ItemCondition
ITEM_CONDITION_OPENED: ItemCondition
ITEM_CONDITION_USED: ItemCondition
ITEM_CONDITION_DAMAGED: ItemCondition
MONEY_RESOLUTION_UNSPECIFIED: MoneyResolution
MONEY_RESOLUTION_REFUND: MoneyResolution
MONEY_RESOLUTION_STORE_CREDIT: MoneyResolution
MONEY_RESOLUTION_EXCHANGE: MoneyResolution
MONEY_RESOLUTION_NONE: MoneyResolution
PROMOTION_POLICY_UNSPECIFIED: PromotionPolicy
PROMOTION_POLICY_PROPORTIONAL: PromotionPolicy
PROMOTION_POLICY_CLAW_BACK: PromotionPolicy
SHIPPING_REFUND_UNSPECIFIED: ShippingRefund
SHIPPING_REFUND_NEVER: ShippingRefund
SHIPPING_REFUND_WHEN_ALL_RETURNED: ShippingRefund
RECEIPT_OUTCOME_UNSPECIFIED: ReceiptOutcome
RECEIPT_OUTCOME_AS_EXPECTED: ReceiptOutcome
RECEIPT_OUTCOME_WRONG_ITEM: ReceiptOutcome
RECEIPT_OUTCOME_SHORT: ReceiptOutcome
RECEIPT_OUTCOME_OVER: ReceiptOutcome
RECEIPT_OUTCOME_LOST_IN_TRANSIT: ReceiptOutcome
RECEIPT_OUTCOME_KEPT_BY_CUSTOMER: ReceiptOutcome
RECEIPT_OUTCOME_NOT_RETURNED: ReceiptOutcome
INSPECTION_VERDICT_UNSPECIFIED: InspectionVerdict
INSPECTION_VERDICT_ACCEPTED: InspectionVerdict
INSPECTION_VERDICT_ACCEPTED_REDUCED: InspectionVerdict
INSPECTION_VERDICT_REJECTED: InspectionVerdict
INSPECTION_VERDICT_MANUAL: InspectionVerdict
DISPOSITION_UNSPECIFIED: Disposition
DISPOSITION_RESTOCK: Disposition
DISPOSITION_OPEN_BOX: Disposition
DISPOSITION_REPAIR: Disposition
DISPOSITION_RETURN_TO_VENDOR: Disposition
DISPOSITION_LIQUIDATE: Disposition
DISPOSITION_DONATE: Disposition
DISPOSITION_RECYCLE: Disposition
DISPOSITION_QUARANTINE: Disposition
DISPOSITION_SEND_BACK: Disposition
DISPOSITION_TRANSFER: Disposition
CREDIT_KIND_UNSPECIFIED: CreditKind
CREDIT_KIND_GOODS: CreditKind
CREDIT_KIND_SHIPPING: CreditKind
CREDIT_KIND_REDUCTION: CreditKind
CREDIT_KIND_FEE: CreditKind
CREDIT_KIND_APPEASEMENT: CreditKind
CLAIM_KIND_UNSPECIFIED: ClaimKind
CLAIM_KIND_LOST: ClaimKind
CLAIM_KIND_DAMAGED: ClaimKind
CLAIM_KIND_WRONG_ITEM: ClaimKind
CLAIM_KIND_MISSING: ClaimKind
CLAIM_STATE_UNSPECIFIED: ClaimState
CLAIM_STATE_OPEN: ClaimState
CLAIM_STATE_REFUNDED: ClaimState
CLAIM_STATE_REJECTED: ClaimState
CLAIM_STATE_RESHIPPED: ClaimState
CLAIM_VERDICT_UNSPECIFIED: ClaimVerdict
CLAIM_VERDICT_REFUND: ClaimVerdict
CLAIM_VERDICT_REJECT: ClaimVerdict
CLAIM_VERDICT_RESHIP: ClaimVerdict

class ReturnLineDraft(_message.Message):
    __slots__ = ("line_number", "quantity", "reason", "condition")
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    line_number: int
    quantity: int
    reason: ReturnReason
    condition: ItemCondition
    def __init__(self, line_number: _Optional[int] = ..., quantity: _Optional[int] = ..., reason: _Optional[_Union[ReturnReason, str]] = ..., condition: _Optional[_Union[ItemCondition, str]] = ...) -> None: ...

class ExchangeDraft(_message.Message):
    __slots__ = ("lines", "advance", "instrument_token")
    LINES_FIELD_NUMBER: _ClassVar[int]
    ADVANCE_FIELD_NUMBER: _ClassVar[int]
    INSTRUMENT_TOKEN_FIELD_NUMBER: _ClassVar[int]
    lines: _containers.RepeatedCompositeFieldContainer[_orders_pb2.OrderLineDraft]
    advance: bool
    instrument_token: str
    def __init__(self, lines: _Optional[_Iterable[_Union[_orders_pb2.OrderLineDraft, _Mapping]]] = ..., advance: _Optional[bool] = ..., instrument_token: _Optional[str] = ...) -> None: ...

class ReturnDraft(_message.Message):
    __slots__ = ("order_id", "lines", "resolution", "keep", "customer_email", "agreed_total", "exchange", "node_id")
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    RESOLUTION_FIELD_NUMBER: _ClassVar[int]
    KEEP_FIELD_NUMBER: _ClassVar[int]
    CUSTOMER_EMAIL_FIELD_NUMBER: _ClassVar[int]
    AGREED_TOTAL_FIELD_NUMBER: _ClassVar[int]
    EXCHANGE_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    lines: _containers.RepeatedCompositeFieldContainer[ReturnLineDraft]
    resolution: MoneyResolution
    keep: bool
    customer_email: str
    agreed_total: _money_pb2.Money
    exchange: ExchangeDraft
    node_id: str
    def __init__(self, order_id: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[ReturnLineDraft, _Mapping]]] = ..., resolution: _Optional[_Union[MoneyResolution, str]] = ..., keep: _Optional[bool] = ..., customer_email: _Optional[str] = ..., agreed_total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., exchange: _Optional[_Union[ExchangeDraft, _Mapping]] = ..., node_id: _Optional[str] = ...) -> None: ...

class CreditLine(_message.Message):
    __slots__ = ("kind", "line_number", "quantity", "amount", "tax")
    KIND_FIELD_NUMBER: _ClassVar[int]
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    TAX_FIELD_NUMBER: _ClassVar[int]
    kind: CreditKind
    line_number: int
    quantity: int
    amount: _money_pb2.Money
    tax: _money_pb2.Money
    def __init__(self, kind: _Optional[_Union[CreditKind, str]] = ..., line_number: _Optional[int] = ..., quantity: _Optional[int] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., tax: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class RefundShare(_message.Message):
    __slots__ = ("instrument_id", "kind", "holder", "amount")
    INSTRUMENT_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    HOLDER_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    instrument_id: str
    kind: str
    holder: _orders_pb2.InstrumentHolder
    amount: _money_pb2.Money
    def __init__(self, instrument_id: _Optional[str] = ..., kind: _Optional[str] = ..., holder: _Optional[_Union[_orders_pb2.InstrumentHolder, str]] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class Credit(_message.Message):
    __slots__ = ("credit_id", "total", "lines", "create_time")
    CREDIT_ID_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    credit_id: str
    total: _money_pb2.Money
    lines: _containers.RepeatedCompositeFieldContainer[CreditLine]
    create_time: _timestamp_pb2.Timestamp
    def __init__(self, credit_id: _Optional[str] = ..., total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., lines: _Optional[_Iterable[_Union[CreditLine, _Mapping]]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ReturnLine(_message.Message):
    __slots__ = ("line_number", "sku", "quantity", "reason", "condition", "slices")
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    SLICES_FIELD_NUMBER: _ClassVar[int]
    line_number: int
    sku: str
    quantity: int
    reason: ReturnReason
    condition: ItemCondition
    slices: _containers.RepeatedCompositeFieldContainer[_orders_pb2.LineSlice]
    def __init__(self, line_number: _Optional[int] = ..., sku: _Optional[str] = ..., quantity: _Optional[int] = ..., reason: _Optional[_Union[ReturnReason, str]] = ..., condition: _Optional[_Union[ItemCondition, str]] = ..., slices: _Optional[_Iterable[_Union[_orders_pb2.LineSlice, _Mapping]]] = ...) -> None: ...

class ReceivedUnits(_message.Message):
    __slots__ = ("line_number", "quantity", "outcome", "found_sku")
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    FOUND_SKU_FIELD_NUMBER: _ClassVar[int]
    line_number: int
    quantity: int
    outcome: ReceiptOutcome
    found_sku: str
    def __init__(self, line_number: _Optional[int] = ..., quantity: _Optional[int] = ..., outcome: _Optional[_Union[ReceiptOutcome, str]] = ..., found_sku: _Optional[str] = ...) -> None: ...

class ReturnReceipt(_message.Message):
    __slots__ = ("return_id", "receipt_reference", "node_id", "units", "occur_time")
    RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    OCCUR_TIME_FIELD_NUMBER: _ClassVar[int]
    return_id: str
    receipt_reference: str
    node_id: str
    units: _containers.RepeatedCompositeFieldContainer[ReceivedUnits]
    occur_time: _timestamp_pb2.Timestamp
    def __init__(self, return_id: _Optional[str] = ..., receipt_reference: _Optional[str] = ..., node_id: _Optional[str] = ..., units: _Optional[_Iterable[_Union[ReceivedUnits, _Mapping]]] = ..., occur_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class InspectedUnits(_message.Message):
    __slots__ = ("line_number", "quantity", "verdict", "reduction", "condition", "note")
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    VERDICT_FIELD_NUMBER: _ClassVar[int]
    REDUCTION_FIELD_NUMBER: _ClassVar[int]
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    line_number: int
    quantity: int
    verdict: InspectionVerdict
    reduction: _money_pb2.Money
    condition: ItemCondition
    note: str
    def __init__(self, line_number: _Optional[int] = ..., quantity: _Optional[int] = ..., verdict: _Optional[_Union[InspectionVerdict, str]] = ..., reduction: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., condition: _Optional[_Union[ItemCondition, str]] = ..., note: _Optional[str] = ...) -> None: ...

class ReturnInspection(_message.Message):
    __slots__ = ("return_id", "report_reference", "units", "occur_time")
    RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    REPORT_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    OCCUR_TIME_FIELD_NUMBER: _ClassVar[int]
    return_id: str
    report_reference: str
    units: _containers.RepeatedCompositeFieldContainer[InspectedUnits]
    occur_time: _timestamp_pb2.Timestamp
    def __init__(self, return_id: _Optional[str] = ..., report_reference: _Optional[str] = ..., units: _Optional[_Iterable[_Union[InspectedUnits, _Mapping]]] = ..., occur_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class DisposedUnits(_message.Message):
    __slots__ = ("line_number", "quantity", "disposition", "node_id", "best_node")
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    DISPOSITION_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    BEST_NODE_FIELD_NUMBER: _ClassVar[int]
    line_number: int
    quantity: int
    disposition: Disposition
    node_id: str
    best_node: bool
    def __init__(self, line_number: _Optional[int] = ..., quantity: _Optional[int] = ..., disposition: _Optional[_Union[Disposition, str]] = ..., node_id: _Optional[str] = ..., best_node: _Optional[bool] = ...) -> None: ...

class ReturnDisposition(_message.Message):
    __slots__ = ("return_id", "report_reference", "units", "occur_time")
    RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    REPORT_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    OCCUR_TIME_FIELD_NUMBER: _ClassVar[int]
    return_id: str
    report_reference: str
    units: _containers.RepeatedCompositeFieldContainer[DisposedUnits]
    occur_time: _timestamp_pb2.Timestamp
    def __init__(self, return_id: _Optional[str] = ..., report_reference: _Optional[str] = ..., units: _Optional[_Iterable[_Union[DisposedUnits, _Mapping]]] = ..., occur_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Return(_message.Message):
    __slots__ = ("return_id", "order_id", "state", "lines", "resolution", "node_id", "return_by_time", "create_time", "receipts", "inspections", "dispositions", "credits", "exchange_order_id", "policy_id", "policy_version")
    RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    RESOLUTION_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    RETURN_BY_TIME_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    RECEIPTS_FIELD_NUMBER: _ClassVar[int]
    INSPECTIONS_FIELD_NUMBER: _ClassVar[int]
    DISPOSITIONS_FIELD_NUMBER: _ClassVar[int]
    CREDITS_FIELD_NUMBER: _ClassVar[int]
    EXCHANGE_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    POLICY_ID_FIELD_NUMBER: _ClassVar[int]
    POLICY_VERSION_FIELD_NUMBER: _ClassVar[int]
    return_id: str
    order_id: str
    state: ReturnState
    lines: _containers.RepeatedCompositeFieldContainer[ReturnLine]
    resolution: MoneyResolution
    node_id: str
    return_by_time: _timestamp_pb2.Timestamp
    create_time: _timestamp_pb2.Timestamp
    receipts: _containers.RepeatedCompositeFieldContainer[ReturnReceipt]
    inspections: _containers.RepeatedCompositeFieldContainer[ReturnInspection]
    dispositions: _containers.RepeatedCompositeFieldContainer[ReturnDisposition]
    credits: _containers.RepeatedCompositeFieldContainer[Credit]
    exchange_order_id: str
    policy_id: str
    policy_version: int
    def __init__(self, return_id: _Optional[str] = ..., order_id: _Optional[str] = ..., state: _Optional[_Union[ReturnState, str]] = ..., lines: _Optional[_Iterable[_Union[ReturnLine, _Mapping]]] = ..., resolution: _Optional[_Union[MoneyResolution, str]] = ..., node_id: _Optional[str] = ..., return_by_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., receipts: _Optional[_Iterable[_Union[ReturnReceipt, _Mapping]]] = ..., inspections: _Optional[_Iterable[_Union[ReturnInspection, _Mapping]]] = ..., dispositions: _Optional[_Iterable[_Union[ReturnDisposition, _Mapping]]] = ..., credits: _Optional[_Iterable[_Union[Credit, _Mapping]]] = ..., exchange_order_id: _Optional[str] = ..., policy_id: _Optional[str] = ..., policy_version: _Optional[int] = ...) -> None: ...

class ReturnResult(_message.Message):
    __slots__ = ("rma", "refusal")
    RMA_FIELD_NUMBER: _ClassVar[int]
    REFUSAL_FIELD_NUMBER: _ClassVar[int]
    rma: Return
    refusal: _refusal_pb2.Refusal
    def __init__(self, rma: _Optional[_Union[Return, _Mapping]] = ..., refusal: _Optional[_Union[_refusal_pb2.Refusal, _Mapping]] = ...) -> None: ...

class RefusalRule(_message.Message):
    __slots__ = ("when", "message")
    WHEN_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    when: str
    message: str
    def __init__(self, when: _Optional[str] = ..., message: _Optional[str] = ...) -> None: ...

class ReturnPolicy(_message.Message):
    __slots__ = ("policy_id", "channel_ids", "window_days", "return_days", "refusals", "promotions", "shipping", "fees")
    POLICY_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_IDS_FIELD_NUMBER: _ClassVar[int]
    WINDOW_DAYS_FIELD_NUMBER: _ClassVar[int]
    RETURN_DAYS_FIELD_NUMBER: _ClassVar[int]
    REFUSALS_FIELD_NUMBER: _ClassVar[int]
    PROMOTIONS_FIELD_NUMBER: _ClassVar[int]
    SHIPPING_FIELD_NUMBER: _ClassVar[int]
    FEES_FIELD_NUMBER: _ClassVar[int]
    policy_id: str
    channel_ids: _containers.RepeatedScalarFieldContainer[str]
    window_days: int
    return_days: int
    refusals: _containers.RepeatedCompositeFieldContainer[RefusalRule]
    promotions: PromotionPolicy
    shipping: ShippingRefund
    fees: _containers.RepeatedCompositeFieldContainer[_money_pb2.Money]
    def __init__(self, policy_id: _Optional[str] = ..., channel_ids: _Optional[_Iterable[str]] = ..., window_days: _Optional[int] = ..., return_days: _Optional[int] = ..., refusals: _Optional[_Iterable[_Union[RefusalRule, _Mapping]]] = ..., promotions: _Optional[_Union[PromotionPolicy, str]] = ..., shipping: _Optional[_Union[ShippingRefund, str]] = ..., fees: _Optional[_Iterable[_Union[_money_pb2.Money, _Mapping]]] = ...) -> None: ...

class PreviewReturnRequest(_message.Message):
    __slots__ = ("draft", "shown_currency_code")
    DRAFT_FIELD_NUMBER: _ClassVar[int]
    SHOWN_CURRENCY_CODE_FIELD_NUMBER: _ClassVar[int]
    draft: ReturnDraft
    shown_currency_code: str
    def __init__(self, draft: _Optional[_Union[ReturnDraft, _Mapping]] = ..., shown_currency_code: _Optional[str] = ...) -> None: ...

class PreviewReturnResponse(_message.Message):
    __slots__ = ("total", "lines", "shares", "return_by_time", "policy_id", "policy_version", "shown_total", "shown_rate", "shown_rate_rule_id")
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    SHARES_FIELD_NUMBER: _ClassVar[int]
    RETURN_BY_TIME_FIELD_NUMBER: _ClassVar[int]
    POLICY_ID_FIELD_NUMBER: _ClassVar[int]
    POLICY_VERSION_FIELD_NUMBER: _ClassVar[int]
    SHOWN_TOTAL_FIELD_NUMBER: _ClassVar[int]
    SHOWN_RATE_FIELD_NUMBER: _ClassVar[int]
    SHOWN_RATE_RULE_ID_FIELD_NUMBER: _ClassVar[int]
    total: _money_pb2.Money
    lines: _containers.RepeatedCompositeFieldContainer[CreditLine]
    shares: _containers.RepeatedCompositeFieldContainer[RefundShare]
    return_by_time: _timestamp_pb2.Timestamp
    policy_id: str
    policy_version: int
    shown_total: _money_pb2.Money
    shown_rate: str
    shown_rate_rule_id: str
    def __init__(self, total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., lines: _Optional[_Iterable[_Union[CreditLine, _Mapping]]] = ..., shares: _Optional[_Iterable[_Union[RefundShare, _Mapping]]] = ..., return_by_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., policy_id: _Optional[str] = ..., policy_version: _Optional[int] = ..., shown_total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., shown_rate: _Optional[str] = ..., shown_rate_rule_id: _Optional[str] = ...) -> None: ...

class AuthorizeReturnsRequest(_message.Message):
    __slots__ = ("request_id", "drafts")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    DRAFTS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    drafts: _containers.RepeatedCompositeFieldContainer[ReturnDraft]
    def __init__(self, request_id: _Optional[str] = ..., drafts: _Optional[_Iterable[_Union[ReturnDraft, _Mapping]]] = ...) -> None: ...

class AuthorizeReturnsResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[ReturnResult]
    def __init__(self, results: _Optional[_Iterable[_Union[ReturnResult, _Mapping]]] = ...) -> None: ...

class CancelReturnsRequest(_message.Message):
    __slots__ = ("request_id", "return_ids")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    RETURN_IDS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    return_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, request_id: _Optional[str] = ..., return_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class CancelReturnsResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[ReturnResult]
    def __init__(self, results: _Optional[_Iterable[_Union[ReturnResult, _Mapping]]] = ...) -> None: ...

class RecordReturnsInTransitRequest(_message.Message):
    __slots__ = ("request_id", "return_ids")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    RETURN_IDS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    return_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, request_id: _Optional[str] = ..., return_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class RecordReturnsInTransitResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[ReturnResult]
    def __init__(self, results: _Optional[_Iterable[_Union[ReturnResult, _Mapping]]] = ...) -> None: ...

class ReceiveReturnsRequest(_message.Message):
    __slots__ = ("request_id", "receipts")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    RECEIPTS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    receipts: _containers.RepeatedCompositeFieldContainer[ReturnReceipt]
    def __init__(self, request_id: _Optional[str] = ..., receipts: _Optional[_Iterable[_Union[ReturnReceipt, _Mapping]]] = ...) -> None: ...

class ReceiveReturnsResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[ReturnResult]
    def __init__(self, results: _Optional[_Iterable[_Union[ReturnResult, _Mapping]]] = ...) -> None: ...

class InspectReturnsRequest(_message.Message):
    __slots__ = ("request_id", "inspections")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    INSPECTIONS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    inspections: _containers.RepeatedCompositeFieldContainer[ReturnInspection]
    def __init__(self, request_id: _Optional[str] = ..., inspections: _Optional[_Iterable[_Union[ReturnInspection, _Mapping]]] = ...) -> None: ...

class InspectReturnsResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[ReturnResult]
    def __init__(self, results: _Optional[_Iterable[_Union[ReturnResult, _Mapping]]] = ...) -> None: ...

class DisposeReturnsRequest(_message.Message):
    __slots__ = ("request_id", "dispositions")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    DISPOSITIONS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    dispositions: _containers.RepeatedCompositeFieldContainer[ReturnDisposition]
    def __init__(self, request_id: _Optional[str] = ..., dispositions: _Optional[_Iterable[_Union[ReturnDisposition, _Mapping]]] = ...) -> None: ...

class DisposeReturnsResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[ReturnResult]
    def __init__(self, results: _Optional[_Iterable[_Union[ReturnResult, _Mapping]]] = ...) -> None: ...

class CreditDraft(_message.Message):
    __slots__ = ("order_id", "amount", "reason", "resolution")
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    RESOLUTION_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    amount: _money_pb2.Money
    reason: str
    resolution: MoneyResolution
    def __init__(self, order_id: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., reason: _Optional[str] = ..., resolution: _Optional[_Union[MoneyResolution, str]] = ...) -> None: ...

class GrantCreditsRequest(_message.Message):
    __slots__ = ("request_id", "credits")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CREDITS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    credits: _containers.RepeatedCompositeFieldContainer[CreditDraft]
    def __init__(self, request_id: _Optional[str] = ..., credits: _Optional[_Iterable[_Union[CreditDraft, _Mapping]]] = ...) -> None: ...

class CreditResult(_message.Message):
    __slots__ = ("credit", "refusal")
    CREDIT_FIELD_NUMBER: _ClassVar[int]
    REFUSAL_FIELD_NUMBER: _ClassVar[int]
    credit: Credit
    refusal: _refusal_pb2.Refusal
    def __init__(self, credit: _Optional[_Union[Credit, _Mapping]] = ..., refusal: _Optional[_Union[_refusal_pb2.Refusal, _Mapping]] = ...) -> None: ...

class GrantCreditsResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[CreditResult]
    def __init__(self, results: _Optional[_Iterable[_Union[CreditResult, _Mapping]]] = ...) -> None: ...

class GetReturnRequest(_message.Message):
    __slots__ = ("return_id",)
    RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    return_id: str
    def __init__(self, return_id: _Optional[str] = ...) -> None: ...

class GetReturnResponse(_message.Message):
    __slots__ = ("rma",)
    RMA_FIELD_NUMBER: _ClassVar[int]
    rma: Return
    def __init__(self, rma: _Optional[_Union[Return, _Mapping]] = ...) -> None: ...

class ListReturnsRequest(_message.Message):
    __slots__ = ("page", "order_id", "state", "node_id")
    PAGE_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    page: _refusal_pb2.PageRequest
    order_id: str
    state: ReturnState
    node_id: str
    def __init__(self, page: _Optional[_Union[_refusal_pb2.PageRequest, _Mapping]] = ..., order_id: _Optional[str] = ..., state: _Optional[_Union[ReturnState, str]] = ..., node_id: _Optional[str] = ...) -> None: ...

class ListReturnsResponse(_message.Message):
    __slots__ = ("returns", "next_page_token")
    RETURNS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    returns: _containers.RepeatedCompositeFieldContainer[Return]
    next_page_token: str
    def __init__(self, returns: _Optional[_Iterable[_Union[Return, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class PutReturnPoliciesRequest(_message.Message):
    __slots__ = ("request_id", "policies", "expected_version")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    POLICIES_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_VERSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    policies: _containers.RepeatedCompositeFieldContainer[ReturnPolicy]
    expected_version: int
    def __init__(self, request_id: _Optional[str] = ..., policies: _Optional[_Iterable[_Union[ReturnPolicy, _Mapping]]] = ..., expected_version: _Optional[int] = ...) -> None: ...

class PutReturnPoliciesResponse(_message.Message):
    __slots__ = ("version",)
    VERSION_FIELD_NUMBER: _ClassVar[int]
    version: int
    def __init__(self, version: _Optional[int] = ...) -> None: ...

class GetReturnPoliciesRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetReturnPoliciesResponse(_message.Message):
    __slots__ = ("version", "policies")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    POLICIES_FIELD_NUMBER: _ClassVar[int]
    version: int
    policies: _containers.RepeatedCompositeFieldContainer[ReturnPolicy]
    def __init__(self, version: _Optional[int] = ..., policies: _Optional[_Iterable[_Union[ReturnPolicy, _Mapping]]] = ...) -> None: ...

class GetWithdrawalRightRequest(_message.Message):
    __slots__ = ("order_id", "customer_email", "information_missing", "information_time")
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    CUSTOMER_EMAIL_FIELD_NUMBER: _ClassVar[int]
    INFORMATION_MISSING_FIELD_NUMBER: _ClassVar[int]
    INFORMATION_TIME_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    customer_email: str
    information_missing: bool
    information_time: _timestamp_pb2.Timestamp
    def __init__(self, order_id: _Optional[str] = ..., customer_email: _Optional[str] = ..., information_missing: _Optional[bool] = ..., information_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class GetWithdrawalRightResponse(_message.Message):
    __slots__ = ("right",)
    RIGHT_FIELD_NUMBER: _ClassVar[int]
    right: WithdrawalRight
    def __init__(self, right: _Optional[_Union[WithdrawalRight, _Mapping]] = ...) -> None: ...

class WithdrawalRight(_message.Message):
    __slots__ = ("order_id", "country_code", "open", "end_time", "days", "refund_days", "article", "source", "lines", "withdrawals")
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    COUNTRY_CODE_FIELD_NUMBER: _ClassVar[int]
    OPEN_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    DAYS_FIELD_NUMBER: _ClassVar[int]
    REFUND_DAYS_FIELD_NUMBER: _ClassVar[int]
    ARTICLE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    WITHDRAWALS_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    country_code: str
    open: bool
    end_time: _timestamp_pb2.Timestamp
    days: int
    refund_days: int
    article: str
    source: str
    lines: _containers.RepeatedCompositeFieldContainer[WithdrawalRightLine]
    withdrawals: _containers.RepeatedCompositeFieldContainer[Withdrawal]
    def __init__(self, order_id: _Optional[str] = ..., country_code: _Optional[str] = ..., open: _Optional[bool] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., days: _Optional[int] = ..., refund_days: _Optional[int] = ..., article: _Optional[str] = ..., source: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[WithdrawalRightLine, _Mapping]]] = ..., withdrawals: _Optional[_Iterable[_Union[Withdrawal, _Mapping]]] = ...) -> None: ...

class ClaimLine(_message.Message):
    __slots__ = ("line_number", "quantity")
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    line_number: int
    quantity: int
    def __init__(self, line_number: _Optional[int] = ..., quantity: _Optional[int] = ...) -> None: ...

class ClaimDraft(_message.Message):
    __slots__ = ("shipment_id", "kind", "lines")
    SHIPMENT_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    shipment_id: str
    kind: ClaimKind
    lines: _containers.RepeatedCompositeFieldContainer[ClaimLine]
    def __init__(self, shipment_id: _Optional[str] = ..., kind: _Optional[_Union[ClaimKind, str]] = ..., lines: _Optional[_Iterable[_Union[ClaimLine, _Mapping]]] = ...) -> None: ...

class Claim(_message.Message):
    __slots__ = ("claim_id", "order_id", "shipment_id", "kind", "state", "lines", "open_time", "decide_time", "reason", "return_id")
    CLAIM_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SHIPMENT_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    OPEN_TIME_FIELD_NUMBER: _ClassVar[int]
    DECIDE_TIME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    claim_id: str
    order_id: str
    shipment_id: str
    kind: ClaimKind
    state: ClaimState
    lines: _containers.RepeatedCompositeFieldContainer[ClaimLine]
    open_time: _timestamp_pb2.Timestamp
    decide_time: _timestamp_pb2.Timestamp
    reason: str
    return_id: str
    def __init__(self, claim_id: _Optional[str] = ..., order_id: _Optional[str] = ..., shipment_id: _Optional[str] = ..., kind: _Optional[_Union[ClaimKind, str]] = ..., state: _Optional[_Union[ClaimState, str]] = ..., lines: _Optional[_Iterable[_Union[ClaimLine, _Mapping]]] = ..., open_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., decide_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., reason: _Optional[str] = ..., return_id: _Optional[str] = ...) -> None: ...

class ClaimResult(_message.Message):
    __slots__ = ("claim", "refusal")
    CLAIM_FIELD_NUMBER: _ClassVar[int]
    REFUSAL_FIELD_NUMBER: _ClassVar[int]
    claim: Claim
    refusal: _refusal_pb2.Refusal
    def __init__(self, claim: _Optional[_Union[Claim, _Mapping]] = ..., refusal: _Optional[_Union[_refusal_pb2.Refusal, _Mapping]] = ...) -> None: ...

class OpenClaimsRequest(_message.Message):
    __slots__ = ("request_id", "drafts")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    DRAFTS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    drafts: _containers.RepeatedCompositeFieldContainer[ClaimDraft]
    def __init__(self, request_id: _Optional[str] = ..., drafts: _Optional[_Iterable[_Union[ClaimDraft, _Mapping]]] = ...) -> None: ...

class OpenClaimsResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[ClaimResult]
    def __init__(self, results: _Optional[_Iterable[_Union[ClaimResult, _Mapping]]] = ...) -> None: ...

class ClaimDecision(_message.Message):
    __slots__ = ("claim_id", "verdict", "reason")
    CLAIM_ID_FIELD_NUMBER: _ClassVar[int]
    VERDICT_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    claim_id: str
    verdict: ClaimVerdict
    reason: str
    def __init__(self, claim_id: _Optional[str] = ..., verdict: _Optional[_Union[ClaimVerdict, str]] = ..., reason: _Optional[str] = ...) -> None: ...

class DecideClaimsRequest(_message.Message):
    __slots__ = ("request_id", "decisions")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    DECISIONS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    decisions: _containers.RepeatedCompositeFieldContainer[ClaimDecision]
    def __init__(self, request_id: _Optional[str] = ..., decisions: _Optional[_Iterable[_Union[ClaimDecision, _Mapping]]] = ...) -> None: ...

class DecideClaimsResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[ClaimResult]
    def __init__(self, results: _Optional[_Iterable[_Union[ClaimResult, _Mapping]]] = ...) -> None: ...

class ListClaimsRequest(_message.Message):
    __slots__ = ("order_id",)
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    def __init__(self, order_id: _Optional[str] = ...) -> None: ...

class ListClaimsResponse(_message.Message):
    __slots__ = ("claims",)
    CLAIMS_FIELD_NUMBER: _ClassVar[int]
    claims: _containers.RepeatedCompositeFieldContainer[Claim]
    def __init__(self, claims: _Optional[_Iterable[_Union[Claim, _Mapping]]] = ...) -> None: ...

class ConfirmWithdrawalsRequest(_message.Message):
    __slots__ = ("request_id", "drafts")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    DRAFTS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    drafts: _containers.RepeatedCompositeFieldContainer[WithdrawalDraft]
    def __init__(self, request_id: _Optional[str] = ..., drafts: _Optional[_Iterable[_Union[WithdrawalDraft, _Mapping]]] = ...) -> None: ...

class ConfirmWithdrawalsResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[WithdrawalResult]
    def __init__(self, results: _Optional[_Iterable[_Union[WithdrawalResult, _Mapping]]] = ...) -> None: ...

class WithdrawalDraft(_message.Message):
    __slots__ = ("order_id", "customer_email", "lines", "information_missing", "information_time")
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    CUSTOMER_EMAIL_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    INFORMATION_MISSING_FIELD_NUMBER: _ClassVar[int]
    INFORMATION_TIME_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    customer_email: str
    lines: _containers.RepeatedCompositeFieldContainer[WithdrawalLine]
    information_missing: bool
    information_time: _timestamp_pb2.Timestamp
    def __init__(self, order_id: _Optional[str] = ..., customer_email: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[WithdrawalLine, _Mapping]]] = ..., information_missing: _Optional[bool] = ..., information_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class WithdrawalLine(_message.Message):
    __slots__ = ("line_number", "quantity", "sku")
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    line_number: int
    quantity: int
    sku: str
    def __init__(self, line_number: _Optional[int] = ..., quantity: _Optional[int] = ..., sku: _Optional[str] = ...) -> None: ...

class WithdrawalResult(_message.Message):
    __slots__ = ("withdrawal", "refusal")
    WITHDRAWAL_FIELD_NUMBER: _ClassVar[int]
    REFUSAL_FIELD_NUMBER: _ClassVar[int]
    withdrawal: Withdrawal
    refusal: _refusal_pb2.Refusal
    def __init__(self, withdrawal: _Optional[_Union[Withdrawal, _Mapping]] = ..., refusal: _Optional[_Union[_refusal_pb2.Refusal, _Mapping]] = ...) -> None: ...

class Withdrawal(_message.Message):
    __slots__ = ("withdrawal_id", "order_id", "lines", "state_time", "refund_time", "canceled_quantity", "requested_quantity", "under_way_quantity", "return_id", "receipt")
    WITHDRAWAL_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    STATE_TIME_FIELD_NUMBER: _ClassVar[int]
    REFUND_TIME_FIELD_NUMBER: _ClassVar[int]
    CANCELED_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    REQUESTED_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    UNDER_WAY_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_FIELD_NUMBER: _ClassVar[int]
    withdrawal_id: str
    order_id: str
    lines: _containers.RepeatedCompositeFieldContainer[WithdrawalLine]
    state_time: _timestamp_pb2.Timestamp
    refund_time: _timestamp_pb2.Timestamp
    canceled_quantity: int
    requested_quantity: int
    under_way_quantity: int
    return_id: str
    receipt: str
    def __init__(self, withdrawal_id: _Optional[str] = ..., order_id: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[WithdrawalLine, _Mapping]]] = ..., state_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., refund_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., canceled_quantity: _Optional[int] = ..., requested_quantity: _Optional[int] = ..., under_way_quantity: _Optional[int] = ..., return_id: _Optional[str] = ..., receipt: _Optional[str] = ...) -> None: ...

class WithdrawalRightLine(_message.Message):
    __slots__ = ("line_number", "sku", "quantity", "exemption", "exemption_detail")
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    EXEMPTION_FIELD_NUMBER: _ClassVar[int]
    EXEMPTION_DETAIL_FIELD_NUMBER: _ClassVar[int]
    line_number: int
    sku: str
    quantity: int
    exemption: str
    exemption_detail: str
    def __init__(self, line_number: _Optional[int] = ..., sku: _Optional[str] = ..., quantity: _Optional[int] = ..., exemption: _Optional[str] = ..., exemption_detail: _Optional[str] = ...) -> None: ...

import datetime

from buf.validate import validate_pb2 as _validate_pb2
from crossdock.common.v1 import address_pb2 as _address_pb2
from crossdock.network.v1 import carriers_pb2 as _carriers_pb2
from crossdock.network.v1 import network_pb2 as _network_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import money_pb2 as _money_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class OrderState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ORDER_STATE_UNSPECIFIED: _ClassVar[OrderState]
    ORDER_STATE_PLACED: _ClassVar[OrderState]
    ORDER_STATE_CONFIRMED: _ClassVar[OrderState]
    ORDER_STATE_CLOSED: _ClassVar[OrderState]
    ORDER_STATE_CANCELED: _ClassVar[OrderState]
    ORDER_STATE_REJECTED: _ClassVar[OrderState]

class SliceState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SLICE_STATE_UNSPECIFIED: _ClassVar[SliceState]
    SLICE_STATE_OPEN: _ClassVar[SliceState]
    SLICE_STATE_RESERVED: _ClassVar[SliceState]
    SLICE_STATE_ALLOCATED: _ClassVar[SliceState]
    SLICE_STATE_RELEASED: _ClassVar[SliceState]
    SLICE_STATE_ACCEPTED: _ClassVar[SliceState]
    SLICE_STATE_PICKED: _ClassVar[SliceState]
    SLICE_STATE_PACKED: _ClassVar[SliceState]
    SLICE_STATE_SHIPPED: _ClassVar[SliceState]
    SLICE_STATE_DELIVERED: _ClassVar[SliceState]
    SLICE_STATE_BACKORDERED: _ClassVar[SliceState]
    SLICE_STATE_CANCELED: _ClassVar[SliceState]
    SLICE_STATE_RETURNING: _ClassVar[SliceState]
    SLICE_STATE_RETURN_AUTHORIZED: _ClassVar[SliceState]
    SLICE_STATE_RETURN_IN_TRANSIT: _ClassVar[SliceState]
    SLICE_STATE_RETURN_RECEIVED: _ClassVar[SliceState]
    SLICE_STATE_RETURN_CLOSED: _ClassVar[SliceState]
    SLICE_STATE_KEPT: _ClassVar[SliceState]
    SLICE_STATE_LOST: _ClassVar[SliceState]
    SLICE_STATE_READY_FOR_PICKUP: _ClassVar[SliceState]
    SLICE_STATE_COLLECTED: _ClassVar[SliceState]

class DeliveryMethod(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DELIVERY_METHOD_UNSPECIFIED: _ClassVar[DeliveryMethod]
    DELIVERY_METHOD_SHIP: _ClassVar[DeliveryMethod]
    DELIVERY_METHOD_PICKUP: _ClassVar[DeliveryMethod]

class InstrumentHolder(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    INSTRUMENT_HOLDER_UNSPECIFIED: _ClassVar[InstrumentHolder]
    INSTRUMENT_HOLDER_HUB: _ClassVar[InstrumentHolder]
    INSTRUMENT_HOLDER_CHANNEL: _ClassVar[InstrumentHolder]
    INSTRUMENT_HOLDER_TERMS: _ClassVar[InstrumentHolder]
    INSTRUMENT_HOLDER_RETURN: _ClassVar[InstrumentHolder]

class Extent(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EXTENT_UNSPECIFIED: _ClassVar[Extent]
    EXTENT_NONE: _ClassVar[Extent]
    EXTENT_PARTIAL: _ClassVar[Extent]
    EXTENT_COMPLETE: _ClassVar[Extent]
    EXTENT_OVER: _ClassVar[Extent]

class ReservationPolicy(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RESERVATION_POLICY_UNSPECIFIED: _ClassVar[ReservationPolicy]
    RESERVATION_POLICY_REFUSE: _ClassVar[ReservationPolicy]
    RESERVATION_POLICY_FREE_STOCK: _ClassVar[ReservationPolicy]

class HoldType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    HOLD_TYPE_UNSPECIFIED: _ClassVar[HoldType]
    HOLD_TYPE_FRAUD: _ClassVar[HoldType]
    HOLD_TYPE_PAYMENT: _ClassVar[HoldType]
    HOLD_TYPE_ADDRESS: _ClassVar[HoldType]
    HOLD_TYPE_EXPORT_CONTROL: _ClassVar[HoldType]
    HOLD_TYPE_CUSTOMS_DATA: _ClassVar[HoldType]
    HOLD_TYPE_CREDIT_LIMIT: _ClassVar[HoldType]
    HOLD_TYPE_CUSTOMER_CHANGE: _ClassVar[HoldType]
    HOLD_TYPE_STOCK_DISCREPANCY: _ClassVar[HoldType]
    HOLD_TYPE_MANUAL: _ClassVar[HoldType]
    HOLD_TYPE_UNREAD_FACT: _ClassVar[HoldType]
    HOLD_TYPE_TAX: _ClassVar[HoldType]

class HoldScope(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    HOLD_SCOPE_UNSPECIFIED: _ClassVar[HoldScope]
    HOLD_SCOPE_ORDER: _ClassVar[HoldScope]
    HOLD_SCOPE_LINE: _ClassVar[HoldScope]
    HOLD_SCOPE_FULFILLMENT_ORDER: _ClassVar[HoldScope]
    HOLD_SCOPE_INSTRUMENT: _ClassVar[HoldScope]

class HoldExpiry(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    HOLD_EXPIRY_UNSPECIFIED: _ClassVar[HoldExpiry]
    HOLD_EXPIRY_RELEASED: _ClassVar[HoldExpiry]
    HOLD_EXPIRY_EXCEPTION: _ClassVar[HoldExpiry]

class HoldStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    HOLD_STATUS_UNSPECIFIED: _ClassVar[HoldStatus]
    HOLD_STATUS_ACTIVE: _ClassVar[HoldStatus]
    HOLD_STATUS_RESOLVED: _ClassVar[HoldStatus]
    HOLD_STATUS_REJECTED: _ClassVar[HoldStatus]
    HOLD_STATUS_EXPIRED: _ClassVar[HoldStatus]

class TaxKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TAX_KIND_UNSPECIFIED: _ClassVar[TaxKind]
    TAX_KIND_SALES: _ClassVar[TaxKind]
    TAX_KIND_DUTY: _ClassVar[TaxKind]
    TAX_KIND_IMPORT_TAX: _ClassVar[TaxKind]
    TAX_KIND_IMPORT_FEE: _ClassVar[TaxKind]

class TaxTreatment(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TAX_TREATMENT_UNSPECIFIED: _ClassVar[TaxTreatment]
    TAX_TREATMENT_TAXED: _ClassVar[TaxTreatment]
    TAX_TREATMENT_REVERSE_CHARGE: _ClassVar[TaxTreatment]
ORDER_STATE_UNSPECIFIED: OrderState
ORDER_STATE_PLACED: OrderState
ORDER_STATE_CONFIRMED: OrderState
ORDER_STATE_CLOSED: OrderState
ORDER_STATE_CANCELED: OrderState
ORDER_STATE_REJECTED: OrderState
SLICE_STATE_UNSPECIFIED: SliceState
SLICE_STATE_OPEN: SliceState
SLICE_STATE_RESERVED: SliceState
SLICE_STATE_ALLOCATED: SliceState
SLICE_STATE_RELEASED: SliceState
SLICE_STATE_ACCEPTED: SliceState
SLICE_STATE_PICKED: SliceState
SLICE_STATE_PACKED: SliceState
SLICE_STATE_SHIPPED: SliceState
SLICE_STATE_DELIVERED: SliceState
SLICE_STATE_BACKORDERED: SliceState
SLICE_STATE_CANCELED: SliceState
SLICE_STATE_RETURNING: SliceState
SLICE_STATE_RETURN_AUTHORIZED: SliceState
SLICE_STATE_RETURN_IN_TRANSIT: SliceState
SLICE_STATE_RETURN_RECEIVED: SliceState
SLICE_STATE_RETURN_CLOSED: SliceState
SLICE_STATE_KEPT: SliceState
SLICE_STATE_LOST: SliceState
SLICE_STATE_READY_FOR_PICKUP: SliceState
SLICE_STATE_COLLECTED: SliceState
DELIVERY_METHOD_UNSPECIFIED: DeliveryMethod
DELIVERY_METHOD_SHIP: DeliveryMethod
DELIVERY_METHOD_PICKUP: DeliveryMethod
INSTRUMENT_HOLDER_UNSPECIFIED: InstrumentHolder
INSTRUMENT_HOLDER_HUB: InstrumentHolder
INSTRUMENT_HOLDER_CHANNEL: InstrumentHolder
INSTRUMENT_HOLDER_TERMS: InstrumentHolder
INSTRUMENT_HOLDER_RETURN: InstrumentHolder
EXTENT_UNSPECIFIED: Extent
EXTENT_NONE: Extent
EXTENT_PARTIAL: Extent
EXTENT_COMPLETE: Extent
EXTENT_OVER: Extent
RESERVATION_POLICY_UNSPECIFIED: ReservationPolicy
RESERVATION_POLICY_REFUSE: ReservationPolicy
RESERVATION_POLICY_FREE_STOCK: ReservationPolicy
HOLD_TYPE_UNSPECIFIED: HoldType
HOLD_TYPE_FRAUD: HoldType
HOLD_TYPE_PAYMENT: HoldType
HOLD_TYPE_ADDRESS: HoldType
HOLD_TYPE_EXPORT_CONTROL: HoldType
HOLD_TYPE_CUSTOMS_DATA: HoldType
HOLD_TYPE_CREDIT_LIMIT: HoldType
HOLD_TYPE_CUSTOMER_CHANGE: HoldType
HOLD_TYPE_STOCK_DISCREPANCY: HoldType
HOLD_TYPE_MANUAL: HoldType
HOLD_TYPE_UNREAD_FACT: HoldType
HOLD_TYPE_TAX: HoldType
HOLD_SCOPE_UNSPECIFIED: HoldScope
HOLD_SCOPE_ORDER: HoldScope
HOLD_SCOPE_LINE: HoldScope
HOLD_SCOPE_FULFILLMENT_ORDER: HoldScope
HOLD_SCOPE_INSTRUMENT: HoldScope
HOLD_EXPIRY_UNSPECIFIED: HoldExpiry
HOLD_EXPIRY_RELEASED: HoldExpiry
HOLD_EXPIRY_EXCEPTION: HoldExpiry
HOLD_STATUS_UNSPECIFIED: HoldStatus
HOLD_STATUS_ACTIVE: HoldStatus
HOLD_STATUS_RESOLVED: HoldStatus
HOLD_STATUS_REJECTED: HoldStatus
HOLD_STATUS_EXPIRED: HoldStatus
TAX_KIND_UNSPECIFIED: TaxKind
TAX_KIND_SALES: TaxKind
TAX_KIND_DUTY: TaxKind
TAX_KIND_IMPORT_TAX: TaxKind
TAX_KIND_IMPORT_FEE: TaxKind
TAX_TREATMENT_UNSPECIFIED: TaxTreatment
TAX_TREATMENT_TAXED: TaxTreatment
TAX_TREATMENT_REVERSE_CHARGE: TaxTreatment

class Discount(_message.Message):
    __slots__ = ("code", "amount", "units_needed")
    CODE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    UNITS_NEEDED_FIELD_NUMBER: _ClassVar[int]
    code: str
    amount: _money_pb2.Money
    units_needed: int
    def __init__(self, code: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., units_needed: _Optional[int] = ...) -> None: ...

class Tax(_message.Message):
    __slots__ = ("title", "rate", "amount", "included", "kind")
    TITLE_FIELD_NUMBER: _ClassVar[int]
    RATE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    INCLUDED_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    title: str
    rate: str
    amount: _money_pb2.Money
    included: bool
    kind: TaxKind
    def __init__(self, title: _Optional[str] = ..., rate: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., included: _Optional[bool] = ..., kind: _Optional[_Union[TaxKind, str]] = ...) -> None: ...

class CustomsData(_message.Message):
    __slots__ = ("hs_code", "origin_country_code")
    HS_CODE_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_COUNTRY_CODE_FIELD_NUMBER: _ClassVar[int]
    hs_code: str
    origin_country_code: str
    def __init__(self, hs_code: _Optional[str] = ..., origin_country_code: _Optional[str] = ...) -> None: ...

class OrderLineDraft(_message.Message):
    __slots__ = ("sku", "quantity", "unit_price", "discounts", "taxes", "channel_line_reference", "title", "unit_code", "customs", "ship_not_before_time", "cancel_after_time", "ship_not_after_time", "personalization", "value_added_services")
    SKU_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    UNIT_PRICE_FIELD_NUMBER: _ClassVar[int]
    DISCOUNTS_FIELD_NUMBER: _ClassVar[int]
    TAXES_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_LINE_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    UNIT_CODE_FIELD_NUMBER: _ClassVar[int]
    CUSTOMS_FIELD_NUMBER: _ClassVar[int]
    SHIP_NOT_BEFORE_TIME_FIELD_NUMBER: _ClassVar[int]
    CANCEL_AFTER_TIME_FIELD_NUMBER: _ClassVar[int]
    SHIP_NOT_AFTER_TIME_FIELD_NUMBER: _ClassVar[int]
    PERSONALIZATION_FIELD_NUMBER: _ClassVar[int]
    VALUE_ADDED_SERVICES_FIELD_NUMBER: _ClassVar[int]
    sku: str
    quantity: int
    unit_price: _money_pb2.Money
    discounts: _containers.RepeatedCompositeFieldContainer[Discount]
    taxes: _containers.RepeatedCompositeFieldContainer[Tax]
    channel_line_reference: str
    title: str
    unit_code: str
    customs: CustomsData
    ship_not_before_time: _timestamp_pb2.Timestamp
    cancel_after_time: _timestamp_pb2.Timestamp
    ship_not_after_time: _timestamp_pb2.Timestamp
    personalization: str
    value_added_services: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, sku: _Optional[str] = ..., quantity: _Optional[int] = ..., unit_price: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., discounts: _Optional[_Iterable[_Union[Discount, _Mapping]]] = ..., taxes: _Optional[_Iterable[_Union[Tax, _Mapping]]] = ..., channel_line_reference: _Optional[str] = ..., title: _Optional[str] = ..., unit_code: _Optional[str] = ..., customs: _Optional[_Union[CustomsData, _Mapping]] = ..., ship_not_before_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., cancel_after_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., ship_not_after_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., personalization: _Optional[str] = ..., value_added_services: _Optional[_Iterable[str]] = ...) -> None: ...

class Charge(_message.Message):
    __slots__ = ("code", "amount", "taxes")
    CODE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    TAXES_FIELD_NUMBER: _ClassVar[int]
    code: str
    amount: _money_pb2.Money
    taxes: _containers.RepeatedCompositeFieldContainer[Tax]
    def __init__(self, code: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., taxes: _Optional[_Iterable[_Union[Tax, _Mapping]]] = ...) -> None: ...

class InstrumentDraft(_message.Message):
    __slots__ = ("holder", "kind", "token", "amount", "reference", "balance_code", "store_credit", "credit_account_id")
    HOLDER_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    TOKEN_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    BALANCE_CODE_FIELD_NUMBER: _ClassVar[int]
    STORE_CREDIT_FIELD_NUMBER: _ClassVar[int]
    CREDIT_ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    holder: InstrumentHolder
    kind: str
    token: str
    amount: _money_pb2.Money
    reference: str
    balance_code: str
    store_credit: bool
    credit_account_id: str
    def __init__(self, holder: _Optional[_Union[InstrumentHolder, str]] = ..., kind: _Optional[str] = ..., token: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., reference: _Optional[str] = ..., balance_code: _Optional[str] = ..., store_credit: _Optional[bool] = ..., credit_account_id: _Optional[str] = ...) -> None: ...

class StatedTotals(_message.Message):
    __slots__ = ("goods_total", "tax_total", "grand_total")
    GOODS_TOTAL_FIELD_NUMBER: _ClassVar[int]
    TAX_TOTAL_FIELD_NUMBER: _ClassVar[int]
    GRAND_TOTAL_FIELD_NUMBER: _ClassVar[int]
    goods_total: _money_pb2.Money
    tax_total: _money_pb2.Money
    grand_total: _money_pb2.Money
    def __init__(self, goods_total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., tax_total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., grand_total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class OrderDraft(_message.Message):
    __slots__ = ("channel_id", "channel_reference", "currency_code", "lines", "charges", "discounts", "instruments", "stated_totals", "customer", "ship_to", "bill_to", "placed_time", "delivery_method", "pickup_node_id", "service_code", "shortage_policy", "language_code", "incoterm", "taxes", "demand_class", "attributes", "reservation_ids", "reservation_policy", "unread_facts", "promise", "gift_message", "delivery_instructions", "wish", "tax_treatment")
    class AttributesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_CODE_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    CHARGES_FIELD_NUMBER: _ClassVar[int]
    DISCOUNTS_FIELD_NUMBER: _ClassVar[int]
    INSTRUMENTS_FIELD_NUMBER: _ClassVar[int]
    STATED_TOTALS_FIELD_NUMBER: _ClassVar[int]
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    SHIP_TO_FIELD_NUMBER: _ClassVar[int]
    BILL_TO_FIELD_NUMBER: _ClassVar[int]
    PLACED_TIME_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_METHOD_FIELD_NUMBER: _ClassVar[int]
    PICKUP_NODE_ID_FIELD_NUMBER: _ClassVar[int]
    SERVICE_CODE_FIELD_NUMBER: _ClassVar[int]
    SHORTAGE_POLICY_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_CODE_FIELD_NUMBER: _ClassVar[int]
    INCOTERM_FIELD_NUMBER: _ClassVar[int]
    TAXES_FIELD_NUMBER: _ClassVar[int]
    DEMAND_CLASS_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    RESERVATION_IDS_FIELD_NUMBER: _ClassVar[int]
    RESERVATION_POLICY_FIELD_NUMBER: _ClassVar[int]
    UNREAD_FACTS_FIELD_NUMBER: _ClassVar[int]
    PROMISE_FIELD_NUMBER: _ClassVar[int]
    GIFT_MESSAGE_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_INSTRUCTIONS_FIELD_NUMBER: _ClassVar[int]
    WISH_FIELD_NUMBER: _ClassVar[int]
    TAX_TREATMENT_FIELD_NUMBER: _ClassVar[int]
    channel_id: str
    channel_reference: str
    currency_code: str
    lines: _containers.RepeatedCompositeFieldContainer[OrderLineDraft]
    charges: _containers.RepeatedCompositeFieldContainer[Charge]
    discounts: _containers.RepeatedCompositeFieldContainer[Discount]
    instruments: _containers.RepeatedCompositeFieldContainer[InstrumentDraft]
    stated_totals: StatedTotals
    customer: _address_pb2.Contact
    ship_to: _address_pb2.Contact
    bill_to: _address_pb2.Contact
    placed_time: _timestamp_pb2.Timestamp
    delivery_method: DeliveryMethod
    pickup_node_id: str
    service_code: str
    shortage_policy: _network_pb2.ShortagePolicy
    language_code: str
    incoterm: str
    taxes: _containers.RepeatedCompositeFieldContainer[Tax]
    demand_class: str
    attributes: _containers.ScalarMap[str, str]
    reservation_ids: _containers.RepeatedScalarFieldContainer[str]
    reservation_policy: ReservationPolicy
    unread_facts: _containers.RepeatedCompositeFieldContainer[UnreadFact]
    promise: PromiseChoice
    gift_message: str
    delivery_instructions: str
    wish: _carriers_pb2.DeliveryWish
    tax_treatment: TaxTreatment
    def __init__(self, channel_id: _Optional[str] = ..., channel_reference: _Optional[str] = ..., currency_code: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[OrderLineDraft, _Mapping]]] = ..., charges: _Optional[_Iterable[_Union[Charge, _Mapping]]] = ..., discounts: _Optional[_Iterable[_Union[Discount, _Mapping]]] = ..., instruments: _Optional[_Iterable[_Union[InstrumentDraft, _Mapping]]] = ..., stated_totals: _Optional[_Union[StatedTotals, _Mapping]] = ..., customer: _Optional[_Union[_address_pb2.Contact, _Mapping]] = ..., ship_to: _Optional[_Union[_address_pb2.Contact, _Mapping]] = ..., bill_to: _Optional[_Union[_address_pb2.Contact, _Mapping]] = ..., placed_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., delivery_method: _Optional[_Union[DeliveryMethod, str]] = ..., pickup_node_id: _Optional[str] = ..., service_code: _Optional[str] = ..., shortage_policy: _Optional[_Union[_network_pb2.ShortagePolicy, str]] = ..., language_code: _Optional[str] = ..., incoterm: _Optional[str] = ..., taxes: _Optional[_Iterable[_Union[Tax, _Mapping]]] = ..., demand_class: _Optional[str] = ..., attributes: _Optional[_Mapping[str, str]] = ..., reservation_ids: _Optional[_Iterable[str]] = ..., reservation_policy: _Optional[_Union[ReservationPolicy, str]] = ..., unread_facts: _Optional[_Iterable[_Union[UnreadFact, _Mapping]]] = ..., promise: _Optional[_Union[PromiseChoice, _Mapping]] = ..., gift_message: _Optional[str] = ..., delivery_instructions: _Optional[str] = ..., wish: _Optional[_Union[_carriers_pb2.DeliveryWish, _Mapping]] = ..., tax_treatment: _Optional[_Union[TaxTreatment, str]] = ...) -> None: ...

class PromiseChoice(_message.Message):
    __slots__ = ("quote_id", "option_number")
    QUOTE_ID_FIELD_NUMBER: _ClassVar[int]
    OPTION_NUMBER_FIELD_NUMBER: _ClassVar[int]
    quote_id: str
    option_number: int
    def __init__(self, quote_id: _Optional[str] = ..., option_number: _Optional[int] = ...) -> None: ...

class UnreadFact(_message.Message):
    __slots__ = ("location", "value", "reason")
    LOCATION_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    location: str
    value: str
    reason: str
    def __init__(self, location: _Optional[str] = ..., value: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class LineSlice(_message.Message):
    __slots__ = ("state", "quantity", "node_id", "fulfillment_order_id", "shipment_id", "return_id")
    STATE_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SHIPMENT_ID_FIELD_NUMBER: _ClassVar[int]
    RETURN_ID_FIELD_NUMBER: _ClassVar[int]
    state: SliceState
    quantity: int
    node_id: str
    fulfillment_order_id: str
    shipment_id: str
    return_id: str
    def __init__(self, state: _Optional[_Union[SliceState, str]] = ..., quantity: _Optional[int] = ..., node_id: _Optional[str] = ..., fulfillment_order_id: _Optional[str] = ..., shipment_id: _Optional[str] = ..., return_id: _Optional[str] = ...) -> None: ...

class OrderLine(_message.Message):
    __slots__ = ("line_number", "sku", "quantity", "unit_price", "discount_total", "tax_total", "line_total", "channel_line_reference", "title", "bundle_sku", "slices", "promised_time", "customs", "unit_code", "discounts", "taxes", "ship_not_before_time", "ship_not_after_time", "cancel_after_time", "bundle_quantity", "bundle_unit_price", "personalization", "value_added_services")
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    UNIT_PRICE_FIELD_NUMBER: _ClassVar[int]
    DISCOUNT_TOTAL_FIELD_NUMBER: _ClassVar[int]
    TAX_TOTAL_FIELD_NUMBER: _ClassVar[int]
    LINE_TOTAL_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_LINE_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    BUNDLE_SKU_FIELD_NUMBER: _ClassVar[int]
    SLICES_FIELD_NUMBER: _ClassVar[int]
    PROMISED_TIME_FIELD_NUMBER: _ClassVar[int]
    CUSTOMS_FIELD_NUMBER: _ClassVar[int]
    UNIT_CODE_FIELD_NUMBER: _ClassVar[int]
    DISCOUNTS_FIELD_NUMBER: _ClassVar[int]
    TAXES_FIELD_NUMBER: _ClassVar[int]
    SHIP_NOT_BEFORE_TIME_FIELD_NUMBER: _ClassVar[int]
    SHIP_NOT_AFTER_TIME_FIELD_NUMBER: _ClassVar[int]
    CANCEL_AFTER_TIME_FIELD_NUMBER: _ClassVar[int]
    BUNDLE_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    BUNDLE_UNIT_PRICE_FIELD_NUMBER: _ClassVar[int]
    PERSONALIZATION_FIELD_NUMBER: _ClassVar[int]
    VALUE_ADDED_SERVICES_FIELD_NUMBER: _ClassVar[int]
    line_number: int
    sku: str
    quantity: int
    unit_price: _money_pb2.Money
    discount_total: _money_pb2.Money
    tax_total: _money_pb2.Money
    line_total: _money_pb2.Money
    channel_line_reference: str
    title: str
    bundle_sku: str
    slices: _containers.RepeatedCompositeFieldContainer[LineSlice]
    promised_time: _timestamp_pb2.Timestamp
    customs: CustomsData
    unit_code: str
    discounts: _containers.RepeatedCompositeFieldContainer[Discount]
    taxes: _containers.RepeatedCompositeFieldContainer[Tax]
    ship_not_before_time: _timestamp_pb2.Timestamp
    ship_not_after_time: _timestamp_pb2.Timestamp
    cancel_after_time: _timestamp_pb2.Timestamp
    bundle_quantity: int
    bundle_unit_price: _money_pb2.Money
    personalization: str
    value_added_services: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, line_number: _Optional[int] = ..., sku: _Optional[str] = ..., quantity: _Optional[int] = ..., unit_price: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., discount_total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., tax_total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., line_total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., channel_line_reference: _Optional[str] = ..., title: _Optional[str] = ..., bundle_sku: _Optional[str] = ..., slices: _Optional[_Iterable[_Union[LineSlice, _Mapping]]] = ..., promised_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., customs: _Optional[_Union[CustomsData, _Mapping]] = ..., unit_code: _Optional[str] = ..., discounts: _Optional[_Iterable[_Union[Discount, _Mapping]]] = ..., taxes: _Optional[_Iterable[_Union[Tax, _Mapping]]] = ..., ship_not_before_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., ship_not_after_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., cancel_after_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., bundle_quantity: _Optional[int] = ..., bundle_unit_price: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., personalization: _Optional[str] = ..., value_added_services: _Optional[_Iterable[str]] = ...) -> None: ...

class Hold(_message.Message):
    __slots__ = ("hold_id", "type", "status", "reason", "blocks", "create_time", "expire_time", "scope", "line_number", "quantity", "fulfillment_order_id", "instrument_number", "owner", "at_expiry")
    HOLD_ID_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    BLOCKS_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    SCOPE_FIELD_NUMBER: _ClassVar[int]
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    INSTRUMENT_NUMBER_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    AT_EXPIRY_FIELD_NUMBER: _ClassVar[int]
    hold_id: str
    type: HoldType
    status: HoldStatus
    reason: str
    blocks: _containers.RepeatedScalarFieldContainer[str]
    create_time: _timestamp_pb2.Timestamp
    expire_time: _timestamp_pb2.Timestamp
    scope: HoldScope
    line_number: int
    quantity: int
    fulfillment_order_id: str
    instrument_number: int
    owner: str
    at_expiry: HoldExpiry
    def __init__(self, hold_id: _Optional[str] = ..., type: _Optional[_Union[HoldType, str]] = ..., status: _Optional[_Union[HoldStatus, str]] = ..., reason: _Optional[str] = ..., blocks: _Optional[_Iterable[str]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., scope: _Optional[_Union[HoldScope, str]] = ..., line_number: _Optional[int] = ..., quantity: _Optional[int] = ..., fulfillment_order_id: _Optional[str] = ..., instrument_number: _Optional[int] = ..., owner: _Optional[str] = ..., at_expiry: _Optional[_Union[HoldExpiry, str]] = ...) -> None: ...

class OrderInstrument(_message.Message):
    __slots__ = ("holder", "kind", "amount", "reference", "balance_id", "credit_account_id")
    HOLDER_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    BALANCE_ID_FIELD_NUMBER: _ClassVar[int]
    CREDIT_ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    holder: InstrumentHolder
    kind: str
    amount: _money_pb2.Money
    reference: str
    balance_id: str
    credit_account_id: str
    def __init__(self, holder: _Optional[_Union[InstrumentHolder, str]] = ..., kind: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., reference: _Optional[str] = ..., balance_id: _Optional[str] = ..., credit_account_id: _Optional[str] = ...) -> None: ...

class Order(_message.Message):
    __slots__ = ("order_id", "channel_id", "channel_reference", "seller_id", "state", "version", "currency_code", "lines", "charges", "grand_total", "customer_party_id", "ship_to_party_id", "bill_to_party_id", "placed_time", "delivery_method", "pickup_node_id", "service_code", "shipped", "delivered", "authorized", "charged", "holds", "trace_id", "ship_to_country_code", "incoterm", "demand_class", "language_code", "attributes", "returned", "update_time", "discounts", "taxes", "stated_totals", "instruments", "shortage_policy", "reservation_ids", "reservation_policy", "promise", "gift_message", "delivery_instructions", "wish", "tax_treatment")
    class AttributesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_CODE_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    CHARGES_FIELD_NUMBER: _ClassVar[int]
    GRAND_TOTAL_FIELD_NUMBER: _ClassVar[int]
    CUSTOMER_PARTY_ID_FIELD_NUMBER: _ClassVar[int]
    SHIP_TO_PARTY_ID_FIELD_NUMBER: _ClassVar[int]
    BILL_TO_PARTY_ID_FIELD_NUMBER: _ClassVar[int]
    PLACED_TIME_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_METHOD_FIELD_NUMBER: _ClassVar[int]
    PICKUP_NODE_ID_FIELD_NUMBER: _ClassVar[int]
    SERVICE_CODE_FIELD_NUMBER: _ClassVar[int]
    SHIPPED_FIELD_NUMBER: _ClassVar[int]
    DELIVERED_FIELD_NUMBER: _ClassVar[int]
    AUTHORIZED_FIELD_NUMBER: _ClassVar[int]
    CHARGED_FIELD_NUMBER: _ClassVar[int]
    HOLDS_FIELD_NUMBER: _ClassVar[int]
    TRACE_ID_FIELD_NUMBER: _ClassVar[int]
    SHIP_TO_COUNTRY_CODE_FIELD_NUMBER: _ClassVar[int]
    INCOTERM_FIELD_NUMBER: _ClassVar[int]
    DEMAND_CLASS_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_CODE_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    RETURNED_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    DISCOUNTS_FIELD_NUMBER: _ClassVar[int]
    TAXES_FIELD_NUMBER: _ClassVar[int]
    STATED_TOTALS_FIELD_NUMBER: _ClassVar[int]
    INSTRUMENTS_FIELD_NUMBER: _ClassVar[int]
    SHORTAGE_POLICY_FIELD_NUMBER: _ClassVar[int]
    RESERVATION_IDS_FIELD_NUMBER: _ClassVar[int]
    RESERVATION_POLICY_FIELD_NUMBER: _ClassVar[int]
    PROMISE_FIELD_NUMBER: _ClassVar[int]
    GIFT_MESSAGE_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_INSTRUCTIONS_FIELD_NUMBER: _ClassVar[int]
    WISH_FIELD_NUMBER: _ClassVar[int]
    TAX_TREATMENT_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    channel_id: str
    channel_reference: str
    seller_id: str
    state: OrderState
    version: int
    currency_code: str
    lines: _containers.RepeatedCompositeFieldContainer[OrderLine]
    charges: _containers.RepeatedCompositeFieldContainer[Charge]
    grand_total: _money_pb2.Money
    customer_party_id: str
    ship_to_party_id: str
    bill_to_party_id: str
    placed_time: _timestamp_pb2.Timestamp
    delivery_method: DeliveryMethod
    pickup_node_id: str
    service_code: str
    shipped: Extent
    delivered: Extent
    authorized: Extent
    charged: Extent
    holds: _containers.RepeatedCompositeFieldContainer[Hold]
    trace_id: str
    ship_to_country_code: str
    incoterm: str
    demand_class: str
    language_code: str
    attributes: _containers.ScalarMap[str, str]
    returned: Extent
    update_time: _timestamp_pb2.Timestamp
    discounts: _containers.RepeatedCompositeFieldContainer[Discount]
    taxes: _containers.RepeatedCompositeFieldContainer[Tax]
    stated_totals: StatedTotals
    instruments: _containers.RepeatedCompositeFieldContainer[OrderInstrument]
    shortage_policy: _network_pb2.ShortagePolicy
    reservation_ids: _containers.RepeatedScalarFieldContainer[str]
    reservation_policy: ReservationPolicy
    promise: PromiseChoice
    gift_message: str
    delivery_instructions: str
    wish: _carriers_pb2.DeliveryWish
    tax_treatment: TaxTreatment
    def __init__(self, order_id: _Optional[str] = ..., channel_id: _Optional[str] = ..., channel_reference: _Optional[str] = ..., seller_id: _Optional[str] = ..., state: _Optional[_Union[OrderState, str]] = ..., version: _Optional[int] = ..., currency_code: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[OrderLine, _Mapping]]] = ..., charges: _Optional[_Iterable[_Union[Charge, _Mapping]]] = ..., grand_total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., customer_party_id: _Optional[str] = ..., ship_to_party_id: _Optional[str] = ..., bill_to_party_id: _Optional[str] = ..., placed_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., delivery_method: _Optional[_Union[DeliveryMethod, str]] = ..., pickup_node_id: _Optional[str] = ..., service_code: _Optional[str] = ..., shipped: _Optional[_Union[Extent, str]] = ..., delivered: _Optional[_Union[Extent, str]] = ..., authorized: _Optional[_Union[Extent, str]] = ..., charged: _Optional[_Union[Extent, str]] = ..., holds: _Optional[_Iterable[_Union[Hold, _Mapping]]] = ..., trace_id: _Optional[str] = ..., ship_to_country_code: _Optional[str] = ..., incoterm: _Optional[str] = ..., demand_class: _Optional[str] = ..., language_code: _Optional[str] = ..., attributes: _Optional[_Mapping[str, str]] = ..., returned: _Optional[_Union[Extent, str]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., discounts: _Optional[_Iterable[_Union[Discount, _Mapping]]] = ..., taxes: _Optional[_Iterable[_Union[Tax, _Mapping]]] = ..., stated_totals: _Optional[_Union[StatedTotals, _Mapping]] = ..., instruments: _Optional[_Iterable[_Union[OrderInstrument, _Mapping]]] = ..., shortage_policy: _Optional[_Union[_network_pb2.ShortagePolicy, str]] = ..., reservation_ids: _Optional[_Iterable[str]] = ..., reservation_policy: _Optional[_Union[ReservationPolicy, str]] = ..., promise: _Optional[_Union[PromiseChoice, _Mapping]] = ..., gift_message: _Optional[str] = ..., delivery_instructions: _Optional[str] = ..., wish: _Optional[_Union[_carriers_pb2.DeliveryWish, _Mapping]] = ..., tax_treatment: _Optional[_Union[TaxTreatment, str]] = ...) -> None: ...

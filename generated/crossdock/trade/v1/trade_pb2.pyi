from buf.validate import validate_pb2 as _validate_pb2
from crossdock.common.v1 import address_pb2 as _address_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.type import money_pb2 as _money_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class TradeFlow(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TRADE_FLOW_UNSPECIFIED: _ClassVar[TradeFlow]
    TRADE_FLOW_IOSS: _ClassVar[TradeFlow]
    TRADE_FLOW_POSTAL: _ClassVar[TradeFlow]
    TRADE_FLOW_EXPRESS: _ClassVar[TradeFlow]
    TRADE_FLOW_FREIGHT: _ClassVar[TradeFlow]

class Declaration(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DECLARATION_UNSPECIFIED: _ClassVar[Declaration]
    DECLARATION_REDUCED: _ClassVar[Declaration]
    DECLARATION_FULL: _ClassVar[Declaration]

class Incoterm(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    INCOTERM_UNSPECIFIED: _ClassVar[Incoterm]
    INCOTERM_EXW: _ClassVar[Incoterm]
    INCOTERM_FCA: _ClassVar[Incoterm]
    INCOTERM_CPT: _ClassVar[Incoterm]
    INCOTERM_CIP: _ClassVar[Incoterm]
    INCOTERM_DAP: _ClassVar[Incoterm]
    INCOTERM_DPU: _ClassVar[Incoterm]
    INCOTERM_DDP: _ClassVar[Incoterm]
    INCOTERM_FAS: _ClassVar[Incoterm]
    INCOTERM_FOB: _ClassVar[Incoterm]
    INCOTERM_CFR: _ClassVar[Incoterm]
    INCOTERM_CIF: _ClassVar[Incoterm]

class ChargeKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CHARGE_KIND_UNSPECIFIED: _ClassVar[ChargeKind]
    CHARGE_KIND_DUTY: _ClassVar[ChargeKind]
    CHARGE_KIND_TAX: _ClassVar[ChargeKind]
    CHARGE_KIND_FEE: _ClassVar[ChargeKind]

class ChargeCollection(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CHARGE_COLLECTION_UNSPECIFIED: _ClassVar[ChargeCollection]
    CHARGE_COLLECTION_SALE: _ClassVar[ChargeCollection]
    CHARGE_COLLECTION_IMPORT: _ClassVar[ChargeCollection]

class PaperForm(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PAPER_FORM_UNSPECIFIED: _ClassVar[PaperForm]
    PAPER_FORM_CN22: _ClassVar[PaperForm]
    PAPER_FORM_CN23: _ClassVar[PaperForm]
TRADE_FLOW_UNSPECIFIED: TradeFlow
TRADE_FLOW_IOSS: TradeFlow
TRADE_FLOW_POSTAL: TradeFlow
TRADE_FLOW_EXPRESS: TradeFlow
TRADE_FLOW_FREIGHT: TradeFlow
DECLARATION_UNSPECIFIED: Declaration
DECLARATION_REDUCED: Declaration
DECLARATION_FULL: Declaration
INCOTERM_UNSPECIFIED: Incoterm
INCOTERM_EXW: Incoterm
INCOTERM_FCA: Incoterm
INCOTERM_CPT: Incoterm
INCOTERM_CIP: Incoterm
INCOTERM_DAP: Incoterm
INCOTERM_DPU: Incoterm
INCOTERM_DDP: Incoterm
INCOTERM_FAS: Incoterm
INCOTERM_FOB: Incoterm
INCOTERM_CFR: Incoterm
INCOTERM_CIF: Incoterm
CHARGE_KIND_UNSPECIFIED: ChargeKind
CHARGE_KIND_DUTY: ChargeKind
CHARGE_KIND_TAX: ChargeKind
CHARGE_KIND_FEE: ChargeKind
CHARGE_COLLECTION_UNSPECIFIED: ChargeCollection
CHARGE_COLLECTION_SALE: ChargeCollection
CHARGE_COLLECTION_IMPORT: ChargeCollection
PAPER_FORM_UNSPECIFIED: PaperForm
PAPER_FORM_CN22: PaperForm
PAPER_FORM_CN23: PaperForm

class RuleFile(_message.Message):
    __slots__ = ("name", "content")
    NAME_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    name: str
    content: str
    def __init__(self, name: _Optional[str] = ..., content: _Optional[str] = ...) -> None: ...

class LoadRulesRequest(_message.Message):
    __slots__ = ("request_id", "files", "expected_version", "validate_only")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    FILES_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_VERSION_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    files: _containers.RepeatedCompositeFieldContainer[RuleFile]
    expected_version: int
    validate_only: bool
    def __init__(self, request_id: _Optional[str] = ..., files: _Optional[_Iterable[_Union[RuleFile, _Mapping]]] = ..., expected_version: _Optional[int] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class LoadRulesResponse(_message.Message):
    __slots__ = ("version",)
    VERSION_FIELD_NUMBER: _ClassVar[int]
    version: int
    def __init__(self, version: _Optional[int] = ...) -> None: ...

class GetRulesRequest(_message.Message):
    __slots__ = ("version",)
    VERSION_FIELD_NUMBER: _ClassVar[int]
    version: int
    def __init__(self, version: _Optional[int] = ...) -> None: ...

class GetRulesResponse(_message.Message):
    __slots__ = ("version", "files")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    FILES_FIELD_NUMBER: _ClassVar[int]
    version: int
    files: _containers.RepeatedCompositeFieldContainer[RuleFile]
    def __init__(self, version: _Optional[int] = ..., files: _Optional[_Iterable[_Union[RuleFile, _Mapping]]] = ...) -> None: ...

class Goods(_message.Message):
    __slots__ = ("reference", "value", "hs_code", "origin_country_code", "preference", "tax_category", "weight_grams")
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    HS_CODE_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_COUNTRY_CODE_FIELD_NUMBER: _ClassVar[int]
    PREFERENCE_FIELD_NUMBER: _ClassVar[int]
    TAX_CATEGORY_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_GRAMS_FIELD_NUMBER: _ClassVar[int]
    reference: str
    value: _money_pb2.Money
    hs_code: str
    origin_country_code: str
    preference: bool
    tax_category: str
    weight_grams: int
    def __init__(self, reference: _Optional[str] = ..., value: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., hs_code: _Optional[str] = ..., origin_country_code: _Optional[str] = ..., preference: _Optional[bool] = ..., tax_category: _Optional[str] = ..., weight_grams: _Optional[int] = ...) -> None: ...

class Consignment(_message.Message):
    __slots__ = ("consignment_id", "from_country_code", "to_country_code", "import_date", "flow", "goods", "freight", "insurance", "incoterm", "declaration", "order_number", "recipient_reference")
    CONSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_COUNTRY_CODE_FIELD_NUMBER: _ClassVar[int]
    TO_COUNTRY_CODE_FIELD_NUMBER: _ClassVar[int]
    IMPORT_DATE_FIELD_NUMBER: _ClassVar[int]
    FLOW_FIELD_NUMBER: _ClassVar[int]
    GOODS_FIELD_NUMBER: _ClassVar[int]
    FREIGHT_FIELD_NUMBER: _ClassVar[int]
    INSURANCE_FIELD_NUMBER: _ClassVar[int]
    INCOTERM_FIELD_NUMBER: _ClassVar[int]
    DECLARATION_FIELD_NUMBER: _ClassVar[int]
    ORDER_NUMBER_FIELD_NUMBER: _ClassVar[int]
    RECIPIENT_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    consignment_id: str
    from_country_code: str
    to_country_code: str
    import_date: str
    flow: TradeFlow
    goods: _containers.RepeatedCompositeFieldContainer[Goods]
    freight: _money_pb2.Money
    insurance: _money_pb2.Money
    incoterm: Incoterm
    declaration: Declaration
    order_number: str
    recipient_reference: str
    def __init__(self, consignment_id: _Optional[str] = ..., from_country_code: _Optional[str] = ..., to_country_code: _Optional[str] = ..., import_date: _Optional[str] = ..., flow: _Optional[_Union[TradeFlow, str]] = ..., goods: _Optional[_Iterable[_Union[Goods, _Mapping]]] = ..., freight: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., insurance: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., incoterm: _Optional[_Union[Incoterm, str]] = ..., declaration: _Optional[_Union[Declaration, str]] = ..., order_number: _Optional[str] = ..., recipient_reference: _Optional[str] = ...) -> None: ...

class StatedRate(_message.Message):
    __slots__ = ("from_currency_code", "to_currency_code", "rate", "rate_date", "source")
    FROM_CURRENCY_CODE_FIELD_NUMBER: _ClassVar[int]
    TO_CURRENCY_CODE_FIELD_NUMBER: _ClassVar[int]
    RATE_FIELD_NUMBER: _ClassVar[int]
    RATE_DATE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    from_currency_code: str
    to_currency_code: str
    rate: str
    rate_date: str
    source: str
    def __init__(self, from_currency_code: _Optional[str] = ..., to_currency_code: _Optional[str] = ..., rate: _Optional[str] = ..., rate_date: _Optional[str] = ..., source: _Optional[str] = ...) -> None: ...

class CalculateLandedCostRequest(_message.Message):
    __slots__ = ("consignments", "rates", "rules_version", "valued_together")
    CONSIGNMENTS_FIELD_NUMBER: _ClassVar[int]
    RATES_FIELD_NUMBER: _ClassVar[int]
    RULES_VERSION_FIELD_NUMBER: _ClassVar[int]
    VALUED_TOGETHER_FIELD_NUMBER: _ClassVar[int]
    consignments: _containers.RepeatedCompositeFieldContainer[Consignment]
    rates: _containers.RepeatedCompositeFieldContainer[StatedRate]
    rules_version: int
    valued_together: bool
    def __init__(self, consignments: _Optional[_Iterable[_Union[Consignment, _Mapping]]] = ..., rates: _Optional[_Iterable[_Union[StatedRate, _Mapping]]] = ..., rules_version: _Optional[int] = ..., valued_together: _Optional[bool] = ...) -> None: ...

class Charge(_message.Message):
    __slots__ = ("kind", "rule_id", "references", "base", "rate", "amount", "charged", "collection", "source")
    KIND_FIELD_NUMBER: _ClassVar[int]
    RULE_ID_FIELD_NUMBER: _ClassVar[int]
    REFERENCES_FIELD_NUMBER: _ClassVar[int]
    BASE_FIELD_NUMBER: _ClassVar[int]
    RATE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    CHARGED_FIELD_NUMBER: _ClassVar[int]
    COLLECTION_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    kind: ChargeKind
    rule_id: str
    references: _containers.RepeatedScalarFieldContainer[str]
    base: _money_pb2.Money
    rate: str
    amount: _money_pb2.Money
    charged: _money_pb2.Money
    collection: ChargeCollection
    source: str
    def __init__(self, kind: _Optional[_Union[ChargeKind, str]] = ..., rule_id: _Optional[str] = ..., references: _Optional[_Iterable[str]] = ..., base: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., rate: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., charged: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., collection: _Optional[_Union[ChargeCollection, str]] = ..., source: _Optional[str] = ...) -> None: ...

class LandedCost(_message.Message):
    __slots__ = ("consignment_id", "territory", "rules_version", "goods", "freight", "insurance", "duty", "tax", "fees", "total", "prepaid", "due_on_delivery", "charges", "conversion")
    CONSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    TERRITORY_FIELD_NUMBER: _ClassVar[int]
    RULES_VERSION_FIELD_NUMBER: _ClassVar[int]
    GOODS_FIELD_NUMBER: _ClassVar[int]
    FREIGHT_FIELD_NUMBER: _ClassVar[int]
    INSURANCE_FIELD_NUMBER: _ClassVar[int]
    DUTY_FIELD_NUMBER: _ClassVar[int]
    TAX_FIELD_NUMBER: _ClassVar[int]
    FEES_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    PREPAID_FIELD_NUMBER: _ClassVar[int]
    DUE_ON_DELIVERY_FIELD_NUMBER: _ClassVar[int]
    CHARGES_FIELD_NUMBER: _ClassVar[int]
    CONVERSION_FIELD_NUMBER: _ClassVar[int]
    consignment_id: str
    territory: str
    rules_version: int
    goods: _money_pb2.Money
    freight: _money_pb2.Money
    insurance: _money_pb2.Money
    duty: _money_pb2.Money
    tax: _money_pb2.Money
    fees: _money_pb2.Money
    total: _money_pb2.Money
    prepaid: _money_pb2.Money
    due_on_delivery: _money_pb2.Money
    charges: _containers.RepeatedCompositeFieldContainer[Charge]
    conversion: StatedRate
    def __init__(self, consignment_id: _Optional[str] = ..., territory: _Optional[str] = ..., rules_version: _Optional[int] = ..., goods: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., freight: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., insurance: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., duty: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., tax: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., fees: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., prepaid: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., due_on_delivery: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., charges: _Optional[_Iterable[_Union[Charge, _Mapping]]] = ..., conversion: _Optional[_Union[StatedRate, _Mapping]] = ...) -> None: ...

class CalculateLandedCostResponse(_message.Message):
    __slots__ = ("landed_costs",)
    LANDED_COSTS_FIELD_NUMBER: _ClassVar[int]
    landed_costs: _containers.RepeatedCompositeFieldContainer[LandedCost]
    def __init__(self, landed_costs: _Optional[_Iterable[_Union[LandedCost, _Mapping]]] = ...) -> None: ...

class GetOrderLandedCostRequest(_message.Message):
    __slots__ = ("order_id", "rules_version", "import_date")
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    RULES_VERSION_FIELD_NUMBER: _ClassVar[int]
    IMPORT_DATE_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    rules_version: int
    import_date: str
    def __init__(self, order_id: _Optional[str] = ..., rules_version: _Optional[int] = ..., import_date: _Optional[str] = ...) -> None: ...

class SettledConsignment(_message.Message):
    __slots__ = ("shipment_id", "landed_cost", "charged", "owed", "variance")
    SHIPMENT_ID_FIELD_NUMBER: _ClassVar[int]
    LANDED_COST_FIELD_NUMBER: _ClassVar[int]
    CHARGED_FIELD_NUMBER: _ClassVar[int]
    OWED_FIELD_NUMBER: _ClassVar[int]
    VARIANCE_FIELD_NUMBER: _ClassVar[int]
    shipment_id: str
    landed_cost: LandedCost
    charged: _money_pb2.Money
    owed: _money_pb2.Money
    variance: _money_pb2.Money
    def __init__(self, shipment_id: _Optional[str] = ..., landed_cost: _Optional[_Union[LandedCost, _Mapping]] = ..., charged: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., owed: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., variance: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class GetOrderLandedCostResponse(_message.Message):
    __slots__ = ("quoted", "settled")
    QUOTED_FIELD_NUMBER: _ClassVar[int]
    SETTLED_FIELD_NUMBER: _ClassVar[int]
    quoted: _containers.RepeatedCompositeFieldContainer[LandedCost]
    settled: _containers.RepeatedCompositeFieldContainer[SettledConsignment]
    def __init__(self, quoted: _Optional[_Iterable[_Union[LandedCost, _Mapping]]] = ..., settled: _Optional[_Iterable[_Union[SettledConsignment, _Mapping]]] = ...) -> None: ...

class GetConsignmentPapersRequest(_message.Message):
    __slots__ = ("order_id", "incoterm")
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    INCOTERM_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    incoterm: Incoterm
    def __init__(self, order_id: _Optional[str] = ..., incoterm: _Optional[_Union[Incoterm, str]] = ...) -> None: ...

class PaperGoods(_message.Message):
    __slots__ = ("line_number", "sku", "description", "hs_code", "origin_country_code", "quantity", "net_weight_grams", "value")
    LINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    SKU_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    HS_CODE_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_COUNTRY_CODE_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    NET_WEIGHT_GRAMS_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    line_number: int
    sku: str
    description: str
    hs_code: str
    origin_country_code: str
    quantity: int
    net_weight_grams: int
    value: _money_pb2.Money
    def __init__(self, line_number: _Optional[int] = ..., sku: _Optional[str] = ..., description: _Optional[str] = ..., hs_code: _Optional[str] = ..., origin_country_code: _Optional[str] = ..., quantity: _Optional[int] = ..., net_weight_grams: _Optional[int] = ..., value: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class SellerRegistration(_message.Message):
    __slots__ = ("kind", "number")
    KIND_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    kind: str
    number: str
    def __init__(self, kind: _Optional[str] = ..., number: _Optional[str] = ...) -> None: ...

class ConsignmentPapers(_message.Message):
    __slots__ = ("fulfillment_order_id", "order_number", "paper_date", "form", "incoterm", "exporter", "recipient", "seller_imports", "goods", "goods_value", "freight", "net_weight_grams", "registrations", "invoice_pdf", "declaration_pdf")
    FULFILLMENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_NUMBER_FIELD_NUMBER: _ClassVar[int]
    PAPER_DATE_FIELD_NUMBER: _ClassVar[int]
    FORM_FIELD_NUMBER: _ClassVar[int]
    INCOTERM_FIELD_NUMBER: _ClassVar[int]
    EXPORTER_FIELD_NUMBER: _ClassVar[int]
    RECIPIENT_FIELD_NUMBER: _ClassVar[int]
    SELLER_IMPORTS_FIELD_NUMBER: _ClassVar[int]
    GOODS_FIELD_NUMBER: _ClassVar[int]
    GOODS_VALUE_FIELD_NUMBER: _ClassVar[int]
    FREIGHT_FIELD_NUMBER: _ClassVar[int]
    NET_WEIGHT_GRAMS_FIELD_NUMBER: _ClassVar[int]
    REGISTRATIONS_FIELD_NUMBER: _ClassVar[int]
    INVOICE_PDF_FIELD_NUMBER: _ClassVar[int]
    DECLARATION_PDF_FIELD_NUMBER: _ClassVar[int]
    fulfillment_order_id: str
    order_number: str
    paper_date: str
    form: PaperForm
    incoterm: Incoterm
    exporter: _address_pb2.Contact
    recipient: _address_pb2.Contact
    seller_imports: bool
    goods: _containers.RepeatedCompositeFieldContainer[PaperGoods]
    goods_value: _money_pb2.Money
    freight: _money_pb2.Money
    net_weight_grams: int
    registrations: _containers.RepeatedCompositeFieldContainer[SellerRegistration]
    invoice_pdf: bytes
    declaration_pdf: bytes
    def __init__(self, fulfillment_order_id: _Optional[str] = ..., order_number: _Optional[str] = ..., paper_date: _Optional[str] = ..., form: _Optional[_Union[PaperForm, str]] = ..., incoterm: _Optional[_Union[Incoterm, str]] = ..., exporter: _Optional[_Union[_address_pb2.Contact, _Mapping]] = ..., recipient: _Optional[_Union[_address_pb2.Contact, _Mapping]] = ..., seller_imports: _Optional[bool] = ..., goods: _Optional[_Iterable[_Union[PaperGoods, _Mapping]]] = ..., goods_value: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., freight: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., net_weight_grams: _Optional[int] = ..., registrations: _Optional[_Iterable[_Union[SellerRegistration, _Mapping]]] = ..., invoice_pdf: _Optional[bytes] = ..., declaration_pdf: _Optional[bytes] = ...) -> None: ...

class GetConsignmentPapersResponse(_message.Message):
    __slots__ = ("papers",)
    PAPERS_FIELD_NUMBER: _ClassVar[int]
    papers: _containers.RepeatedCompositeFieldContainer[ConsignmentPapers]
    def __init__(self, papers: _Optional[_Iterable[_Union[ConsignmentPapers, _Mapping]]] = ...) -> None: ...

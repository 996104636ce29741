"""The facts of a Peppol order, by the part of it that states them. A fact is the name of an element."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from adapters.sdk.documents.facts import Facts, names

FACTS: Final[Mapping[str, Facts]] = {
    "order": Facts(
        acted_on=names("""
            cbc:CustomizationID cbc:ProfileID cbc:ID cbc:IssueDate cbc:IssueTime cbc:OrderTypeCode
            cbc:DocumentCurrencyCode
            cbc:CustomerReference cbc:AccountingCost cac:Contract cac:QuotationDocumentReference cac:BuyerCustomerParty
            cac:AccountingCustomerParty cac:Delivery cac:AllowanceCharge cac:TaxTotal cac:AnticipatedMonetaryTotal
            cac:OrderLine
        """),
        held=names("cbc:Note cac:ValidityPeriod cac:DeliveryTerms cac:PaymentTerms cac:OrderDocumentReference"),
        left=names("""
            cbc:UBLVersionID cbc:SalesOrderID cac:SellerSupplierParty cac:OriginatorCustomerParty cac:CatalogueReference
            cac:OriginatorDocumentReference cac:AdditionalDocumentReference cac:ProjectReference cbc:LineCountNumeric
        """),
    ),
    "delivery": Facts(
        acted_on=names("cac:DeliveryLocation cac:DeliveryAddress cac:DeliveryParty cac:RequestedDeliveryPeriod"),
        held=names("cac:CarrierParty cac:Shipment"),
    ),
    "line": Facts(
        acted_on=names("cbc:ID cbc:Quantity cac:Price cac:Item cac:AllowanceCharge"),
        held=names("cbc:Note cac:Delivery cbc:PartialDeliveryIndicator"),
        left=names("cbc:LineExtensionAmount cbc:TotalTaxAmount cbc:AccountingCost cac:OriginatorParty"),
    ),
    "item": Facts(
        acted_on=names(
            "cbc:Name cac:SellersItemIdentification cac:StandardItemIdentification cac:BuyersItemIdentification"
        ),
        held=names("cac:AdditionalItemProperty cac:ItemInstance cac:TransactionConditions"),
        left=names("""
            cbc:Description cac:CommodityClassification cac:ClassifiedTaxCategory cac:ItemSpecificationDocumentReference
            cac:OriginCountry cac:ManufacturersItemIdentification cac:ManufacturerParty
        """),
    ),
}
"""Part of an order -> what is done with its elements."""

"""What callers may rely on in every contract: lists come in pages, and what stands nowhere means nothing."""

from __future__ import annotations

from typing import Any

from google.protobuf.descriptor import MethodDescriptor

from hub.api.servicers import SERVICES

LISTED_WHOLE = {
    "AdminService.RunAudit": "one result per invariant, and their number is the program's",
    "EventService.ListEvents": "its pages go by position, which any reader may keep for as long as the feed",
    "InventoryService.FindNodes": "the nearest nodes, at most `limit`, are all that it is asked for",
    "InventoryService.GetAvailability": "tells of the SKUs that the request names",
    "PaymentService.GetPayments": "one order's money, whose sums are of all its transactions",
    "PromisingService.QuotePromises": "one promise per line of the request",
    "ReturnRoutingService.PreviewRoutes": "one result per question",
    "ReturnService.GetReturnPolicies": "a document that is put whole and read whole",
    "ReturnService.PreviewReturn": "the lines of one return",
    "SupplyService.GetSupply": "one supply with its slips and receipts",
    "SupplyService.ProjectAvailability": "one projection per question",
    "AvailabilityRuleService.PreviewScenario": "examples, at most `example_limit`",
}
"""Reading rpcs whose answers have repeated elements and no pages, and why."""


def pages(method: MethodDescriptor) -> bool:
    """Whether an rpc gives its answer in pages."""
    asked, answered = method.input_type.fields_by_name, method.output_type.fields_by_name
    return "page" in asked and "next_page_token" in answered


def reads(method: MethodDescriptor) -> bool:
    """Whether an rpc reads and ends: what changes something has a request_id, what streams has no last element."""
    fields: Any = method.input_type.fields_by_name
    return "request_id" not in fields and not method.client_streaming and not method.server_streaming


def test_every_list_comes_in_pages() -> None:
    whole = {
        f"{name}.{method.name}"
        for name, service in SERVICES.items()
        for method in service.methods
        if reads(method) and not pages(method) and any(field.is_repeated for field in method.output_type.fields)
    }

    assert whole == set(LISTED_WHOLE)

"""What callers may rely on in every contract: lists come in pages, and what stands nowhere means nothing."""

from __future__ import annotations

import re
from typing import Any

from google.protobuf.descriptor import MethodDescriptor

from hub.api.servicers import SERVICES
from tests.architecture.contracts import elements
from tests.architecture.sources import sources

NOTHING = re.compile(
    r"Not used; the hub never sends it\.|Not allowed; a request with it is refused\."
    r"|Not stated\.|Not stated; (requests )?read (it )?as [A-Z_]+\.( The hub never sends it\.)?"
)
"""What the sentence of a value 0 may say: nobody states it, or it was left out and another value counts."""
OTHER_SENTENCES = {
    "crossdock.admin.v1.MessageState.MESSAGE_STATE_UNSPECIFIED": "leaves a filter out",
    "crossdock.network.v1.ShortagePolicy.SHORTAGE_POLICY_UNSPECIFIED": "leaves the decision to the channel's rule",
    "crossdock.screening.v1.MatchState.MATCH_STATE_UNSPECIFIED": "leaves a filter at its default",
    "crossdock.partner.call.v1.Outcome.OUTCOME_UNSPECIFIED": "a partner that does not know a value is asked again",
}
"""Values 0 whose sentence says more, and why it gives them no meaning of their own."""
NAMED = {
    "adapters/sdk/certification/suite.py": "an adapter must not answer with it",
    "hub/wire/returns/returns.py": "a condition that nobody stated",
    "hub/wire/stock/availability.py": "a filter that was left out",
}
"""Files that name a value 0, and as what."""

LISTED_WHOLE = {
    "AdminService.GetAccounts": "the accounts of one network, which is put whole",
    "AdminService.GetStatus": "channels of one network, which is put whole",
    "AdminService.RunAudit": "one result per invariant, and their number is the program's",
    "DeclarationService.ListDeclarations": "one order's declarations, one per parcel and rejection",
    "CustomerService.ListOwnOrders": "one person's orders, at most 100, the newest",
    "CustomerService.PreviewOwnReturn": "the lines of one return",
    "EventService.ListEvents": "its pages go by position, which any reader may keep for as long as the feed",
    "InventoryService.FindNodes": "the nearest nodes, at most `limit`, are all that it is asked for",
    "InventoryService.GetAvailability": "tells of the SKUs that the request names",
    "NetworkService.ListComingNetworks": "there are 20 at most",
    "ScreeningService.GetLists": "an installation has a few",
    "PaymentService.GetPayments": "one order's money, whose sums are of all its transactions",
    "PromisingService.QuotePromises": "one quote, or one per line of the request",
    "ReturnRoutingService.PreviewRoutes": "one result per question",
    "ReturnService.GetReturnPolicies": "a document that is put whole and read whole",
    "ReturnService.ListClaims": "one order's claims, of which each unit that was sent can be in one",
    "ReturnService.PreviewReturn": "the lines of one return",
    "SupplyService.GetSupply": "one supply with its slips and receipts",
    "SupplyService.ProjectAvailability": "one projection per question",
    "AvailabilityRuleService.PreviewScenario": "examples, at most `example_limit`",
    "TradeService.CalculateLandedCost": "one result per consignment of the request",
    "TradeService.GetOrderLandedCost": "one order's consignments",
    "TradeService.GetConsignmentPapers": "one order's consignments",
    "TradeService.GetRules": "a document that is loaded whole and read whole",
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


def test_a_value_that_was_not_stated_says_so() -> None:
    zeros = {one.name: one.comment for one in elements() if one.kind == "value" and one.name.endswith("_UNSPECIFIED")}

    assert {name for name, comment in zeros.items() if not NOTHING.fullmatch(comment)} == set(OTHER_SENTENCES)


def test_no_code_gives_a_meaning_to_a_value_that_was_not_stated() -> None:
    naming = {source.path.as_posix() for source in sources("hub", "adapters") if "_UNSPECIFIED" in source.text}

    assert naming == set(NAMED)

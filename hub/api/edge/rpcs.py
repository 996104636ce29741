"""The table of rpcs: per rpc who may call it, when it goes first, what it changes, and how large a request may be.

Access, shedding, size limits, the services of the server, the gateway's routes and docs/rpcs.md are drawn from it. An
rpc of the contracts without a row here keeps the server from starting.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

from msgspec import Struct

from hub.api.edge.shedding import Rank
from hub.kernel.scope import Role


class Change(Enum):
    """What a call changes, and what a repeat of it does."""

    NOTHING = "nothing"
    ONCE = "once per request_id"
    GUARDED = "once, by what it carries"
    ANEW = "again with each call"


_MEBIBYTE: Final = 1024 * 1024


class Rpc(Struct, frozen=True):
    """How one rpc is treated before its handler runs.

    A principal needs one of `roles`. `rank` counts for unary rpcs only: streams are not shed. `largest_bytes` is the
    most one message of a request may have. `elementwise`: the handler validates each element on its own. `whole`: what
    the rpc does concerns the whole installation, so a principal bound to channels, nodes or sellers may not call it.
    `personal`: it shows personal data, so each look goes to the audit log.
    """

    roles: frozenset[Role]
    rank: Rank
    change: Change
    largest_bytes: int = _MEBIBYTE
    elementwise: bool = False
    whole: bool = False
    personal: bool = False


_ADMIN: Final = frozenset({Role.ADMIN})
_DESK: Final = _ADMIN | {Role.SERVICE}
"""People who help customers and mend what is stuck."""
_LOOKING: Final = _DESK | {Role.VIEWER}
_SELLING: Final = _DESK | {Role.CHANNEL}
_SEEING_ORDERS: Final = _LOOKING | {Role.CHANNEL}
_WORKING: Final = _ADMIN | {Role.WAREHOUSE}
_SUPPLYING: Final = _WORKING | _DESK
_SEEING_WORK: Final = _LOOKING | {Role.WAREHOUSE}
_EVERYBODY: Final = frozenset(Role) - {Role.ADAPTER, Role.CUSTOMER}
_CUSTOMER: Final = _ADMIN | {Role.CUSTOMER}
"""Customers themselves, who call no other service than theirs. An administrator is bound to no order, and sees none."""
_LISTENING: Final = _SELLING | {Role.WAREHOUSE}
"""Systems to which the hub posts events."""
_ADAPTERS: Final = _ADMIN | {Role.ADAPTER}

_SHIP: Final = Rank.SHIP
"""Also what operators and adapters ask: they are never behind customers."""
_ORDER: Final = Rank.ORDER
_LOOK: Final = Rank.LOOK

_NOTHING: Final = Change.NOTHING
_ONCE: Final = Change.ONCE
_GUARDED: Final = Change.GUARDED
_ANEW: Final = Change.ANEW

_STATE: Final = 2 * _MEBIBYTE
"""An entry of 1 MiB and what is around it."""
_CHUNK: Final = 8 * _MEBIBYTE
"""Many orders, items or rows in one message."""
_NETWORK: Final = 16 * _MEBIBYTE
"""A whole network with its postal areas, which goes in one message."""
_DOCUMENT: Final = 33 * _MEBIBYTE
"""A document of 32 MiB and what is around it."""

SERVICES: Final[Mapping[str, Mapping[str, Rpc]]] = {
    "crossdock.orders.v1.OrderService": {
        "PlaceOrder": Rpc(_SELLING, _ORDER, _ONCE),
        "PlaceOrders": Rpc(_SELLING, _ORDER, _ONCE, _CHUNK),
        "GetOrder": Rpc(_SEEING_ORDERS, _LOOK, _NOTHING),
        "ListOrders": Rpc(_SEEING_ORDERS, _LOOK, _NOTHING),
        "WatchOrder": Rpc(_SEEING_ORDERS, _LOOK, _NOTHING),
        "CancelLines": Rpc(_SELLING, _ORDER, _ONCE),
        "PlaceHold": Rpc(_DESK, _ORDER, _ONCE),
        "ResolveHold": Rpc(_DESK, _ORDER, _ONCE),
        "GetTimeline": Rpc(_SEEING_ORDERS, _LOOK, _NOTHING),
    },
    "crossdock.orders.v1.ChangeService": {
        "ProposeChange": Rpc(_SELLING, _ORDER, _ONCE),
        "ConfirmChange": Rpc(_SELLING, _ORDER, _ONCE),
        "GetChange": Rpc(_SEEING_ORDERS, _LOOK, _NOTHING),
    },
    "crossdock.orders.v1.AdoptionService": {
        "AdoptOrders": Rpc(_ADMIN, _ORDER, _ONCE, _CHUNK),
    },
    "crossdock.orders.v1.ErpDocumentService": {
        "ListErpDocuments": Rpc(_LOOKING, _LOOK, _NOTHING),
    },
    "crossdock.inventory.v1.VarianceService": {
        "ListVariances": Rpc(_SEEING_WORK, _LOOK, _NOTHING),
    },
    "crossdock.orders.v1.BulkService": {
        "CancelOrders": Rpc(_DESK, _ORDER, _ONCE),
        "HoldOrders": Rpc(_DESK, _ORDER, _ONCE),
        "ResumeOrders": Rpc(_DESK, _ORDER, _ONCE),
        "SourceOrdersAgain": Rpc(_DESK, _ORDER, _ONCE),
    },
    "crossdock.inventory.v1.InventoryService": {
        "AdjustStock": Rpc(_WORKING, _ORDER, _ONCE),
        "ImportSnapshot": Rpc(_WORKING, _ORDER, _ONCE, _CHUNK),
        "ListSnapshots": Rpc(_SEEING_WORK, _LOOK, _NOTHING),
        "UndoSnapshot": Rpc(_SUPPLYING, _ORDER, _ONCE),
        "ListStock": Rpc(_SEEING_WORK, _LOOK, _NOTHING),
        "GetAvailability": Rpc(_EVERYBODY, _LOOK, _NOTHING),
        "WatchAvailability": Rpc(_EVERYBODY, _LOOK, _NOTHING),
        "FindNodes": Rpc(_EVERYBODY, _LOOK, _NOTHING),
    },
    "crossdock.inventory.v1.ReservationService": {
        "ReserveStock": Rpc(_SELLING, _ORDER, _ONCE),
        "ExtendReservation": Rpc(_SELLING, _ORDER, _ONCE),
        "ReleaseReservation": Rpc(_SELLING, _ORDER, _ONCE),
        "GetReservation": Rpc(_SEEING_ORDERS, _LOOK, _NOTHING),
        "ListReservations": Rpc(_SEEING_ORDERS, _LOOK, _NOTHING),
    },
    "crossdock.inventory.v1.SupplyService": {
        "PutSupply": Rpc(_SUPPLYING, _ORDER, _ONCE),
        "SlipSupply": Rpc(_SUPPLYING, _ORDER, _ONCE),
        "ReceiveSupply": Rpc(_SUPPLYING, _ORDER, _ONCE),
        "CancelSupply": Rpc(_SUPPLYING, _ORDER, _ONCE),
        "GetSupply": Rpc(_SEEING_WORK, _LOOK, _NOTHING),
        "ListSupply": Rpc(_SEEING_WORK, _LOOK, _NOTHING),
        "PutProtections": Rpc(_DESK, _ORDER, _ONCE),
        "ListProtections": Rpc(_LOOKING, _LOOK, _NOTHING),
        "SetSafetyStock": Rpc(_SUPPLYING, _ORDER, _ONCE),
        "ChangeConditions": Rpc(_SUPPLYING, _ORDER, _ONCE),
        "ListConditionedStock": Rpc(_SEEING_WORK, _LOOK, _NOTHING),
        "ProjectAvailability": Rpc(_EVERYBODY, _LOOK, _NOTHING),
        "ExplainStock": Rpc(_SEEING_WORK, _LOOK, _NOTHING),
    },
    "crossdock.inventory.v1.TransferService": {
        "RequestTransfers": Rpc(_SUPPLYING, _ORDER, _ONCE),
        "ShipTransfers": Rpc(_SUPPLYING, _SHIP, _ONCE),
        "ReceiveTransfers": Rpc(_SUPPLYING, _SHIP, _ONCE),
        "CancelTransfers": Rpc(_SUPPLYING, _ORDER, _ONCE),
        "GetTransfer": Rpc(_SEEING_WORK, _LOOK, _NOTHING),
        "ListTransfers": Rpc(_SEEING_WORK, _LOOK, _NOTHING),
    },
    "crossdock.fulfillment.v1.FulfillmentService": {
        "AcknowledgeFulfillmentOrders": Rpc(_WORKING, _SHIP, _ONCE),
        "RecordPicks": Rpc(_WORKING, _SHIP, _ONCE),
        "RecordPacks": Rpc(_WORKING, _SHIP, _ONCE),
        "RecordReady": Rpc(_WORKING, _SHIP, _ONCE),
        "RecordCollections": Rpc(_WORKING, _SHIP, _ONCE),
        "RenewPickups": Rpc(_DESK, _SHIP, _ONCE),
        "RecordShipments": Rpc(_WORKING, _SHIP, _ONCE),
        "RecordShorts": Rpc(_WORKING, _SHIP, _ONCE),
        "RejectFulfillmentOrders": Rpc(_WORKING, _SHIP, _ONCE),
        "RecordDeliveries": Rpc(_WORKING, _SHIP, _ONCE),
        "RecordCarrierEvents": Rpc(_WORKING, _SHIP, _ONCE),
        "WriteOffShipments": Rpc(_DESK, _SHIP, _ONCE),
        "GetFulfillmentOrder": Rpc(_SEEING_WORK, _LOOK, _NOTHING),
        "ListFulfillmentOrders": Rpc(_SEEING_WORK, _LOOK, _NOTHING),
    },
    "crossdock.fulfillment.v1.LabelService": {
        "BuyLabels": Rpc(_SUPPLYING, _SHIP, _ONCE),
        "VoidLabels": Rpc(_SUPPLYING, _SHIP, _ONCE),
        "GetLabel": Rpc(_SUPPLYING, _SHIP, _NOTHING, personal=True),
    },
    "crossdock.payments.v1.PaymentService": {
        "GetPayments": Rpc(_SEEING_ORDERS, _LOOK, _NOTHING),
        "CollectPayment": Rpc(_DESK, _SHIP, _ONCE),
        "AddInstrument": Rpc(_DESK, _SHIP, _ONCE),
        "ImportSettlement": Rpc(_DESK, _ORDER, _ONCE),
        "ReportPaymentEvents": Rpc(_DESK | {Role.ADAPTER}, _SHIP, _ONCE),
    },
    "crossdock.balances.v1.BalanceService": {
        "IssueBalance": Rpc(_DESK, _ORDER, _ONCE),
        "AdjustBalance": Rpc(_DESK, _ORDER, _ONCE),
        "GetBalance": Rpc(_SELLING, _LOOK, _NOTHING),
        "ListBalanceMovements": Rpc(_LOOKING, _LOOK, _NOTHING),
    },
    "crossdock.credit.v1.CreditService": {
        "PutCreditAccount": Rpc(_ADMIN, _ORDER, _ONCE),
        "GetCreditAccount": Rpc(_LOOKING, _LOOK, _NOTHING),
        "ListCreditAccounts": Rpc(_LOOKING, _LOOK, _NOTHING),
        "ListCreditOrders": Rpc(_LOOKING, _LOOK, _NOTHING),
        "ReleaseCreditHold": Rpc(_ADMIN, _ORDER, _ONCE),
        "SettleReceivable": Rpc(_DESK, _ORDER, _ONCE),
    },
    "crossdock.inbox.v1.InboxService": {
        "Receive": Rpc(_EVERYBODY - {Role.VIEWER} | {Role.ADAPTER}, _ORDER, _GUARDED, _DOCUMENT),
        "GetDocument": Rpc(_SEEING_ORDERS, _LOOK, _NOTHING),
        "ListDocuments": Rpc(_SEEING_ORDERS, _LOOK, _NOTHING),
        "ReplayDocument": Rpc(_DESK, _ORDER, _ONCE),
    },
    "crossdock.inbox.v1.FeedService": {
        "ListFeeds": Rpc(_SEEING_WORK, _LOOK, _NOTHING),
        "SkipGap": Rpc(_DESK, _ORDER, _ONCE),
        "HandOverNodes": Rpc(_ADMIN, _ORDER, _ONCE),
        "ListParkedEvents": Rpc(_SEEING_WORK, _LOOK, _NOTHING),
        "ReplayParkedEvents": Rpc(_DESK, _ORDER, _ONCE),
    },
    "crossdock.events.v1.EventService": {
        "ListEvents": Rpc(_EVERYBODY, _LOOK, _NOTHING),
        "SubscribeEvents": Rpc(_EVERYBODY, _LOOK, _NOTHING),
    },
    "crossdock.webhooks.v1.WebhookService": {
        "PutWebhook": Rpc(_LISTENING, _ORDER, _ONCE),
        "ListWebhooks": Rpc(_LISTENING, _LOOK, _NOTHING),
        "RemoveWebhook": Rpc(_LISTENING, _ORDER, _ONCE),
        "RotateWebhookSecret": Rpc(_LISTENING, _ORDER, _ONCE),
        "ReplayWebhook": Rpc(_LISTENING, _ORDER, _ONCE),
        "ListWebhookDeliveries": Rpc(_LISTENING, _LOOK, _NOTHING),
        "SendTestEvent": Rpc(_LISTENING, _ORDER, _ANEW),
    },
    "crossdock.admin.v1.AdminService": {
        "GetStatus": Rpc(_LOOKING, _SHIP, _NOTHING),
        "AdvanceTime": Rpc(_ADMIN, _SHIP, _ANEW, whole=True),
        "RunAudit": Rpc(_LOOKING, _SHIP, _NOTHING),
        "ListExceptions": Rpc(_LOOKING, _SHIP, _NOTHING),
        "AssignException": Rpc(_DESK, _SHIP, _ONCE),
        "SnoozeException": Rpc(_DESK, _SHIP, _ONCE),
        "ResolveException": Rpc(_DESK, _SHIP, _ONCE),
        "ChangeExceptions": Rpc(_DESK, _SHIP, _ONCE),
        "ListMessages": Rpc(_LOOKING, _SHIP, _NOTHING),
        "RetryMessage": Rpc(_DESK, _SHIP, _ONCE),
        "RetryMessages": Rpc(_DESK, _SHIP, _ONCE),
        "MovePollCursor": Rpc(_DESK, _SHIP, _ONCE, whole=True),
        "GetAccounts": Rpc(_LOOKING, _SHIP, _NOTHING, whole=True),
        "PauseAccount": Rpc(_DESK, _SHIP, _ONCE, whole=True),
        "ResumeAccount": Rpc(_DESK, _SHIP, _ONCE, whole=True),
        "ListAuditLog": Rpc(_ADMIN, _SHIP, _NOTHING, whole=True),
        "VerifyAuditLog": Rpc(_ADMIN, _SHIP, _NOTHING, whole=True),
    },
    "crossdock.parties.v1.PartyService": {
        "GetParty": Rpc(_SELLING, _LOOK, _NOTHING, personal=True),
        "FindParties": Rpc(_DESK, _LOOK, _NOTHING, whole=True, personal=True),
        "EraseParty": Rpc(_ADMIN, _ORDER, _ONCE),
    },
    "crossdock.catalog.v1.CatalogService": {
        "PutItems": Rpc(_ADMIN, _ORDER, _ONCE, _CHUNK, elementwise=True, whole=True),
        "GetItem": Rpc(_EVERYBODY, _LOOK, _NOTHING),
        "ListItems": Rpc(_EVERYBODY, _LOOK, _NOTHING),
    },
    "crossdock.network.v1.NetworkService": {
        "PutNetwork": Rpc(_ADMIN, _ORDER, _ONCE, _NETWORK),
        "CloseNode": Rpc(_ADMIN, _ORDER, _ONCE),
        "CancelNetwork": Rpc(_ADMIN, _ORDER, _ONCE),
        "GetNetwork": Rpc(_EVERYBODY, _LOOK, _NOTHING),
        "ListComingNetworks": Rpc(_EVERYBODY, _LOOK, _NOTHING),
    },
    "crossdock.trade.v1.TradeService": {
        "LoadRules": Rpc(_ADMIN, _ORDER, _ONCE, _CHUNK, whole=True),
        "GetRules": Rpc(_LOOKING, _LOOK, _NOTHING),
        "CalculateLandedCost": Rpc(_SEEING_ORDERS, _LOOK, _NOTHING),
        "GetOrderLandedCost": Rpc(_SEEING_ORDERS, _LOOK, _NOTHING),
        "GetConsignmentPapers": Rpc(_SUPPLYING, _LOOK, _NOTHING, personal=True),
    },
    "crossdock.trade.v1.IntercompanyService": {
        "ListIntercompanyEntries": Rpc(_LOOKING, _LOOK, _NOTHING, whole=True),
    },
    "crossdock.trade.v1.VatNumberService": {
        "GetVatNumberCheck": Rpc(_SEEING_ORDERS, _LOOK, _NOTHING),
        "CheckVatNumber": Rpc(_DESK, _SHIP, _ONCE),
    },
    "crossdock.trade.v1.DeclarationService": {
        "ListDeclarations": Rpc(_EVERYBODY, _LOOK, _NOTHING),
        "DeclareShipments": Rpc(_DESK, _SHIP, _ONCE),
        "SendDeclarationDocuments": Rpc(_DESK, _SHIP, _ONCE),
        "RecordDeclarationEvents": Rpc(_DESK, _SHIP, _ONCE),
    },
    "crossdock.screening.v1.ScreeningService": {
        "LoadList": Rpc(_ADMIN, _ORDER, _ONCE, _DOCUMENT, whole=True),
        "GetLists": Rpc(_LOOKING, _LOOK, _NOTHING),
        "ListMatches": Rpc(_LOOKING, _LOOK, _NOTHING),
        "DecideMatch": Rpc(_DESK, _ORDER, _ONCE),
    },
    "crossdock.promising.v1.PromisingService": {
        "QuotePromises": Rpc(_SEEING_ORDERS, _LOOK, _NOTHING),
        "FreezePromise": Rpc(_SELLING, _ORDER, _ONCE),
    },
    "crossdock.sourcing.v1.SourcingService": {
        "ListDecisions": Rpc(_LOOKING, _LOOK, _NOTHING),
        "ExplainDecision": Rpc(_LOOKING, _LOOK, _NOTHING),
        "GetTrial": Rpc(_LOOKING, _LOOK, _NOTHING),
        "RehearsePolicy": Rpc(_LOOKING, _LOOK, _NOTHING),
    },
    "crossdock.returns.v1.ReturnService": {
        "PreviewReturn": Rpc(_SELLING, _LOOK, _NOTHING),
        "AuthorizeReturns": Rpc(_SELLING, _ORDER, _ONCE),
        "CancelReturns": Rpc(_SELLING, _ORDER, _ONCE),
        "RecordReturnsInTransit": Rpc(_SELLING | {Role.WAREHOUSE}, _ORDER, _ONCE),
        "ReceiveReturns": Rpc(_WORKING, _ORDER, _ONCE),
        "InspectReturns": Rpc(_WORKING, _ORDER, _ONCE),
        "DisposeReturns": Rpc(_WORKING, _ORDER, _ONCE),
        "GrantCredits": Rpc(_DESK, _ORDER, _ONCE),
        "OpenClaims": Rpc(_DESK, _ORDER, _ONCE),
        "DecideClaims": Rpc(_DESK, _ORDER, _ONCE),
        "ListClaims": Rpc(_SEEING_ORDERS, _LOOK, _NOTHING),
        "ConfirmWithdrawals": Rpc(_SELLING, _ORDER, _ONCE),
        "GetWithdrawalRight": Rpc(_SEEING_ORDERS, _LOOK, _NOTHING),
        "GetReturn": Rpc(_EVERYBODY, _LOOK, _NOTHING),
        "ListReturns": Rpc(_EVERYBODY, _LOOK, _NOTHING),
        "PutReturnPolicies": Rpc(_ADMIN, _ORDER, _ONCE),
        "GetReturnPolicies": Rpc(_EVERYBODY, _LOOK, _NOTHING),
    },
    "crossdock.customers.v1.CustomerService": {
        "AskForCode": Rpc(_CUSTOMER | _SELLING, _ORDER, _ONCE),
        "OpenSession": Rpc(_CUSTOMER | _SELLING, _ORDER, _ONCE),
        "IssueSession": Rpc(_SELLING, _ORDER, _ONCE),
        "EndSessions": Rpc(_CUSTOMER | _SELLING, _ORDER, _ONCE),
        "ListOwnOrders": Rpc(_CUSTOMER, _LOOK, _NOTHING),
        "TrackOrder": Rpc(_CUSTOMER, _LOOK, _NOTHING),
        "ProposeOwnChange": Rpc(_CUSTOMER, _ORDER, _ONCE),
        "ConfirmOwnChange": Rpc(_CUSTOMER, _ORDER, _ONCE),
        "CancelOwnLines": Rpc(_CUSTOMER, _ORDER, _ONCE),
        "PreviewOwnReturn": Rpc(_CUSTOMER, _LOOK, _NOTHING),
        "RequestOwnReturn": Rpc(_CUSTOMER, _ORDER, _ONCE),
        "CancelOwnReturn": Rpc(_CUSTOMER, _ORDER, _ONCE),
        "GetOwnWithdrawalRight": Rpc(_CUSTOMER, _LOOK, _NOTHING),
        "ConfirmOwnWithdrawal": Rpc(_CUSTOMER, _ORDER, _ONCE),
    },
    "crossdock.adapter.v1.AdapterStateService": {
        "GetAccount": Rpc(_ADAPTERS, _SHIP, _NOTHING),
        "GetState": Rpc(_ADAPTERS, _SHIP, _NOTHING),
        "CompareAndSetState": Rpc(_ADAPTERS, _SHIP, _ONCE, _STATE),
        "AcquireLease": Rpc(_ADAPTERS, _SHIP, _GUARDED),
        "NextNumber": Rpc(_ADAPTERS, _SHIP, _ONCE),
    },
    "crossdock.returns.v1.ToteService": {
        "IssueReturnCodes": Rpc(_SELLING | {Role.WAREHOUSE}, _ORDER, _ONCE),
        "OpenTotes": Rpc(_WORKING, _ORDER, _ONCE),
        "ScanReturns": Rpc(_WORKING, _ORDER, _ONCE),
        "CloseTotes": Rpc(_WORKING, _ORDER, _ONCE),
        "ShipTotes": Rpc(_WORKING, _ORDER, _ONCE),
        "ReceiveTotes": Rpc(_WORKING, _ORDER, _ONCE),
        "GetTote": Rpc(_SEEING_WORK, _LOOK, _NOTHING),
        "ListTotes": Rpc(_SEEING_WORK, _LOOK, _NOTHING),
    },
    "crossdock.returns.v1.ReturnRoutingService": {
        "PreviewRoutes": Rpc(_EVERYBODY - {Role.VIEWER}, _LOOK, _NOTHING),
        "ListRoutes": Rpc(_EVERYBODY, _LOOK, _NOTHING),
    },
    "crossdock.rules.v1.AvailabilityRuleService": {
        "PutScenario": Rpc(_ADMIN, _ORDER, _ONCE),
        "ListScenarios": Rpc(_LOOKING, _LOOK, _NOTHING),
        "PreviewScenario": Rpc(_LOOKING, _LOOK, _NOTHING),
        "ActivateScenario": Rpc(_ADMIN, _ORDER, _ONCE),
        "DeactivateScenario": Rpc(_ADMIN, _ORDER, _ONCE),
    },
}
"""Full name of a service -> name of its rpc -> its row."""

RPCS: Final[Mapping[str, Rpc]] = {
    f"{service.rpartition('.')[2]}.{name}": rpc for service, rpcs in SERVICES.items() for name, rpc in rpcs.items()
}
"""`Service.Rpc` -> its row."""

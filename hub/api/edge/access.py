"""Who may: principals by the hash of their token, and the roles each rpc asks for. What the table lacks is denied."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from hub.kernel.errors import PermissionDenied, Unauthenticated
from hub.kernel.scope import Role, Scope

_ADMIN: Final = frozenset({Role.ADMIN})
_DESK: Final = _ADMIN | {Role.SERVICE}
"""People who help customers and mend what is stuck."""
_LOOKING: Final = _DESK | {Role.VIEWER}
_SELLING: Final = _DESK | {Role.CHANNEL}
_SEEING_ORDERS: Final = _LOOKING | {Role.CHANNEL}
_WORKING: Final = _ADMIN | {Role.WAREHOUSE}
_SUPPLYING: Final = _WORKING | _DESK
_SEEING_WORK: Final = _LOOKING | {Role.WAREHOUSE}
_EVERYBODY: Final = frozenset(Role) - {Role.ADAPTER}
_ADAPTERS: Final = _ADMIN | {Role.ADAPTER}

ROLES: Final[Mapping[str, frozenset[Role]]] = {
    "OrderService.PlaceOrder": _SELLING,
    "OrderService.PlaceOrders": _SELLING,
    "OrderService.GetOrder": _SEEING_ORDERS,
    "OrderService.ListOrders": _SEEING_ORDERS,
    "OrderService.WatchOrder": _SEEING_ORDERS,
    "OrderService.CancelLines": _SELLING,
    "OrderService.ResolveHold": _DESK,
    "OrderService.GetTimeline": _SEEING_ORDERS,
    "AdoptionService.AdoptOrders": _ADMIN,
    "VarianceService.ListVariances": _SEEING_WORK,
    "ErpDocumentService.ListErpDocuments": _LOOKING,
    "BulkService.CancelOrders": _DESK,
    "BulkService.HoldOrders": _DESK,
    "BulkService.ResumeOrders": _DESK,
    "BulkService.SourceOrdersAgain": _DESK,
    "InventoryService.AdjustStock": _WORKING,
    "InventoryService.ImportSnapshot": _WORKING,
    "InventoryService.ListStock": _SEEING_WORK,
    "InventoryService.ListSnapshots": _SEEING_WORK,
    "InventoryService.GetAvailability": _EVERYBODY,
    "InventoryService.WatchAvailability": _EVERYBODY,
    "InventoryService.FindNodes": _EVERYBODY,
    "ReservationService.ReserveStock": _SELLING,
    "ReservationService.ExtendReservation": _SELLING,
    "ReservationService.ReleaseReservation": _SELLING,
    "ReservationService.GetReservation": _SEEING_ORDERS,
    "ReservationService.ListReservations": _SEEING_ORDERS,
    "SupplyService.PutSupply": _SUPPLYING,
    "SupplyService.SlipSupply": _SUPPLYING,
    "SupplyService.ReceiveSupply": _SUPPLYING,
    "SupplyService.CancelSupply": _SUPPLYING,
    "SupplyService.GetSupply": _SEEING_WORK,
    "SupplyService.ListSupply": _SEEING_WORK,
    "SupplyService.PutProtections": _DESK,
    "SupplyService.ListProtections": _LOOKING,
    "SupplyService.SetSafetyStock": _SUPPLYING,
    "SupplyService.ChangeConditions": _SUPPLYING,
    "SupplyService.ListConditionedStock": _SEEING_WORK,
    "SupplyService.ProjectAvailability": _EVERYBODY,
    "SupplyService.ExplainStock": _SEEING_WORK,
    "FulfillmentService.AcknowledgeFulfillmentOrders": _WORKING,
    "FulfillmentService.RecordPicks": _WORKING,
    "FulfillmentService.RecordPacks": _WORKING,
    "FulfillmentService.RecordShipments": _WORKING,
    "FulfillmentService.RecordShorts": _WORKING,
    "FulfillmentService.RejectFulfillmentOrders": _WORKING,
    "FulfillmentService.RecordDeliveries": _WORKING,
    "FulfillmentService.RecordCarrierEvents": _WORKING,
    "FulfillmentService.GetFulfillmentOrder": _SEEING_WORK,
    "FulfillmentService.ListFulfillmentOrders": _SEEING_WORK,
    "PaymentService.GetPayments": _SEEING_ORDERS,
    "PaymentService.ReportPaymentEvents": _DESK | {Role.ADAPTER},
    "InboxService.Receive": _EVERYBODY - {Role.VIEWER} | {Role.ADAPTER},
    "InboxService.GetDocument": _SEEING_ORDERS,
    "InboxService.ListDocuments": _SEEING_ORDERS,
    "InboxService.ReplayDocument": _DESK,
    "FeedService.ListFeeds": _SEEING_WORK,
    "FeedService.SkipGap": _DESK,
    "FeedService.HandOverNodes": _ADMIN,
    "FeedService.ListParkedEvents": _SEEING_WORK,
    "FeedService.ReplayParkedEvents": _DESK,
    "EventService.ListEvents": _EVERYBODY,
    "EventService.SubscribeEvents": _EVERYBODY,
    "AdminService.GetStatus": _LOOKING,
    "AdminService.AdvanceTime": _ADMIN,
    "AdminService.RunAudit": _LOOKING,
    "AdminService.ListExceptions": _LOOKING,
    "AdminService.ResolveException": _DESK,
    "AdminService.ListMessages": _LOOKING,
    "AdminService.RetryMessage": _DESK,
    "PartyService.GetParty": _DESK,
    "PartyService.EraseParty": _ADMIN,
    "CatalogService.PutItems": _ADMIN,
    "CatalogService.GetItem": _EVERYBODY,
    "CatalogService.ListItems": _EVERYBODY,
    "NetworkService.PutNetwork": _ADMIN,
    "NetworkService.CloseNode": _ADMIN,
    "NetworkService.GetNetwork": _EVERYBODY,
    "PromisingService.QuotePromises": _SEEING_ORDERS,
    "SourcingService.ListDecisions": _LOOKING,
    "ReturnService.PreviewReturn": _SELLING,
    "ReturnService.AuthorizeReturns": _SELLING,
    "ReturnService.CancelReturns": _SELLING,
    "ReturnService.RecordReturnsInTransit": _SELLING | {Role.WAREHOUSE},
    "ReturnService.ReceiveReturns": _WORKING,
    "ReturnService.InspectReturns": _WORKING,
    "ReturnService.DisposeReturns": _WORKING,
    "ReturnService.GrantCredits": _DESK,
    "ReturnService.GetReturn": _EVERYBODY,
    "ReturnService.ListReturns": _EVERYBODY,
    "ReturnService.PutReturnPolicies": _ADMIN,
    "ReturnService.GetReturnPolicies": _EVERYBODY,
    "ReturnRoutingService.PreviewRoutes": _EVERYBODY - {Role.VIEWER},
    "ReturnRoutingService.ListRoutes": _EVERYBODY,
    "ToteService.IssueReturnCodes": _SELLING | {Role.WAREHOUSE},
    "ToteService.OpenTotes": _WORKING,
    "ToteService.ScanReturns": _WORKING,
    "ToteService.CloseTotes": _WORKING,
    "ToteService.ShipTotes": _WORKING,
    "ToteService.ReceiveTotes": _WORKING,
    "ToteService.GetTote": _SEEING_WORK,
    "ToteService.ListTotes": _SEEING_WORK,
    "AvailabilityRuleService.PutScenario": _ADMIN,
    "AvailabilityRuleService.ListScenarios": _LOOKING,
    "AvailabilityRuleService.PreviewScenario": _LOOKING,
    "AvailabilityRuleService.ActivateScenario": _ADMIN,
    "AvailabilityRuleService.DeactivateScenario": _ADMIN,
    "AdapterStateService.GetState": _ADAPTERS,
    "AdapterStateService.CompareAndSetState": _ADAPTERS,
    "AdapterStateService.AcquireLease": _ADAPTERS,
    "AdapterStateService.NextNumber": _ADAPTERS,
}
"""`Service.Rpc` -> roles of which a principal needs one."""

_BEARER: Final = "bearer "
MOST_LATELY: Final = 1024
"""Headers that are known as they came, so that their tokens need not be hashed at each call."""


class PrincipalsUnusable(Exception):
    """The file of principals cannot be used; the message says why and what helps."""


class Access:
    """Knows principals by the hashes of their tokens; headers that let somebody in lately are known as they came."""

    def __init__(self, scopes: Mapping[str, Scope]) -> None:
        self._scopes = dict(scopes)
        self._lately: dict[str | None, Scope] = {}

    def admit(self, token_sha256: str, scope: Scope) -> None:
        """Lets in whoever has the token of this hash (hexadecimal), from now on."""
        self._scopes[token_sha256] = scope
        self._lately.clear()

    def scope_of(self, authorization: str | None) -> Scope:
        """The principal of an `authorization` header (`Bearer TOKEN`); raises Unauthenticated."""
        if known := self._lately.get(authorization):
            return known
        if authorization is None or not authorization[: len(_BEARER)].lower() == _BEARER:
            raise Unauthenticated("Send the metadata `authorization: Bearer TOKEN`.")
        scope = self._scopes.get(token_sha256(authorization[len(_BEARER) :].strip()))
        if scope is None:
            raise Unauthenticated("The token is not known; ask the hub's operators for one.")
        if len(self._lately) >= MOST_LATELY:
            self._lately.clear()
        self._lately[authorization] = scope
        return scope


def permit(scope: Scope, rpc: str) -> None:
    """Raises PermissionDenied unless one of the principal's roles may call `Service.Rpc`."""
    allowed = ROLES.get(rpc, frozenset())
    if not scope.roles & allowed:
        needed = ", ".join(sorted(role.value for role in allowed)) or "none there is"
        raise PermissionDenied(f"{rpc} needs one of the roles {needed}; ask the hub's operators.", rpc=rpc)


def token_sha256(token: str) -> str:
    """The hash by which a token is known."""
    return hashlib.sha256(token.encode()).hexdigest()


def access_from(path: Path) -> Access:
    """The principals of a file; raises PrincipalsUnusable.

    The file is a JSON list of {"principal", "token_sha256", "roles", "channels", "nodes", "sellers"}; the last three
    are lists, or null or absent for all.
    """
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        scopes = [(entry["token_sha256"].lower(), _scope(entry)) for entry in entries]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise PrincipalsUnusable(f"{path} does not list principals as it must ({error!r}); mend it.") from error
    names = [scope.principal for _, scope in scopes]
    if len(set(names)) < len(names) or len(dict(scopes)) < len(scopes):
        raise PrincipalsUnusable(f"{path} names a principal or a token twice; give each its own.")
    return Access(dict(scopes))


def _scope(entry: Mapping[str, Any]) -> Scope:
    return Scope(
        principal=str(entry["principal"]),
        roles=frozenset(Role(role) for role in entry["roles"]),
        channels=_names(entry.get("channels")),
        nodes=_names(entry.get("nodes")),
        sellers=_names(entry.get("sellers")),
    )


def _names(values: list[str] | None) -> frozenset[str] | None:
    return None if values is None else frozenset(values)

"""All services, each rpc wrapped, as handlers for a gRPC server. What a class lacks is UNIMPLEMENTED."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import grpc
from google.protobuf.descriptor import MethodDescriptor, ServiceDescriptor
from google.protobuf.descriptor_pool import Default
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from hub.api.customers.customers import CustomerService
from hub.api.deps import ServiceDeps
from hub.api.edge import rpcs
from hub.api.edge.access import Access
from hub.api.edge.calls import CallWrapper
from hub.api.edge.journal import Note
from hub.api.edge.parsing import Parser
from hub.api.edge.shedding import MOST_CALLS
from hub.api.fulfillment.declarations import DeclarationService
from hub.api.fulfillment.feeds import FeedService
from hub.api.fulfillment.fulfillment import FulfillmentService
from hub.api.fulfillment.inbox import InboxService
from hub.api.fulfillment.labels import LabelService
from hub.api.orders.adoption import AdoptionService
from hub.api.orders.balances import BalanceService
from hub.api.orders.bulk import BulkService
from hub.api.orders.credit import CreditService
from hub.api.orders.erp_documents import ErpDocumentService
from hub.api.orders.intercompany import IntercompanyService
from hub.api.orders.order_changes import ChangeService
from hub.api.orders.orders import OrderService
from hub.api.orders.payments import PaymentService
from hub.api.orders.promising import PromisingService
from hub.api.orders.sourcing import SourcingService
from hub.api.orders.vat_numbers import VatNumberService
from hub.api.returns.returns import ReturnService
from hub.api.returns.routing import ReturnRoutingService
from hub.api.returns.totes import ToteService
from hub.api.setup.adapter_state import AdapterStateService
from hub.api.setup.admin import AdminService
from hub.api.setup.catalog import CatalogService
from hub.api.setup.events import EventService
from hub.api.setup.network import NetworkService
from hub.api.setup.parties import PartyService
from hub.api.setup.screening import ScreeningService
from hub.api.setup.trade import TradeService
from hub.api.setup.webhooks import WebhookService
from hub.api.stock.availability_rules import AvailabilityRuleService
from hub.api.stock.inventory import InventoryService
from hub.api.stock.reservations import ReservationService
from hub.api.stock.supply import SupplyService
from hub.api.stock.transfers import TransferService
from hub.api.stock.variance import VarianceService

if TYPE_CHECKING:
    GenericHandler = grpc.GenericRpcHandler[Any, Any]
else:
    GenericHandler = grpc.GenericRpcHandler

SERVICES: Final[Mapping[str, ServiceDescriptor]] = {
    name.rpartition(".")[2]: Default().FindServiceByName(name) for name in rpcs.SERVICES
}
"""Name of a service -> its descriptor, which the module of its class brings with its messages."""


def servicers(deps: ServiceDeps) -> dict[str, object]:
    """One object per service, by the service's name."""
    return {
        "OrderService": OrderService(deps),
        "AdoptionService": AdoptionService(deps),
        "ChangeService": ChangeService(deps),
        "CustomerService": CustomerService(deps),
        "ErpDocumentService": ErpDocumentService(deps),
        "BulkService": BulkService(deps),
        "VarianceService": VarianceService(deps),
        "InventoryService": InventoryService(deps),
        "ReservationService": ReservationService(deps),
        "SupplyService": SupplyService(deps),
        "TransferService": TransferService(deps),
        "FulfillmentService": FulfillmentService(deps),
        "LabelService": LabelService(deps),
        "PaymentService": PaymentService(deps),
        "BalanceService": BalanceService(deps),
        "CreditService": CreditService(deps),
        "InboxService": InboxService(deps),
        "FeedService": FeedService(deps),
        "EventService": EventService(deps),
        "WebhookService": WebhookService(deps),
        "AdminService": AdminService(deps),
        "PartyService": PartyService(deps),
        "CatalogService": CatalogService(deps),
        "NetworkService": NetworkService(deps),
        "PromisingService": PromisingService(deps),
        "SourcingService": SourcingService(deps),
        "ReturnService": ReturnService(deps),
        "AdapterStateService": AdapterStateService(deps),
        "ToteService": ToteService(deps),
        "ReturnRoutingService": ReturnRoutingService(deps),
        "AvailabilityRuleService": AvailabilityRuleService(deps),
        "TradeService": TradeService(deps),
        "DeclarationService": DeclarationService(deps),
        "VatNumberService": VatNumberService(deps),
        "IntercompanyService": IntercompanyService(deps),
        "ScreeningService": ScreeningService(deps),
    }


def rpcs_served(
    deps: ServiceDeps,
    access: Access,
    *,
    calls: int = MOST_CALLS,
    ended: Sequence[Callable[[Note], None]] = (),
) -> Rpcs:
    """Return every rpc of every service, for a gRPC server and for HTTP: so many calls at once, both taken together.

    What `ended` names hears how each call ended.
    """
    wrapper = CallWrapper(access, calls=calls, ended=ended)
    served = [
        (method, getattr(service, method.name))
        for name, service in servicers(deps).items()
        for method in SERVICES[name].methods
        if hasattr(service, method.name)
    ]
    return Rpcs(wrapper, served)


class Rpcs(GenericHandler):
    """Finds the handler of a call by its path. `wrapper` is what all calls pass."""

    def __init__(self, wrapper: CallWrapper, served: Sequence[tuple[MethodDescriptor, Any]]) -> None:
        self.wrapper = wrapper
        self._handlers = {path_of(method): _handler(wrapper, method, handler) for method, handler in served}

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler[Any, Any] | None:
        """The handler of a call; None where there is none."""
        return self._handlers.get(handler_call_details.method)

    def handler(self, path: str) -> Any:
        """The handler of `/<package>.<Service>/<Rpc>`, for whoever serves it otherwise; None where there is none."""
        return self._handlers.get(path)


def path_of(method: MethodDescriptor) -> str:
    """Return the path of an rpc: `/<package>.<Service>/<Rpc>`."""
    return f"/{method.containing_service.full_name}/{method.name}"


def _handler(wrapper: CallWrapper, method: MethodDescriptor, handler: Any) -> Any:
    """A handler of one of the four kinds, wrapped; each is one of streamed requests to gRPC."""
    rpc = f"{method.containing_service.name}.{method.name}"
    wrap: Any
    match bool(method.client_streaming), bool(method.server_streaming):
        case False, False:
            wrap = wrapper.unary_unary
        case False, True:
            wrap = wrapper.unary_stream
        case True, False:
            wrap = wrapper.stream_unary
        case _:
            wrap = wrapper.stream_stream
    make = grpc.stream_stream_rpc_method_handler if method.server_streaming else grpc.stream_unary_rpc_method_handler
    parser = Parser(rpc, GetMessageClass(method.input_type).FromString)
    return make(wrap(parser, handler), request_deserializer=None, response_serializer=_bytes_of)


def _bytes_of(answer: Message | bytes) -> bytes:
    """An answer as it is sent; some handlers put theirs together as bytes."""
    return answer if isinstance(answer, bytes) else answer.SerializeToString()

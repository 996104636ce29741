"""A client of each service of the hub, made when it is first spoken to: a command imports those alone that it calls."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crossdock.admin.v1.admin_pb2_grpc import AdminServiceStub
    from crossdock.balances.v1.balances_pb2_grpc import BalanceServiceStub
    from crossdock.catalog.v1.catalog_pb2_grpc import CatalogServiceStub
    from crossdock.credit.v1.credit_pb2_grpc import CreditServiceStub
    from crossdock.customers.v1.customers_pb2_grpc import CustomerServiceStub
    from crossdock.events.v1.events_pb2_grpc import EventServiceStub
    from crossdock.fulfillment.v1.fulfillment_pb2_grpc import FulfillmentServiceStub
    from crossdock.fulfillment.v1.labels_pb2_grpc import LabelServiceStub
    from crossdock.inbox.v1.feeds_pb2_grpc import FeedServiceStub
    from crossdock.inbox.v1.inbox_pb2_grpc import InboxServiceStub
    from crossdock.inventory.v1.inventory_pb2_grpc import InventoryServiceStub
    from crossdock.inventory.v1.reservations_pb2_grpc import ReservationServiceStub
    from crossdock.inventory.v1.supply_pb2_grpc import SupplyServiceStub
    from crossdock.inventory.v1.transfers_pb2_grpc import TransferServiceStub
    from crossdock.inventory.v1.variance_pb2_grpc import VarianceServiceStub
    from crossdock.network.v1.network_pb2_grpc import NetworkServiceStub
    from crossdock.orders.v1.adoption_service_pb2_grpc import AdoptionServiceStub
    from crossdock.orders.v1.bulk_service_pb2_grpc import BulkServiceStub
    from crossdock.orders.v1.change_service_pb2_grpc import ChangeServiceStub
    from crossdock.orders.v1.erp_document_service_pb2_grpc import ErpDocumentServiceStub
    from crossdock.orders.v1.order_service_pb2_grpc import OrderServiceStub
    from crossdock.parties.v1.parties_pb2_grpc import PartyServiceStub
    from crossdock.payments.v1.payments_pb2_grpc import PaymentServiceStub
    from crossdock.promising.v1.promising_pb2_grpc import PromisingServiceStub
    from crossdock.returns.v1.returns_pb2_grpc import ReturnServiceStub
    from crossdock.returns.v1.totes_pb2_grpc import ToteServiceStub
    from crossdock.rules.v1.scenarios_pb2_grpc import AvailabilityRuleServiceStub
    from crossdock.screening.v1.screening_pb2_grpc import ScreeningServiceStub
    from crossdock.sourcing.v1.sourcing_pb2_grpc import SourcingServiceStub
    from crossdock.trade.v1.declarations_pb2_grpc import DeclarationServiceStub
    from crossdock.trade.v1.intercompany_pb2_grpc import IntercompanyServiceStub
    from crossdock.trade.v1.trade_pb2_grpc import TradeServiceStub
    from crossdock.trade.v1.vat_numbers_pb2_grpc import VatNumberServiceStub
    from crossdock.webhooks.v1.webhooks_pb2_grpc import WebhookServiceStub


class Stubs:
    """The services of one hub, by their subjects."""

    channel: Any
    """A gRPC channel that waits."""

    @property
    def adoption(self) -> AdoptionServiceStub:
        """Orders of an old system."""
        stub: AdoptionServiceStub = self._stub("crossdock.orders.v1.adoption_service_pb2_grpc", "AdoptionServiceStub")
        return stub

    @property
    def availability_rules(self) -> AvailabilityRuleServiceStub:
        """Rules that withhold stock."""
        stub: AvailabilityRuleServiceStub = self._stub(
            "crossdock.rules.v1.scenarios_pb2_grpc", "AvailabilityRuleServiceStub"
        )
        return stub

    @property
    def variance(self) -> VarianceServiceStub:
        """Where counts and what was thought differ."""
        stub: VarianceServiceStub = self._stub("crossdock.inventory.v1.variance_pb2_grpc", "VarianceServiceStub")
        return stub

    @property
    def erp_documents(self) -> ErpDocumentServiceStub:
        """Documents posted to ERPs."""
        stub: ErpDocumentServiceStub = self._stub(
            "crossdock.orders.v1.erp_document_service_pb2_grpc", "ErpDocumentServiceStub"
        )
        return stub

    @property
    def balances(self) -> BalanceServiceStub:
        """Gift cards and store credit."""
        stub: BalanceServiceStub = self._stub("crossdock.balances.v1.balances_pb2_grpc", "BalanceServiceStub")
        return stub

    @property
    def credit(self) -> CreditServiceStub:
        """Credit accounts."""
        stub: CreditServiceStub = self._stub("crossdock.credit.v1.credit_pb2_grpc", "CreditServiceStub")
        return stub

    @property
    def bulk(self) -> BulkServiceStub:
        """Many orders at once."""
        stub: BulkServiceStub = self._stub("crossdock.orders.v1.bulk_service_pb2_grpc", "BulkServiceStub")
        return stub

    @property
    def admin(self) -> AdminServiceStub:
        """Administration."""
        stub: AdminServiceStub = self._stub("crossdock.admin.v1.admin_pb2_grpc", "AdminServiceStub")
        return stub

    @property
    def catalog(self) -> CatalogServiceStub:
        """The catalog."""
        stub: CatalogServiceStub = self._stub("crossdock.catalog.v1.catalog_pb2_grpc", "CatalogServiceStub")
        return stub

    @property
    def customers(self) -> CustomerServiceStub:
        """The customers' door."""
        stub: CustomerServiceStub = self._stub("crossdock.customers.v1.customers_pb2_grpc", "CustomerServiceStub")
        return stub

    @property
    def events(self) -> EventServiceStub:
        """The feed."""
        stub: EventServiceStub = self._stub("crossdock.events.v1.events_pb2_grpc", "EventServiceStub")
        return stub

    @property
    def parties(self) -> PartyServiceStub:
        """People and firms."""
        stub: PartyServiceStub = self._stub("crossdock.parties.v1.parties_pb2_grpc", "PartyServiceStub")
        return stub

    @property
    def fulfillment(self) -> FulfillmentServiceStub:
        """Fulfillment."""
        stub: FulfillmentServiceStub = self._stub(
            "crossdock.fulfillment.v1.fulfillment_pb2_grpc", "FulfillmentServiceStub"
        )
        return stub

    @property
    def inbox(self) -> InboxServiceStub:
        """Documents."""
        stub: InboxServiceStub = self._stub("crossdock.inbox.v1.inbox_pb2_grpc", "InboxServiceStub")
        return stub

    @property
    def reservations(self) -> ReservationServiceStub:
        """Reservations."""
        stub: ReservationServiceStub = self._stub(
            "crossdock.inventory.v1.reservations_pb2_grpc", "ReservationServiceStub"
        )
        return stub

    @property
    def inventory(self) -> InventoryServiceStub:
        """Stock."""
        stub: InventoryServiceStub = self._stub("crossdock.inventory.v1.inventory_pb2_grpc", "InventoryServiceStub")
        return stub

    @property
    def returns(self) -> ReturnServiceStub:
        """Returns."""
        stub: ReturnServiceStub = self._stub("crossdock.returns.v1.returns_pb2_grpc", "ReturnServiceStub")
        return stub

    @property
    def supply(self) -> SupplyServiceStub:
        """Dated supply, and why stock is what it is."""
        stub: SupplyServiceStub = self._stub("crossdock.inventory.v1.supply_pb2_grpc", "SupplyServiceStub")
        return stub

    @property
    def transfers(self) -> TransferServiceStub:
        """Transfers."""
        stub: TransferServiceStub = self._stub("crossdock.inventory.v1.transfers_pb2_grpc", "TransferServiceStub")
        return stub

    @property
    def feeds(self) -> FeedServiceStub:
        """Feeds of sources, and parked events."""
        stub: FeedServiceStub = self._stub("crossdock.inbox.v1.feeds_pb2_grpc", "FeedServiceStub")
        return stub

    @property
    def network(self) -> NetworkServiceStub:
        """The network."""
        stub: NetworkServiceStub = self._stub("crossdock.network.v1.network_pb2_grpc", "NetworkServiceStub")
        return stub

    @property
    def labels(self) -> LabelServiceStub:
        """Labels of parcels."""
        stub: LabelServiceStub = self._stub("crossdock.fulfillment.v1.labels_pb2_grpc", "LabelServiceStub")
        return stub

    @property
    def trade(self) -> TradeServiceStub:
        """Trade rules and landed cost."""
        stub: TradeServiceStub = self._stub("crossdock.trade.v1.trade_pb2_grpc", "TradeServiceStub")
        return stub

    @property
    def intercompany(self) -> IntercompanyServiceStub:
        """Goods that went from one seller to another."""
        stub: IntercompanyServiceStub = self._stub(
            "crossdock.trade.v1.intercompany_pb2_grpc", "IntercompanyServiceStub"
        )
        return stub

    @property
    def vat_numbers(self) -> VatNumberServiceStub:
        """VAT numbers of payers who owe the tax."""
        stub: VatNumberServiceStub = self._stub("crossdock.trade.v1.vat_numbers_pb2_grpc", "VatNumberServiceStub")
        return stub

    @property
    def declarations(self) -> DeclarationServiceStub:
        """Declarations to customs."""
        stub: DeclarationServiceStub = self._stub("crossdock.trade.v1.declarations_pb2_grpc", "DeclarationServiceStub")
        return stub

    @property
    def screening(self) -> ScreeningServiceStub:
        """Denied-party lists and matches with them."""
        stub: ScreeningServiceStub = self._stub("crossdock.screening.v1.screening_pb2_grpc", "ScreeningServiceStub")
        return stub

    @property
    def orders(self) -> OrderServiceStub:
        """Orders."""
        stub: OrderServiceStub = self._stub("crossdock.orders.v1.order_service_pb2_grpc", "OrderServiceStub")
        return stub

    @property
    def payments(self) -> PaymentServiceStub:
        """Payments."""
        stub: PaymentServiceStub = self._stub("crossdock.payments.v1.payments_pb2_grpc", "PaymentServiceStub")
        return stub

    @property
    def changes(self) -> ChangeServiceStub:
        """Changes of orders."""
        stub: ChangeServiceStub = self._stub("crossdock.orders.v1.change_service_pb2_grpc", "ChangeServiceStub")
        return stub

    @property
    def promising(self) -> PromisingServiceStub:
        """Quotes of delivery dates."""
        stub: PromisingServiceStub = self._stub("crossdock.promising.v1.promising_pb2_grpc", "PromisingServiceStub")
        return stub

    @property
    def sourcing(self) -> SourcingServiceStub:
        """Sourcing decisions."""
        stub: SourcingServiceStub = self._stub("crossdock.sourcing.v1.sourcing_pb2_grpc", "SourcingServiceStub")
        return stub

    @property
    def totes(self) -> ToteServiceStub:
        """Totes."""
        stub: ToteServiceStub = self._stub("crossdock.returns.v1.totes_pb2_grpc", "ToteServiceStub")
        return stub

    @property
    def webhooks(self) -> WebhookServiceStub:
        """Webhooks."""
        stub: WebhookServiceStub = self._stub("crossdock.webhooks.v1.webhooks_pb2_grpc", "WebhookServiceStub")
        return stub

    def _stub(self, module: str, name: str) -> Any:
        """The client of one service: a command imports those alone that it calls."""
        return getattr(import_module(module), name)(self.channel)

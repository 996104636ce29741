"""A hub as seen from outside: where it is, under which token it is spoken to, and what it means when a call fails."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, cast

import grpc
from google.rpc import error_details_pb2, status_pb2

from hub.config.settings import ADDRESS, Settings
from hub.connect.dialing import Trust, channel, on_this_machine, target_of, trust

if TYPE_CHECKING:
    from crossdock.admin.v1.admin_pb2_grpc import AdminServiceStub
    from crossdock.balances.v1.balances_pb2_grpc import BalanceServiceStub
    from crossdock.catalog.v1.catalog_pb2_grpc import CatalogServiceStub
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
    from crossdock.trade.v1.trade_pb2_grpc import TradeServiceStub
    from crossdock.webhooks.v1.webhooks_pb2_grpc import WebhookServiceStub

REFUSED: Final = 1
UNREACHABLE: Final = 3
NOT_ALLOWED: Final = 4
FAILED: Final = 5
EXIT_CODES: Final = {
    0: "done",
    REFUSED: "refused, or not as it should be: the sentence says why and what to do",
    2: "the command itself cannot be read",
    UNREACHABLE: "no hub answers, or it cannot serve yet",
    NOT_ALLOWED: "the token is missing, unknown or may not do this",
    FAILED: "the hub failed; its log has the reason",
}
CALL_SECONDS: Final = 60.0
LARGEST_MESSAGE_BYTES: Final = 64 * 1024 * 1024

_OPTIONS: Final = (
    ("grpc.max_receive_message_length", LARGEST_MESSAGE_BYTES),
    ("grpc.max_send_message_length", LARGEST_MESSAGE_BYTES),
)
_NEVER_SENT: Final = ("failed to connect", "connection refused", "no such file", "resolution")
_NOT_ALLOWED: Final = (grpc.StatusCode.UNAUTHENTICATED, grpc.StatusCode.PERMISSION_DENIED)
_FAILED: Final = (grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN, grpc.StatusCode.UNIMPLEMENTED)
HEALTH_REASON: Final = "crossdock-reason"
"""Name of the metadata in which a process that does not serve tells health checks why."""


class HubError(Exception):
    """A command that was not done: the stable reason, one sentence with what to do, facts, and the exit code."""

    def __init__(
        self, reason: str, message: str, *, exit_code: int = REFUSED, facts: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.reason, self.message, self.exit_code = reason, message, exit_code
        self.facts = dict(facts or {})


@dataclass(frozen=True)
class HubClient:
    """A hub at an address, spoken to under a token over `channel`, a gRPC channel that waits."""

    address: str
    token: str = field(repr=False)
    channel: Any = field(repr=False)

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
        return cast("FeedServiceStub", self._stub("crossdock.inbox.v1.feeds_pb2_grpc", "FeedServiceStub"))

    @property
    def network(self) -> NetworkServiceStub:
        """The network."""
        return cast("NetworkServiceStub", self._stub("crossdock.network.v1.network_pb2_grpc", "NetworkServiceStub"))

    @property
    def labels(self) -> LabelServiceStub:
        """Labels of parcels."""
        return cast("LabelServiceStub", self._stub("crossdock.fulfillment.v1.labels_pb2_grpc", "LabelServiceStub"))

    @property
    def trade(self) -> TradeServiceStub:
        """Trade rules and landed cost."""
        return cast("TradeServiceStub", self._stub("crossdock.trade.v1.trade_pb2_grpc", "TradeServiceStub"))

    @property
    def declarations(self) -> DeclarationServiceStub:
        """Declarations to customs."""
        stub: DeclarationServiceStub = self._stub("crossdock.trade.v1.declarations_pb2_grpc", "DeclarationServiceStub")
        return stub

    @property
    def screening(self) -> ScreeningServiceStub:
        """Denied-party lists and matches with them."""
        return cast(
            "ScreeningServiceStub", self._stub("crossdock.screening.v1.screening_pb2_grpc", "ScreeningServiceStub")
        )

    @property
    def orders(self) -> OrderServiceStub:
        """Orders."""
        return cast("OrderServiceStub", self._stub("crossdock.orders.v1.order_service_pb2_grpc", "OrderServiceStub"))

    @property
    def payments(self) -> PaymentServiceStub:
        """Payments."""
        return cast("PaymentServiceStub", self._stub("crossdock.payments.v1.payments_pb2_grpc", "PaymentServiceStub"))

    @property
    def changes(self) -> ChangeServiceStub:
        """Changes of orders."""
        return cast("ChangeServiceStub", self._stub("crossdock.orders.v1.change_service_pb2_grpc", "ChangeServiceStub"))

    @property
    def promising(self) -> PromisingServiceStub:
        """Quotes of delivery dates."""
        stub: PromisingServiceStub = self._stub("crossdock.promising.v1.promising_pb2_grpc", "PromisingServiceStub")
        return stub

    @property
    def sourcing(self) -> SourcingServiceStub:
        """Sourcing decisions."""
        return cast("SourcingServiceStub", self._stub("crossdock.sourcing.v1.sourcing_pb2_grpc", "SourcingServiceStub"))

    @property
    def totes(self) -> ToteServiceStub:
        """Totes."""
        return cast("ToteServiceStub", self._stub("crossdock.returns.v1.totes_pb2_grpc", "ToteServiceStub"))

    @property
    def webhooks(self) -> WebhookServiceStub:
        """Webhooks."""
        return cast("WebhookServiceStub", self._stub("crossdock.webhooks.v1.webhooks_pb2_grpc", "WebhookServiceStub"))

    def _stub(self, module: str, name: str) -> Any:
        """The client of one service: a command imports those alone that it calls."""
        return getattr(import_module(module), name)(self.channel)

    def call(self, rpc: Callable[..., Any], request: Any, *, seconds: float | None = CALL_SECONDS) -> Any:
        """Makes a call; `seconds` is its deadline, None for none. Raises HubError."""
        with self.explained():
            return rpc(request, timeout=seconds, metadata=self.metadata())

    def stream(self, rpc: Callable[..., Any], request: Any) -> Iterator[Any]:
        """Makes a call that answers a stream. Raises HubError."""
        with self.explained():
            yield from rpc(request, metadata=self.metadata())

    def metadata(self) -> tuple[tuple[str, str], ...]:
        """What is sent with each call."""
        return (("authorization", f"Bearer {self.token}"),) if self.token else ()

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turns failed calls into HubError."""
        try:
            yield
        except grpc.RpcError as error:
            raise explained(error, self.address) from None


@contextmanager
def connected(address: str, token: str, trusted: Trust | None = None) -> Iterator[HubClient]:
    """A client of the hub at an address, closed at the end; `trusted` is how the hub at grpcs://HOST:PORT is known."""
    with channel(address, trusted or Trust(), _OPTIONS) as opened:
        yield HubClient(address, token, opened)


def address_of(settings: Settings) -> str:
    """The hub that commands speak to: the one named, else that of the data folder, else the usual place."""
    return settings.hub or _noted(settings, "address") or ADDRESS


def health_address_of(settings: Settings) -> str | None:
    """Return where that hub answers health checks: as stated, else as its data folder says, else beside its port.

    None where they are off, and where the hub is at another machine.
    """
    if settings.health_stated:
        return settings.health
    if settings.hub is None and (noted := _noted(settings, "health")):
        return noted
    address = target_of(address_of(settings)) or ""
    if address.startswith("unix:") or not on_this_machine(address):
        return None
    return replace(settings, listen=address).health


def _noted(settings: Settings, name: str) -> str:
    """Return what a hub of the data folder says of itself; empty where none does."""
    try:
        note = json.loads(settings.hub_note.read_text(encoding="utf-8"))
        return str(note[name] or "")
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def trust_of(settings: Settings) -> Trust:
    """How commands know the hub. Raises HubError when a file that was named cannot be read."""
    try:
        return trust(settings.trust, settings.own_certificate, settings.own_key)
    except OSError as error:
        raise HubError(
            "CERTIFICATE_UNREADABLE", f"{error.filename} cannot be read: {error.strerror}.", exit_code=NOT_ALLOWED
        ) from error


def token_of(settings: Settings) -> str:
    """The token that commands show: the one given, else of the file named, else that of the data folder; or none.

    Raises HubError when the file that was named cannot be read.
    """
    if settings.token:
        return settings.token
    path = settings.token_file or settings.admin_token
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        if settings.token_file is None:
            return ""
        raise HubError(
            "TOKEN_UNREADABLE", f"The token file {path} cannot be read: {error.strerror}.", exit_code=NOT_ALLOWED
        ) from error


def explained(error: grpc.RpcError, address: str) -> HubError:
    """What a failed call means, for a person: reason, sentence, exit code."""
    call = cast("grpc.Call", error)
    code, details = call.code(), call.details() or ""
    if code is grpc.StatusCode.UNAVAILABLE:
        if any(words in details.lower() for words in _NEVER_SENT):
            sentence = f"No hub answers at {address}. Start one with `crossdock up`, or name another with --hub."
            return HubError("UNREACHABLE", sentence, exit_code=UNREACHABLE)
        return HubError("NOT_SERVING", details, exit_code=UNREACHABLE)
    reason, facts = _reason(call)
    if code is grpc.StatusCode.UNAUTHENTICATED:
        details += " Give the token with --token-file or CROSSDOCK_TOKEN; `crossdock up` writes one to its data folder."
    if code is grpc.StatusCode.CANCELLED:
        return HubError("CANCELED", "The call was canceled.", exit_code=FAILED)
    exit_code = NOT_ALLOWED if code in _NOT_ALLOWED else FAILED if code in _FAILED else REFUSED
    return HubError(reason or code.name, details or code.name, exit_code=exit_code, facts=facts)


def _reason(call: grpc.Call) -> tuple[str, dict[str, str]]:
    """Reason and facts of a refused call, as its details say."""
    metadata = dict(cast("Iterable[tuple[str, str | bytes]]", call.trailing_metadata() or ()))
    packed = metadata.get("grpc-status-details-bin", b"")
    facts: dict[str, str] = {}
    reason = ""
    if isinstance(packed, bytes):
        for detail in status_pb2.Status.FromString(packed).details:
            info, bad = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
            if detail.Unpack(info):
                reason = info.reason
                facts |= dict(info.metadata)
            elif detail.Unpack(bad):
                facts |= {
                    field_violation.field: field_violation.description for field_violation in bad.field_violations
                }
    return reason, facts

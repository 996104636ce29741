"""Plays the two weeks: each thing at its instant, through the contract alone, as any program outside would."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crossdock.admin.v1 import admin_pb2
from crossdock.catalog.v1 import catalog_pb2
from crossdock.inbox.v1 import inbox_pb2
from crossdock.network.v1 import network_pb2
from crossdock.orders.v1 import change_service_pb2, order_service_pb2, orders_pb2
from hub.app.demo import plan
from hub.app.demo.deeds import Deed
from hub.app.demo.partners import Partners
from hub.app.demo.returning import Returning
from hub.app.demo.steady import SteadyHub
from hub.app.files import chunks, read_catalog, read_network
from hub.app.process.identities import new_identity
from hub.kernel.instant import Instant

Tell = Callable[[Instant, str], None]


@dataclass
class Story:
    """A play of the plan on a hub. `hosted` comes back once the adapters that the network asks for serve."""

    hub: SteadyHub
    partners: Partners
    hosted: Callable[[network_pb2.Network], None]
    tell: Tell
    examples: Path = plan.EXAMPLES
    put_off: list[str] = field(default_factory=list)
    """Kinds of the messages that were seen waiting for the failing partner."""

    def play(self) -> None:
        """Plays it from the first to the last instant. Raises HubError when the hub refuses something."""
        self.prepare(plan.STOCK)
        for deed in sorted(self._deeds(), key=lambda deed: deed.at):
            self.hub.advance_to(deed.at)
            self.tell(deed.at, deed.act())
        self.hub.advance_to(plan.END)
        self.tell(plan.END, "Two weeks have passed.")

    def prepare(self, stock: Sequence[plan.Arrival]) -> None:
        """Loads network and catalog, sets the partners up, and has stock counted."""
        self.tell(plan.START, self._set_up())
        for arrival in stock:
            self.tell(arrival.at, self._receive(arrival))

    def _set_up(self) -> str:
        network = read_network(self.examples / "network.json")
        put = network_pb2.PutNetworkRequest(request_id=_new(), network=network)
        self.hub.call(self.hub.client.network.PutNetwork, put)
        self.hosted(network)
        items = read_catalog(self.examples / "catalog.json")
        for some in chunks(items):
            self.hub.call(self.hub.client.catalog.PutItems, catalog_pb2.PutItemsRequest(request_id=_new(), items=some))
        self.partners.really_there("double_warehouse", plan.MISCOUNTED_NODE, plan.MISCOUNTED_SKU, plan.REALLY_THERE)
        self.partners.failing(plan.FAILING_ADAPTER, plan.FAILING_METHOD, plan.FAILS_FROM, plan.FAILS_UNTIL)
        return f"Network of {len(network.nodes)} nodes and catalog of {len(items)} items loaded."

    def _deeds(self) -> Iterator[Deed]:
        for arrival in plan.ORDERS:
            yield Deed(arrival.at, lambda arrival=arrival: self._receive(arrival))  # type: ignore[misc]
        yield Deed(plan.FAILURE_SEEN, self._look_at_failing_partner)
        yield Deed(plan.CHANGES_AT, self._change)
        yield Deed(plan.RESOLVES_AT, self._resolve_hold)
        yield Deed(plan.CANCELS_AT, self._cancel)
        yield from Returning(self.hub).deeds()

    def _receive(self, arrival: plan.Arrival) -> str:
        request = inbox_pb2.ReceiveRequest(
            account_id=arrival.account_id,
            media_type=arrival.media_type,
            name=arrival.file,
            content=(self.examples / "documents" / arrival.file).read_bytes(),
        )
        document = self.hub.call(self.hub.client.inbox.Receive, request).document
        self.hub.advance_to(arrival.at)
        read = self.hub.call(
            self.hub.client.inbox.GetDocument, inbox_pb2.GetDocumentRequest(document_id=document.document_id)
        ).document
        return f"{arrival.file}: {_taken(read)}"

    def _look_at_failing_partner(self) -> str:
        request = admin_pb2.ListMessagesRequest(state=admin_pb2.MESSAGE_STATE_DUE)
        waiting = self.hub.pages(self.hub.client.admin.ListMessages, request, "messages")
        failing = [one for one in waiting if one.account_id == plan.FAILING_ACCOUNT]
        self.put_off = sorted(one.kind for one in failing)
        attempts = sum(one.attempts for one in failing)
        return f"The carrier does not answer: after {attempts} attempts there wait {', '.join(self.put_off)}."

    def _change(self) -> str:
        client, order_id = self.hub.client.changes, self.order(plan.HELD).order_id
        proposal = change_service_pb2.ProposeChangeRequest(
            request_id=_new(),
            order_id=order_id,
            change=change_service_pb2.ChangeDraft(gift_message=plan.GIFT_MESSAGE),
            reason="The customer asked for a card.",
        )
        change = self.hub.call(client.ProposeChange, proposal).change
        confirmation = change_service_pb2.ConfirmChangeRequest(
            request_id=_new(), order_id=order_id, change_id=change.change_id
        )
        self.hub.call(client.ConfirmChange, confirmation)
        return f"The customer adds a card to order {plan.HELD}: {plan.GIFT_MESSAGE}"

    def _resolve_hold(self) -> str:
        order = self.order(plan.HELD)
        active = [one for one in order.holds if one.status == orders_pb2.HOLD_STATUS_ACTIVE]
        for hold in active:
            request = order_service_pb2.ResolveHoldRequest(
                request_id=_new(),
                order_id=order.order_id,
                hold_id=hold.hold_id,
                status=orders_pb2.HOLD_STATUS_RESOLVED,
                note="The shop confirmed the total.",
            )
            self.hub.call(self.hub.client.orders.ResolveHold, request)
        return f"An operator looked at order {plan.HELD} and lets it go on: {'; '.join(one.reason for one in active)}"

    def _cancel(self) -> str:
        request = order_service_pb2.CancelLinesRequest(
            request_id=_new(), order_id=self.order(plan.CANCELED).order_id, reason="The customer changed her mind."
        )
        answer = self.hub.call(self.hub.client.orders.CancelLines, request)
        at_once, asked = answer.canceled_quantity, answer.requested_quantity
        return f"The customer cancels order {plan.CANCELED}: {at_once} units at once, {asked} asked of the node."

    def order(self, reference: str) -> Any:
        """The order of a channel's reference."""
        request = order_service_pb2.ListOrdersRequest(channel_reference=reference)
        (order,) = self.hub.call(self.hub.client.orders.ListOrders, request).orders
        return order


def _taken(document: inbox_pb2.Document) -> str:
    if document.problems:
        return "; ".join(f"{problem.location} {problem.field}: {problem.reason}" for problem in document.problems)
    count = len(document.order_ids)
    return f"{count} order{'' if count == 1 else 's'} taken" if count else "stock counted"


def _new() -> str:
    return str(new_identity())

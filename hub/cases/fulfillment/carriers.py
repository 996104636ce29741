"""What carriers are told of a case: parcels to follow."""

from __future__ import annotations

from hub.cases.case import Case
from hub.fulfillment.model import Shipment
from hub.kernel.ids import derived
from hub.messages.transport import RegisterParcel, Sender
from hub.network.model import Network, Node


def register(case: Case, network: Network, shipment: Shipment, service_code: str) -> None:
    """Has a carrier account follow a parcel, where it has a tracking number and its lane an account."""
    lane = network.lane(shipment.node_id, case.order.destination, service_code)
    if lane is None or not shipment.tracking_number:
        return
    promised = [
        case.order.promises[line.line_number] for line in shipment.lines if line.line_number in case.order.promises
    ]
    payload = RegisterParcel(
        shipment_id=shipment.shipment_id,
        tracking_number=shipment.tracking_number,
        from_node_id=shipment.node_id,
        ship_to_party_id=case.order.ship_to_party_id,
        service_code=service_code,
        shipped_at=shipment.shipped_at,
        sender=sender_of(network.node(shipment.node_id)),
        promised_at=max(promised) if promised else None,
        weight_grams=shipment.carriage.weight_grams or _weight(case, shipment),
    )
    message_id = derived(shipment.shipment_id, "register")
    account_id = lane.transport_account_id
    case.send(payload, f"parcel:{account_id}:{shipment.shipment_id}", message_id, account_id=account_id)


def sender_of(node: Node) -> Sender:
    """Return the node that a parcel leaves, and where it is."""
    address = node.address
    return Sender(
        node.title or node.node_id,
        address.street_lines,
        address.city,
        address.country_code,
        address.region_code,
        address.postal_code,
    )


def _weight(case: Case, shipment: Shipment) -> int:
    """What the units of a shipment weigh in grams, 0 where the weight of one of them is not known."""
    weights = [
        ordered.weight_grams * line.quantity if (ordered := case.order.line(line.line_number)) else 0
        for line in shipment.lines
    ]
    return sum(weights) if all(weights) else 0

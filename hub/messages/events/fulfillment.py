"""Events of fulfillment: what nodes and carriers do with the units of an order."""

from __future__ import annotations

from uuid import UUID

from hub.messages.events.facts import EventFacts


class FulfillmentOrderReleased(EventFacts, frozen=True, kw_only=True):
    """Units of an order were handed to a node as a fulfillment order."""

    sentences = ("{units} handed to {node_id}.",)
    fulfillment_order_id: UUID
    node_id: str
    quantity: int


class FulfillmentOrderAcknowledged(EventFacts, frozen=True, kw_only=True):
    """A node took a fulfillment order on."""

    sentences = ("{node_id} took the work on.",)
    fulfillment_order_id: UUID
    node_id: str
    quantity: int


class FulfillmentOrderRejected(EventFacts, frozen=True, kw_only=True):
    """A node refused a fulfillment order; its units are sourced again."""

    sentences = (
        "{node_id} refused the work: {reason}.",
        "{node_id} refused the work.",
    )
    fulfillment_order_id: UUID
    node_id: str
    reason: str


class UnitsPicked(EventFacts, frozen=True, kw_only=True):
    """A node picked units."""

    sentences = ("{units} picked at {node_id}.",)
    fulfillment_order_id: UUID
    node_id: str
    quantity: int


class UnitsPacked(EventFacts, frozen=True, kw_only=True):
    """A node packed units."""

    sentences = ("{units} packed at {node_id}.",)
    fulfillment_order_id: UUID
    node_id: str
    quantity: int


class UnitsReady(EventFacts, frozen=True, kw_only=True):
    """Units lie ready to be collected."""

    sentences = ("{units} ready to be collected at {node_id}.",)
    fulfillment_order_id: UUID
    node_id: str
    quantity: int


class UnitsCollected(EventFacts, frozen=True, kw_only=True):
    """Units were collected."""

    sentences = ("{units} collected at {node_id}.",)
    fulfillment_order_id: UUID
    node_id: str
    quantity: int
    shipment_id: UUID


class PickupCodeRefused(EventFacts, frozen=True, kw_only=True):
    """A wrong code was named for units that lie ready."""

    sentences = ("A wrong code was named at {node_id}.",)
    fulfillment_order_id: UUID
    node_id: str


class PickupRenewed(EventFacts, frozen=True, kw_only=True):
    """The customer was sent another code for units that lie ready."""

    sentences = ("Another code was sent for what lies ready at {node_id}.",)
    fulfillment_order_id: UUID
    node_id: str


class PickupExpired(EventFacts, frozen=True, kw_only=True):
    """Nobody collected units in time; they are canceled."""

    sentences = ("Nobody collected {units} at {node_id} in time.",)
    fulfillment_order_id: UUID
    node_id: str
    quantity: int


class UnitsShort(EventFacts, frozen=True, kw_only=True):
    """Units cannot ship from a node and are sourced again."""

    sentences = ("{units} cannot ship from {node_id}: {reason}.",)
    node_id: str
    quantity: int
    reason: str
    fulfillment_order_id: UUID | None = None


class UnitsAskedBack(EventFacts, frozen=True, kw_only=True):
    """A node was asked to give units back, so that they can ship from elsewhere."""

    sentences = ("{node_id} was asked to give back {units}.",)
    fulfillment_order_id: UUID
    node_id: str
    quantity: int


class AcceptanceMissed(EventFacts, frozen=True, kw_only=True):
    """A node did not acknowledge a fulfillment order in its time; the units are sourced from other nodes."""

    sentences = ("{node_id} did not acknowledge {units} in time.",)
    fulfillment_order_id: UUID
    node_id: str
    quantity: int


class UnitsSourcedAgain(EventFacts, frozen=True, kw_only=True):
    """Units gave up their node and are sourced again."""

    sentences = (
        "{units} no longer ship from {node_id}.",
        "{units} sourced again.",
    )
    node_id: str
    quantity: int


class CancelRequested(EventFacts, frozen=True, kw_only=True):
    """A node was asked to cancel units that it works."""

    sentences = ("{node_id} was asked to cancel {units}.",)
    fulfillment_order_id: UUID
    node_id: str
    quantity: int


class CancelAccepted(EventFacts, frozen=True, kw_only=True):
    """A node canceled units that it was asked to cancel."""

    sentences = ("{node_id} canceled {units}.",)
    fulfillment_order_id: UUID
    node_id: str
    quantity: int


class CancelUnanswered(EventFacts, frozen=True, kw_only=True):
    """A node did not answer a request by its deadline."""

    sentences = ("{node_id} did not answer in time whether it gives back units.",)
    fulfillment_order_id: UUID
    node_id: str


class CancelRefused(EventFacts, frozen=True, kw_only=True):
    """A node did not give back units that it was asked for."""

    sentences = ("{node_id} refused to cancel.",)
    fulfillment_order_id: UUID
    node_id: str


class ShipmentLeft(EventFacts, frozen=True, kw_only=True):
    """A parcel left a node."""

    sentences = (
        "{units} left {node_id}, tracking number {tracking_number}.",
        "{units} left {node_id}.",
    )
    shipment_id: UUID
    node_id: str
    tracking_number: str
    quantity: int


class ShipmentDelivered(EventFacts, frozen=True, kw_only=True):
    """A carrier delivered a parcel."""

    sentences = (
        "Parcel {tracking_number} was delivered.",
        "A parcel was delivered.",
    )
    shipment_id: UUID
    tracking_number: str
    state: str


class CarrierReported(EventFacts, frozen=True, kw_only=True):
    """A carrier reported where a parcel is."""

    sentences = (
        "The carrier reported parcel {tracking_number}: {state}.",
        "The carrier reported: {state}.",
    )
    shipment_id: UUID
    tracking_number: str
    state: str


class LabelBought(EventFacts, frozen=True, kw_only=True):
    """A label was bought for a parcel."""

    sentences = ("The label {tracking_number} was bought for parcel {shipment_reference} of {node_id}.",)
    fulfillment_order_id: UUID
    node_id: str
    shipment_reference: str
    tracking_number: str


class LabelRefused(EventFacts, frozen=True, kw_only=True):
    """A partner refused a label for a parcel."""

    sentences = ("A label for parcel {shipment_reference} of {node_id} was refused.",)
    fulfillment_order_id: UUID
    node_id: str
    shipment_reference: str


class LabelVoided(EventFacts, frozen=True, kw_only=True):
    """A label that no parcel left with was taken back by its partner."""

    sentences = ("The label of parcel {shipment_reference} of {node_id} was voided.",)
    fulfillment_order_id: UUID
    node_id: str
    shipment_reference: str


class DeclarationChanged(EventFacts, frozen=True, kw_only=True):
    """The declaration of a shipment to customs came to another state."""

    sentences = (
        "Customs declaration {customs_reference} is {state}: {why}.",
        "Customs declaration {customs_reference} is {state}.",
        "The customs declaration is {state}: {why}.",
        "The customs declaration is {state}.",
    )
    shipment_id: UUID
    state: str
    customs_reference: str = ""
    why: str = ""

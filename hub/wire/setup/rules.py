"""What rules may name: the messages of `crossdock.rules.v1`, as the vocabularies that `hub/rules` compiles over."""

from __future__ import annotations

from collections.abc import Mapping

from google.protobuf import descriptor_pool

from crossdock.rules.v1 import facts_pb2
from hub.rules.cel import Vocabulary


def order_vocabulary() -> Vocabulary:
    """The facts about an order, as the variable `order`."""
    descriptor = facts_pb2.OrderFacts.DESCRIPTOR
    return Vocabulary("order", descriptor.full_name, descriptor_pool.Default(), _order_facts)


def return_vocabulary() -> Vocabulary:
    """The facts about units to send back, as the variable `returned`."""
    descriptor = facts_pb2.ReturnFacts.DESCRIPTOR
    return Vocabulary("returned", descriptor.full_name, descriptor_pool.Default(), _return_facts)


def _return_facts(facts: Mapping[str, object]) -> facts_pb2.ReturnFacts:
    return facts_pb2.ReturnFacts(**facts)  # type: ignore[arg-type]


def cell_vocabulary() -> Vocabulary:
    """The facts about an item at a node for a channel, as the variable `cell`."""
    descriptor = facts_pb2.CellFacts.DESCRIPTOR
    return Vocabulary("cell", descriptor.full_name, descriptor_pool.Default(), _cell_facts)


def _cell_facts(facts: Mapping[str, object]) -> facts_pb2.CellFacts:
    return facts_pb2.CellFacts(**facts)  # type: ignore[arg-type]


def _order_facts(facts: Mapping[str, object]) -> facts_pb2.OrderFacts:
    return facts_pb2.OrderFacts(**facts)  # type: ignore[arg-type]

"""What rules may name: the messages of `crossdock.rules.v1`, as the vocabularies that `hub/rules` compiles over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from google.protobuf import descriptor_pool
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message

from crossdock.rules.v1 import facts_pb2
from hub.rules.cel import Vocabulary


def order_vocabulary() -> Vocabulary:
    """Return the facts about an order, as the variable `order`."""
    return _vocabulary("order", facts_pb2.OrderFacts)


def change_vocabulary() -> Vocabulary:
    """Return the facts about a change of an order, as the variable `change`."""
    return _vocabulary("change", facts_pb2.ChangeFacts)


def return_vocabulary() -> Vocabulary:
    """Return the facts about units to send back, as the variable `returned`."""
    return _vocabulary("returned", facts_pb2.ReturnFacts)


def basket_vocabulary() -> Vocabulary:
    """Return the facts about what is to ship, as the variable `basket`."""
    return _vocabulary("basket", facts_pb2.BasketFacts)


def node_vocabulary() -> Vocabulary:
    """Return the facts about a node, as the variable `node`."""
    return _vocabulary("node", facts_pb2.CellNodeFacts)


def cell_vocabulary() -> Vocabulary:
    """Return the facts about an item at a node for a channel, as the variable `cell`."""
    return _vocabulary("cell", facts_pb2.CellFacts)


def _vocabulary(variable: str, facts: type[Message]) -> Vocabulary:
    def message_of(values: Mapping[str, object]) -> Message:
        return facts(**values)

    name = facts.DESCRIPTOR.full_name
    pool = descriptor_pool.Default()
    fields = list(_repeated(pool.FindMessageTypeByName(name)))
    maps = frozenset(field.name for field in fields if _is_map(field))
    return Vocabulary(variable, name, pool, message_of, frozenset(field.name for field in fields) - maps, maps)


def _repeated(message: Descriptor) -> Iterator[FieldDescriptor]:
    """The fields of `message`, and of messages in it, that are lists or maps."""
    for field in message.fields:
        if field.is_repeated:
            yield field
        if field.message_type is not None and not _is_map(field):
            yield from _repeated(field.message_type)


def _is_map(field: FieldDescriptor) -> bool:
    return field.message_type is not None and field.message_type.GetOptions().map_entry

"""Scope as SQL: the conditions that keep rows of an order's rooms to what a caller may see.

An order lies in a scope when its channel and seller do, and, where the scope names nodes, when one of them has or had
units of it. Rooms add these conditions to their own statements, so that what is out of scope is never loaded.
"""

from __future__ import annotations

from typing import Any

from hub.database.arrays import texts, uuids
from hub.kernel.scope import Scope

Conditions = tuple[list[str], dict[str, Any]]
"""Conditions to join by AND, and their parameters (named `scope_*`)."""


def columns_seen(scope: Scope, **columns: str) -> Conditions:
    """Conditions on columns of the statement's own row: `channels`, `nodes`, `sellers` -> SQL expression."""
    allowed = {"channels": scope.channel_list(), "nodes": scope.node_list(), "sellers": scope.seller_list()}
    limited = {kind: values for kind, values in allowed.items() if values is not None and kind in columns}
    conditions = [f"{columns[kind]} = ANY(%(scope_{kind})s)" for kind in limited]
    return conditions, {f"scope_{kind}": texts(values) for kind, values in limited.items()}


def nodes_seen(scope: Scope, order_id: str) -> Conditions:
    """Conditions on an order, given the SQL expression of its id: a node of the scope has or had units of it."""
    nodes = scope.node_list()
    if nodes is None:
        return [], {}
    condition = (
        f"(EXISTS (SELECT FROM slice seen WHERE seen.order_id = {order_id} AND seen.node_id = ANY(%(scope_nodes)s))"
        f" OR EXISTS (SELECT FROM fulfillment_order seen WHERE seen.order_id = {order_id}"
        " AND seen.node_id = ANY(%(scope_nodes)s)))"
    )
    return [condition], {"scope_nodes": texts(nodes)}


def own_seen(scope: Scope, order_id: str) -> Conditions:
    """Conditions on an order, given the SQL expression of its id: it is one of those that a customer is bound to."""
    if scope.orders is None:
        return [], {}
    return [f"{order_id} = ANY(%(scope_orders)s)"], {"scope_orders": uuids(sorted(scope.orders))}


def header_seen(scope: Scope, order_id: str) -> Conditions:
    """Conditions on a row that belongs to an order, given the SQL expression of its id: its channel and seller."""
    own, own_parameters = own_seen(scope, order_id)
    columns, parameters = columns_seen(scope, channels="seen.channel_id", sellers="seen.seller_id")
    if not columns:
        return own, own_parameters
    matches = " AND ".join([f"seen.order_id = {order_id}", *columns])
    return [f"EXISTS (SELECT FROM orders seen WHERE {matches})", *own], parameters | own_parameters


def order_seen(scope: Scope, order_id: str) -> Conditions:
    """Conditions on a row that belongs to an order, given the SQL expression of its id: channel, seller and nodes."""
    header, parameters = header_seen(scope, order_id)
    nodes, more = nodes_seen(scope, order_id)
    return header + nodes, parameters | more

"""Items on the wire."""

from __future__ import annotations

from typing import Any, Final

from crossdock.catalog.v1 import catalog_pb2
from crossdock.network.v1 import network_pb2
from hub.catalog.model import Component, Item, ItemState, Resale
from hub.kernel.errors import InvalidField
from hub.kernel.money import Money
from hub.wire.codes import country_from_text
from hub.wire.defaults import meant
from hub.wire.money import money_from_pb, money_to_pb
from hub.wire.shares import share_from_text, share_to_text

_KIND: Final = "NODE_KIND_"

_STATES: Final = {
    ItemState.ACTIVE: catalog_pb2.ITEM_STATE_ACTIVE,
    ItemState.DRAFT: catalog_pb2.ITEM_STATE_DRAFT,
    ItemState.ENDED: catalog_pb2.ITEM_STATE_ENDED,
}


def item_to_pb(item: Item) -> catalog_pb2.Item:
    """The item as a message; prices by currency."""
    return catalog_pb2.Item(
        sku=item.sku,
        title=item.title,
        state=item_state_to_pb(item.state),
        hs_code=item.hs_code,
        origin_country_code=item.origin_country,
        weight_grams=item.weight_grams,
        unit_code=item.unit_code,
        prices=[money_to_pb(price) for _, price in sorted(item.prices.items())],
        components=[catalog_pb2.BundleComponent(sku=part.sku, quantity=part.quantity) for part in item.components],
        attributes=dict(item.attributes),
        resales=[_resale_to_pb(resale) for resale in item.resales],
        version=item.version,
        volume_cm3=item.volume_cm3,
        item_class=item.item_class,
        required_skills=sorted(item.required_skills),
    )


def item_from_pb(message: catalog_pb2.Item) -> Item:
    """The item in a message, with the contract's defaults; raises InvalidField for prices that are none."""
    prices: dict[str, Money] = {}
    for index, price in enumerate(message.prices):
        field = f"prices[{index}]"
        money = money_from_pb(price, field=field)
        if money.currency in prices:
            raise InvalidField(
                f"{field} is a second price in {money.currency}; state one per currency.",
                **{field: "currency given twice"},
            )
        prices[money.currency] = money
    return Item(
        sku=message.sku,
        title=message.title,
        state=item_state_from_pb(meant(message, "state")),
        hs_code=message.hs_code,
        origin_country=country_from_text(message.origin_country_code, field="origin_country_code"),
        weight_grams=message.weight_grams,
        unit_code=meant(message, "unit_code"),
        prices=prices,
        components=tuple(Component(part.sku, part.quantity) for part in message.components),
        attributes=dict(message.attributes),
        resales=tuple(_resale(one, f"resales[{index}]") for index, one in enumerate(message.resales)),
        version=message.version,
        volume_cm3=message.volume_cm3,
        item_class=message.item_class,
        required_skills=frozenset(message.required_skills),
    )


def _resale(message: catalog_pb2.Resale, field: str) -> Resale:
    share = message.sell_through
    kind = message.node_kind
    return Resale(
        value=money_from_pb(message.value, field=f"{field}.value"),
        sell_through=share_from_text(share, field=f"{field}.sell_through") if share else None,
        node_id=message.node_id,
        node_kind=network_pb2.NodeKind.Name(kind).removeprefix(_KIND) if kind else "",
    )


def _resale_to_pb(resale: Resale) -> catalog_pb2.Resale:
    made = catalog_pb2.Resale(
        value=money_to_pb(resale.value),
        sell_through="" if resale.sell_through is None else share_to_text(resale.sell_through),
    )
    if resale.node_id:
        made.node_id = resale.node_id
    elif resale.node_kind:
        kind: Any = network_pb2.NodeKind.Value(_KIND + resale.node_kind)
        made.node_kind = kind
    return made


def item_state_to_pb(state: ItemState) -> catalog_pb2.ItemState:
    """The state as a value of the contract."""
    return _STATES[state]


def item_state_from_pb(value: catalog_pb2.ItemState) -> ItemState:
    """Return the state of a value; raises InvalidField for a value that the contract lacks."""
    for state, stated in _STATES.items():
        if stated == value:
            return state
    raise InvalidField(f"state {value} is not in the contract; state one that is.", state="unknown value")

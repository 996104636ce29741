"""What may be an item, what may be in a bundle, and what a bundle is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from hub.catalog.errors import UnknownSku
from hub.catalog.model import Item
from hub.kernel.errors import InvalidField, Refusal, StateChanged, refuse_other_version

LONGEST_SKU = 80


def exploded(item: Item, quantity: int) -> tuple[tuple[str, int], ...]:
    """The (sku, units) that `quantity` units of an item take from stock: its components' for a bundle, else its own.

    A component that a bundle names twice is summed, in the order of its first mention.
    """
    if not item.is_bundle:
        return ((item.sku, quantity),)
    units: dict[str, int] = {}
    for component in item.components:
        units[component.sku] = units.get(component.sku, 0) + component.quantity * quantity
    return tuple(units.items())


def admitted(
    items: Sequence[Item], stored: Mapping[str, Item], bundles_of: Mapping[str, Sequence[str]]
) -> list[Item | Refusal]:
    """Each item, or why it is refused; a refused one refuses the bundles that need it, and nothing else.

    `stored` holds what is known of the SKUs named, `bundles_of` the stored bundles that each SKU is part of. Of two
    items with one SKU the later is meant; a bundle may stand before its components.
    """
    checked: list[Item | Refusal] = [_sound(item) or _next(item, stored.get(item.sku)) for item in items]
    meant = dict(stored) | {item.sku: item for item in checked if isinstance(item, Item)}
    return [
        one if isinstance(one, Refusal) else _fitting(one, meant, bundles_of.get(one.sku, ())) or one for one in checked
    ]


def _next(item: Item, stored: Item | None) -> Item | Refusal:
    """Return an item in the version that it gets over the one stored, or why it may not replace that."""
    version = stored.version if stored else 0
    try:
        refuse_other_version(f"Item {item.sku}", item.version, version)
    except StateChanged as changed:
        return changed
    same = stored is not None and replace(item, version=version) == stored
    return replace(item, version=version if same else version + 1)


def _sound(item: Item) -> Refusal | None:
    """What is wrong with an item taken alone."""
    if not 1 <= len(item.sku) <= LONGEST_SKU:
        return InvalidField(f"sku has {len(item.sku)} characters; give it 1 to {LONGEST_SKU}.", sku="length")
    for name, number in {"weight_grams": item.weight_grams, "volume_cm3": item.volume_cm3}.items():
        if number < 0:
            return InvalidField(f"{name} is negative; state that of one unit.", **{name: "negative"})
    for component in item.components:
        if component.quantity < 1:
            return InvalidField(
                f"Bundle {item.sku} holds {component.quantity} of {component.sku}; name at least 1.",
                components="quantity below 1",
            )
    for resale in item.resales:
        if resale.value.minor < 0 or not 0 <= (resale.sell_through or 0) <= 1:
            return InvalidField(
                f"{resale.value} sold in {resale.sell_through} of cases is no resale; state at least 0, and 0 to 1.",
                resales="out of range",
            )
    for currency, price in item.prices.items():
        if price.minor < 0 or price.currency != currency:
            return InvalidField(
                f"{price} is not a price in {currency}; state it in that currency.", prices="contradictory"
            )
    return None


def _fitting(item: Item, meant: Mapping[str, Item], bundles: Sequence[str]) -> Refusal | None:
    """What is wrong with an item among the others."""
    if item.is_bundle and bundles:
        return InvalidField(
            f"{item.sku} is part of bundle {bundles[0]} and cannot be a bundle itself; change that one first.",
            components="part of a bundle",
        )
    for component in item.components:
        part = meant.get(component.sku)
        if part is None:
            return UnknownSku(
                f"Bundle {item.sku} names {component.sku}, which is not in the catalog; create it with PutItems first.",
                sku=component.sku,
                bundle=item.sku,
            )
        if part.is_bundle:
            return InvalidField(
                f"Bundle {item.sku} names {component.sku}, which is a bundle; name its components instead.",
                components="a bundle in a bundle",
            )
    return None

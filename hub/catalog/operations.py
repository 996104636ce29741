"""What flows and queries ask of the catalog. All sellers share one catalog; who may write it is decided at the api."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct, field

from hub.catalog import policy, store
from hub.catalog.errors import UnknownSku
from hub.catalog.model import Item, ItemState
from hub.database.tx import Tx
from hub.kernel.errors import Refusal
from hub.kernel.instant import Instant
from hub.kernel.scope import Scope

VERSION: Final = store.VERSION
"""Counts up with each change of the catalog; as part of a question."""
LARGEST_PAGE = 500
MOST_REMEMBERED: Final = 100_000
"""Items that a process keeps in memory at most."""


async def put(tx: Tx, scope: Scope, items: Sequence[Item], *, at: Instant) -> list[Item | Refusal]:
    """Writes items: a new SKU is created, a known one replaced; the same again changes nothing.

    Answers per element: StateChanged where it replaces another version than the one stored; InvalidField; UnknownSku
    where a bundle names a component that is nowhere. Of two elements with one SKU the later one stays.
    """
    parts = {component.sku for item in items for component in item.components}
    stored = await store.load(tx, parts | {item.sku for item in items}, lock=True)
    bundles = [item.sku for item in items if item.is_bundle]
    bundles_of = await store.bundles_of(tx, bundles) if bundles else {}
    answers = policy.admitted(items, stored, bundles_of)
    await store.save(tx, {item.sku: item for item in answers if isinstance(item, Item)}, at=at)
    return answers


async def load(tx: Tx, skus: Iterable[str]) -> dict[str, Item]:
    """The items of these SKUs, by SKU; unknown ones are absent."""
    return await store.load(tx, skus)


async def get(tx: Tx, sku: str) -> Item:
    """One item; raises UnknownSku."""
    if item := (await store.load(tx, [sku])).get(sku):
        return item
    raise UnknownSku(f"SKU {sku} is not in the catalog; create it with PutItems first.", sku=sku)


async def page(tx: Tx, after_sku: str = "", size: int = 50, state: ItemState | None = None) -> list[Item]:
    """The next items by SKU, 1 to 500 of them, after a SKU (empty: from the start), in a state or in any."""
    return await store.page(tx, after_sku, max(1, min(size, LARGEST_PAGE)), state)


async def skus_with(tx: Tx, attributes: Mapping[str, str], most: int) -> list[str]:
    """The SKUs, sorted, of active items of a style that have all these attributes, `style` among them."""
    return await store.skus_with(tx, attributes, most)


def expect_version(tx: Tx, version: int | None) -> None:
    """Has the transaction be AssumptionBroken where the catalog has another version; None is never the one it has."""
    store.expect_version(tx, version)


async def version(tx: Tx) -> int:
    """Counts up with each change of the catalog."""
    return await store.version(tx)


async def draft(tx: Tx, skus: Iterable[str], *, at: Instant) -> list[str]:
    """Makes DRAFT items of the SKUs that the catalog does not know, and leaves known ones as they are.

    Answers the SKUs it made, sorted. Orders of a draft wait until someone completes it.
    """
    return sorted(await store.add(tx, {sku: Item(sku, state=ItemState.DRAFT, version=1) for sku in skus}, at=at))


class ItemMemory:
    """Items as a process remembers them; read again once the catalog has changed.

    `version` is what they are of, and `origin` the history of the database in which it counts.
    For transactions that only read: what a transaction wrote itself may never be committed.
    """

    def __init__(self) -> None:
        self.version: int | None = None
        self.origin = ""
        self._items: dict[str, Item] = {}

    async def load(self, tx: Tx, skus: Iterable[str], *, version: int | None = None) -> dict[str, Item]:
        """The items of these SKUs as the transaction sees them, by SKU; unknown ones are absent.

        `version` is the catalog's, where the transaction knows it already.
        """
        if version is None:
            version = await store.version(tx)
        if (version, tx.origin) != (self.version, self.origin) or len(self._items) > MOST_REMEMBERED:
            self.version, self.origin, self._items = version, tx.origin, {}
        items = self._items
        wanted = set(skus)
        items.update(await store.load(tx, [sku for sku in wanted if sku not in items]))
        return {sku: items[sku] for sku in wanted if sku in items}


class Items(Struct, frozen=True):
    """The catalog as one transaction sees it: what the process remembers, and the version in force where known."""

    memory: ItemMemory = field(default_factory=ItemMemory)
    version: int | None = None

    async def load(self, tx: Tx, skus: Iterable[str]) -> dict[str, Item]:
        """The items of these SKUs, by SKU; unknown ones are absent."""
        return await self.memory.load(tx, skus, version=self.version)


async def unknown(tx: Tx, skus: Iterable[str]) -> set[str]:
    """Return those of some SKUs that the catalog does not know."""
    return await store.unknown(tx, skus)


async def sift(tx: Tx, relation: str, *, most: int) -> list[str]:
    """Takes the rows out of a relation of this transaction whose `sku` the catalog does not know.

    Answers these SKUs, sorted, at most so many.
    """
    return await store.sift(tx, relation, most)

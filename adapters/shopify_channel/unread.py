"""Facts of an order that nobody acts on: each holds the order, unless the profile ignores it."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.sdk.documents.facts import why_held
from adapters.sdk.documents.reading import shown
from adapters.shopify_channel.facts import FACTS, PERSONAL, RECORDS
from adapters.shopify_channel.places import Place
from adapters.shopify_channel.settings import Settings

MANUAL_SERVICE = "manual"


def hold_unread(order: Place, settings: Settings) -> None:
    """Hold the order for facts that no list settles, and for what the buyer states in attributes and properties."""
    for record, place in records("order", order):
        for name in place.names():
            if name not in FACTS[record].settled and _is_stated(place.at(name)):
                _hold(place.at(name), record, settings)
    for line in order.each("line_items"):
        for own in line.each("properties") if isinstance(line.at("properties").value, list) else ():
            _hold_words(own, "property", settings)
    for note in order.each("note_attributes"):
        _hold_words(note, "note", settings)


def records(record: str, place: Place) -> Iterator[tuple[str, Place]]:
    """Return a record and the records in it, each with its sort."""
    if not isinstance(place.value, dict):
        return
    yield record, place
    for name, inner in RECORDS.get(record, {}).items():
        held = place.at(name)
        places = place.each(name) if isinstance(held.value, list) else [held]
        for element in places:
            yield from records(inner, element)


def _is_stated(place: Place) -> bool:
    """Return whether a value states anything: null, empty text and empty lists do not."""
    if place.name == "properties" and isinstance(place.value, list):
        return False
    if place.name == "fulfillment_service" and place.value == MANUAL_SERVICE:
        return False
    return place.value is not None and place.value not in ("", [], {})


def _hold(place: Place, record: str, settings: Settings) -> None:
    fact = f"{record}.{place.name}"
    if fact not in settings.ignored_facts:
        is_personal = bool(PERSONAL & {fact, f"{record}.*"})
        place.hold("" if is_personal else shown(place.value), why_held(fact))


def _hold_words(place: Place, record: str, settings: Settings) -> None:
    """Hold the order for a name and value of the buyer's; names that begin with a line (_) are the shop's own."""
    name = place.at("name").text()
    fact = f"{record}.{name}"
    is_read = record == "note" and (name in settings.carry_note_attributes or name in settings.token_attributes)
    if place.at("value").text() and not (is_read or name.startswith("_") or fact in settings.ignored_facts):
        place.at("value").hold("", why_held(fact))

"""What the stand-ins did, told so that two runs can be compared, and what they did more than once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from adapters.double_channel.shelf import shown
from adapters.sdk.doubles.effects import Effect, EffectLog
from hub.app.demo.reading import Ending, OrderEnding

_PUBLISHED: Final = "channel.stock"
"""How often stock is published follows the pace of a run; what is shown at its end does not."""
_CHANNEL: Final = "double_channel"
_AN_ID: Final = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?:AUTH|CAPT?|REV|REFD|TRK|WH|ERP)-?[0-9A-F]{12,}"
)


def doubled(folder: Path) -> dict[str, list[Any]]:
    """By stand-in, the effects that happened more than once: under one key, or under several for one release."""
    found: dict[str, list[Any]] = {}
    for log in _logs(folder):
        twice: list[Any] = [
            *log.doubled(),
            *log.doubled_subjects("warehouse.release"),
            *log.doubled_subjects("shipped"),
        ]
        twice += log.doubled_subjects("transport.register")
        if twice:
            found[log.path.stem] = twice
    return found


def untoward(folder: Path) -> list[str]:
    """What stand-ins noted of a hub that did wrong: a cancel before its release, a release or parcel told twice."""
    wrong = {"overtaken", "released_again", "registered_again", "out_of_order"}
    return sorted(f"{one.kind} {one.subject}" for log in _logs(folder) for one in log.effects() if one.kind in wrong)


def told(folder: Path, ending: Ending) -> dict[str, Any]:
    """The effects of every stand-in as values that two runs have alike: by what they were about, not by ids."""
    names = dict(_names(ending))
    effects = {
        log.path.stem: sorted(_told(one, names) for one in log.effects() if one.kind != _PUBLISHED)
        for log in _logs(folder)
    }
    accounts = sorted({one.account_id for one in _log(folder, _CHANNEL).effects(_PUBLISHED)})
    shelves = {account: shown(folder / f"{_CHANNEL}.sqlite", account) for account in accounts}
    return {"effects": effects, "shown": shelves}


def _logs(folder: Path) -> list[EffectLog]:
    return [EffectLog(path) for path in sorted(folder.glob("double_*.sqlite"))]


def _log(folder: Path, adapter: str) -> EffectLog:
    return EffectLog(folder / f"{adapter}.sqlite")


def _told(effect: Effect, names: Mapping[str, str]) -> str:
    """One effect in one line, with names in the place of ids."""
    line = json.dumps([effect.account_id, effect.kind, effect.subject, effect.detail], sort_keys=True)
    return _AN_ID.sub(lambda found: names.get(found[0], "an id"), line)


def _names(ending: Ending) -> Iterator[tuple[str, str]]:
    """Names of what effects are about, by id."""
    for one in ending.orders:
        label = f"{one.order.channel_id} {one.reference}"
        yield one.order.order_id, label
        yield from _names_of_work(one, label)
        for step in one.payments.transactions:
            yield step.provider_reference, f"{label} {step.kind} {step.amount.units}.{step.amount.nanos}"


def _names_of_work(one: OrderEnding, label: str) -> Iterator[tuple[str, str]]:
    for work in one.work:
        lines = ", ".join(sorted(f"{line.line_number}: {line.quantity}" for line in work.lines))
        yield work.fulfillment_order_id, f"{label} at {work.node_id} ({lines})"
        for parcel in work.shipments:
            yield parcel.tracking_number, f"{label} parcel from {work.node_id}"

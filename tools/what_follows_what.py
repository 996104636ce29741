"""Draws `docs/what-follows-what.md`: the life of an order, and every message with who sends it and what it starts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from hub.messages.payload import Payload
from hub.work.handlers import FlowTask, PartnerCall
from hub.work.polls import PullCall
from tools import following
from tools.markdown import opening, table

_HEAD: Final = """# What follows what

A flow is one transaction and calls no other flow. What is to follow it is a message: a task that runs a flow of ours, a
call to a partner, whose answer starts a flow, or a timer that becomes a task when it is due. The tables tell what may
follow: whether it does depends on the order, the network and the partners.

Whatever saves orders may besides send {always}:
other orders wait for the same stock, channels and ERPs are told of it, and reports that came early are taken in. The
tables name these only where a flow sends them by itself.
"""
_LIFE: Final = """
## The life of an order

From `place_orders` on, by messages about the order, its parcels and its returns. A dashed line is a timer.

"""
_START: Final = "hub.flows.orders.place_orders.place_orders"
_UPDATES: Final = "what partners tell"
_ABOUT_AN_ORDER: Final = frozenset({"order_id", "fulfillment_order_id", "shipment_id", "return_id"})
Edge = tuple[str, str, str]
"""A sender, the kind of what it sends, and what that starts."""


def page() -> str:
    """Return the page without its head."""
    always = sorted(_always(), key=lambda payload: payload.KIND)
    text = _HEAD.format(always=", ".join(f"`{payload.KIND}`" for payload in always)) + _LIFE + _flowchart()
    handlers = following.bound()
    tasks = [one.payload for one in handlers if isinstance(one, FlowTask)]
    text += "\n## Tasks\n\n" + _rows("runs", (one for one in tasks if not _is_timer(one)))
    text += "\n## Timers\n\n" + _rows("runs", filter(_is_timer, tasks))
    calls = (one.payload for one in handlers if isinstance(one, PartnerCall))
    text += "\n## Calls to partners\n\nAn answer that starts nothing and is a refusal becomes an exception.\n"
    text += "One that is PENDING starts `await_answers` where it is the answer's own, and updates do not tell it.\n\n"
    text += _rows("its answer starts", calls)
    pulls = [one for one in handlers if isinstance(one, PullCall)]
    text += "\n## Updates\n\nAn account is asked after the calls named here, and when it or its interval says.\n\n"
    return text + table(("message", "says", "asked after", "updates start"), map(_pull, pulls))


def _rows(starts: str, payloads: Iterable[type[Payload]]) -> str:
    rows = (
        (f"`{one.KIND}`", opening(one.__doc__), _named(_senders(one)), _named(following.starts()[one]))
        for one in payloads
    )
    return table(("message", "says", "sent by", starts), rows)


def _pull(pull: PullCall[Payload, object]) -> tuple[str, ...]:
    calls = [one for one in following.bound() if isinstance(one, PartnerCall) and one.polled_by is pull.payload]
    asked_after = ", ".join(f"`{one.kind}`" for one in calls)
    return f"`{pull.kind}`", opening(pull.payload.__doc__), asked_after, _named(following.starts()[pull.payload])


def _senders(payload: type[Payload]) -> list[str]:
    """Return the flows that send it; where every saving does, those that do it by themselves."""
    reach = following.sent_beside if payload in _always() else following.sent
    return [flow for flow in following.flows() if payload in reach(flow)]


def _always() -> set[type[Payload]]:
    return following.sent(following.SAVE)


def _is_timer(payload: type[Payload]) -> bool:
    return payload.KIND.startswith("timer.")


def _named(flows: Iterable[str]) -> str:
    return ", ".join(sorted({f"`{_short(flow)}`" for flow in flows}))


def _short(flow: str) -> str:
    return flow.rpartition(".")[2]


def _flowchart() -> str:
    """Return the messages about an order as a flowchart: one arrow per sender and follower, with all their kinds."""
    arrows: dict[tuple[str, str, bool], list[str]] = {}
    for sender, kind, follower in _edges():
        arrows.setdefault((sender, follower, kind.startswith("timer.")), []).append(kind)
    text = "```mermaid\nflowchart TD\n"
    for (sender, follower, timer), kinds in arrows.items():
        arrow = "-.->" if timer else "-->"
        text += f'    {_node(sender)} {arrow}|"{"<br>".join(sorted(set(kinds)))}"| {_node(follower)}\n'
    return text + "```\n"


def _node(name: str) -> str:
    return f"updates[/{name}/]" if name == _UPDATES else _short(name)


def _edges() -> Iterator[Edge]:
    """Yield what follows from placing orders, nearest first, each sender once."""
    waiting, seen = [_START], {_START}
    while waiting:
        sender = waiting.pop(0)
        for edge in _edges_of(sender):
            yield edge
            if edge[2] not in seen:
                seen.add(edge[2])
                waiting.append(edge[2])


def _edges_of(sender: str) -> Iterator[Edge]:
    if sender == _UPDATES:
        pulled = {one.payload for one in following.bound() if isinstance(one, PullCall)}
        yield from (
            (sender, "an update", flow) for flow in sorted({_f for one in pulled for _f in following.starts()[one]})
        )
        return
    sent = following.sent(sender)
    for handler in following.bound():
        if handler.payload in sent and _ABOUT_AN_ORDER & set(handler.payload.__annotations__):
            yield from ((sender, handler.kind, flow) for flow in following.starts()[handler.payload])
            if isinstance(handler, PartnerCall) and handler.polled_by is not None:
                yield sender, handler.kind, _UPDATES

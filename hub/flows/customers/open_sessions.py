"""Opens sessions of customers: of guests who name the code that they were sent, and of those whom a shop knows."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.context import FlowContext
from hub.customers import operations as customers
from hub.customers.errors import CodeRefused
from hub.customers.model import Code, Session, Subject
from hub.customers.policy import SESSION_HOLDS, opens
from hub.kernel.errors import Refusal
from hub.orders import operations as orders
from hub.orders.errors import OrderNotFound
from hub.parties import operations as parties
from hub.parties.errors import PartyNotFound


class Try(Struct, frozen=True):
    """A code as a guest names it, for an order by channel and number, with the e-mail address it was sent to."""

    channel_id: str
    order_number: str
    email: str
    code: str

    def __repr__(self) -> str:
        return f"Try(channel_id={self.channel_id!r}, order_number={self.order_number!r})"


async def try_codes(flow: FlowContext, tries: Sequence[Try]) -> list[Session | Refusal]:
    """Opens a session for each code that opens one. Refuses CUSTOMER_CODE_REFUSED, which counts as a wrong try."""
    keys = [(one.channel_id, one.order_number) for one in tries]
    found = await orders.find_by_reference(flow.tx, flow.scope, keys)
    known = await orders.load(flow.tx, flow.scope, sorted(found.values()), lock=False)
    buyers = await parties.email_indexes(flow.tx, [order.customer_party_id for order in known.values()])
    sent = await customers.codes(flow.tx, known, lock=True)
    last = {order_id: several[-1] for order_id, several in sent.items()}
    tried: dict[UUID, Code] = {}
    answers: list[Session | Refusal] = []
    for one, key in zip(tries, keys, strict=True):
        order = known.get(found[key]) if key in found else None
        index = parties.blind_index(one.email, flow.secrets.blind_index)
        code = last.get(order.order_id) if order and buyers.get(order.customer_party_id) == index else None
        answers.append(_tried(flow, code, one.code, last, tried))
    await customers.save_tries(flow.tx, list(tried.values()))
    await customers.add_sessions(flow.tx, [one for one in answers if isinstance(one, Session)])
    return answers


async def issue_sessions(flow: FlowContext, subjects: Sequence[Subject]) -> list[Session | Refusal]:
    """Opens sessions for customers whom the caller knows. Refuses ORDER_NOT_FOUND, PARTY_NOT_FOUND."""
    answers = [await _refused(flow, one) or _session(flow, one) for one in subjects]
    await customers.add_sessions(flow.tx, [one for one in answers if isinstance(one, Session)])
    return answers


async def end_sessions(flow: FlowContext, subjects: Sequence[Subject]) -> list[int | Refusal]:
    """Ends the sessions of orders and parties; answers how many held. Refuses ORDER_NOT_FOUND, PARTY_NOT_FOUND."""
    return [await _refused(flow, one) or await customers.end(flow.tx, one, at=flow.at) for one in subjects]


def _tried(
    flow: FlowContext, code: Code | None, named: str, last: dict[UUID, Code], tried: dict[UUID, Code]
) -> Session | Refusal:
    if code is None or not opens(code, flow.at):
        return CodeRefused()
    right = hmac.compare_digest(named.encode(), flow.secrets.session_code(code.name).encode())
    after = replace(code, used_at=flow.at) if right else replace(code, wrong_tries=code.wrong_tries + 1)
    last[code.order_id] = tried[code.order_id] = after
    return _session(flow, Subject(order_id=code.order_id)) if right else CodeRefused()


def _session(flow: FlowContext, subject: Subject) -> Session:
    return Session(
        session_id=flow.new_id(),
        order_id=subject.order_id,
        party_id=subject.party_id,
        opened_by=flow.scope.principal,
        opened_at=flow.at,
        expires_at=flow.at + SESSION_HOLDS,
    )


async def _refused(flow: FlowContext, subject: Subject) -> Refusal | None:
    """Why a subject is none of the caller's; None where it is."""
    if subject.order_id is not None:
        if await orders.load(flow.tx, flow.scope, [subject.order_id], lock=False):
            return None
        return OrderNotFound(f"There is no order {subject.order_id}.", order_id=subject.order_id)
    party_id = subject.party_id
    bought = [] if party_id is None else await orders.of_buyers(flow.tx, [party_id], channels=None, size=1)
    if bought and await orders.load(flow.tx, flow.scope, bought, lock=False):
        return None
    return PartyNotFound(f"No order was bought by the party {party_id}.", party_id=party_id)

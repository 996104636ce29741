"""Sends guests codes by which they open sessions. Whoever asks is told the same, whether a code was sent or not.

Nothing of the order is locked or changed, so that asking holds up nobody's work.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from hub.cases import outgoing
from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.store import read
from hub.customers import operations as customers
from hub.customers.model import Code
from hub.customers.policy import CODE_HOLDS, may_send
from hub.holds.model import Operation
from hub.kernel.errors import Refusal
from hub.kernel.instant import iso
from hub.messages.notice import SESSION_CODE, Template
from hub.orders import operations as orders
from hub.outbox import operations as outbox
from hub.parties import operations as parties


class Guest(Struct, frozen=True):
    """Who says that an order is theirs: its channel and number, and the e-mail address that it was placed with."""

    channel_id: str
    order_number: str
    email: str

    def __repr__(self) -> str:
        return f"Guest(channel_id={self.channel_id!r}, order_number={self.order_number!r})"


class CodeAsked(Struct, frozen=True):
    """The one answer to all who ask."""


async def send_codes(flow: FlowContext, guests: Sequence[Guest]) -> list[CodeAsked | Refusal]:
    """Sends a code to each guest whose order it is, as far as another one may be sent for it."""
    found = await orders.find_by_reference(flow.tx, flow.scope, [(one.channel_id, one.order_number) for one in guests])
    cases = await read(flow.tx, flow.scope, sorted(found.values()))
    buyers = await parties.email_indexes(flow.tx, [case.order.customer_party_id for case in cases.values()])
    sent = await customers.codes(flow.tx, cases)
    new: dict[str, Code] = {}
    for guest in guests:
        index = parties.blind_index(guest.email, flow.secrets.blind_index)
        case = cases.get(found[guest.channel_id, guest.order_number]) if _key(guest) in found else None
        if case is None or buyers.get(case.order.customer_party_id) != index or not _reachable(flow, case):
            continue
        earlier = sent.setdefault(case.order_id, [])
        if may_send(earlier, flow.at):
            number = earlier[-1].number + 1 if earlier else 1
            code = Code(case.order_id, number, flow.new_id(), flow.at, flow.at + CODE_HOLDS)
            earlier.append(code)
            new[code.name] = code
    for code in await customers.add_codes(flow.tx, list(new.values())):
        case = cases[code.order_id]
        values = {SESSION_CODE: code.name, "expire_time": iso(code.expires_at)}
        channel = flow.network.channel(case.order.channel_id)
        outgoing.notify(case, channel, Template.CUSTOMER_CODE, code.code_id, values)
    await outbox.append(flow.tx, [one for case in cases.values() for one in case.effects.messages], at=flow.at)
    return [CodeAsked() for _ in guests]


def _key(guest: Guest) -> tuple[str, str]:
    return guest.channel_id, guest.order_number


def _reachable(flow: FlowContext, case: Case) -> bool:
    """Whether the customer can be written to: a hold that keeps notices keeps codes, which would be over by its end."""
    channel = flow.network.channel(case.order.channel_id)
    return bool(channel.notice_account_id) and not case.blocked(Operation.NOTIFY)

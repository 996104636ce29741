"""Credit accounts as tests keep them and look at them; amounts are euros as text."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from hub.api.orders.credit_changes import PUT_CREDIT_ACCOUNT, RELEASE_CREDIT_HOLD, SETTLE_RECEIVABLE
from hub.cases.case import Case
from hub.credit import operations as credit
from hub.credit.model import CreditAccount, CreditStatus
from hub.flows.money.keep_credit import CreditDraft, CreditRelease
from hub.flows.money.settle_receivables import ReceivableSettlement, Settled
from hub.holds.model import HoldStatus, HoldType
from hub.kernel.money import Money
from hub.orders.model import InstrumentDraft
from hub.payments.model import Holder
from tests.support.drafts import minor
from tests.support.network import SELLER
from tests.support.world import World

ACCOUNT: Final = "DEBTOR-7"


def on_account(name: str = ACCOUNT) -> InstrumentDraft:
    """An invoice that counts against a credit account."""
    return InstrumentDraft(Holder.TERMS, "INVOICE", reference="NET30", credit_account_id=name)


async def put(
    world: World,
    euros: str,
    status: CreditStatus = CreditStatus.OPEN,
    *,
    name: str = ACCOUNT,
    currency: str = "EUR",
    version: int = 0,
) -> CreditAccount:
    """Opens an account, or changes its limit and status; raises the refusal."""
    return await world.ask(PUT_CREDIT_ACCOUNT, CreditDraft(SELLER, name, currency, minor(euros), status, version))


async def settle(
    world: World,
    order_id: UUID,
    euros: str,
    reference: str = "BANK-1",
    how: ReceivableSettlement = ReceivableSettlement.PAID,
    currency: str = "EUR",
) -> Case:
    """Records what was paid of an order's invoices; raises the refusal."""
    return await world.ask(SETTLE_RECEIVABLE, Settled(order_id, Money(minor(euros), currency), reference, how))


async def release(world: World, order_id: UUID) -> Case:
    """Lets an order go on over the limit; raises the refusal."""
    return await world.ask(RELEASE_CREDIT_HOLD, CreditRelease(order_id, "they paid by phone"))


async def exposure(world: World, name: str = ACCOUNT) -> int:
    """What is taken of an account, in minor units."""
    async with world.database.reading() as tx:
        return (await credit.read(tx, [(SELLER, name)]))[SELLER, name].exposure_minor


async def held(world: World, *placed: Case) -> list[str]:
    """The references of those orders that are on a CREDIT_LIMIT hold."""
    cases = [await world.case(one.order_id) for one in placed]
    return [
        case.order.channel_reference
        for case in cases
        if any(one.type is HoldType.CREDIT_LIMIT and one.status is HoldStatus.ACTIVE for one in case.holds)
    ]

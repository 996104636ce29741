"""Gift cards and store credit as tests issue them and look at them; amounts are euros as text."""

from __future__ import annotations

from typing import Any, Final

from hub.api.orders.balance_changes import ADJUST_BALANCE, ISSUE_BALANCE
from hub.balances import operations as balances
from hub.balances.model import Balance
from hub.balances.policy import available
from hub.cases.money.balances import gift_card_id, store_credit_id
from hub.flows.money.keep_balances import Adjustment, BalanceDraft
from hub.orders.model import InstrumentDraft
from hub.parties.operations import blind_index
from hub.payments.model import Holder
from tests.support.drafts import minor
from tests.support.world import World

CODE: Final = "GIFT-2026-ABCD-EFGH"
OTHER_CODE: Final = "GIFT-2026-WXYZ-0001"


def by_code(euros: str | None = None, code: str = CODE) -> InstrumentDraft:
    """A gift card whose balance the hub keeps; without an amount it pays what the others leave."""
    return InstrumentDraft(Holder.HUB, "GIFT_CARD", amount_minor=minor(euros) if euros else None, balance_code=code)


def by_store_credit(euros: str | None = None) -> InstrumentDraft:
    """The customer's store credit."""
    return InstrumentDraft(Holder.HUB, "STORE_CREDIT", amount_minor=minor(euros) if euros else None, store_credit=True)


async def issue(world: World, euros: str, code: str = CODE, seller_id: str = "SHOP-NL", **changes: Any) -> Balance:
    """Issues a gift card; raises the refusal."""
    return await world.ask(ISSUE_BALANCE, BalanceDraft(seller_id, "EUR", minor(euros), code=code, **changes))


async def adjust(world: World, balance: Balance, euros: str, currency: str = "EUR") -> Balance:
    """Puts an amount on a balance, or takes it off."""
    return await world.ask(ADJUST_BALANCE, Adjustment(balance.balance_id, currency, minor(euros), "a person says so"))


async def standing(world: World, code: str = CODE) -> tuple[int, int, int]:
    """What is on a gift card, what of it is reserved, and what can be spent; in minor units."""
    return await _standing(world, gift_card_id(world.surroundings.secrets, code.replace("-", "")))


async def store_credit(
    world: World, email: str = "ada@example.com", seller_id: str = "SHOP-NL"
) -> tuple[int, int, int]:
    """The same of somebody's store credit."""
    secrets = world.surroundings.secrets
    owner = blind_index(email, secrets.blind_index)
    return await _standing(world, store_credit_id(secrets, seller_id, "EUR", owner))


async def moved(world: World, code: str = CODE) -> list[tuple[str, int, int]]:
    """What moved on a gift card, oldest first: what happened, the change of what is free, and of what is reserved."""
    balance_id = gift_card_id(world.surroundings.secrets, code.replace("-", ""))
    async with world.database.reading() as tx:
        found = await balances.movements(tx, balance_id, after=0, size=100)
    return [(one.kind.value, one.free_minor, one.reserved_minor) for one in found]


async def _standing(world: World, balance_id: Any) -> tuple[int, int, int]:
    async with world.database.reading() as tx:
        found = (await balances.read(tx, {balance_id})).get(balance_id)
    if found is None:
        return (0, 0, 0)
    return (found.free_minor + found.reserved_minor, found.reserved_minor, available(found, await world.now()))

"""Judges items by availability rules, for plans: before the transaction that keeps the verdicts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Final

from hub.availability import operations as availability
from hub.availability.model import InForce, Kept, Withheld
from hub.availability.policy.judging import Condition, Judge
from hub.cases.context import FlowContext
from hub.catalog import operations as catalog
from hub.catalog.model import Item
from hub.database.tx import Tx
from hub.inventory.model.supply import Protection
from hub.inventory.operations import protections
from hub.network.model import Network
from hub.rules.cel import Rules

ITEMS_A_PAGE: Final = 100
"""Items that are judged at once: others run, and a caller's deadline is seen, while the next are read."""


async def judge_of(flow: FlowContext, state: InForce, network: Network | None = None) -> Judge:
    """A judge by the rules of scenarios, over the network in force or another. Raises RuleInvalid.

    A thread puts it together: it groups all nodes and channels for each rule.
    """
    rules = await availability.rules_of(flow.tx, state)
    return await flow.tx.aside(lambda: Judge(rules, lambda text: compiled(flow, text), network or flow.network))


def compiled(flow: FlowContext, text: str) -> Condition:
    """A condition about cells; where it has no answer it is not true. Raises RuleInvalid."""
    if not isinstance(flow.cell_rules, Rules):
        raise TypeError("rules about cells are compiled where units have them")
    rule = flow.cell_rules.compile(text)
    return lambda facts: rule.evaluate(facts, undecided=False)


async def judge_all(flow: FlowContext, state: InForce, network: Network | None = None) -> Mapping[str, Withheld]:
    """What the rules of scenarios withhold of every item, by SKU; nothing where there are no rules."""
    if not state.scenarios:
        return {}
    judge = await judge_of(flow, state, network)
    return await judge_catalog(flow, judge)


async def judge_catalog(flow: FlowContext, judge: Judge) -> dict[str, Withheld]:
    """What a judge withholds of every item, by SKU."""
    judged: dict[str, Withheld] = {}
    async for page in catalog_pages(flow):
        judged.update(await judge_items(flow.tx, judge, page))
    return judged


async def judge_items(tx: Tx, judge: Judge, items: Sequence[Item]) -> dict[str, Withheld]:
    """What a judge withholds of items, by SKU; others run whenever it has put something new together."""
    judged: dict[str, Withheld] = {}
    for item in items:
        before = judge.values
        judged.update(judge.judged([item]))
        if judge.values > before:
            await tx.turn()
    return judged


async def kept_now(tx: Tx) -> Kept:
    """What is kept from those who ask, whatever stock there is."""
    by_sku: dict[str, list[Protection]] = {}
    for one in await protections.everything(tx):
        by_sku.setdefault(one.sku, []).append(one)
    return Kept(await availability.withheld(tx), by_sku)


async def catalog_pages(flow: FlowContext) -> AsyncIterator[Sequence[Item]]:
    """The whole catalog by SKU, some items at a time."""
    after = ""
    while page := await catalog.page(flow.tx, after, ITEMS_A_PAGE):
        yield page
        after = page[-1].sku

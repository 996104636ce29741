"""A wide quote costs as many statements as a narrow one, and an order without a quote none for quotes."""

from __future__ import annotations

from pathlib import Path

from hub.cases.intake.quotes import PromiseRequest
from hub.flows.orders.quote_promises import quote_promises
from hub.kernel.errors import Refusal
from hub.kernel.scope import HUB
from tests.support.drafts import draft, line
from tests.support.network import CHANNEL
from tests.support.watching import Watch, watched
from tests.support.world import opened

SKUS = [f"SKU-{number}" for number in range(40)]


async def test_many_lines_are_quoted_from_one_reading_and_placing_without_a_quote_reads_none(
    database_url: str, tmp_path: Path
) -> None:
    watch = Watch()
    async with opened(database_url, tmp_path, database_class=watched(watch)) as world:
        for sku in SKUS:
            await world.stock(sku, "DC-NL", 5)
        counts = {}
        for lines in (1, len(SKUS)):
            request = PromiseRequest(CHANNEL, "NL", tuple((sku, 1) for sku in SKUS[:lines]), each_line_alone=True)
            with watch.counting() as statements:
                async with world.database.reading() as tx:
                    flow = await world.surroundings.flow_context(tx, HUB)
                    (quoted,) = await quote_promises(flow, [request])
            assert not isinstance(quoted, Refusal)
            assert [len(quote.options) for quote in quoted] == [1] * lines
            counts[lines] = len(statements)
        with watch.counting() as statements:
            await world.place(draft("W-1", [line("SKU-1")]))

    assert counts[1] == counts[len(SKUS)] > 0
    assert statements
    assert not [sql for sql in statements if "promise_" in str(sql)]

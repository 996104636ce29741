"""Orders of the last days, replayed under a policy that is not in force.

A parcel costs 5.00 from ST-AMS, 6.00 from DC-NL and 13.00 from ST-BER, which alone has both goods and takes a day more.
"""

from __future__ import annotations

from datetime import timedelta

import grpc
import pytest
from google.type.money_pb2 import Money as PbMoney

from crossdock.network.v1.network_pb2 import SourcingPolicy as Candidate
from crossdock.network.v1.network_pb2 import SourcingRule as Rule
from crossdock.sourcing.v1 import sourcing_pb2 as pb
from hub.kernel.money import Money
from hub.network.model import SourcingPolicy
from tests.support.drafts import draft, line
from tests.support.network import CHANNEL
from tests.support.world import TUESDAY
from tests.unit.api.serving import Served, refusal

SPLITS = Candidate(split_cost=PbMoney(currency_code="EUR"), pick_cost=PbMoney(currency_code="EUR", nanos=100_000_000))


async def placed(hub: Served) -> None:
    """Five orders of a cup and a lid, while a second parcel costs 3.00."""
    counts = SourcingPolicy(split_cost=Money(300, "EUR"))
    await hub.world.network(channel={"sourcing_policy": counts}, nodes={"DC-NL": {"daily_capacity": 3}})
    for sku, node_id in (("CUP", "ST-AMS"), ("LID", "DC-NL"), ("CUP", "ST-BER"), ("LID", "ST-BER")):
        await hub.world.stock(sku, node_id, 90)
    for number in range(5):
        await hub.world.place(draft(f"W-{number}", [line("CUP"), line("LID")]))


def rehearsal(policy: Candidate, size: int = 0) -> pb.RehearsePolicyRequest:
    """Asks for the orders since the day before."""
    asked = pb.RehearsePolicyRequest(channel_id=CHANNEL, policy=policy)
    asked.placed_since_time.FromDatetime(TUESDAY - timedelta(days=1))
    asked.page.page_size = size
    return asked


async def test_orders_are_replayed_under_a_policy_and_priced_by_the_one_in_force(hub: Served) -> None:
    await placed(hub)

    answer = await hub.rpc("SourcingService.RehearsePolicy", "service")(rehearsal(SPLITS))

    assert answer.decided == pb.ShippedFigures(
        order_count=5,
        parcel_count=5,
        late_order_count=5,
        cost=PbMoney(currency_code="EUR", units=65),
        parcel_count_by_node={"ST-BER": 5},
    )
    assert answer.rehearsed == pb.ShippedFigures(
        order_count=5,
        parcel_count=10,
        split_order_count=5,
        cost=PbMoney(currency_code="EUR", units=70),
        parcel_count_by_node={"ST-AMS": 5, "DC-NL": 5},
    )
    assert [
        (one.node_id, one.day, one.daily_capacity, one.decided_parcel_count, one.rehearsed_parcel_count)
        for one in answer.node_days
    ] == [
        ("DC-NL", "2026-11-17", 3, 0, 5),
        ("ST-AMS", "2026-11-17", 0, 0, 5),
        ("ST-BER", "2026-11-17", 0, 5, 0),
    ]


async def test_pages_have_each_order_once(hub: Served) -> None:
    await placed(hub)
    rehearse, asked = hub.rpc("SourcingService.RehearsePolicy", "service"), rehearsal(SPLITS, 2)
    pages: list[tuple[int, int]] = []

    while not pages or asked.page.page_token:
        answer = await rehearse(asked)
        pages.append((answer.decided.order_count, answer.rehearsed.parcel_count))
        asked.page.page_token = answer.next_page_token

    assert pages == [(2, 4), (2, 4), (1, 2)]


async def test_orders_placed_before_are_left_out(hub: Served) -> None:
    await placed(hub)
    asked = rehearsal(SPLITS)
    asked.placed_since_time.FromDatetime(TUESDAY + timedelta(seconds=1))

    answer = await hub.rpc("SourcingService.RehearsePolicy", "service")(asked)

    assert (answer.decided, answer.rehearsed) == (pb.ShippedFigures(), pb.ShippedFigures())


@pytest.mark.parametrize(
    ("policy", "reason"),
    [
        (Candidate(split_cost=PbMoney(currency_code="USD", units=1)), "CONFIGURATION_INVALID"),
        (Candidate(rules=[Rule(rule_id="R", nodes="node.moon == 1")]), "RULE_INVALID"),
        (Candidate(rules=[Rule(rule_id="R", nodes="node.kind ==")]), "RULE_INVALID"),
    ],
)
async def test_a_policy_that_cannot_be_weighed_is_refused(hub: Served, policy: Candidate, reason: str) -> None:
    await placed(hub)

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await hub.rpc("SourcingService.RehearsePolicy", "service")(rehearsal(policy))

    assert refusal(refused.value)[1] == reason

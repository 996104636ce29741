"""TradeService: versions of the trade rules, and landed cost by any of them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import grpc
import pytest
from google.type import money_pb2

from crossdock.trade.v1 import trade_pb2 as pb
from tests.unit.api.serving import Served, refusal
from tests.unit.trade.laws import files

SINCE = "2026-01-01,,test"
LAND = f"land,LAND,CH,CHF,CIF,CIF,0.01 HALF_UP,0.01 HALF_UP,{SINCE}"


def rule_files(duty: str = "5", *more: str) -> list[pb.RuleFile]:
    rows = files(
        territories=[LAND],
        duty_rates=[f"duty,LAND,,,no,{duty},,{SINCE}", *more],
        tax_rates=[f"tax,CH,STANDARD,8.1,{SINCE}"],
    )
    return [pb.RuleFile(name=name, content=content) for name, content in rows.items()]


def parcel(name: str, sender: str, value: int, freight: int, **fields: Any) -> pb.Consignment:
    goods = pb.Goods(reference=f"line of {name}", value=francs(value), hs_code="610910", origin_country_code="CN")
    stated: dict[str, Any] = {
        "to_country_code": "CH",
        "import_date": "2026-07-15",
        "flow": pb.TRADE_FLOW_EXPRESS,
    } | fields
    return pb.Consignment(
        consignment_id=name, from_country_code=sender, goods=[goods], freight=francs(freight), **stated | fields
    )


def francs(units: int) -> money_pb2.Money:
    return money_pb2.Money(currency_code="CHF", units=units)


async def load(hub: Served, sent: list[pb.RuleFile], **facts: Any) -> int:
    request = pb.LoadRulesRequest(request_id=str(uuid4()), files=sent, **facts)
    version: int = (await hub.rpc("TradeService.LoadRules")(request)).version
    return version


async def calculate(hub: Served, *parcels: pb.Consignment, **facts: Any) -> list[pb.LandedCost]:
    request = pb.CalculateLandedCostRequest(consignments=parcels, **facts)
    return list((await hub.rpc("TradeService.CalculateLandedCost", "viewer")(request)).landed_costs)


async def in_force(hub: Served, version: int = 0) -> pb.GetRulesResponse:
    rules: pb.GetRulesResponse = await hub.rpc("TradeService.GetRules", "viewer")(pb.GetRulesRequest(version=version))
    return rules


async def test_before_any_rules_are_loaded_those_of_the_product_hold(hub: Served) -> None:
    rules = await in_force(hub)
    (cost,) = await calculate(hub, parcel("A", "NL", 200, 20))

    assert rules.version == 0
    assert {"territories.csv", "duty_rates.csv", "sources.csv"} <= {file.name for file in rules.files}
    assert [charge.rule_id for charge in cost.charges] == ["CH-61", "CH-STANDARD-2024-01-01"]
    assert cost.charges[1].source.startswith("VAT rates in force")


async def test_rules_are_replaced_as_a_whole_and_old_versions_compute_as_before(hub: Served) -> None:
    halves = parcel("A", "NL", 200, 20), parcel("B", "GB", 150, 15)

    first = await load(hub, rule_files("5"))
    charged = await calculate(hub, *halves)
    second = await load(hub, rule_files("10"))

    assert (first, second) == (1, 2)
    assert sum(cost.total.units * 100 + cost.total.nanos // 10_000_000 for cost in charged) == 43_699
    assert [cost.duty.units for cost in await calculate(hub, *halves)] == [22, 16]
    assert await calculate(hub, *halves, rules_version=1) == charged
    assert list((await in_force(hub, version=1)).files) == sorted(rule_files("5"), key=lambda file: file.name)


async def test_the_same_rules_keep_their_version(hub: Served) -> None:
    assert [await load(hub, rule_files()) for _ in range(2)] == [1, 1]
    assert await load(hub, rule_files("6")) == 2


async def test_rules_are_replaced_only_in_the_version_that_was_read(hub: Served) -> None:
    await load(hub, rule_files("5"))

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await load(hub, rule_files("6"), expected_version=7)

    assert refusal(refused.value)[1] == "STATE_CHANGED"
    assert (await in_force(hub)).version == 1
    assert await load(hub, rule_files("6"), expected_version=1) == 2


async def test_rules_that_are_only_validated_do_not_come_into_force(hub: Served) -> None:
    assert await load(hub, rule_files(), validate_only=True) == 1
    assert (await in_force(hub)).version == 0


@pytest.mark.parametrize("validate_only", [False, True])
async def test_rules_that_overlap_leave_those_in_force(hub: Served, validate_only: bool) -> None:  # noqa: FBT001
    await load(hub, rule_files("5"))

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await load(hub, rule_files("5", "again,LAND,,,no,6,,2026-05-01,,test"), validate_only=validate_only)

    assert refusal(refused.value)[1] == "TRADE_RULES_INVALID"
    assert "duty_rates.csv, line 3: overlaps duty_rates.csv, line 2" in (refused.value.details() or "")
    assert (await in_force(hub)).version == 1


async def test_two_files_of_one_name_and_unknown_versions_are_refused(hub: Served) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as twice:
        await load(hub, rule_files() * 2)
    with pytest.raises(grpc.aio.AioRpcError) as unknown:
        await in_force(hub, version=9)

    assert refusal(twice.value)[1] == "INVALID_FIELD"
    assert refusal(unknown.value)[1] == "TRADE_RULES_NOT_FOUND"


async def test_stated_rates_convert_and_are_named_in_the_result(hub: Served) -> None:
    rate = pb.StatedRate(
        from_currency_code="EUR", to_currency_code="CHF", rate="0.95", rate_date="2026-07-15", source="ECB"
    )
    asked = parcel("A", "CN", 100, 0, to_country_code="NL", flow=pb.TRADE_FLOW_POSTAL)

    (cost,) = await calculate(hub, asked, rates=[rate])

    assert (cost.charges[0].amount.units, cost.charges[0].charged.units) == (3, 2)
    assert (cost.conversion.rate, cost.conversion.source) == ("0.95", "ECB")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"import_date": "2026-02-30"}, "INVALID_FIELD"),
        ({"to_country_code": "QQ"}, "INVALID_FIELD"),
        ({"to_country_code": "BR"}, "TRADE_RULE_MISSING"),
        ({"to_country_code": "NL"}, "EXCHANGE_RATE_MISSING"),
    ],
)
async def test_what_cannot_be_computed_is_refused_with_its_reason(
    hub: Served, fields: dict[str, str], reason: str
) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await calculate(hub, parcel("A", "CN", 100, 0, **fields))

    assert refusal(refused.value)[1] == reason

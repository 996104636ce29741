"""Landed cost: which rule is chosen, who pays what, what is refused, and what holds for any consignment."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from hub.kernel.errors import CurrencyMismatch, InvalidField
from hub.kernel.money import Money, total
from hub.trade.errors import ConsignmentSplit, ExchangeRateMissing, TradeFlowNotAllowed, TradeRuleMissing
from hub.trade.model.landed_cost import ChargeKind, Collection, Consignment, Incoterm, LandedCost
from hub.trade.model.rules import ExchangeRate, Flow, TradeRules
from hub.trade.policy.landed_costs import landed_costs
from hub.trade.policy.rule_files import rules_of
from tests.unit.trade.laws import consignment, default_rules, files, law

SWITZERLAND = law("CIF CIF 5 8.1", "CH", "CHF")


def cost(asked: Consignment, rules: TradeRules | None = None) -> LandedCost:
    return landed_costs([asked], rules or default_rules())[0]


def test_an_order_split_over_two_countries_costs_436_99_to_switzerland() -> None:
    halves = [
        consignment("610910/CN/200", to="CH", currency="CHF", sender="NL", freight="20", name="A", recipient="P"),
        consignment("610910/CN/150", to="CH", currency="CHF", sender="GB", freight="15", name="B", recipient="P"),
    ]

    costs = landed_costs(halves, SWITZERLAND)

    assert [half.sum_of(ChargeKind.DUTY) for half in costs] == [Money(1100, "CHF"), Money(825, "CHF")]
    assert [half.sum_of(ChargeKind.TAX) for half in costs] == [Money(1871, "CHF"), Money(1403, "CHF")]
    assert total((half.prepaid for half in costs), "CHF") == Money(43699, "CHF")


def test_two_t_shirts_and_a_pair_of_shoes_owe_six_euros_with_the_rows_named() -> None:
    asked = consignment("610910/CN/20 + 610910/CN/20 + 640399/CN/80")

    duties = [charge for charge in cost(asked).charges if charge.kind is ChargeKind.DUTY]

    assert [(charge.rule_id, charge.rate, charge.amount) for charge in duties] == [
        ("EU-3-EURO", "3.00 EUR for classification 610910", Money(300, "EUR")),
        ("EU-3-EURO", "3.00 EUR for classification 640399", Money(300, "EUR")),
    ]
    assert duties[0].references == ("line 1", "line 2")


@pytest.mark.parametrize(
    ("incoterm", "prepaid", "on_delivery"),
    [(Incoterm.DDP, "127.05", "0"), (Incoterm.DAP, "100", "27.05"), (Incoterm.EXW, "100", "27.05")],
)
def test_only_under_ddp_the_buyer_pays_nothing_at_the_door(incoterm: Incoterm, prepaid: str, on_delivery: str) -> None:
    asked = replace(consignment("610910/CN/100"), incoterm=incoterm)

    result = cost(asked, law("CIF CIF 5 21", "NL", "EUR"))

    assert (result.prepaid, result.due_on_delivery) == (Money.of(prepaid, "EUR"), Money.of(on_delivery, "EUR"))


def test_tax_by_ioss_is_collected_at_the_sale_and_duty_at_import() -> None:
    asked = replace(consignment(flow=Flow.IOSS), incoterm=Incoterm.DAP)

    result = cost(asked)

    collected = {charge.kind: charge.collection for charge in result.charges}
    assert collected == {ChargeKind.DUTY: Collection.IMPORT, ChargeKind.TAX: Collection.SALE}
    assert (result.prepaid, result.due_on_delivery) == (Money.of("121.63", "EUR"), Money.of("3.00", "EUR"))


def test_the_longest_prefix_counts_then_the_origin_that_is_named() -> None:
    since = "2026-01-01,,test"
    rules = rules_of(
        files(
            territories=[f"land,LAND,NL,EUR,CIF,CIF,0.01 HALF_UP,0.01 HALF_UP,{since}"],
            tax_rates=[f"tax,NL,STANDARD,0,{since}"],
            duty_rates=[
                f"any,LAND,,,no,1,,{since}",
                f"chapter,LAND,61,,no,2,,{since}",
                f"china,LAND,61,CN,no,3,,{since}",
                f"subheading,LAND,610910,VN,no,4,,{since}",
            ],
        )
    )
    goods = ["640399/CN/1", "611020/VN/1", "611020/CN/1", "610910/CN/1", "610910/VN/1"]

    used = [cost(consignment(text), rules).charges[0].rule_id for text in goods]

    assert used == ["any", "chapter", "china", "china", "subheading"]


@pytest.mark.parametrize(
    ("goods", "field", "problem"),
    [
        ("/CN/100", "goods[0].hs_code", "is missing; state the Harmonized System code of the goods"),
        ("61.09/CN/100", "goods[0].hs_code", "is '61.09'; write 6, 8 or 10 digits alone, as 610910"),
        ("610977/CN/100", "goods[0].hs_code", "is 610977, which the Harmonized System does not have on 2026-07-15;"),
        ("610910//100", "goods[0].origin", "is missing; state the country of origin of the goods"),
        ("610910/XX/100", "goods[0].origin", "is 'XX'; write a code of ISO 3166-1, as CN"),
        ("610910/CN/-1", "goods[0].value", "is -1.00 EUR; state at least 0"),
    ],
)
def test_goods_that_customs_would_not_take_are_named_with_their_field(goods: str, field: str, problem: str) -> None:
    with pytest.raises(InvalidField) as refused:
        cost(consignment(goods))

    assert refused.value.metadata[field].startswith(problem)


def test_a_consignment_of_nothing_and_negative_freight_are_refused() -> None:
    with pytest.raises(InvalidField, match="goods of consignment C1 are missing"):
        cost(replace(consignment(), goods=()))
    with pytest.raises(InvalidField, match="freight is -1"):
        cost(consignment(freight="-1"))
    with pytest.raises(CurrencyMismatch):
        cost(replace(consignment(), insurance=Money(1, "USD")))


def test_weight_is_needed_where_duty_goes_by_weight() -> None:
    with pytest.raises(InvalidField, match=r"weight_grams of line 1 is missing; US-61013015 charges by weight"):
        cost(consignment("6101301500/CN/100", to="US", currency="USD", day=date(2026, 9, 1)))


@pytest.mark.parametrize(
    ("asked", "table"),
    [
        (consignment("610910/CN/100", to="BR", currency="EUR"), "territories"),
        (consignment("950300/CN/200"), "duty_rates"),
        (consignment("610910/CN/100/BOOKS"), "tax_rates"),
        (consignment(day=date(2020, 1, 1)), "territories"),
    ],
)
def test_a_row_that_is_missing_is_named_and_nothing_is_guessed(asked: Consignment, table: str) -> None:
    with pytest.raises(TradeRuleMissing) as refused:
        cost(asked)

    assert refused.value.metadata["table"] == table
    assert refused.value.metadata["day"] == str(asked.import_day)


def test_a_currency_without_a_rate_for_the_day_is_refused() -> None:
    yesterday = ExchangeRate("r", "USD", "EUR", Decimal("0.9"), date(2026, 7, 14), date(2026, 7, 15), "test")

    with pytest.raises(ExchangeRateMissing, match="No rate between USD and EUR holds on 2026-07-15"):
        landed_costs([consignment(currency="USD")], default_rules(), [yesterday])


def test_a_consignment_above_the_limit_of_its_flow_is_refused_with_the_rule() -> None:
    with pytest.raises(TradeFlowNotAllowed) as refused:
        cost(consignment("610910/CN/150.01", flow=Flow.IOSS))

    assert refused.value.metadata == {"consignment_id": "C1", "rule_id": "EU-IOSS-LIMIT", "flow": "IOSS"}


def test_a_split_below_a_threshold_is_named_and_can_be_valued_together() -> None:
    halves = [consignment("6109100010/CN/100", name=name, recipient="P") for name in ("C1", "C2")]

    with pytest.raises(ConsignmentSplit) as refused:
        landed_costs(halves, default_rules())
    together = landed_costs(halves, default_rules(), valued_together=True)

    assert refused.value.metadata == {"consignment_ids": "C1, C2", "rule_id": "EU-3-EURO", "worth": "200.00 EUR"}
    assert [half.sum_of(ChargeKind.DUTY) for half in together] == [Money(1200, "EUR")] * 2


@pytest.mark.parametrize(
    "other",
    [
        {"recipient": "Q"},
        {"order_number": "O2"},
        {"import_day": date(2026, 7, 16)},
        {"recipient": ""},
        {"to_country": "GB", "flow": Flow.FREIGHT},
    ],
)
def test_consignments_that_do_not_belong_together_are_not_split(other: dict[str, object]) -> None:
    first = consignment("610910/CN/100", name="C1", recipient="P")
    rate = ExchangeRate("r", "EUR", "GBP", Decimal("0.85"), date(2026, 1, 1), None, "test")

    assert len(landed_costs([first, replace(first, consignment_id="C2", **other)], default_rules(), [rate])) == 2


def test_nothing_is_charged_inside_a_customs_territory() -> None:
    result = cost(consignment(sender="DE"))

    assert (result.territory, result.charges, result.total) == ("", (), Money(10000, "EUR"))


VALUES = st.integers(0, 60_000)


@settings(max_examples=60)
@given(st.lists(VALUES, min_size=1, max_size=4), VALUES, st.sampled_from(["default", "CIF CIF 7.25 19.6"]))
def test_a_cost_is_the_sum_of_its_parts_and_the_same_when_computed_again(
    values: list[int], freight: int, text: str
) -> None:
    origins = ("CN", "VN", "IN", "TR")
    goods = " + ".join(
        f"6109100010/{origin}/{Decimal(value).scaleb(-2)}" for origin, value in zip(origins, values, strict=False)
    )
    asked = consignment(goods, freight=str(Decimal(freight).scaleb(-2)))
    rules = default_rules() if text == "default" else law(text, "NL", "EUR")

    result = cost(asked, rules)

    parts = [result.sum_of(kind) for kind in ChargeKind]
    assert result.total == result.goods + result.freight + result.insurance + total(parts, "EUR")
    assert result.total == result.prepaid + result.due_on_delivery
    assert cost(replace(asked, import_day=result.import_day), rules) == result


@settings(max_examples=60)
@given(VALUES, st.integers(0, 5_000))
def test_duty_never_falls_as_goods_grow_within_a_band(value: int, more: int) -> None:
    low, high = (cost(consignment(f"6109100010/CN/{Decimal(cents).scaleb(-2)}")) for cents in (value, value + more))

    same_band = (value <= 15_000) == (value + more <= 15_000)
    assert not same_band or low.sum_of(ChargeKind.DUTY) <= high.sum_of(ChargeKind.DUTY)

"""Rules over facts about an order: what compiles, what they answer, and where they end."""

from __future__ import annotations

import pytest

from hub.rules.cel import LONGEST_RULE, Rules
from hub.rules.errors import RuleInvalid
from hub.wire.setup.rules import order_vocabulary

RULES = Rules(order_vocabulary())
FACTS = {
    "channel_id": "WEB-NL",
    "grand_total_minor": 12_000,
    "skus": ["CUP", "POT"],
    "attributes": {"gift": "yes"},
}


@pytest.mark.parametrize(
    ("rule", "verdict"),
    [
        ("order.grand_total_minor > 10000", True),
        ("order.grand_total_minor > 10000 && order.channel_id == 'WEB-UK'", False),
        ("'POT' in order.skus", True),
        ("order.skus.exists(sku, sku.startsWith('P'))", True),
        ("'gift' in order.attributes && order.attributes['gift'] == 'yes'", True),
        ("order.ship_to_country_code == ''", True),
        ("order.skus.exists(sku, sku in order.attributes || order.attributes['gift'] == 'yes')", True),
        ("order.channel_id.matches('^WEB-')", True),
        ("false", False),
    ],
)
def test_a_rule_answers_from_the_facts(rule: str, verdict: bool) -> None:  # noqa: FBT001
    assert RULES.compile(rule).evaluate(FACTS, undecided=not verdict) is verdict


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("order.mood == 'bad'", "undefined field 'mood'"),
        ("order.unit_count > 'many'", "no matching overload"),
        ("order.unit_count >", "Syntax error"),
        ("basket.size() > 1", "basket"),
        ("order.unit_count", "returns INT"),
        ("", "Syntax error"),
        ("(" * 100 + "true" + ")" * 100, "recursion limit"),
        ("order.skus.all(a, order.skus.all(b, a != b))", "loop in the body of `all`"),
        ("['x']" + ".map(a, a + a)" * 20 + ".size() > 0", "use `a` once in it"),
        ("[['x']]" + ".map(a, [a, a])" * 20 + " == []", "use `a` once in it"),
        ("order.skus.map(a, order.skus) == []", "without `order`"),
        ("order.skus.all(a, order.skus == order.skus)", "handles all of `skus` in a loop"),
        ("order.skus.all(a, order.skus.size() > 2)", "handles all of `skus` in a loop"),
        ("order.skus.all(a, a in order.skus)", "handles all of `skus` in a loop"),
        ("order.skus.all(a, order.attributes == order.attributes)", "handles all of `attributes` in a loop"),
        ("true || " * LONGEST_RULE + "true", "too long"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_with_the_reason(rule: str, said: str) -> None:
    with pytest.raises(RuleInvalid, match=said):
        RULES.compile(rule)


@pytest.mark.parametrize("undecided", [True, False])
@pytest.mark.parametrize(
    "rule", ["order.attributes['color'] == 'red'", "order.grand_total_minor / order.unit_count > 1"]
)
def test_a_rule_that_cannot_tell_answers_what_was_asked_for(rule: str, undecided: bool) -> None:  # noqa: FBT001
    assert RULES.compile(rule).evaluate(FACTS, undecided=undecided) is undecided


def test_a_rule_that_would_run_for_long_is_stopped() -> None:
    rule = RULES.compile("" + " && ".join(["order.skus.all(a, a != '')"] * 6) + "")
    facts = {"skus": [f"SKU-{number}" for number in range(2_000)]}

    assert rule.evaluate(facts, undecided=True) is True
    assert rule.evaluate(facts, undecided=False) is False


def test_facts_that_no_rule_may_name_are_an_error_of_the_program() -> None:
    with pytest.raises(ValueError, match="mood"):
        RULES.compile("true").evaluate({"mood": "bad"}, undecided=True)


def test_the_same_text_is_compiled_once() -> None:
    assert RULES.compile("order.unit_count > 3") is RULES.compile("order.unit_count > 3")

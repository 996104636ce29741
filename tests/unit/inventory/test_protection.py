"""What is kept for a holder is a floor for everybody else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.inventory.model.supply import ANYBODY, Claimant, Protection
from hub.inventory.policy.protection import floor, floors

SHOP, GOLD = Claimant("SHOP"), Claimant("SHOP", "GOLD")


def kept(units: int, sku: str = "", channel_id: str = "", demand_class: str = "", node_id: str = "DC") -> Protection:
    return Protection(node_id, sku, channel_id, demand_class, units)


@pytest.mark.parametrize(
    ("protections", "claimant", "wanted"),
    [
        ([], ANYBODY, 0),
        ([kept(3, channel_id="SHOP")], ANYBODY, 3),
        ([kept(3, channel_id="SHOP")], SHOP, 0),
        ([kept(3, channel_id="SHOP", demand_class="GOLD")], SHOP, 3),
        ([kept(3, channel_id="SHOP", demand_class="GOLD")], GOLD, 0),
        ([kept(3, demand_class="GOLD")], Claimant("WEB", "GOLD"), 0),
        ([kept(3, channel_id="SHOP"), kept(4, channel_id="WEB")], SHOP, 4),
        ([kept(3, channel_id="SHOP"), kept(4, channel_id="WEB")], ANYBODY, 7),
        ([kept(3, channel_id="SHOP"), kept(5, "X", channel_id="SHOP")], ANYBODY, 5),
        ([kept(5, "X", channel_id="SHOP"), kept(3, channel_id="SHOP")], ANYBODY, 5),
        ([kept(5, "Y", channel_id="SHOP")], ANYBODY, 0),
        ([kept(5, channel_id="SHOP", node_id="ST")], ANYBODY, 0),
    ],
)
def test_the_floor_is_what_is_kept_for_others(protections: list[Protection], claimant: Claimant, wanted: int) -> None:
    assert floor(protections, "X", "DC", claimant) == wanted


def test_rows_of_which_nothing_is_kept_are_left_out() -> None:
    found = floors([kept(3, "X", channel_id="SHOP")], [("X", "DC"), ("Y", "DC"), ("X", "ST")], ANYBODY)

    assert found == {("X", "DC"): 3}


PROTECTIONS = st.lists(
    st.builds(
        Protection,
        st.just("DC"),
        st.sampled_from(["", "X", "Y"]),
        st.sampled_from(["", "SHOP", "WEB"]),
        st.sampled_from(["", "GOLD"]),
        st.integers(0, 9),
    ).filter(lambda one: bool(one.channel_id or one.demand_class)),
    unique_by=lambda one: (one.sku, one.channel_id, one.demand_class),
    max_size=6,
)


@given(PROTECTIONS, st.sampled_from([SHOP, GOLD, Claimant("WEB"), Claimant("", "GOLD")]))
def test_nobody_has_a_higher_floor_than_somebody_for_whom_nothing_is_kept(
    protections: list[Protection], claimant: Claimant
) -> None:
    assert 0 <= floor(protections, "X", "DC", claimant) <= floor(protections, "X", "DC", ANYBODY)

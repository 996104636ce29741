"""What is in a tote, what a receipt makes of it, and the codes that customers show."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hub.totes.errors import ToteActionNotAllowed
from hub.totes.lifecycle import TRANSITIONS, ToteAction, ToteState, next_state
from hub.totes.model import Count, CountKind, Expected, Scan, Tote, Unpacked
from hub.totes.policy import code_hash, code_of, counted, manifest

AT = datetime(2026, 11, 17, 9, tzinfo=UTC)
LATER = datetime(2026, 11, 18, 9, tzinfo=UTC)
FIRST, SECOND, STRANGE = UUID(int=1), UUID(int=2), UUID(int=3)
KEY = b"k" * 32


def scan(number: int, return_id: UUID, sku: str = "COAT", quantity: int = 1, line_number: int = 1) -> Scan:
    return Scan(f"S-{number}", 1, return_id, UUID(int=99), line_number, sku, quantity, AT)


def tote(*scans: Scan) -> Tote:
    return Tote(UUID(int=7), "ST-AMS", "DC-NL", ToteState.IN_TRANSIT, AT, scans=scans)


def kinds(counts: tuple[Count, ...]) -> list[tuple[str, UUID | None, int, str, int]]:
    return [(one.kind.value, one.return_id, one.line_number, one.sku, one.quantity) for one in counts]


def count(of: Tote, *unpacked: Unpacked, expected: tuple[Expected, ...] = (), reference: str = "R-1") -> Tote:
    counts = counted(of, unpacked, expected, reference=reference, at=LATER)
    return replace(of, counts=(*of.counts, *counts), received_at=LATER, state=ToteState.RECEIVED)


def test_units_of_the_manifest_that_are_there_are_received_and_the_others_missing() -> None:
    made = count(tote(scan(1, FIRST), scan(2, SECOND)), Unpacked(FIRST, "", 1))

    assert kinds(made.counts) == [("RECEIVED", FIRST, 1, "COAT", 1), ("MISSING", SECOND, 1, "COAT", 1)]
    assert (made.quantity, made.received) == (2, 1)
    assert kinds(made.differences) == [("MISSING", SECOND, 1, "COAT", 1)]


def test_a_tote_that_came_empty_lost_all_of_its_units() -> None:
    made = count(tote(scan(1, FIRST, quantity=3), scan(2, FIRST, "HAT", line_number=2)))

    assert kinds(made.counts) == [("MISSING", FIRST, 1, "COAT", 3), ("MISSING", FIRST, 2, "HAT", 1)]


def test_units_nobody_scanned_in_are_received_where_their_return_expects_them_and_over_where_not() -> None:
    expected = (Expected(FIRST, 1, "COAT", 1),)

    made = count(tote(scan(1, FIRST)), Unpacked(FIRST, "COAT", 4), expected=expected)

    assert kinds(made.counts) == [
        ("RECEIVED", FIRST, 1, "COAT", 1),
        ("UNANNOUNCED", FIRST, 1, "COAT", 1),
        ("OVER", FIRST, 0, "COAT", 2),
    ]


def test_units_without_a_known_code_are_nobodys() -> None:
    made = count(tote(), Unpacked(None, "HAT", 2))

    assert kinds(made.counts) == [("UNIDENTIFIED", None, 0, "HAT", 2)]


def test_another_item_under_the_code_stands_in_place_of_the_unit_which_is_not_lost() -> None:
    made = count(tote(scan(1, FIRST)), Unpacked(FIRST, "BRICK", 1))

    assert kinds(made.counts) == [("WRONG_ITEM", FIRST, 1, "BRICK", 1)]
    assert [(one.wrong, one.missing, one.uncounted) for one in manifest(made)] == [(1, 0, 0)]


def test_a_missing_unit_that_turns_up_later_is_found_once() -> None:
    made = count(tote(scan(1, FIRST)))

    again = count(made, Unpacked(FIRST, "", 1), reference="R-2")
    third = count(again, Unpacked(FIRST, "COAT", 1), reference="R-3")

    assert kinds(again.counts)[1:] == [("FOUND", FIRST, 1, "COAT", 1)]
    assert kinds(third.counts)[2:] == [("OVER", FIRST, 0, "COAT", 1)]


def test_the_manifest_sums_the_scans_of_a_line_in_their_order() -> None:
    made = manifest(tote(scan(1, SECOND), scan(2, FIRST), scan(3, SECOND, quantity=2)))

    assert [(one.return_id, one.quantity) for one in made] == [(SECOND, 3), (FIRST, 1)]


scans = st.lists(st.tuples(st.sampled_from([FIRST, SECOND]), st.integers(1, 2), st.integers(1, 3)), max_size=5).map(
    lambda parts: [
        scan(number, return_id, f"SKU-{line}", quantity, line)
        for number, (return_id, line, quantity) in enumerate(parts)
    ]
)
unpacked = st.lists(
    st.tuples(
        st.sampled_from([FIRST, SECOND, STRANGE, None]), st.sampled_from(["", "SKU-1", "SKU-2", "X"]), st.integers(1, 4)
    ).map(lambda parts: Unpacked(*parts)),
    max_size=6,
)
expectations = st.lists(
    st.tuples(st.sampled_from([FIRST, SECOND]), st.integers(1, 2), st.integers(1, 2)).map(
        lambda parts: Expected(parts[0], parts[1], f"SKU-{parts[1]}", parts[2])
    ),
    max_size=3,
)


@given(scans, unpacked, expectations)
def test_every_unit_put_in_and_every_unit_taken_out_is_counted_once(
    scans: list[Scan], unpacked: list[Unpacked], expectations: list[Expected]
) -> None:
    made = count(tote(*scans), *unpacked, expected=tuple(expectations))

    assert all(line.uncounted == 0 for line in manifest(made))
    there = sum(one.quantity for one in made.counts if one.kind is not CountKind.MISSING)
    assert there == sum(one.quantity for one in unpacked)
    announced = [one for one in made.counts if one.kind is CountKind.UNANNOUNCED]
    for return_id in (FIRST, SECOND):
        taken = sum(one.quantity for one in announced if one.return_id == return_id)
        assert taken <= sum(one.quantity for one in expectations if one.return_id == return_id)


@given(scans, unpacked, unpacked)
def test_what_was_missing_is_found_at_most_once(
    scans: list[Scan], first: list[Unpacked], second: list[Unpacked]
) -> None:
    made = count(count(tote(*scans), *first), *second, reference="R-2")

    assert all(0 <= line.found <= line.missing for line in manifest(made))


def test_a_code_is_the_same_for_a_return_and_of_nobody_without_the_key() -> None:
    code = code_of(KEY, FIRST)

    assert code == code_of(KEY, FIRST)
    assert len({code, code_of(KEY, SECOND), code_of(b"x" * 32, FIRST)}) == 3
    assert len(code) == 32
    assert not set(code) & set("ILOU")


def test_a_code_may_be_typed() -> None:
    code = code_of(KEY, FIRST)

    assert code_hash(f" {code[:8].lower()} {code[8:]}\n") == code_hash(code)


@pytest.mark.parametrize("state", list(ToteState))
@pytest.mark.parametrize("action", list(ToteAction))
def test_a_tote_does_what_the_table_says_and_nothing_else(state: ToteState, action: ToteAction) -> None:
    if (state, action) in TRANSITIONS:
        assert next_state(FIRST, state, action) is TRANSITIONS[state, action]
        return
    with pytest.raises(ToteActionNotAllowed) as refused:
        next_state(FIRST, state, action)
    assert refused.value.metadata["state"] == state.value

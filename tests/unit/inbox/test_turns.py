"""Whose turn it is in a feed: in the order of numbers, each once, none passed over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from hub.inbox.errors import FeedBackwards, FeedConflict
from hub.inbox.model import Gap, Numbered, Seen, SourceSequence, Turn
from hub.inbox.policy.turns import gaps, turns

AT = datetime(2026, 11, 17, 9, tzinfo=UTC)


def numbered(number: int, content: bytes = b"a") -> Numbered:
    return Numbered(SourceSequence("wms", number), content)


@pytest.mark.parametrize("order", list(permutations([1, 2, 3])))
def test_a_batch_is_taken_in_the_order_of_its_numbers(order: tuple[int, ...]) -> None:
    decided = turns(0, {}, [numbered(one) for one in order])

    assert decided.turns == (Turn.NOW,) * 3
    assert decided.watermark == 3


def test_what_is_ahead_of_a_missing_number_waits() -> None:
    decided = turns(4, {}, [numbered(7), numbered(5), numbered(8)])

    assert decided.turns == (Turn.AHEAD, Turn.NOW, Turn.AHEAD)
    assert decided.watermark == 5


def test_what_came_before_is_known_again_by_its_content() -> None:
    decided = turns(2, {2: Seen(b"a"), 4: Seen(b"a")}, [numbered(2), numbered(4), numbered(3), numbered(3)])

    assert decided.turns == (Turn.SEEN, Turn.SEEN, Turn.NOW, Turn.SEEN)


def test_other_content_under_a_number_is_refused_by_name() -> None:
    (refused,) = turns(2, {2: Seen(b"a")}, [numbered(2, b"b")]).turns

    assert isinstance(refused, FeedConflict)
    assert refused.metadata == {"source": "wms", "number": "2"}


def test_a_feed_that_goes_backwards_is_refused_by_name() -> None:
    (refused,) = turns(9, {}, [numbered(3)]).turns

    assert isinstance(refused, FeedBackwards)
    assert refused.metadata == {"source": "wms", "number": "3", "watermark": "9"}


def test_gaps_are_named_since_the_first_event_behind_them_came() -> None:
    parked = [(9, AT), (5, AT + timedelta(minutes=2)), (6, AT + timedelta(minutes=1))]

    assert gaps(3, parked) == (Gap(4, 4, AT), Gap(7, 8, AT))
    assert gaps(3, []) == ()

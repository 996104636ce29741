"""Tells people of segments that nobody acts on, for adapters whose documents hold nothing back."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from adapters.sdk.documents.facts import Facts
from adapters.sdk.documents.reading import plain
from adapters.sdk.x12.notes import Notes
from adapters.sdk.x12.tokenizer import Segment


def report_unread(
    set_id: str, facts: Facts, ignored: AbstractSet[str], segments: Sequence[Segment], notes: Notes
) -> None:
    """Report the segments that no list settles, each tag once; refuse those that change what the rest says.

    Args:
        set_id: The transaction set, for example 945.
        facts: Its segments by what is done with them, some by the code of their first element too: `N9=LI`.
        ignored: What the profile ignores, for example `945.QQQ`.
        segments: The transaction without ST and SE.
        notes: Where they are noted.
    """
    known = set[str]()
    for segment in segments:
        names = {segment.tag, f"{segment.tag}={segment.element(1)}"}
        if names & facts.refused:
            notes.refuse(segment, 0, "it says that goods are not what the rest says, and a person must decide")
        if not names & (facts.settled | known) and f"{set_id}.{segment.tag}" not in ignored:
            reason = f"nobody acts on it; name {set_id}.{plain(segment.tag, 20)} in ignored_facts of the profile"
            notes.report(segment, 0, reason)
        known.add(segment.tag)

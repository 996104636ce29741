"""EDIFACT as it is read and written: signs, released signs, counts, published interchanges, and arbitrary text."""

from __future__ import annotations

import os
import string
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.sdk.documents.reading import Findings
from adapters.sdk.edifact.envelope import Interchange, read_interchange
from adapters.sdk.edifact.tokenizer import Chunk, Signs, chunks
from adapters.sdk.edifact.writing import Envelope, WrittenMessage, print_segment, write
from adapters.sdk.x12.tokenizer import text_of

ROOT = Path(__file__).parents[4]
AT = datetime(2026, 11, 4, 12, 0, tzinfo=UTC)
SOUND = "UNA:+.? 'UNB+UNOC:3+BUYER:14+US:14+261104:1200+7'UNH+1+ORDERS:D:96A:UN'BGM+220+A?'1+9'UNT+3+1'UNZ+1+7'"
TEXTS = st.text(string.ascii_letters + string.digits + "+:?'.,* äß", max_size=8).map(str.strip)
SEGMENTS = st.lists(
    st.tuples(st.sampled_from(["BGM", "NAD", "LIN"]), st.lists(st.lists(TEXTS, min_size=1, max_size=4), max_size=5)),
    max_size=8,
)
SIGNS = st.sampled_from([Signs(), Signs("/", "*", ",", "\\", "~")])
PUBLISHED: tuple[tuple[str, int, list[str] | None], ...] = (
    ("edinet-edifact.01.edi", 1, ["UNT01", "UNZ02"]),
    ("edinet-edifact.01.multi-message.edi", 2, None),
    ("edinet-edifact.D01B.IFCSUM.edi", 1, ["UNT01"]),
    ("edinet-edifact.D95B.CUSCAR.edi", 1, None),
    ("edinet-edifact.Issue152.Wikipedia.edi", 1, []),
    ("edinet-edifact.Issue203.edi", 1, None),
    ("edinet-edifact.ORDRSP-formatted.edi", 1, None),
    ("edinet-edifact.ORDRSP.edi", 1, None),
    ("pydifact-invoice1.edi", 1, []),
    ("pydifact-order.edi", 1, ["UNB"]),
    ("pydifact-order2.edi", 1, ["UNB"]),
    ("pydifact-wikipedia_en.edi", 1, []),
)


def published(name: str) -> bytes:
    """Answers a published sample; skips the test where the partners' contracts are absent."""
    path = Path(os.environ.get("CROSSDOCK_PARTNER_CONTRACTS", ROOT.parent / "shared/partners")) / "edi/edifact" / name
    if not path.exists():
        pytest.skip(f"{path} is absent: set CROSSDOCK_PARTNER_CONTRACTS to the folder of partner contracts")
    return path.read_bytes()


def parsed(text: str, *tolerate: str) -> tuple[list[Interchange], list[str]]:
    findings, interchanges = Findings(), []
    for number, part in enumerate(chunks(text), start=1):
        if isinstance(part, Chunk):
            interchanges.append(read_interchange(part, number, set(tolerate), findings))
        else:
            findings.refuse("segment", "UNB", part.reason)
    return interchanges, [problem.field for problem in findings.problems]


@settings(derandomize=True, deadline=None)
@given(segments=SEGMENTS, signs=SIGNS, control=st.integers(1, 999_999_999))
def test_what_is_written_is_read_back(segments: list[tuple[str, list[list[str]]]], signs: Signs, control: int) -> None:
    envelope = Envelope(sender=("US", "14"), receiver=("BUYER", "14"), signs=signs)
    told = WrittenMessage("ORDRSP", [(tag, *map(tuple, elements)) for tag, elements in segments])

    content = write(envelope, control, AT, told)

    (interchange,), problems = parsed(content.decode())
    assert not problems
    (message,) = interchange.taken
    again = WrittenMessage("ORDRSP", [(segment.tag, *segment.elements) for segment in message.segments[1:-1]])
    assert write(envelope, control, AT, again) == content
    values = [
        [component for element in segment.elements for component in element] for segment in message.segments[1:-1]
    ]
    assert [[value for value in row if value] for row in values] == [
        [value for element in elements for value in element if value] for _, elements in segments
    ]


@pytest.mark.parametrize(("name", "messages", "expected"), PUBLISHED)
def test_a_published_interchange_prints_back_to_what_it_says(
    name: str, messages: int, expected: list[str] | None
) -> None:
    text = text_of(published(name))

    (interchange,), problems = parsed(text)

    assert len(interchange.messages) == messages
    assert expected is None or problems == expected
    (chunk,) = chunks(text)
    assert isinstance(chunk, Chunk)
    printed = "".join(print_segment((one.tag, *one.elements), chunk.signs) for one in chunk.segments)
    (again,) = chunks("UNA" + "".join((*_una(chunk.signs),)) + printed)
    assert isinstance(again, Chunk)
    assert [trimmed(one.elements) for one in again.segments] == [trimmed(one.elements) for one in chunk.segments]


def _una(signs: Signs) -> str:
    return f"{signs.component}{signs.element}{signs.decimal}{signs.release} {signs.segment}"


def trimmed(elements: tuple[tuple[str, ...], ...]) -> list[list[str]]:
    rows = [[*map(str.strip, element)] for element in elements]
    for row in rows:
        while len(row) > 1 and not row[-1]:
            row.pop()
    while len(rows) > 1 and rows[-1] == [""]:
        rows.pop()
    return rows


@pytest.mark.parametrize(
    ("old", "new", "problems"),
    [
        ("UNT+3", "UNT+4", ["UNT01"]),
        ("UNT+3+1", "UNT+3+2", ["UNT02"]),
        ("UNZ+1+7", "UNZ+2+7", ["UNZ01"]),
        ("UNZ+1+7", "UNZ+1+8", ["UNZ02"]),
        ("UNZ+1+7'", "", ["UNB"]),
        ("UNT+3+1'", "", ["UNH"]),
        ("UNH+1", "FTX'UNH+1", ["FTX"]),
        ("UNA:+.? '", "UNA:+.:: '", ["UNB"]),
    ],
)
def test_a_broken_end_is_named_and_nothing_of_it_is_taken(old: str, new: str, problems: list[str]) -> None:
    interchanges, found = parsed(SOUND.replace(old, new))

    assert found == problems
    if problems != ["FTX"]:
        assert not [message for interchange in interchanges for message in interchange.taken]


def test_released_signs_stand_for_themselves_and_blanks_between_segments_mean_nothing() -> None:
    (interchange,), problems = parsed("\ufeff" + SOUND.replace("'UN", "'\r\n\tUN"))

    assert not problems
    (message,) = interchange.taken
    assert message.segments[1].value(2) == "A'1"
    assert (interchange.sender, interchange.receiver, interchange.control) == ("BUYER", "US", "7")


@settings(derandomize=True, deadline=None)
@given(text=st.text(st.sampled_from("UNABHTZ+:.?' \n1"), max_size=80) | st.text(max_size=80))
def test_any_text_has_an_answer(text: str) -> None:
    parsed(SOUND[:40] + text)
    parsed(text)

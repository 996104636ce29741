"""What is written is read back as it was, and is counted rightly in the eyes of a reader that we did not write."""

from __future__ import annotations

import string
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.sdk.documents.reading import Findings
from adapters.sdk.x12.envelope import Interchange, read_interchange
from adapters.sdk.x12.tokenizer import Chunk, chunks, text_of
from adapters.sdk.x12.writing import Elements, Envelope, NotWritable, Separators, WrittenSet, words, write
from tests.adapters.sdk.x12.judge import errors_of

AT = datetime(2026, 11, 3, 7, 30, tzinfo=UTC)
ENVELOPE = Envelope(sender="CROSSDOCK", receiver="WAREHOUSE")
SIGNS = st.sampled_from([Separators(), Separators("|", ":", "'", "+"), Separators("\x1d", "\x1f", "\x1c", "\x1e")])
TEXTS = st.text(string.ascii_letters + string.digits + " .,-/&äß", max_size=12).map(str.strip)
SEGMENTS = st.lists(
    st.tuples(st.sampled_from(["W05", "N1", "LX", "W01"]), st.lists(TEXTS, min_size=1, max_size=8)), max_size=12
)


@dataclass(frozen=True)
class Strict:
    """A sender to whom nothing is forgiven."""

    tolerate: frozenset[str] = frozenset()
    isa_fixed_length: bool = True


def parsed(content: bytes) -> Interchange[Strict]:
    findings = Findings()
    (chunk,) = chunks(text_of(content))
    assert isinstance(chunk, Chunk)
    interchange = read_interchange(chunk, 1, lambda _: Strict(), findings)
    assert not findings.problems
    assert interchange is not None
    return interchange


def trimmed(segment: tuple[str, list[str]]) -> Elements:
    elements = [segment[0], *segment[1]]
    while len(elements) > 1 and not elements[-1]:
        elements.pop()
    return tuple(elements)


@settings(derandomize=True, deadline=None)
@given(
    segments=SEGMENTS, signs=SIGNS, control=st.integers(1, 999_999_999), version=st.sampled_from(["004010", "005010"])
)
def test_what_is_written_is_read_back(
    segments: list[tuple[str, list[str]]], signs: Separators, control: int, version: str
) -> None:
    envelope = Envelope(sender="CROSSDOCK", receiver="WAREHOUSE", separators=signs, version=version)
    document = WrittenSet("940", "OW", [(tag, *elements) for tag, elements in segments])

    (transaction,) = parsed(write(envelope, control, AT, document)).transactions

    inner = [(segment.tag, *segment.elements) for segment in transaction.segments[1:-1]]
    assert inner == [trimmed(segment) for segment in segments]
    again = WrittenSet("940", "OW", inner)
    assert write(envelope, control, AT, again) == write(envelope, control, AT, document)


@pytest.mark.parametrize("version", ["004010", "005010"])
def test_a_reader_that_we_did_not_write_finds_nothing_wrong(version: str) -> None:
    envelope = Envelope(sender="CROSSDOCK", receiver="WAREHOUSE", version=version)
    content = write(envelope, 17, AT, WrittenSet("940", "OW", [("W05", "N", "1"), ("LX", "1")]))

    assert errors_of(content.decode()) == []
    assert errors_of(content.decode().replace("SE*4", "SE*5")) != []


@pytest.mark.parametrize("bad", ["a*b", "a~b", "a>b", "a^b", "a\nb"])
def test_a_separator_in_a_value_is_refused_and_taken_out_of_words(bad: str) -> None:
    with pytest.raises(NotWritable, match="N102"):
        write(ENVELOPE, 1, AT, WrittenSet("940", "OW", [("N1", "ST", bad)]))

    assert words(bad, 60, ENVELOPE.separators) == "a b"


@pytest.mark.parametrize("control", [0, 1_000_000_000])
def test_a_control_number_has_at_most_nine_digits(control: int) -> None:
    with pytest.raises(NotWritable, match="9 digits"):
        write(ENVELOPE, control, AT, WrittenSet("940", "OW", []))


def test_an_id_that_is_too_long_is_refused() -> None:
    with pytest.raises(NotWritable, match="15"):
        write(Envelope(sender="A" * 16, receiver="B"), 1, AT, WrittenSet("940", "OW", []))

"""Envelopes: what is broken keeps its own level from being taken, and the rest goes on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.x12_channel.mapping import read_document
from adapters.x12_channel.settings import Settings
from tests.adapters.x12_channel.documents import BODY, OWN, a_document, a_set, named, read, references

SECOND = ("BEG*00*SA*A-2**20261103", *BODY[1:])
TWO = a_document(a_set(), a_set(*SECOND, control="0002"))


def test_several_orders_in_several_groups_and_interchanges_are_read_in_order() -> None:
    third = a_document(a_set("BEG*00*SA*A-3**20261103", *BODY[1:]), control=22)

    reading = read(TWO + third)

    assert references(reading) == ["A-1", "A-2", "A-3"]
    assert [command.location for command in reading.commands] == [
        "ISA[1]/GS[1]/ST[1]",
        "ISA[1]/GS[1]/ST[2]",
        "ISA[2]/GS[1]/ST[1]",
    ]


@pytest.mark.parametrize(
    ("old", "new", "problem", "taken"),
    [
        ("SE*7*0001", "SE*8*0001", ("ISA[1]/GS[1]/ST[1], SE at segment 9", "SE01"), ["A-2", "B-1"]),
        ("SE*7*0001", "SE*7*0009", ("ISA[1]/GS[1]/ST[1], SE at segment 9", "SE02"), ["A-2", "B-1"]),
        ("SE*7*0001~\n", "", ("ISA[1]/GS[1]/ST[1], ST at segment 3", "ST"), ["A-2", "B-1"]),
        ("GE*2*21", "GE*3*21", ("ISA[1]/GS[1], GE at segment 17", "GE01"), ["B-1"]),
        ("GE*2*21", "GE*2*99", ("ISA[1]/GS[1], GE at segment 17", "GE02"), ["B-1"]),
        ("GE*2*21~\n", "", ("ISA[1]/GS[1], GS at segment 2", "GS"), ["B-1"]),
        ("IEA*1*000000021", "IEA*2*000000021", ("ISA[1], IEA at segment 18", "IEA01"), ["B-1"]),
        ("IEA*1*000000021", "IEA*1*000000012", ("ISA[1], IEA at segment 18", "IEA02"), ["B-1"]),
        ("IEA*1*000000021~\n", "", ("ISA[1], ISA at segment 1", "ISA"), ["B-1"]),
        ("ST*850*0002", "ST*850*0001", ("ISA[1]/GS[1]/ST[2], ST at segment 10", "ST02"), ["A-1", "B-1"]),
    ],
)
def test_a_broken_end_refuses_its_own_level_and_no_other(
    old: str, new: str, problem: tuple[str, str], taken: list[str]
) -> None:
    after = a_document(a_set("BEG*00*SA*B-1**20261103", *BODY[1:]), control=22)

    reading = read(TWO.replace(old, new, 1) + after)

    assert references(reading) == taken
    assert problem in named(reading)


def test_a_count_that_is_wrong_says_what_was_expected_and_found() -> None:
    reading = read(TWO.replace("SE*7*0001", "SE*33*0001"))

    assert reading.problems[0].reason == "SE01: expected 7, found '33'"


@pytest.mark.parametrize(
    ("element", "old", "new"), [("SE01", "SE*7*0001", "SE*8*0001"), ("IEA02", "*000000021~\n", "*1~\n")]
)
def test_a_broken_count_is_taken_when_the_profile_forgives_that_element(element: str, old: str, new: str) -> None:
    broken = new.join(TWO.rsplit(old, 1))

    strict, tolerant = read(broken), read(broken, tolerate=[element])

    assert [field for _, field in named(strict)] == [element]
    assert references(tolerant) == ["A-1", "A-2"]
    assert not tolerant.problems


def test_a_forgiven_element_is_forgiven_to_its_sender_alone() -> None:
    broken = TWO.replace("IEA*1*000000021", "IEA*1*000000001")
    profile = {"partners": [{"sender": "BUYER", "tolerate": ["IEA02"]}]}

    assert references(read(broken, **profile)) == ["A-1", "A-2"]
    assert references(read(broken.replace("*BUYER          *", "*STRANGER       *"), **profile)) == []


@pytest.mark.parametrize(
    "dressed",
    [
        pytest.param("\ufeff" + TWO, id="byte order mark"),
        pytest.param(TWO.replace("~\n", "~\r\n"), id="CR LF after the terminator"),
        pytest.param(TWO.replace("~\n", "~\n\t\t"), id="tabs before segments"),
        pytest.param(TWO.replace("~\n", "~"), id="one line"),
        pytest.param(TWO.replace("~\n", "\n"), id="line end as terminator"),
        pytest.param(TWO.replace("~\n", "\r\n"), id="CR LF as terminator"),
        pytest.param(TWO.replace("*", "|").replace("~", "'"), id="other separators"),
        pytest.param(TWO.rstrip("~\n"), id="no last terminator"),
    ],
)
def test_what_means_nothing_around_the_data_changes_nothing(dressed: str) -> None:
    assert read(dressed).commands == read(TWO).commands
    assert len(read(dressed).commands) == 2


def test_an_isa_of_other_lengths_is_named_and_can_be_forgiven() -> None:
    short = TWO.replace("*CROSSDOCK      *", "*CROSSDOCK*")

    assert named(read(short)) == [("ISA[1], ISA at segment 1", "ISA08")]
    assert references(read(short, isa_fixed_length=False)) == ["A-1", "A-2"]


def test_text_between_interchanges_is_a_problem_and_the_interchanges_go_on() -> None:
    reading = read("Dear partner,\n" + TWO + "Regards\n" + a_document(a_set(*SECOND), control=22))

    assert references(reading) == ["A-1", "A-2", "A-2"]
    assert [field for _, field in named(reading)] == ["ISA", "ISA"]


def test_locations_stay_the_same_when_a_broken_order_reads_at_last() -> None:
    broken = read(TWO.replace("SE*7*0001", "SE*8*0001"))
    fixed = read(TWO.replace("SE*7*0001", "SE*8*0001"), tolerate=["SE01"])

    assert [command.location for command in broken.commands] == ["ISA[1]/GS[1]/ST[2]"]
    assert [command.location for command in fixed.commands] == ["ISA[1]/GS[1]/ST[1]", "ISA[1]/GS[1]/ST[2]"]


def test_our_own_document_is_read_whole() -> None:
    reading = read((OWN / "three-orders.x12").read_bytes())

    assert references(reading) == ["A-1", "A-2", "A-3"]
    assert not reading.problems


@given(content=st.binary(max_size=400))
def test_arbitrary_bytes_have_an_answer(content: bytes) -> None:
    reading = read_document(content, "application/edi-x12", Settings(), "B2B-DE")

    assert reading.problems
    assert not reading.commands


@given(cuts=st.lists(st.tuples(st.integers(0, len(TWO)), st.integers(0, 30), st.text(max_size=6)), max_size=4))
def test_a_sound_document_damaged_anywhere_has_an_answer(cuts: list[tuple[int, int, str]]) -> None:
    text = TWO
    for start, length, instead in cuts:
        text = text[:start] + instead + text[start + length :]

    reading = read(text.encode("utf-8", "surrogatepass"))

    locations = [command.location for command in reading.commands]
    assert reading.commands or reading.problems
    assert len(set(locations)) == len(locations)


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(a_document().replace("*", "\x1d").replace(">", "\x1f").replace("~\n", "\x1c"), id="1C to 1F"),
        pytest.param(a_document().replace("~\n", "\r"), id="carriage returns"),
        pytest.param(a_document().replace("~\n", "\r\n"), id="both line ends"),
        pytest.param(a_document() + "\x1a", id="the end-of-file byte of old PCs"),
        pytest.param(a_document().replace("~\n", " \r\n"), id="a blank before each line end"),
        pytest.param(a_document().replace("~\n", " ~\n"), id="a blank before each terminator"),
    ],
)
def test_separators_and_ends_are_read_as_partners_write_them(document: str) -> None:
    reading = read(document)

    assert not reading.problems
    assert references(reading) == ["A-1"]


@pytest.mark.parametrize("text", ["~", "ISA*", "1 ", "*", "\n"])
def test_text_that_repeats_is_answered_with_few_problems(text: str) -> None:
    reading = read(text * 100_000)

    assert not reading.commands
    assert 1 <= len(reading.problems) <= 101

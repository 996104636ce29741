"""How alike names are: letters, marks, word order, spaces, middle names, legal forms; and what is not alike."""

# ruff: noqa: RUF001
# Names in other letters are what is tested.
from __future__ import annotations

from uuid import UUID

import pytest

from hub.screening.model import DeniedEntry, Hit, MatchedOn, PartyRole, Subject
from hub.screening.policy.matching import DeniedIndex
from hub.screening.policy.names import compared, readable

ENTRIES = (
    DeniedEntry("1", ("ABU TEIR, Mohammed",)),
    DeniedEntry("2", ("ANGLO-CARIBBEAN CO., LTD.",), ("Ibex House, The Minories, London EC3N 1DY, United Kingdom",)),
    DeniedEntry("3", ("RADKO, Anton Petrovich", "Щукин Андрей")),
    DeniedEntry("4", ("MÜLLER, Jürgen",)),
    DeniedEntry("5", ("Παπαδόπουλος Γιώργος",)),
)


@pytest.mark.parametrize(
    ("name", "entry", "score"),
    [
        ("Mohammed Abu Teir", "1", 100),
        ("ABU  TEIR MOHAMMED", "1", 100),
        ("Mohammed Abuteir", "1", 100),
        ("Mohamed Abu Tair", "1", 90),
        ("Мохаммед Абу Теир", "1", 97),
        ("Anglo Caribbean Limited", "2", 100),
        ("AngloCaribbean", "2", 100),
        ("Anton Radko", "3", 95),
        ("Андрей Щукин", "3", 100),
        ("Shchukin Andrei", "3", 100),
        ("Jurgen Muller", "4", 100),
        ("Jürgen Mu\u0308ller", "4", 100),
        ("Giorgos Papadopoulos", "5", 95),
    ],
)
def test_names_are_alike_whatever_their_letters_and_order(name: str, entry: str, score: int) -> None:
    (hit,) = hits(name)

    assert (hit.entry_id, hit.matched_on) == (entry, MatchedOn.NAME)
    assert hit.score == score


@pytest.mark.parametrize("name", ["Ada Visser", "Mohammed Ali", "Anton Visser", "Caribbean Tours", "Teir", "A"])
def test_other_names_are_not_alike(name: str) -> None:
    assert hits(name) == []


def test_a_lower_score_finds_more() -> None:
    assert [(hit.entry_id, hit.score) for hit in hits("Jorgen Moller", least=80)] == [("4", 84)]
    assert hits("Jorgen Moller") == []


def test_an_address_is_a_match_of_its_own() -> None:
    (hit,) = hits("Ada Visser", address="Ibex House, The Minories, London EC3N 1DY, United Kingdom")

    assert (hit.entry_id, hit.score, hit.matched_on) == ("2", 100, MatchedOn.ADDRESS)


@pytest.mark.parametrize("name", ["山田太郎", "Ada 山田", "123", "محمد"])
def test_letters_that_nothing_is_compared_with_go_to_a_person(name: str) -> None:
    assert not readable(name)
    assert [hit.matched_on for hit in hits(name)] == [MatchedOn.UNREADABLE]


def test_legal_forms_alone_are_a_name() -> None:
    assert (compared("Ltd. Co"), compared("Northern Ltd.")) == ("ltd co", "northern")


def test_a_company_is_compared_beside_its_contact() -> None:
    subject = Subject(UUID(int=1), PartyRole.BUYER, "key", ("Ada Visser", "Anglo Caribbean"), "", 88)

    assert [hit.entry_id for hit in DeniedIndex({"LIST": ENTRIES}).hits([subject])[0]] == ["2"]


def hits(name: str, *, address: str = "", least: int = 88) -> list[Hit]:
    subject = Subject(UUID(int=1), PartyRole.BUYER, "key", (name,), address, least)
    (found,) = DeniedIndex({"LIST": ENTRIES}).hits([subject])
    return found

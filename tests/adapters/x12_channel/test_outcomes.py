"""Purchase orders as partners send them, and what must become of each: taken with these facts, held, or refused."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from tests.adapters.x12_channel.documents import a_document, a_set, read

BEG = "BEG*00*SA*PO-8811**20260211"
BUYER = "N1*BY*Südwind KG*92*7001"
PLACE = ("N1*ST*Südwind Lager", "N3*Hafenweg 12", "N4*Kiel**24103*DE")
LINE = "PO1*1*7*EA*4.20**VN*LAMP-OAK"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What must become of a document: the element that refuses it, else its order's facts."""

    refused: str = ""
    reference: str = "PO-8811"
    lines: dict[str, int] = field(default_factory=lambda: {"LAMP-OAK": 7})
    buyer: str = "Südwind KG"
    streets: tuple[str, ...] = ("Hafenweg 12",)
    held: tuple[str, ...] = ()


def document(
    *, beg: str = BEG, buyer: str = BUYER, place: tuple[str, ...] = PLACE, lines: tuple[str, ...] = (LINE,)
) -> str:
    """Return a purchase order with some of its segments replaced."""
    return a_document(a_set(beg, buyer, *place, *lines, "CTT*1"))


def separated(text: str) -> str:
    """Return a document with the separators that X12 recommends."""
    return text.replace("~\n", "\x1c").replace("*", "\x1d").replace(">", "\x1f")


STREET = "Gewerbepark Nord, " * 13 + "Tor 9"
OUTCOMES: dict[str, tuple[bytes, Outcome]] = {
    "article numbers that pass for card numbers": (
        document(beg="BEG*00*SA*5010139624591**20260211", lines=("PO1*1*7*EA*4.20**UP*5904688672755",)).encode(),
        Outcome(reference="5010139624591", lines={"5904688672755": 7}),
    ),
    "cases of a known number of pieces": (
        document(lines=("PO1*1*5*CA*30.00**VN*LAMP-OAK", "PO4*6*1*EA")).encode(),
        Outcome(refused="PO401"),
    ),
    "separators of X12": (separated(document()).encode(), Outcome()),
    "line ends of CR": (document().replace("~\n", "\r").encode(), Outcome()),
    "letters of Windows-1252": (
        document(buyer="N1*BY*Haus \u2013 Žilina*92*7001").encode("cp1252"),
        Outcome(buyer="Haus \u2013 Žilina"),
    ),
    "a release of a blanket order": (
        document(beg="BEG*00*RL*PO-8811*014*20260211").encode(),
        Outcome(reference="PO-8811/014"),
    ),
    "a Ctrl-Z at the end": (document().encode() + b"\x1a", Outcome()),
    "blanks before line ends": (document().replace("~\n", " \r\n").encode(), Outcome()),
    "a long street": (
        document(place=(PLACE[0], f"N3*{STREET}", PLACE[2])).encode(),
        Outcome(streets=(("Gewerbepark Nord, " * 11).strip(), ("Gewerbepark Nord, " * 2) + "Tor 9")),
    ),
    "a street that fits no lines": (
        document(place=(PLACE[0], "N3*" + "z" * 240, PLACE[2])).encode(),
        Outcome(refused="N301"),
    ),
    "a second ship-to": (document(place=(*PLACE, "N1*ST*Elsewhere", *PLACE[1:])).encode(), Outcome(refused="N101")),
    "a name with more behind it": (
        document(buyer=f"{BUYER}~\nN2*Abteilung 4").replace("SE*9", "SE*10").encode(),
        Outcome(buyer="Südwind KG Abteilung 4"),
    ),
    "a message for a line": (
        document(lines=(LINE, "MSG*Bitte gravieren")).encode(),
        Outcome(held=("ISA[1]/GS[1]/ST[1], MSG at segment 10, MSG",)),
    ),
}


@pytest.mark.parametrize("name", OUTCOMES)
def test_a_purchase_order_of_a_partner_has_its_outcome(name: str) -> None:
    content, expected = OUTCOMES[name]

    reading = read(content, currency_code="EUR", country_code="DE")

    if expected.refused:
        assert not reading.commands
        assert [problem.field for problem in reading.problems] == [expected.refused]
        return
    assert not reading.problems
    order = reading.commands[0].place_order
    assert order.channel_reference == expected.reference
    assert {line.sku: line.quantity for line in order.lines} == expected.lines
    assert order.customer.name == expected.buyer
    assert tuple(order.ship_to.address.street_lines) == expected.streets
    assert tuple(fact.location for fact in order.unread_facts) == expected.held

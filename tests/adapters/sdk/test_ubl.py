"""XML of partners: entities and bombs are refused, depth is bounded, what is written is read again as it was."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.sdk.documents.reading import plain
from adapters.sdk.ubl.elements import DOCUMENT, basic, coded, group
from adapters.sdk.ubl.parsing import MOST_DEPTH, NotReadable, parse
from adapters.sdk.ubl.writing import write

BOMB = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><a>&b;</a>"""
OUTSIDE = b"""<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>"""


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (BOMB, "declares a document type"),
        (OUTSIDE, "declares a document type"),
        (b'<!DOCTYPE a SYSTEM "http://example.com/a.dtd"><a/>', "declares a document type"),
        (b"<a>" * (MOST_DEPTH + 1), "in each other"),
        (b"<a><b></a>", "line 1: it is no well-formed XML"),
        (b"\n\n<a>&nothing;</a>", "line 3: it is no well-formed XML"),
        (b"", "well-formed"),
        (b"ISA*00*", "well-formed"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "encoding"),
    ],
)
def test_what_is_not_read_is_refused_with_its_line(content: bytes, reason: str) -> None:
    with pytest.raises(NotReadable, match=reason):
        parse(content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_encodings_of_xml_are_read(encoding: str) -> None:
    text = f'<Order xmlns="{DOCUMENT.format("Order")}" xmlns:x="urn:x"><x:Note>Grün</x:Note></Order>'

    root = parse(text.encode(encoding))

    assert (root.name, root.value("{urn:x}Note")) == ("Order", "Grün")


@given(st.text(max_size=40), st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_again(text: str, attribute: str) -> None:
    document = write(
        "Order", [basic("ID", text, schemeID=attribute), group("Party", basic("Note", text)), group("Empty")]
    )

    root = parse(document)

    assert root.value("cac:Party/cbc:Note") == root.value("cbc:ID") == plain(text)
    assert [dict(one.attributes) for one in root.all("cbc:ID")] == ([{"schemeID": plain(attribute)}] if text else [])
    assert root.first("cac:Empty") is None


def test_an_identifier_has_its_scheme() -> None:
    number, plain_number = coded("ID", "0088:4012"), coded("ID", "4012")

    assert (number.text, dict(number.attributes)) == ("4012", {"schemeID": "0088"})
    assert (plain_number.text, dict(plain_number.attributes)) == ("4012", {})

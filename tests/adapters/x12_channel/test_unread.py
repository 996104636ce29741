"""A fact of a purchase order that nobody acts on holds the order, unless the partner's profile ignores it."""

from __future__ import annotations

from pathlib import Path

import protovalidate
import pytest

from adapters.sdk.documents.reading import Findings
from adapters.sdk.x12.envelope import read_interchange
from adapters.sdk.x12.tokenizer import Chunk, chunks, text_of
from adapters.x12_channel.facts import FACTS, GOODS, QUALIFIERS
from adapters.x12_channel.header_850 import parts_of
from adapters.x12_channel.settings import read_settings
from adapters.x12_channel.unread import segments_of, unsettled
from crossdock.network.v1.network_pb2 import SHORTAGE_POLICY_BACKORDER, SHORTAGE_POLICY_UNSPECIFIED
from crossdock.orders.v1.orders_pb2 import OrderDraft
from tests.adapters.x12_channel.documents import BODY, DOCUMENTS, OWN, a_document, a_set, published, read, with_segment

BEG, CUR, BUYER, LINE, END = BODY
SAMPLES = ("ediengine-850.OK.edi", "edinet-x12.850.edi", "edinet-x12.850a.edi", "x12types-004010_850.edi")
RAW = '{"isa_fixed_length": false, "tolerate": ["IEA02"]}'


def taken(*body: str, **profile: object) -> OrderDraft:
    reading = read(a_document(a_set(*body)), **profile)
    assert not reading.problems
    protovalidate.validate(reading.commands[0])
    return reading.commands[0].place_order


@pytest.mark.parametrize(
    ("segment", "place", "value"),
    [
        ("QQQ*1*2", "QQQ at segment 5, QQQ", ""),
        ("CSH*SC", "CSH at segment 5, CSH01", "'SC'"),
        ("DTM*010*20261109*0800", "DTM at segment 5, DTM03", "'0800'"),
        ("N1*Z7*Someone", "N1 at segment 5, N101", "'Z7'"),
        ("SAC*A*C310***500*******01", "SAC at segment 5, SAC12", "'01'"),
        ("TD5*O*2*UPSG*******CG", "TD5 at segment 5, TD510", "'CG'"),
        ("FOB*PP****XYZ", "FOB at segment 5, FOB05", "'XYZ'"),
        ("PKG*F*68***ON PALLETS", "PKG at segment 5, PKG", ""),
    ],
)
def test_a_fact_of_the_header_on_no_list_holds_the_order(segment: str, place: str, value: str) -> None:
    facts = taken(BEG, segment, CUR, BUYER, LINE, END).unread_facts

    assert (facts[0].location, facts[0].value) == (f"ISA[1]/GS[1]/ST[1], {place}", value)


@pytest.mark.parametrize(
    ("segment", "place"),
    [
        ("MSG*Engrave with IDA", "MSG at segment 8, MSG"),
        ("REF*LU*7", "REF at segment 8, REF"),
        ("DTM*018*20261109", "DTM at segment 8, DTM01"),
        ("QTY*63*5*EA", "QTY at segment 8, QTY"),
        ("LIN**LT*77", "LIN at segment 8, LIN"),
        ("TC2*B*999", "TC2 at segment 8, TC201"),
        ("N1*SF*Other house", "N1 at segment 8, N101"),
    ],
)
def test_a_fact_of_a_line_on_no_list_holds_the_order(segment: str, place: str) -> None:
    (fact,) = taken(BEG, CUR, BUYER, LINE, segment, END).unread_facts

    assert fact.location == f"ISA[1]/GS[1]/ST[1], {place}"
    assert "IDA" not in fact.reason


def test_a_product_id_that_narrows_the_goods_down_holds_the_order() -> None:
    line = f"{LINE}*IZ*XL*UP*4012345"

    (fact,) = taken(BEG, CUR, BUYER, line, END).unread_facts

    assert (fact.location.rpartition(", ")[2], fact.value) == ("PO108", "'IZ'")
    assert not taken(BEG, CUR, BUYER, line, END, ignored_facts=["line.PO108=IZ"]).unread_facts
    assert not taken(BEG, CUR, BUYER, line, END, sku_qualifiers=["VN", "IZ"]).unread_facts


@pytest.mark.parametrize(
    ("line", "named"), [("SLN*1**I*2*EA", "SLN"), ("PO3*AB", "PO3"), ("SCH*1*EA", "SCH"), ("SDQ*EA*92*1*5", "SDQ")]
)
def test_a_segment_that_changes_what_is_bought_refuses_the_order(line: str, named: str) -> None:
    reading = read(a_document(with_segment("PO1", LINE, line)))

    assert not reading.commands
    assert [problem.field for problem in reading.problems] == [named]


@pytest.mark.parametrize("ignored", ["header.N101=Z7", "header.N101", "header.N1"])
def test_the_profile_ignores_facts_by_code_by_element_and_by_segment(ignored: str) -> None:
    body = (BEG, "N1*Z7*Someone", "N3*Weg 1", CUR, BUYER, LINE, END)

    assert len(taken(*body).unread_facts) == 1
    assert not taken(*body, ignored_facts=[ignored]).unread_facts
    assert len(taken(*body, ignored_facts=["line.N101=Z7"]).unread_facts) == 1


@pytest.mark.parametrize("segment", ["CSH*", "QQQ*", "QQQ***", "TD5*****UPSG", "PER*BD*Ida*FX*1", "MEA*PD*WD*61*IN"])
def test_what_states_nothing_and_what_changes_nothing_holds_no_order(segment: str) -> None:
    assert not taken(BEG, segment, CUR, BUYER, LINE, END).unread_facts


def test_a_partner_says_whether_missing_units_may_wait() -> None:
    policies = [taken(BEG, *csh, CUR, BUYER, LINE, END).shortage_policy for csh in (("CSH*Y",), ())]

    assert policies == [SHORTAGE_POLICY_BACKORDER, SHORTAGE_POLICY_UNSPECIFIED]


def test_a_fact_stated_twice_otherwise_holds_the_order() -> None:
    twice = taken(BEG, "REF*DP*7", "REF*DP*8", CUR, BUYER, LINE, END)

    assert twice.attributes["x12.ref.DP"] == "7"
    assert [fact.value for fact in twice.unread_facts] == ["'8'"]
    assert not taken(BEG, "REF*DP*7", "REF*DP*7", CUR, BUYER, LINE, END).unread_facts


@pytest.mark.parametrize(
    "path", [*sorted(DOCUMENTS.glob("*.x12")), OWN / "three-orders.x12"], ids=lambda path: path.stem
)
def test_every_fact_of_our_documents_stands_on_a_list(path: Path) -> None:
    assert unlisted(path.read_bytes()) == set()


@pytest.mark.parametrize("name", SAMPLES)
def test_every_fact_of_published_orders_stands_on_a_list(name: str) -> None:
    assert unlisted(published(name)) <= {"line.PO108=PR"}


def test_the_walk_finds_a_fact_on_no_list_in_every_part() -> None:
    content = a_document(a_set(BEG, "QQQ*1", CUR, BUYER, LINE, "QQQ*1", END, "QQQ*1")).encode()

    assert unlisted(content) == {"header.QQQ", "line.QQQ", "summary.QQQ"}


def test_no_fact_stands_on_two_lists() -> None:
    for facts in FACTS.values():
        lists = (facts.acted_on, facts.refused, facts.held, facts.left)
        assert sum(map(len, lists)) == len(facts.listed)


def unlisted(content: bytes) -> set[str]:
    """Return the facts of the orders in a document that stand on no list."""
    findings, settings = Findings(), read_settings(RAW)
    facts = set()
    for chunk in chunks(text_of(content)):
        assert isinstance(chunk, Chunk)
        interchange = read_interchange(chunk, 1, settings.partner_of, findings)
        assert interchange is not None
        for transaction in interchange.transactions:
            for area, segment in segments_of(parts_of(transaction.segments)):
                for number, fact in unsettled(segment, FACTS[area], tuple(GOODS)):
                    known = {segment.tag, fact.partition("=")[0]} & FACTS[area].held and number not in QUALIFIERS
                    if not known:
                        facts.add(f"{area}.{fact}")
    assert not findings.problems
    return facts

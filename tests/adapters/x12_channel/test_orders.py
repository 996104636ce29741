"""What the segments of a purchase order become, and what keeps one from being taken."""

from __future__ import annotations

from decimal import Decimal

import protovalidate
import pytest
from google.type.money_pb2 import Money
from hypothesis import given
from hypothesis import strategies as st

from adapters.sdk.calls import BadCall
from adapters.x12_channel.settings import read_settings
from crossdock.orders.v1.orders_pb2 import OrderDraft
from tests.adapters.x12_channel.documents import BODY, OWN, a_document, a_set, named, read, references, with_segment

LINE = BODY[3]


def amount(money: Money) -> Decimal:
    return Decimal(money.units) + Decimal(money.nanos).scaleb(-9)


def own_orders() -> list[OrderDraft]:
    return [command.place_order for command in read((OWN / "three-orders.x12").read_bytes()).commands]


def test_dates_of_a_line_win_over_those_of_the_header() -> None:
    first, second = own_orders()[0].lines

    assert first.ship_not_before_time.ToJsonString() == second.ship_not_before_time.ToJsonString()
    assert first.ship_not_before_time.ToJsonString() == "2026-11-09T00:00:00Z"
    assert not first.HasField("cancel_after_time")
    assert second.cancel_after_time.ToJsonString() == "2026-11-20T23:59:59Z"


def test_dates_are_days_of_the_partners_time_zone() -> None:
    document = a_document(with_segment("CUR", BODY[1], "DTM*010*20261109"))

    order = read(document, time_zone="Europe/Berlin").commands[0].place_order

    assert order.placed_time.ToJsonString() == "2026-11-02T23:00:00Z"
    assert order.lines[0].ship_not_before_time.ToJsonString() == "2026-11-08T23:00:00Z"


def test_prices_units_titles_and_customs_codes_are_carried() -> None:
    order = own_orders()[0]

    assert [(line.channel_line_reference, line.sku, line.quantity) for line in order.lines] == [
        ("10", "MUG-BLUE", 3),
        ("20", "TRAY-OAK", 2),
    ]
    assert [amount(line.unit_price) for line in order.lines] == [Decimal("12.50"), Decimal("12.50")]
    assert [line.unit_code for line in order.lines] == ["EA", "CS"]
    assert (order.lines[0].title, order.lines[0].customs.hs_code) == ("Stoneware mug, blue", "691200")
    assert order.instruments[0].reference == "NET30"
    assert order.attributes["x12.terms.discount"] == "2% 10 days"


def test_allowances_charges_and_taxes_are_read_where_they_stand() -> None:
    order = own_orders()[2]

    assert [(one.code, amount(one.amount)) for one in order.charges] == [("SHIPPING", Decimal("4.95"))]
    assert [(one.code, amount(one.amount)) for one in order.lines[0].discounts] == [("Tenth off", Decimal("1.25"))]
    assert [(one.title, amount(one.amount), one.included) for one in order.taxes] == [("VA", Decimal("3.31"), False)]


def test_a_sum_of_lines_before_allowances_is_no_total_to_compare() -> None:
    order = own_orders()[2]

    assert not order.stated_totals.HasField("goods_total")
    assert order.attributes["x12.line_item_total"] == "11.25"


def test_a_total_that_does_not_add_up_is_carried_for_the_hub_to_hold() -> None:
    reading = read(a_document(a_set(*BODY, "AMT*TT*99.00", "AMT*1*98.00")))

    totals = reading.commands[0].place_order.stated_totals
    assert (amount(totals.grand_total), amount(totals.goods_total)) == (Decimal("99.00"), Decimal("98.00"))
    assert not reading.problems


@pytest.mark.parametrize(
    ("code", "carried"), [("CO", "4111111111111111"), ("VN", "4111111111111111"), ("ZZ", "[card number]")]
)
def test_a_number_that_its_code_says_names_an_order_is_carried_whatever_its_digits_are(code: str, carried: str) -> None:
    body = with_segment("CUR", "CUR*BY*EUR", f"REF*{code}*4111111111111111")

    reading = read(a_document(body), sku_qualifiers=["VN"])

    assert reading.commands[0].place_order.attributes[f"x12.ref.{code}"] == carried
    assert named(reading) == ([] if code != "ZZ" else [("ISA[1]/GS[1]/ST[1], REF at segment 6", "REF02")])


def test_article_numbers_and_places_are_carried_and_a_card_number_is_masked_and_named() -> None:
    line = ("PO1*1*2*EA*12.50*WE*UP*5904688672755", "PID*F****Pay 4111 1111 1111 1111")
    body = ("BEG*00*SA*5014710497468**20261103", "N1*BY*Buyer*UL*5010139624591", *line, "CTT*1")

    reading = read(a_document(a_set(*body)), currency_code="EUR")

    order = reading.commands[0].place_order
    assert (order.channel_reference, order.customer.external_id) == ("5014710497468", "5010139624591")
    assert (order.lines[0].sku, order.lines[0].title) == ("5904688672755", "Pay [card number]")
    assert [field for _, field in named(reading)] == ["PID05"]


def test_the_sku_is_the_first_product_id_by_the_partners_priority() -> None:
    document = a_document(with_segment("PO1", "PO1*1*2*EA*12.50*WE*CB*their-7*UP*4012345*VN*ours-7"))

    skus = [
        read(document, **profile).commands[0].place_order.lines[0].sku
        for profile in ({}, {"sku_qualifiers": ["UP", "VN"]}, {"sku_qualifiers": ["XX", "CB"]})
    ]

    assert skus == ["ours-7", "4012345", "their-7"]


def test_an_unknown_unit_is_taken_as_mutually_defined_and_reported() -> None:
    document = a_document(with_segment("PO1", "PO1*1*2*QQ*12.50*WE*VN*MUG-BLUE"))

    unknown, known = read(document), read(document, units={"QQ": "BX"})

    assert [line.unit_code for line in unknown.commands[0].place_order.lines] == ["ZZ"]
    assert named(unknown) == [("ISA[1]/GS[1]/ST[1], PO1 at segment 7", "PO103")]
    assert [line.unit_code for line in known.commands[0].place_order.lines] == ["BX"]
    assert not known.problems


@pytest.mark.parametrize(
    ("old", "new", "element"),
    [
        ("BEG", ("BEG*01*SA*A-1**20261103",), "BEG01"),
        ("BEG", ("BEG*00*SA***20261103",), "BEG03"),
        ("BEG", ("BEG*00*SA*A-1**20261332",), "BEG05"),
        ("BEG", ("REF*DP*1",), "ST"),
        ("CUR", (), "BEG"),
        ("CUR", ("CUR*BY*euro",), "CUR02"),
        ("N1", (), "BEG"),
        ("N1", ("N1*ST*Buyer", "N4*Hamburg**20095*DE"), "N1"),
        ("N1", ("N1*ST*Buyer", "N3*Weg 1"), "N1"),
        ("N1", ("N1*ST*Buyer", "N3*Weg 1", "N4*Hamburg**20095"), "N404"),
        ("PO1", (), "CTT"),
        ("PO1", ("PO1*1*2.5*EA*12.50*WE*VN*MUG-BLUE",), "PO102"),
        ("PO1", ("PO1*1*0*EA*12.50*WE*VN*MUG-BLUE",), "PO102"),
        ("PO1", ("PO1*1*2*EA*cheap*WE*VN*MUG-BLUE",), "PO104"),
        ("PO1", ("PO1*1*2*EA*-1*WE*VN*MUG-BLUE",), "PO104"),
        ("PO1", ("PO1*1*2*EA*12.50*??*VN*MUG-BLUE",), "PO105"),
        ("PO1", ("PO1*1*2*EA*12.50*WE*QQ*MUG-BLUE",), "PO106"),
        ("PO1", ("PO1*1*2*EA*12.50*WE*VN",), "PO107"),
        ("PO1", ("PO1*1**EA*12.50*WE*VN*MUG-BLUE",), "PO102"),
        ("PO1", (LINE, "SAC*A*C310"), "SAC05"),
        ("PO1", (LINE, "SDQ*EA*92*17*1*18*1"), "SDQ"),
        ("PO1", (LINE, "N1*ST*Elsewhere"), "N101"),
        ("PO1", (LINE, "DTM*037*soon"), "DTM02"),
        ("CTT", ("CTT*2",), "CTT01"),
        ("CTT", ("CTT*1*3",), "CTT02"),
        ("CTT", ("CTT*1", "AMT*TT*much"), "AMT02"),
    ],
)
def test_an_order_that_cannot_be_read_is_named_by_its_element(old: str, new: tuple[str, ...], element: str) -> None:
    reading = read(a_document(with_segment(old, *new)))

    assert not reading.commands
    assert element in {field for _, field in named(reading)}


def test_a_price_for_a_hundred_is_divided_and_for_one_it_is_left() -> None:
    stated = [("12.50", "WE"), ("12.50", "HP"), ("12.50", "TP"), ("12.50", "")]
    lines = [f"PO1*{n}*1*EA*{price}*{basis}*VN*S-{n}" for n, (price, basis) in enumerate(stated)]

    order = read(a_document(with_segment("PO1", *lines)), tolerate=["CTT01"]).commands[0].place_order

    assert [amount(line.unit_price) for line in order.lines] == [
        Decimal("12.50"),
        Decimal("0.125"),
        Decimal("0.0125"),
        Decimal("12.50"),
    ]


def test_a_line_without_a_price_leaves_it_to_the_catalog() -> None:
    order = read(a_document(with_segment("PO1", "PO1*1*2*EA***VN*MUG-BLUE"))).commands[0].place_order

    assert not order.lines[0].HasField("unit_price")


def test_the_profiles_channel_wins_over_the_calls_and_one_of_them_is_needed() -> None:
    both = read(a_document(), called_for="B2B-DE", channel_id="B2B-FR")
    neither = read(a_document(), called_for="")

    assert both.commands[0].place_order.channel_id == "B2B-FR"
    assert not neither.commands
    assert "channel_id" in neither.problems[0].reason


def test_a_buyer_named_by_number_alone_is_known_by_it() -> None:
    order = read(a_document(with_segment("N1", "N1*BY**92*1500"))).commands[0].place_order

    assert (order.customer.name, order.customer.external_id) == ("1500", "1500")


@pytest.mark.parametrize(
    ("profile", "setting"),
    [
        ('{"currency_code": "euro"}', "currency_code"),
        ('{"country_code": "Germany"}', "country_code"),
        ('{"time_zone": "Europe/Atlantis"}', "time_zone"),
        ('{"time_zone": "../../etc/passwd"}', "time_zone"),
        ('{"sku_qualifiers": "VN"}', "sku_qualifiers"),
        ('{"units": {"QQ": "crate"}}', "units.QQ"),
        ('{"price_bases": {"ZP": "7"}}', "price_bases.ZP"),
        ('{"isa_fixed_length": 1}', "isa_fixed_length"),
        ('{"partners": [{"currency_code": "EUR"}]}', "partners[0].sender"),
        ('{"partners": [{"sender": "A"}, {"sender": "A "}]}', "partners[1].sender"),
        ('{"partners": [{"sender": "A", "currency_code": "x"}]}', "partners[0].currency_code"),
    ],
)
def test_a_malformed_profile_names_its_setting(profile: str, setting: str) -> None:
    with pytest.raises(BadCall) as raised:
        read_settings(profile)

    assert setting in str(raised.value)


ELEMENTS = st.text(st.characters(exclude_characters="*~", codec="utf-8"), max_size=8) | st.sampled_from(
    ["850", "EA", "VN", "ST", "00", "A", "C", "TT", "J", "037", "20261109", "1", "12.50", "1e9", "9" * 30, "\x00"]
)
TAG_NAMES = "BEG CUR CSH ITD DTM N1 N2 N3 N4 PER PO1 PO4 CTP SLN MSG PID TC2 SAC TXI CTT AMT FOB TD5 REF QQQ"
TAGS = st.sampled_from(TAG_NAMES.split())
SEGMENTS = st.builds(lambda tag, rest: "*".join([tag, *rest]), TAGS, st.lists(ELEMENTS, max_size=16))


@given(body=st.lists(SEGMENTS | st.sampled_from(BODY), max_size=12))
def test_whatever_segments_say_is_a_valid_command_or_a_problem(body: list[str]) -> None:
    reading = read(a_document(a_set(*body, "CTT*")))

    assert reading.commands or reading.problems
    for command in reading.commands:
        protovalidate.validate(command)


def test_a_release_of_a_blanket_order_is_an_order_of_its_own() -> None:
    releases = [
        a_set("BEG*00*RL*PO-620*007*20260105", *BODY[1:]),
        a_set("BEG*00*RL*PO-620*008*20260105", *BODY[1:], control="0002"),
    ]

    assert references(read(a_document(*releases))) == ["PO-620/007", "PO-620/008"]


@pytest.mark.parametrize(
    ("lines", "element"),
    [
        (("PO1*1*10*CA*12.50**VN*MUG-BLUE", "PO4*12*1*EA"), "PO401"),
        (("PO1*1*2*EA*12.50**VN*MUG-BLUE", "CTP**UCP*11.90"), "CTP03"),
        (("PO1*1*2*EA***VN*MUG-BLUE", "CTP**UCP*cheap"), "CTP03"),
        (("PO1*1*2*EA*12.50**VN*MUG-BLUE", "CUR*BY*USD"), "CUR02"),
    ],
)
def test_a_line_that_says_more_than_its_po1_is_refused_by_name(lines: tuple[str, ...], element: str) -> None:
    reading = read(a_document(with_segment("PO1", *lines)))

    assert not reading.commands
    assert [field for _, field in named(reading)] == [element]


def test_a_pack_of_pieces_and_a_price_said_twice_are_taken() -> None:
    lines = ("PO1*1*2*EA*12.50**VN*MUG-BLUE", "CTP**UCP*12.5", "PO4*12*1*EA", "CUR*BY*EUR")

    assert not read(a_document(with_segment("PO1", *lines))).problems


def test_a_price_that_only_ctp_states_is_read_and_a_resale_price_is_none() -> None:
    lines = ("PO1*1*2*EA***VN*MUG-BLUE", "CTP**RTL*19.90", "CTP**UCP*11.90")

    order = read(a_document(with_segment("PO1", *lines))).commands[0].place_order

    assert amount(order.lines[0].unit_price) == Decimal("11.90")


def test_letters_of_windows_are_read_as_they_were_written() -> None:
    body = ("BEG*00*SA*A-1**20261103", "N1*BY*Škoda O\u2019Neill*92*17", *BODY[3:])

    order = read(a_document(a_set(*body)).encode("cp1252"), currency_code="EUR").commands[0].place_order

    assert order.customer.name == "Škoda O\u2019Neill"

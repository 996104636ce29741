"""What is refused before any flow: broken rules of the contract, and card numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossdock.inbox.v1 import inbox_pb2
from crossdock.inventory.v1 import inventory_pb2
from crossdock.orders.v1 import order_service_pb2 as pb
from crossdock.parties.v1 import parties_pb2
from hub.inbox.policy import holds_card_number, masked
from hub.kernel.errors import CardNumberRefused, InvalidField
from hub.wire.checks.cards import refuse_card_numbers
from hub.wire.checks.texts import refuse_nul
from hub.wire.checks.validation import refuse_invalid
from tests.unit.api.serving import placing

CARDS = [
    "4111111111111111",
    "5555555555554444",
    "2223003122003222",
    "378282246310005",
    "30569309025904",
    "6011111111111117",
    "3530111333300000",
]


def test_a_sound_request_passes_without_a_word() -> None:
    refuse_invalid(placing())


def test_every_broken_rule_is_named_by_the_path_of_its_field() -> None:
    request = placing(request_id="1")
    request.order.lines.add(sku="", quantity=0)
    request.order.attributes["colour"] = "red"

    with pytest.raises(InvalidField) as refused:
        refuse_invalid(request)

    assert list(refused.value.metadata) == ["request_id", "order.lines[1].sku", "order.lines[1].quantity"]


def test_an_element_is_named_by_its_place_in_the_request() -> None:
    with pytest.raises(InvalidField) as refused:
        refuse_invalid(inventory_pb2.Adjustment(sku="A"), "adjustments[3].")

    assert list(refused.value.metadata) == ["adjustments[3].node_id", "adjustments[3].cause"]


@pytest.mark.parametrize("card", CARDS)
def test_card_numbers_of_the_schemes_are_recognized(card: str) -> None:
    assert holds_card_number(card)
    assert holds_card_number(f"pay with {card}, please")


@pytest.mark.parametrize("text", ["4111 1111 1111 1111", "4111-1111-1111-1111", "3782 822463 10005"])
def test_card_numbers_in_groups_are_recognized(text: str) -> None:
    assert holds_card_number(f"card: {text}.")


@pytest.mark.parametrize(
    "text",
    [
        "4111111111111112",
        "0000000000000000",
        "450789469",
        "0198f0aa-4111-7111-8111-111111111111",
        "a4111111111111111",
        "41111111111111111111",
        "the article 5014710497468",
        "GLN 5010139624591",
        "",
    ],
)
def test_what_only_looks_like_a_card_number_passes(text: str) -> None:
    assert not holds_card_number(text)


@given(st.text(alphabet="0123456789 -", max_size=12))
def test_fewer_digits_than_any_card_has_always_pass(text: str) -> None:
    assert not holds_card_number(text)


@pytest.mark.parametrize(
    "path",
    [
        "order.customer.name",
        "order.incoterm",
        "order.instruments[0].token",
        "order.lines[0].title",
        "order.attributes[note]",
    ],
)
def test_a_card_number_is_refused_wherever_it_stands(path: str) -> None:
    request = placing()
    place(request, path, "4111111111111111")

    with pytest.raises(CardNumberRefused) as refused:
        refuse_card_numbers(request, request.SerializeToString())

    assert refused.value.metadata == {"field": path}
    assert "4111" not in refused.value.message


@pytest.mark.parametrize(
    "path",
    ["order.channel_reference", "order.lines[0].channel_line_reference", "order.attributes[shopify.po_number]"],
)
def test_identities_of_others_may_look_like_cards(path: str) -> None:
    request = placing()
    place(request, path, "4111111111111111")

    refuse_card_numbers(request, request.SerializeToString())
    for card in ("4111 1111 1111 1111", "%B4111111111111111^DOE/JOHN^2512", ";4111111111111111=2512"):
        place(request, path, card)
        with pytest.raises(CardNumberRefused):
            refuse_card_numbers(request, request.SerializeToString())


@pytest.mark.parametrize(
    "text",
    [
        "4111.1111.1111.1111",
        "4111/1111/1111/1111",
        "4111_1111_1111_1111",
        "4111 - 1111 - 1111 - 1111",
        "4111\u00a01111\u00a01111\u00a01111",
        "4111\u20131111\u20131111\u20131111",
        "\uff14\uff11\uff11\uff11" + "\uff11" * 12,
        "\u0664" + "\u0661" * 15,
        "\u096a" + "\u0967" * 15,
        "%B4111111111111111^VISSER/ADA^2512",
        "1234 4111 1111 1111 1111",
    ],
)
@pytest.mark.parametrize("path", ["order.lines[0].sku", "order.customer.phone", "order.attributes[note]"])
def test_a_card_number_is_refused_however_it_is_written(path: str, text: str) -> None:
    request = placing()
    place(request, path, text)

    with pytest.raises(CardNumberRefused):
        refuse_card_numbers(request, request.SerializeToString())

    assert not holds_card_number(masked(text))
    assert len(masked(text)) == len(text)


def test_a_card_number_in_the_key_of_a_map_is_not_repeated_in_the_refusal() -> None:
    request = placing()
    request.order.attributes["4111111111111111"] = "4111111111111111"

    with pytest.raises(CardNumberRefused) as refused:
        refuse_card_numbers(request, request.SerializeToString())

    assert "4111" not in refused.value.message + str(refused.value.metadata)


def test_the_name_and_the_media_type_of_a_document_are_searched() -> None:
    for received in (
        inbox_pb2.ReceiveRequest(name="4111111111111111.json"),
        inbox_pb2.ReceiveRequest(media_type="text/4111-1111-1111-1111"),
    ):
        with pytest.raises(CardNumberRefused):
            refuse_card_numbers(received, received.SerializeToString())


def test_of_a_list_that_is_too_long_no_element_is_looked_at() -> None:
    request = placing()
    for _ in range(101):
        request.order.lines[0].taxes.add(rate="none")

    with pytest.raises(InvalidField) as refused:
        refuse_invalid(request, "orders[3].")

    assert refused.value.metadata == {"orders[3].order.lines[0].taxes": "too many"}


@pytest.mark.parametrize(
    "path", ["request_id", "order.channel_reference", "order.lines[0].sku", "order.attributes[note]"]
)
def test_the_character_that_the_database_cannot_keep_is_refused_wherever_it_stands(path: str) -> None:
    request = placing()
    place(request, path, "a\0b")

    with pytest.raises(InvalidField) as refused:
        refuse_nul(request, request.SerializeToString(), "orders[3].")

    assert refused.value.metadata == {f"orders[3].{path}": "holds U+0000"}


def test_keys_of_maps_are_searched_too() -> None:
    request = placing()
    request.order.attributes["a\0b"] = "note"
    with pytest.raises(InvalidField) as refused:
        refuse_nul(request, request.SerializeToString())
    assert refused.value.metadata == {"order.attributes": "holds U+0000"}

    request = placing()
    request.order.attributes["4111111111111111"] = "note"
    with pytest.raises(CardNumberRefused):
        refuse_card_numbers(request, request.SerializeToString())


def test_a_zero_byte_that_is_no_text_is_taken() -> None:
    document = inbox_pb2.ReceiveRequest(account_id="shopify", content=b"a\0b")

    refuse_nul(document, document.SerializeToString())


def place(request: pb.PlaceOrderRequest, path: str, text: str) -> None:
    order = request.order
    match path.split(".")[1:]:
        case []:
            setattr(request, path, text)
        case ["customer", name]:
            setattr(order.customer, name, text)
        case ["instruments[0]", name]:
            setattr(order.instruments[0], name, text)
        case ["lines[0]", name]:
            setattr(order.lines[0], name, text)
        case ["attributes[note]"]:
            order.attributes["note"] = text
        case ["attributes[shopify", "po_number]"]:
            order.attributes["shopify.po_number"] = text
        case [name]:
            setattr(order, name, text)


def test_a_choice_that_was_not_made_names_a_field_and_its_others() -> None:
    with pytest.raises(InvalidField, match=r"^email or phone or party_id is required: exactly one of them") as refused:
        refuse_invalid(parties_pb2.FindPartiesRequest())

    assert refused.value.metadata.keys() == {"email"}

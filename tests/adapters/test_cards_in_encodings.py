"""A card number in a document shows nowhere in what is read of it, in whatever encoding the document came."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

import pytest

from adapters.sdk.documents.cards import has_card_number
from adapters.sdk.documents.reading import Reading
from adapters.stock_files.settings import ENCODINGS
from crossdock.inbox.v1.inbox_pb2 import Problem
from tests.adapters.shopify_channel import documents as shopify
from tests.adapters.stock_files import documents as stock
from tests.adapters.x12_channel import documents as x12

CARD: Final = "4111 1111 1111 1111"
FOREIGN: Final = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp500")
"""Encodings in which somebody may send what is read as another one."""
_STOCK: Final = {
    "in a number": f"sku,node,on_hand,safety\nMUG-BLUE,DC-NL,{CARD},0\n",
    "in a column that is not read": f"sku,node,on_hand,remark\nMUG-BLUE,DC-NL,1,{CARD}\n",
    "in the name of a column": f"sku,node,on_hand,{CARD}\nMUG-BLUE,DC-NL,1,x\n",
    "in a remark": f"# note={CARD}\nsku,node,on_hand\nMUG-BLUE,DC-NL,1\n",
}
_READERS: Final[Mapping[str, tuple[Callable[..., Reading], str]]] = {
    "stock_files": (stock.read, _STOCK["in a number"]),
    "shopify_channel": (shopify.read, f'{{"id": 1, "note": "{CARD}", "name": "{CARD}"}}'),
    "x12_channel": (x12.read, f"ISA*00*{CARD}*00*x~NTE*{CARD}~"),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("place", _STOCK)
def test_a_card_number_in_a_stock_file_of_any_encoding_is_masked(place: str, encoding: str) -> None:
    assert not_shown(stock.read(_STOCK[place].encode(encoding), encoding=encoding))


@pytest.mark.parametrize("encoding", FOREIGN)
@pytest.mark.parametrize("adapter", _READERS)
def test_a_card_number_in_a_document_of_an_encoding_that_was_not_expected_is_masked(
    adapter: str, encoding: str
) -> None:
    read, text = _READERS[adapter]

    assert not_shown(read(text.encode(encoding)))


def test_what_shows_a_card_number_is_noticed() -> None:
    assert not not_shown(Reading(problems=(Problem(reason="\0".join(CARD)),)))


def not_shown(reading: Reading) -> bool:
    """Whether no text of a reading holds the card number, even with other signs between its digits."""
    told = str(reading)
    digits = re.sub(r"\\x00|\\000|[^0-9]", "", told)
    return not has_card_number(told) and CARD.replace(" ", "") not in digits

"""Card numbers are masked before a document is stored, and nothing that merely looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.inbox.policy import masked


@pytest.mark.parametrize(
    ("came", "kept"),
    [
        (b'{"card": "4111111111111111"}', b'{"card": "************1111"}'),
        (b'{"card": "4111 1111 1111 1111"}', b'{"card": "**** **** **** 1111"}'),
        (b'{"valid":"5555-5555-5555-4444"}', b'{"valid":"****-****-****-4444"}'),
        (b'{"note": "card 4111 1111 1111 1111, thanks"}', b'{"note": "card **** **** **** 1111, thanks"}'),
        (b'{"json":"{\\"pan\\":\\"4111111111111111\\"}"}', b'{"json":"{\\"pan\\":\\"************1111\\"}"}'),
        (b"SHIRT,378282246310005,3\r\n", b"SHIRT,***********0005,3\r\n"),
        (b"3782 822463 10005", b"**** ****** *0005"),
        (b"REF*CC*6011111111111117~N1", b"REF*CC*************1117~N1"),
        (b"<pan>4111111111111111</pan>", b"<pan>************1111</pan>"),
        (b"4111111111111111\n5105105105105100\n", b"************1111\n************5100\n"),
        (b"4111111111111111,5105105105105100", b"************1111,************5100"),
        (b"30569309025904", b"**********5904"),
    ],
)
def test_a_card_number_keeps_its_last_four_digits(came: bytes, kept: bytes) -> None:
    assert masked(came) == kept


@pytest.mark.parametrize(
    "came",
    [
        pytest.param(b'{"id": 4111111111111111}', id="an id in JSON"),
        pytest.param(b'{"order_id": "4111111111111111"}', id="an order's id"),
        pytest.param(b'{"lineId":4111111111111111}', id="a line's id"),
        pytest.param(b'{"card": "4111111111111112"}', id="a wrong check digit"),
        pytest.param(b'{"number": "9111111111111111"}', id="no scheme's digits"),
        pytest.param(b"PO4111111111111111", id="part of a reference"),
        pytest.param(b"411111111111111100000", id="part of a longer number"),
        pytest.param(b"4006381333931", id="an EAN-13"),
        pytest.param(b"36000000000081", id="a GTIN-14 that passes for a card"),
        pytest.param(
            b"ISA*00*          *ZZ*SENDER         *250101*1200*U*00401*000000905*0*P*>~", id="a control number"
        ),
        pytest.param(b"0000000000000000", id="zeroes"),
        pytest.param(b"the order 4111111111111111 of today", id="a bare number in a sentence"),
    ],
)
def test_what_is_no_card_number_stays(came: bytes) -> None:
    assert masked(came) == came


@given(st.binary(max_size=200) | st.text("0123456789 -,*~\"':id{}\n", max_size=120).map(str.encode))
def test_masking_twice_is_masking_once_and_the_length_stays(came: bytes) -> None:
    kept = masked(came)

    assert len(kept) == len(came)
    assert masked(kept) == kept

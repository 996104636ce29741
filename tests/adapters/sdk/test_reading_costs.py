"""Reading a document costs time and memory by its length alone, whatever stands in it.

Twice the bytes take at most 2.5 times the processor time, and 20 MB take less than 200 MB of memory. The full sizes are
read where CROSSDOCK_TEST_FULL is set, small ones always.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Final

import pytest

from adapters.sdk.documents.reading import Reading
from tests.adapters.shopify_channel import documents as shopify
from tests.adapters.stock_files import documents as stock
from tests.adapters.x12_channel import documents as x12

FULL: Final = bool(os.environ.get("CROSSDOCK_TEST_FULL"))
BYTES: Final = 10_000_000 if FULL else 30_000
LARGEST: Final = 20_000_000 if FULL else 1_000_000
MOST_MEGABYTES: Final = 200 if FULL else 80
REPEATS: Final = 1 if FULL else 3
ISA: Final = x12.ISA.format(control=21) + "~"
ORDER: Final = f"{ISA}GS*PO*A*B*20261103*0730*21*X*004010~ST*850*1~BEG*00*SA*A-1**20261103~"
TITLE: Final = f"{ORDER}PO1*1*1*EA*1**VN*M~PID*F****"
HEAD: Final = "sku,node,on_hand\n"
READERS: Final[dict[str, Callable[[bytes], Reading]]] = {
    "x12": lambda content: x12.read(content, currency_code="EUR"),
    "csv": stock.read,
    "ndjson": lambda content: stock.read(content, format="ndjson"),
    "shopify": shopify.read,
}
CASES: Final = [
    *((name, "", text) for name in READERS for text in ("~", "\n", "\r", " ", "\0", ",", '"', "[", "{", "0", "A", "#")),
    *(("x12", "", text) for text in ("ISA*", "ISA", ISA)),
    *(("x12", ISA, text) for text in ("~", "*", "A", "GS~", "A*~", " ~")),
    *(("x12", ORDER, text) for text in ("N1*BY*A~", "N3*A~", "REF*ZZ*1~", "PO1*1*1*EA*1**VN*M~", "ST*850*1~")),
    *(("x12", TITLE, text) for text in ("1 ", "1", "4111 ")),
    *(("csv", HEAD, text) for text in ("bb\n", "\n", ",,\n", "A,B,1\n", "A,B,\n")),
    *(("ndjson", "", text) for text in ("x\n", "1\n", "{}\n", '{"sku":"A","node":"B","on_hand":1}\n', "[[\n")),
    *(("shopify", '{"orders":[', text) for text in ("1,", "{},", "[],")),
    *(("shopify", '{"order":{"line_items":[{"title":"', text) for text in ("1 ", "1", "\\u0031")),
]


def document(head: str, text: str, size: int) -> bytes:
    return (head + text * (size // len(text) + 1))[:size].encode()


def seconds(reader: str, content: bytes) -> float:
    def once() -> float:
        begun = time.process_time()
        READERS[reader](content)
        return time.process_time() - begun

    return min(once() for _ in range(REPEATS))


@pytest.mark.parametrize(("reader", "head", "text"), CASES)
def test_twice_the_bytes_take_about_twice_the_time(reader: str, head: str, text: str) -> None:
    half, whole = (document(head, text, size) for size in (BYTES, 2 * BYTES))

    assert seconds(reader, whole) <= 2.5 * seconds(reader, half) + 0.02


@pytest.mark.parametrize("reader", READERS)
def test_twenty_megabytes_take_less_than_two_hundred(reader: str) -> None:
    """In a process of its own, one document after the other: the most that any of them took."""
    run = subprocess.run([sys.executable, "-m", __name__, reader], capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stderr
    assert int(run.stdout) < MOST_MEGABYTES


@pytest.mark.parametrize(
    ("reader", "head", "text", "said"),
    [
        ("x12", ORDER, "N3*A~", "has more than 500,000 segments"),
        ("csv", HEAD, "\n", "has more than 2,000,000 lines"),
        ("shopify", '{"orders":[', "1,", "longer than 500,000 values"),
    ],
)
def test_what_is_longer_than_is_read_is_a_problem_that_says_so(reader: str, head: str, text: str, said: str) -> None:
    reading = READERS[reader](document(head, text, 3_000_000))

    assert not reading.commands
    assert any(said in problem.reason for problem in reading.problems)


def _most_megabytes(reader: str) -> int:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for name, head, text in CASES:
        if name == reader:
            READERS[name](document(head, text, LARGEST))
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024


if __name__ == "__main__":
    sys.stdout.write(str(_most_megabytes(sys.argv[1])))

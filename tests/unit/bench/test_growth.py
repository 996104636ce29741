"""The row that needs much disk says so first, and does not begin where there is too little."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.ratio import Unmeasurable
from bench.rows.growth import FULL, make_sure_of_room


def test_it_says_how_much_disk_it_takes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_sure_of_room(0, str(tmp_path))

    assert "0 old orders take 6 GiB of disk" in capsys.readouterr().err


def test_it_does_not_begin_without_room(tmp_path: Path) -> None:
    with pytest.raises(Unmeasurable, match=r"5,000,000,000,000 old orders take \d+ GiB"):
        make_sure_of_room(FULL * 1_000_000, str(tmp_path))

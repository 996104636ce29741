"""Pages of docs/ and parts of the gateway's configuration that repeat the code say what the code says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import pages, rpcs
from tools.contracts import ROOT


def test_what_is_drawn_says_what_the_code_says() -> None:
    assert not pages.differing(), "run `python -m tools.pages`"


def test_a_page_that_was_edited_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "DOCS", tmp_path)
    (tmp_path / "errors.md").write_text(pages.HEAD + pages.errors() + "edited")

    assert "errors.md" in pages.differing()


def test_a_stream_that_the_gateway_lost_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rpcs, "GATEWAY", tmp_path / "envoy.yaml")
    text = (ROOT / "gateway" / "envoy.yaml").read_text()
    rpcs.GATEWAY.write_text(text.replace("/v1/events:subscribe", "/v1/events", 1))

    assert "envoy.yaml" in pages.differing()


def test_a_gateway_without_its_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="streams"):
        rpcs.gateway("static_resources:\n")

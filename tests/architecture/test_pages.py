"""Pages of docs/ that repeat the code say what the code says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import pages


@pytest.mark.parametrize("name", sorted(pages.PAGES))
def test_a_drawn_page_says_what_the_code_says(name: str) -> None:
    assert name not in pages.differing(), f"docs/{name} is old: run `python -m tools.pages`"


def test_a_page_that_was_edited_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "DOCS", tmp_path)
    (tmp_path / "errors.md").write_text(pages.HEAD + pages.errors() + "edited")

    assert "errors.md" in pages.differing()

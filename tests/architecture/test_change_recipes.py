"""The recipes for changes name files that exist, and as many of them as their titles say, within what was allowed."""

from __future__ import annotations

import re
from typing import Final

import pytest

from tests.architecture.sources import ROOT

PAGE: Final = (ROOT / "docs" / "change-recipes.md").read_text()
MOST: Final = {"A field of a line": 8, "A hold type": 3, "A kind of partner": 14, "An rpc that changes something": 7}
"""How many files a change may take, by how the title of its recipe begins."""
RECIPES: Final = [(title, body) for title, body in re.findall(r"^## (.+)\n((?:(?!^## ).*\n)+)", PAGE, re.MULTILINE)]


def files(body: str) -> list[str]:
    """Return the files in the table of a recipe, with the tax partner in place of any."""
    return [path.replace("PARTNER", "tax") for path in re.findall(r"^\| `([^`]+)` \|", body, re.MULTILINE)]


def missing(text: str) -> list[str]:
    """Return the paths that a text names and that do not exist."""
    paths = re.findall(r"`((?:hub|adapters|protos|tests)/[^`]+)`", text.replace("PARTNER", "tax"))
    return [path for path in paths if not (ROOT / path).exists()]


def test_every_file_that_is_named_exists() -> None:
    assert missing(PAGE) == []
    assert missing("`hub/orders/model.py`, `hub/orders/gone.py`") == ["hub/orders/gone.py"]


@pytest.mark.parametrize(("title", "body"), RECIPES)
def test_a_recipe_takes_as_many_files_as_its_title_says(title: str, body: str) -> None:
    name, _, count = title.rpartition(": ")
    limit = next(most for begin, most in MOST.items() if name.startswith(begin))

    assert len(set(files(body))) == len(files(body)) == int(count.removesuffix(" files")) <= limit


def test_every_change_that_has_a_limit_has_a_recipe() -> None:
    assert [sum(title.startswith(begin) for title, _ in RECIPES) for begin in MOST] == [1] * len(MOST)

"""Files and functions stay short enough to be read in one go, and folders to be looked over."""

from __future__ import annotations

from typing import Final

from tests.architecture.sources import Function, functions, sources
from tools import house

LONGEST_FILE: Final = 400
LONGEST_FUNCTION: Final = 60


def test_no_file_is_longer_than_it_may_be() -> None:
    too_long = {str(source.path): source.lines for source in sources() if source.lines > LONGEST_FILE}

    assert not too_long, f"longer than {LONGEST_FILE} lines"


def test_no_function_is_longer_than_it_may_be() -> None:
    too_long = {
        f"{source.at(function)} {function.name}": length(function)
        for source in sources()
        for function in functions(source.tree)
        if length(function) > LONGEST_FUNCTION
    }

    assert not too_long, f"longer than {LONGEST_FUNCTION} lines"


def test_no_folder_holds_more_modules_than_it_may() -> None:
    assert not {str(folder): count for folder, count in house.folders().items() if count > house.MOST_MODULES}


def length(function: Function) -> int:
    """Return the lines of a function from its `def` to its end, docstring included."""
    return (function.end_lineno or function.lineno) - function.lineno + 1

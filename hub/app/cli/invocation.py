"""How the program is called, so that commands in what it prints can be pasted."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

_COMMAND: Final = re.compile(r"(?<![\w./-])crossdock (?P<name>[a-z][a-z-]*)")
_OF_A_HUB: Final = ("hub", "token-file")
"""Options that say nothing to `up`, which starts a hub."""


def spelled(text: str, script: str, flags: Mapping[str, object]) -> str:
    """Return a text with the commands in it as they must be typed here.

    `script` is the first word of the command line; `flags` are options that each command needs, by name without dashes.
    """

    def called(command: re.Match[str]) -> str:
        words = [_program(script)]
        for name, value in flags.items():
            if command["name"] != "up" or name not in _OF_A_HUB:
                words += [f"--{name}", str(value)]
        return shlex.join([*words, command["name"]])

    return _COMMAND.sub(called, text)


@cache
def _program(script: str) -> str:
    """Return `crossdock` where that finds the script, else the script."""
    found = shutil.which("crossdock")
    return "crossdock" if found and Path(script).exists() and Path(script).samefile(found) else script

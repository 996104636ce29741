"""Judge the contracts with buf: its lint rules, and whether they still honor what was released.

buf gets an image made by protoc, so that it needs neither a registry nor a network; its rules stand in `buf.yaml`.
The released contracts are an image too, `protos/released.binpb`: `--release` writes it, and from then on a change
that would break a client of it is refused. Leaves the rules buf has no word for to `tests/architecture`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from tools.contracts import PROTOS, ROOT, ContractsDoNotCompile, image

RULES: Final = ROOT / "buf.yaml"
RELEASED: Final = PROTOS / "released.binpb"


def lint(contracts: bytes) -> list[str]:
    """Return what buf finds wrong with `contracts`, a serialized image; nothing when they are fine."""
    return _buf("lint", contracts)


def breaking(contracts: bytes, released: Path = RELEASED) -> list[str]:
    """Return where `contracts` would break a client of the `released` image."""
    return _buf("breaking", contracts, "--against", str(released))


def serialized_image(protos: Path = PROTOS) -> bytes:
    """Return the contracts under `protos` as buf reads them."""
    return image(protos).SerializeToString(deterministic=True)


def _buf(command: str, contracts: bytes, *options: str) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "image.binpb")
        target.write_bytes(contracts)
        buf = str(Path(sys.executable).parent / "buf")
        done = subprocess.run(
            [buf, command, str(target), "--config", str(RULES), *options], capture_output=True, text=True, check=False
        )
    found = [*done.stdout.splitlines(), *done.stderr.splitlines()]
    if done.returncode and not found:
        found = [f"buf {command} failed with exit code {done.returncode}"]
    return found if done.returncode else []


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

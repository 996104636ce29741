"""Every check that needs no database, one after the other: `make check`.

Prints a line per check with its time, and in full what a failing one had to say; ends with 1 when any failed. Leaves
fixing to `make format` and `make generate`.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
BIN: Final = Path(sys.executable).parent

CHECKS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("form", (str(BIN / "ruff"), "format", "--check", ".")),
    ("style", (str(BIN / "ruff"), "check", ".")),
    # ruff's S rules are bandit's lesser ones; B608 is left out, since SQL is composed of our own constants only.
    ("security", (str(BIN / "bandit"), "-q", "-ll", "-s", "B608", "-r", "hub", "adapters", "tools")),
    ("types", (str(BIN / "mypy"),)),
    ("floors", (str(BIN / "lint-imports"), "--no-cache")),
    ("contracts", (sys.executable, "-m", "tools.lint_contracts")),
    ("generated", (sys.executable, "-m", "tools.generate", "--check")),
    ("architecture", (sys.executable, "-m", "pytest", "-q", "tests/architecture")),
)


def main() -> int:
    """Run all checks; return the exit code."""
    failed = [name for name, command in CHECKS if not passes(name, command)]
    if failed:
        print(f"\ncheck: failed: {', '.join(failed)}")
        return 1
    print("\ncheck: all clean")
    return 0


def passes(name: str, command: tuple[str, ...]) -> bool:
    """Run one check, say how it went, and return whether it passed."""
    started = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - started
    print(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name:14} {seconds:5.1f} s", flush=True)
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())

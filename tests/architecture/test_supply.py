"""What is shipped is named: packages, versions and licenses."""

from __future__ import annotations

import re

from tools import supply

LINE = re.compile(r"^(?P<name>[a-z0-9-]+) (?P<version>\S+): (?P<license>.+)$", re.MULTILINE)


def test_the_notice_names_each_package_that_is_shipped_in_its_version() -> None:
    named = {match["name"]: match["version"] for match in LINE.finditer(supply.NOTICE.read_text())}
    pinned = {name: version for name, version in supply.pins().items() if name not in supply.ELSEWHERE}
    assert named == pinned, "run `make sbom`"


def test_each_package_is_shipped_under_a_license_that_allows_it() -> None:
    licenses = {match["license"] for match in LINE.finditer(supply.NOTICE.read_text())}
    assert licenses <= supply.ALLOWED


def test_a_bill_of_materials_has_what_the_lock_file_names_and_nothing_else() -> None:
    component = {"name": "Two_Words", "version": "1.0", "bom-ref": "two", "licenses": [{"license": {"id": "MIT"}}]}
    bill = {
        "metadata": {"component": {"bom-ref": "root"}},
        "components": [component, {"name": "only-for-tests", "version": "2.0", "bom-ref": "tests"}],
        "dependencies": [{"ref": "root", "dependsOn": ["two", "tests"]}, {"ref": "tests"}],
    }
    shipped = supply.shipped_of(bill, {"two-words": "1.0"})
    assert shipped["components"] == [component]
    assert shipped["dependencies"] == [{"ref": "root", "dependsOn": ["two"]}]
    assert supply.notice(shipped["components"]).endswith("\ntwo-words 1.0: MIT\n")


def test_a_license_that_nobody_stated_is_not_allowed() -> None:
    assert supply.license_of({"name": "stranger", "version": "1", "licenses": []}) not in supply.ALLOWED

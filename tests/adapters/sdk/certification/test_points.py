"""An adapter holds its certificate when each point passes; what fails, is missing or is exempt is named."""

from __future__ import annotations

import json
import tomllib
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest

from adapters.sdk.certification.__main__ import GROUP, main
from adapters.sdk.certification.points import Certificate, Certification, Exempt, Point, certify
from adapters.sdk.certification.suite import NotCertified

ADAPTERS = Path(__file__).parents[4] / "adapters"


def quality(name: str) -> dict[str, Any]:
    """What an adapter says of itself."""
    return tomllib.loads((ADAPTERS / name / "quality.toml").read_text())


async def stands() -> None:
    return


async def lies() -> None:
    raise NotCertified("it lied")


async def breaks() -> None:
    raise OSError("it broke")


async def test_each_point_is_passed_exempt_or_failed_with_its_reason() -> None:
    checks: Certification = dict.fromkeys(Point, stands)
    certificate = await certify(
        {
            **checks,
            Point.TIME_OUTS: lies,
            Point.FAULTS: breaks,
            Point.EDI: Exempt("no EDI"),
        }
    )

    assert len(certificate.passed) == len(Point) - 3
    assert certificate.exempt == {"EDI": "no EDI"}
    assert certificate.failed == {"TIME_OUTS": "it lied", "FAULTS": "OSError: it broke"}
    assert not certificate.holds


async def test_a_point_without_a_check_has_failed() -> None:
    certificate = await certify({point: stands for point in Point if point is not Point.DISORDER})
    assert list(certificate.failed) == ["DISORDER"]


def test_two_exemptions_are_the_most() -> None:
    assert Certificate(exempt={"A": "", "B": ""}).holds
    assert not Certificate(exempt={"A": "", "B": "", "C": ""}).holds


def test_every_adapter_that_says_so_is_certified() -> None:
    names = [path.parent.name for path in ADAPTERS.glob("*/quality.toml")]
    claimed = {name for name in names if Point.__members__.keys() & quality(name).get("certified", ())}

    assert claimed == {point.name for point in entry_points(group=GROUP)}


@pytest.mark.parametrize("name", sorted(point.name for point in entry_points(group=GROUP)))
def test_the_last_line_is_the_certificate_that_the_adapter_claims(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([name]) == 0
    *lines, last = capsys.readouterr().out.splitlines()

    assert len(lines) == len(Point)
    (certificate,) = json.loads(last).values()
    assert certificate["failed"] == {}
    assert sorted(certificate["passed"]) == sorted(quality(name)["certified"])
    assert sorted(certificate["exempt"]) == sorted(quality(name)["exempt"])


def test_an_adapter_without_a_certification_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nobody"]) == main([]) == 2
    assert "stripe_payment" in capsys.readouterr().err

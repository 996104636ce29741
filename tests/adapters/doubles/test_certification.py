"""Every stand-in passes the certification, and its quality.toml says which checks."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import adapters
from adapters.sdk.certification.pulls import PULL_CHECKS
from adapters.sdk.certification.suite import CHECKS, Candidate, NotCertified, Sample
from tests.adapters.doubles.samples import PULLS, SAMPLES, SERVICES
from tests.adapters.doubles.serving import Served, serving


def _candidate(name: str, served: Served) -> Candidate:
    return Candidate(service=SERVICES[name], channel=served.channel, file=served.file)


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize(("name", "sample"), [(name, sample) for name in SAMPLES for sample in SAMPLES[name]])
async def test_every_operation_of_a_stand_in_stands_the_fault_suite(name: str, sample: Sample, check: str) -> None:
    async with serving(name) as served:
        await CHECKS[check](_candidate(name, served), sample)

        assert served.log.doubled() == []


@pytest.mark.parametrize("check", PULL_CHECKS)
@pytest.mark.parametrize("name", PULLS)
async def test_every_pull_of_a_stand_in_stands_the_fault_suite(name: str, check: str) -> None:
    async with serving(name) as served:
        await PULL_CHECKS[check](_candidate(name, served), PULLS[name])


async def test_an_adapter_that_lies_is_not_certified() -> None:
    async with serving("double_payment") as served:
        candidate = _candidate("double_payment", served)
        sample = SAMPLES["double_payment"][0]
        candidate.order(sample.method, "lie")  # type: ignore[arg-type]

        with pytest.raises(NotCertified, match="repeat"):
            await CHECKS["a_repeated_key_has_one_effect"](candidate, sample)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_quality_of_a_stand_in_is_what_is_certified(name: str) -> None:
    folder = Path(adapters.__path__[0]) / name
    quality = tomllib.loads((folder / "quality.toml").read_text(encoding="utf-8"))

    assert quality["operations"] == list(dict.fromkeys(sample.method for sample in SAMPLES[name]))
    assert quality["certified"] == list(CHECKS)
    assert quality.get("certified_pulls", []) == (list(PULL_CHECKS) if name in PULLS else [])
    assert (folder / "README.md").read_text(encoding="utf-8").startswith(f"# {name}")

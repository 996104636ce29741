"""A skeleton passes its own tests whatever it implements, and the page "Write an adapter in an hour" is followed."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.sdk.skeleton.__main__ import main
from adapters.sdk.skeleton.contracts import KINDS, Contract

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/write-an-adapter.md").read_text()
BLOCKS = re.findall(r"^```(sh(?: serve)?)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def test_every_partner_contract_can_be_implemented() -> None:
    assert {path.name for path in (ROOT / "protos/crossdock/partner").iterdir()} - {"call"} == set(KINDS)
    assert Contract("warehouse").operations == ["ReleaseFulfillmentOrder", "CancelFulfillmentOrder"]


@pytest.mark.slow
def test_the_tests_of_every_skeleton_pass(tmp_path: Path) -> None:
    for kind in KINDS:
        assert main([f"acme_{kind}", "--implements", kind, "--into", str(tmp_path)]) == 0
    folders = [str(tmp_path / f"acme_{kind}") for kind in KINDS]
    config = ["-c", str(tmp_path / "acme_warehouse/pyproject.toml"), "-p", "no:cacheprovider"]
    paths = {"PYTHONPATH": os.pathsep.join([*folders, str(ROOT), str(ROOT / "generated")])}
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *config, *folders],
        cwd=tmp_path,
        env={**os.environ, **paths},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stdout
    operations = sum(len(Contract(kind).operations) for kind in KINDS)
    assert f"{3 * operations + 3 * len(KINDS)} passed" in ran.stdout


@pytest.mark.parametrize("name", ["Acme", "acme-wms", "1acme", "acme__wms", "", "class", "../acme"])
def test_what_is_no_name_of_a_package_is_refused(name: str, tmp_path: Path) -> None:
    assert main([name, "--implements", "tax", "--into", str(tmp_path)]) == 2
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "acme").mkdir()
    assert main(["acme", "--implements", "tax", "--into", str(tmp_path)]) == 1
    assert list((tmp_path / "acme").iterdir()) == []


@pytest.mark.slow
def test_the_page_is_followed_to_an_adapter_that_serves(tmp_path: Path) -> None:
    """Each command of the page, in its order; what it installs goes into a folder of the test's own."""
    site = tmp_path / "site"
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PIP_TARGET": str(site),
        "PIP_NO_BUILD_ISOLATION": "0",
        "PIP_NO_INDEX": "1",
        "PYTHONPATH": str(site),
    }
    *commands, (form, serve) = BLOCKS
    assert form == "sh serve"
    script = "set -e\n" + "".join(text for _, text in commands)
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True)  # noqa: PLW1510
    assert done.returncode == 0, done.stdout + done.stderr

    pipe = subprocess.PIPE
    with subprocess.Popen(serve.split(), cwd=tmp_path, env=environment, stdout=pipe, stderr=pipe, text=True) as host:
        assert host.stdout
        said = json.loads(host.stdout.readline())
        host.send_signal(signal.SIGTERM)
        host.communicate()

    assert (said["adapters"], host.returncode) == (["acme_wms"], 0)

"""The contracts build from a checkout alone, with contracts of others that are what the wheels carry."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from google.protobuf.descriptor_pb2 import FileDescriptorSet

from tests.architecture.contracts import contracts
from tools.contracts import PROTOS, ROOT, VALIDATE, VENDORED, ContractsDoNotCompile, image
from tools.lint_contracts import RULES, serialized_image
from tools.vendor import validate_descriptor, vendored


def copied(folder: Path, *parts: Path) -> Path:
    """Copy parts of the checkout to a folder that has nothing else, and return it."""
    shutil.copy(RULES, folder)
    for part in parts:
        shutil.copytree(part, folder / part.relative_to(ROOT))
    return folder


def test_the_contracts_of_others_are_what_the_wheels_carry() -> None:
    lying = {path.relative_to(VENDORED).as_posix(): path.read_text() for path in VENDORED.rglob("*.proto")}

    assert lying == vendored(), "run `python -m tools.vendor` and commit what it wrote"


def test_the_text_written_of_a_descriptor_compiles_to_it() -> None:
    compiled = next(file for file in image(comments=False).file if file.name == VALIDATE)

    assert compiled.SerializeToString(deterministic=True) == validate_descriptor().SerializeToString(deterministic=True)


def test_a_checkout_builds_its_contracts_alone(tmp_path: Path) -> None:
    checkout = copied(tmp_path, PROTOS, VENDORED)

    built = {file.name for file in FileDescriptorSet.FromString(serialized_image(checkout)).file}

    assert built >= {file.name for file in contracts()}


def test_an_import_that_does_not_come_with_the_checkout_is_found(tmp_path: Path) -> None:
    checkout = copied(tmp_path, PROTOS, VENDORED)
    (checkout / VENDORED.relative_to(ROOT) / VALIDATE).unlink()

    with pytest.raises(ContractsDoNotCompile, match="imported file does not exist"):
        serialized_image(checkout)

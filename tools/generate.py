"""Make `generated/` from `protos/`: messages, their type stubs, gRPC services with theirs, and one descriptor set.

`python -m tools.generate` writes what has changed and removes what no contract makes any more; with `--check` it
only says whether `generated/` is what protoc makes now, and exits 1 where it is not. The result is committed and
never edited by hand.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Final

from tools.contracts import (
    DESCRIPTORS,
    GENERATED,
    PROTOS,
    VALIDATE,
    ContractsDoNotCompile,
    image,
    proto_files,
    run_protoc,
)

# Async only; a servicer that answers only some rpcs is not abstract (the rest answer UNIMPLEMENTED).
TYPED_SERVICES: Final = "--mypy_grpc_out=only_async,generate_concrete_servicer_stubs,quiet"


def generate(protos: Path = PROTOS) -> dict[str, bytes]:
    """Return what protoc makes of `protos` now: file name relative to `generated/` -> content."""
    files = proto_files(protos)
    if not files:
        return {}
    descriptors = image(protos, comments=False)
    with_services = [file.name for file in descriptors.file if file.service and file.name in files]
    with tempfile.TemporaryDirectory() as folder:
        run_protoc(protos, [*files, VALIDATE], f"--python_out={folder}", f"--pyi_out={folder}")
        if with_services:
            plugin = f"--plugin=protoc-gen-mypy_grpc={Path(sys.executable).parent / 'protoc-gen-mypy_grpc'}"
            run_protoc(protos, with_services, plugin, f"--grpc_python_out={folder}", f"{TYPED_SERVICES}:{folder}")
        made = {path.relative_to(folder).as_posix(): path.read_bytes() for path in Path(folder).rglob("*.py*")}
    made |= dict.fromkeys(package_markers(made), b"")
    return made | {DESCRIPTORS: descriptors.SerializeToString(deterministic=True)}


def package_markers(made: dict[str, bytes]) -> set[str]:
    """Return the `__init__.py` of every folder above the files made."""
    folders = {parent for name in made for parent in Path(name).parents if parent != Path()}
    return {(folder / "__init__.py").as_posix() for folder in folders}


def differences(made: dict[str, bytes], generated: Path = GENERATED) -> dict[str, str]:
    """Return how `generated` differs from what was made: file name -> new, changed or stale."""
    paths = (path for path in generated.rglob("*") if path.suffix in {".py", ".pyi", ".binpb"})
    lying = {path.relative_to(generated).as_posix() for path in paths}
    found = dict.fromkeys(sorted(lying - made.keys()), "stale")
    for name, content in sorted(made.items()):
        if name not in lying:
            found[name] = "new"
        elif (generated / name).read_bytes() != content:
            found[name] = "changed"
    return found


def bring_up_to_date(made: dict[str, bytes], generated: Path = GENERATED) -> dict[str, str]:
    """Write what was made to `generated` where it differs, remove the stale, and return the differences."""
    found = differences(made, generated)
    for name, how in found.items():
        target = generated / name
        if how == "stale":
            target.unlink()
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(made[name])
    return found


def main() -> int:
    """Run from the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.generate", description="Make generated/ from protos/.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 where generated/ is not current")
    only_check: bool = parser.parse_args().check
    try:
        made = generate()
    except ContractsDoNotCompile as refusal:
        print(refusal, file=sys.stderr)
        return 1
    found = differences(made) if only_check else bring_up_to_date(made)
    for name, how in found.items():
        print(f"{how:8} generated/{name}")
    print(f"generated/: {len(made)} files, {len(found)} {'not current' if only_check else 'brought up to date'}")
    return 1 if found and only_check else 0


if __name__ == "__main__":
    sys.exit(main())

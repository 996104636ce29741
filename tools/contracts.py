"""Where the contracts lie and how protoc is called on them.

Reads `protos/` and `third_party/protos/`, the contracts of others that ours import. Leaves what is made of them, and
where it is put, to `tools.generate`, and where the contracts of others come from to `tools.vendor`.
"""

from __future__ import annotations

import tempfile
from importlib import resources
from pathlib import Path
from typing import Final

from google.protobuf import descriptor_pb2
from grpc_tools import protoc

ROOT: Final = Path(__file__).resolve().parent.parent
PROTOS: Final = ROOT / "protos"
GENERATED: Final = ROOT / "generated"
VENDORED: Final = ROOT / "third_party" / "protos"
DESCRIPTORS: Final = "contracts.binpb"
VALIDATE: Final = "buf/validate/validate.proto"
ERROR_DETAILS: Final = ("google/rpc/error_details.proto", "google/rpc/status.proto")


class ContractsDoNotCompile(Exception):
    """protoc refused the contracts; what it had to say went to standard error."""


def proto_files(protos: Path = PROTOS) -> list[str]:
    """Return the contracts under `protos`, relative to it, sorted."""
    return sorted(path.relative_to(protos).as_posix() for path in protos.rglob("*.proto"))


def run_protoc(protos: Path, files: list[str], *outputs: str) -> None:
    """Run protoc on `files` (relative to `protos`) with its output options.

    Raises:
        ContractsDoNotCompile: protoc refused one of them.
    """
    well_known = str(resources.files("grpc_tools") / "_proto")
    paths = [f"--proto_path={place}" for place in (protos, VENDORED, well_known)]
    if protoc.main(["protoc", *paths, *outputs, *files]) != 0:
        raise ContractsDoNotCompile(f"protoc refused the contracts under {protos}")


def image(protos: Path = PROTOS, *, comments: bool = True) -> descriptor_pb2.FileDescriptorSet:
    """Return all contracts under `protos` as one descriptor set, with or without their comments.

    It holds what they import, and the details that errors carry, which no contract imports but every reader needs.
    """
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "image.binpb")
        options = ["--include_imports", f"--descriptor_set_out={target}"]
        if comments:
            options.append("--include_source_info")
        run_protoc(protos, [*proto_files(protos), *ERROR_DETAILS], *options)
        return descriptor_pb2.FileDescriptorSet.FromString(target.read_bytes())

"""Where the contracts lie and how protoc is called on them.

Reads `protos/`, the google protos of the googleapis-common-protos wheel and the descriptor of
`buf/validate/validate.proto` that the protovalidate wheel carries (it ships no .proto text). Leaves what is made of
them, and where it is put, to `tools.generate`.
"""

from __future__ import annotations

import importlib
import tempfile
from importlib import resources
from pathlib import Path
from typing import Final

from google.protobuf import descriptor_pb2, duration_pb2, field_mask_pb2, timestamp_pb2
from google.type import money_pb2
from grpc_tools import protoc

ROOT: Final = Path(__file__).resolve().parent.parent
PROTOS: Final = ROOT / "protos"
GENERATED: Final = ROOT / "generated"
DESCRIPTORS: Final = "contracts.binpb"
VALIDATE: Final = "buf/validate/validate.proto"
ERROR_DETAILS: Final = ("google/rpc/error_details.proto", "google/rpc/status.proto")


class ContractsDoNotCompile(Exception):
    """protoc refused the contracts; what it had to say went to standard error."""


def proto_files(protos: Path = PROTOS) -> list[str]:
    """Return the contracts under `protos`, relative to it, sorted."""
    return sorted(path.relative_to(protos).as_posix() for path in protos.rglob("*.proto"))


def validate_descriptors() -> descriptor_pb2.FileDescriptorSet:
    """Return `buf/validate/validate.proto` with the four files it imports, as descriptors, imports first."""
    described = importlib.import_module("protovalidate._gen.buf.validate.validate_pb").desc()
    validate = descriptor_pb2.FileDescriptorProto.FromString(described.proto.to_binary())
    descriptors = descriptor_pb2.FileDescriptorSet()
    for module in (descriptor_pb2, duration_pb2, field_mask_pb2, timestamp_pb2):
        module.DESCRIPTOR.CopyToProto(descriptors.file.add())
    descriptors.file.append(validate)
    return descriptors


def run_protoc(protos: Path, files: list[str], *outputs: str) -> None:
    """Run protoc on `files` (relative to `protos`) with its output options.

    Raises:
        ContractsDoNotCompile: protoc refused one of them.
    """
    wheel = str(Path(money_pb2.__file__).parents[2])
    own = str(resources.files("grpc_tools") / "_proto")
    with tempfile.TemporaryDirectory() as folder:
        validate = Path(folder, "validate.binpb")
        validate.write_bytes(validate_descriptors().SerializeToString(deterministic=True))
        paths = [f"--proto_path={place}" for place in (str(protos), wheel, own)]
        command = ["protoc", f"--descriptor_set_in={validate}", *paths, *outputs, *files]
        if protoc.main(command) != 0:
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

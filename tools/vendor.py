"""Make `third_party/protos/`: the contracts of others that ours import, taken from the wheels that carry them.

`python -m tools.vendor` writes them; a test compares them with the wheels. The google files are copied as they are. The
protovalidate wheel carries `buf/validate/validate.proto` as a descriptor only, so its text is written from that.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Final, cast

from google.protobuf import (
    descriptor_pb2,
    descriptor_pool,
    duration_pb2,
    field_mask_pb2,
    message_factory,
    text_format,
    timestamp_pb2,
)
from google.protobuf.descriptor_pb2 import (
    DescriptorProto,
    EnumDescriptorProto,
    FieldDescriptorProto,
    FileDescriptorProto,
)
from google.protobuf.message import Message
from google.type import money_pb2

from tools.contracts import VALIDATE, VENDORED

GOOGLE: Final = (
    "google/api/annotations.proto",
    "google/api/http.proto",
    "google/rpc/error_details.proto",
    "google/rpc/status.proto",
    "google/type/money.proto",
)
RENDERED: Final = (
    "// Written by `python -m tools.vendor` from the protovalidate wheel (Apache License 2.0); do not edit.\n"
)


def vendored() -> dict[str, str]:
    """Return the contracts of others as the wheels carry them: file name -> text."""
    wheel = Path(money_pb2.__file__).parents[2]
    texts = {name: (wheel / name).read_text(encoding="utf-8") for name in GOOGLE}
    return texts | {VALIDATE: RENDERED + proto_text(validate_descriptor())}


def validate_descriptor() -> FileDescriptorProto:
    """Return the descriptor of `buf/validate/validate.proto`, of a class that knows the options it declares itself."""
    described = importlib.import_module("protovalidate._gen.buf.validate.validate_pb").desc().proto.to_binary()
    pool = descriptor_pool.DescriptorPool()
    for module in (descriptor_pb2, duration_pb2, field_mask_pb2, timestamp_pb2):
        pool.AddSerializedFile(module.DESCRIPTOR.serialized_pb)
    pool.AddSerializedFile(described)
    file_class = message_factory.GetMessageClass(pool.FindMessageTypeByName("google.protobuf.FileDescriptorProto"))
    return cast("FileDescriptorProto", file_class.FromString(described))


def proto_text(file: FileDescriptorProto) -> str:
    """Return a contract in proto2, without comments, that compiles to the descriptor `file`."""
    lines = ['syntax = "proto2";', f"package {file.package};"]
    lines += [f'import "{name}";' for name in file.dependency]
    lines += [f"option {option};" for option in _options(file.options)]
    for extendee, fields in groupby(file.extension, key=lambda field: field.extendee):
        lines += [f"extend {extendee} {{", *map(_field, fields), "}"]
    for enum in file.enum_type:
        lines += _enum(enum)
    for message in file.message_type:
        lines += _message(message)
    return "".join(f"{line}\n" for line in _indented(lines))


def _indented(lines: list[str]) -> Iterator[str]:
    depth = 0
    for line in lines:
        depth -= line == "}"
        yield "  " * depth + line
        depth += line.endswith("{")


def _message(message: DescriptorProto) -> Iterator[str]:
    yield f"message {message.name} {{"
    yield from _reserved(message, end_is_reserved=False)
    for extensible in message.extension_range:
        yield f"extensions {extensible.start} to {extensible.end - 1};"
    for index, fields in groupby(message.field, key=_oneof_index):
        if index is None:
            yield from map(_field, fields)
        else:
            yield from (f"oneof {message.oneof_decl[index].name} {{", *map(_field, fields), "}")
    yield "}"


def _enum(enum: EnumDescriptorProto) -> Iterator[str]:
    yield f"enum {enum.name} {{"
    yield from _reserved(enum, end_is_reserved=True)
    yield from (f"{value.name} = {value.number};" for value in enum.value)
    yield "}"


def _reserved(declared: DescriptorProto | EnumDescriptorProto, *, end_is_reserved: bool) -> Iterator[str]:
    for numbers in declared.reserved_range:
        yield f"reserved {numbers.start} to {numbers.end if end_is_reserved else numbers.end - 1};"
    for name in declared.reserved_name:
        yield f'reserved "{name}";'


def _oneof_index(field: FieldDescriptorProto) -> int | None:
    return field.oneof_index if field.HasField("oneof_index") else None


def _field(field: FieldDescriptorProto) -> str:
    label = "" if _oneof_index(field) is not None else _last_word(field.Label.Name(field.label)) + " "
    kind = field.type_name or _last_word(field.Type.Name(field.type))
    options = ", ".join(_options(field.options))
    return f"{label}{kind} {field.name} = {field.number}" + (f" [{options}];" if options else ";")


def _last_word(constant: str) -> str:
    """Return the word of the language for one of its constants: LABEL_OPTIONAL is optional."""
    return constant.rpartition("_")[2].lower()


def _options(options: Message) -> Iterator[str]:
    for option, value in options.ListFields():
        name = f"({option.full_name})" if option.is_extension else option.name
        if option.message_type:
            yield f"{name} = {{ {text_format.MessageToString(value, as_one_line=True)} }}"
        else:
            yield f"{name} = {json.dumps(value)}"


def main() -> int:
    """Run from the command line; return the exit code."""
    for name, text in vendored().items():
        target = VENDORED / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        print(f"wrote {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

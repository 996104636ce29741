"""The contracts compile for clients in Go, Java, C#, TypeScript and Python, and hide no built-in of theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Final

from google.protobuf.descriptor_pb2 import DescriptorProto, FileDescriptorProto

from tests.architecture.contracts import contracts

GO_MODULE: Final = "crossdock.dev/gen/go"
BUILT_INS: Final = {
    "java.lang": """
        Boolean Byte Character Class Comparable Compiler Double Enum Error Exception Float Integer Iterable Long Math
        Module Number Object Override Package Process Record Runnable Runtime Short String System Thread Throwable Void
    """,
    "JavaScript": """
        Array Boolean DataView Date Error Function Infinity Intl Iterator JSON Map Math NaN Number Object Promise Proxy
        Reflect RegExp Set String Symbol
    """,
    "C#": """
        Action Array Attribute Buffer Console Convert Delegate Directory Enum Environment Exception File Func Index Lazy
        Lock Lookup Math Monitor Object Path Progress Random Range Stream String Task Thread Timer Tuple Type Version
    """,
    "Python": "Ellipsis Exception False None NotImplemented True Warning",
    "types that readers of Go and Rust know": "Box Option Result Slice Vec",
    "protobuf": """
        Any Builder Descriptor Duration Empty Enum Extension Field Message MessageLite Method Oneof Parser Service
        Struct Timestamp Value
    """,
}
"""Names that no message, enum or service may have at the top of its package."""


def options_of(package: str) -> tuple[str, str, bool]:
    """Return what follows from a package: go_package, java_package and java_multiple_files."""
    *_, room, version = package.split(".")
    return f"{GO_MODULE}/{package.replace('.', '/')};{room}{version}", f"dev.{package}", True


def stated_options(file: FileDescriptorProto) -> tuple[str, str, bool]:
    """Return the same options as a contract states them."""
    options = file.options
    return options.go_package, options.java_package, options.java_multiple_files


def top_names(file: FileDescriptorProto) -> list[str]:
    """Return the names that a contract declares at the top of its package."""
    messages = [message.name for message in file.message_type]
    return messages + [enum.name for enum in file.enum_type] + [service.name for service in file.service]


def collisions(files: Iterable[FileDescriptorProto]) -> dict[str, str]:
    """Return the names that hide a built-in, each with whose it is."""
    owners = {name: owner for owner, names in BUILT_INS.items() for name in names.split()}
    return {f"{file.package}.{name}": owners[name] for file in files for name in top_names(file) if name in owners}


def outer_class(file: FileDescriptorProto) -> str:
    """Return the Java class that holds a contract's descriptor, as protoc names it."""
    plain = "".join(word.capitalize() for word in PurePosixPath(file.name).stem.split("_"))
    return f"{plain}OuterClass" if plain in top_names(file) else plain


def test_every_contract_says_where_its_code_belongs_in_go_and_java() -> None:
    assert not [file.name for file in contracts() if stated_options(file) != options_of(file.package)]


def test_no_name_hides_a_built_in_of_a_clients_language() -> None:
    planted = FileDescriptorProto(package="crossdock.toy.v1", message_type=[DescriptorProto(name="Promise")])

    assert collisions([planted]) == {"crossdock.toy.v1.Promise": "JavaScript"}
    assert not collisions(contracts())


def test_the_java_classes_of_a_package_have_names_of_their_own() -> None:
    names = Counter(f"{file.package}.{name}" for file in contracts() for name in (*top_names(file), outer_class(file)))

    assert not [name for name, times in names.items() if times > 1]

"""The partner contracts that a skeleton can serve, read from their descriptors."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final, cast

from google.protobuf.descriptor import ServiceDescriptor

KINDS: Final = ("channel", "customs", "erp", "fraud", "notice", "payment", "tax", "transport", "vat", "warehouse")
_NO_OPERATIONS: Final = frozenset({"FindOperation", "PullUpdates", "ReadDocument"})


@dataclass(frozen=True)
class Contract:
    """A partner contract, by its kind."""

    kind: str

    @property
    def service(self) -> ServiceDescriptor:
        """Its one service."""
        module: Any = import_module(f"crossdock.partner.{self.kind}.v1.{self.kind}_pb2")
        (service,) = module.DESCRIPTOR.services_by_name.values()
        return cast("ServiceDescriptor", service)

    @property
    def operations(self) -> list[str]:
        """The rpcs that do something at the partner, once per key. Those that take several of them may be left out."""
        methods = [one for one in self.service.methods if "requests" not in one.input_type.fields_by_name]
        return [one.name for one in methods if one.name not in _NO_OPERATIONS]

    def has(self, rpc: str) -> bool:
        """Whether it has an rpc of this name."""
        return rpc in self.service.methods_by_name

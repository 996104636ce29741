"""The contract is described at a port of its own, by gRPC's server reflection, and nowhere else."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from typing import Any

import grpc
import pytest
from google.protobuf.descriptor_pb2 import FileDescriptorProto
from grpc_reflection.v1alpha import reflection_pb2 as pb
from grpc_reflection.v1alpha.reflection_pb2_grpc import ServerReflectionStub

from hub.api.edge.access import Access
from hub.api.servicers import rpcs_served
from hub.api.web.routes import INWARD, PUBLIC
from hub.app.process.addresses import CannotListen
from hub.app.process.reflection import describing
from tests.support.unused_deps import UNUSED_DEPS

SERVICES = [service.full_name for service in PUBLIC]
REFLECTION = "grpc.reflection.v1alpha.ServerReflection"


async def told(address: str, **question: str) -> Any:
    async with grpc.aio.insecure_channel(address) as channel:
        questions: Iterator[pb.ServerReflectionRequest] = iter([pb.ServerReflectionRequest(**question)])
        return await anext(aiter(ServerReflectionStub(channel).ServerReflectionInfo(questions, timeout=10)))


async def test_services_and_their_messages_are_described() -> None:
    async with describing(SERVICES, "127.0.0.1:0", shared=False) as address:
        assert address
        listed = await told(address, list_services="*")
        described = await told(address, file_containing_symbol="crossdock.orders.v1.OrderService")

    names = {service.name for service in listed.list_services_response.service}
    files = [FileDescriptorProto.FromString(file) for file in described.file_descriptor_response.file_descriptor_proto]
    assert names == {*SERVICES, REFLECTION}
    assert not [name for name in names if name.startswith(INWARD)]
    assert "OrderService" in {service.name for file in files for service in file.service}


async def test_without_an_address_nothing_is_described() -> None:
    async with describing(SERVICES, None, shared=False) as address:
        assert address is None


async def test_a_port_that_is_taken_is_named_with_its_setting() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = f"127.0.0.1:{other.getsockname()[1]}"
        with pytest.raises(CannotListen, match="CROSSDOCK_REFLECTION"):
            async with describing(SERVICES, taken, shared=False):
                await asyncio.sleep(0)


def test_the_port_of_calls_describes_nothing() -> None:
    assert rpcs_served(UNUSED_DEPS, Access({})).handler(f"/{REFLECTION}/ServerReflectionInfo") is None

"""A hub that answers as it is told to and remembers what it was asked, and the command line run against it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from concurrent import futures
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import grpc
import pytest
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from grpc_health.v1 import health, health_pb2, health_pb2_grpc

from hub.api.edge.refusals import answer_of
from hub.api.servicers import SERVICES
from hub.app.cli.program import run
from hub.kernel.errors import Refusal

if TYPE_CHECKING:
    GenericHandler = grpc.GenericRpcHandler[Any, Any]
else:
    GenericHandler = grpc.GenericRpcHandler

Answer = Message | Refusal | grpc.StatusCode | Callable[[Any], Any]


_NEVER_SECONDS = 1e6
"""More than any deadline."""


@dataclass
class PretendHub:
    """Answers by `Service.Rpc`; an rpc that is not told of is UNIMPLEMENTED."""

    address: str
    health_address: str
    health: Any
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, Any]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    hurried: list[str] = field(default_factory=list)
    """Calls that had a deadline."""

    def serving(self, *, yes: bool) -> None:
        """What health checks say."""
        status = health_pb2.HealthCheckResponse.SERVING if yes else health_pb2.HealthCheckResponse.NOT_SERVING
        self.health.set("", status)

    def requests(self, rpc: str) -> list[Any]:
        """The requests of an rpc."""
        return [request for name, request in self.asked if name == rpc]

    def answered(self, rpc: str, request: Any, context: grpc.ServicerContext) -> Any:
        """Answers a call."""
        self.asked.append((rpc, request))
        self.hurried += [rpc] if context.time_remaining() < _NEVER_SECONDS else []
        self.tokens += [str(value) for name, value in context.invocation_metadata() if name == "authorization"]
        answer = self.answers.get(rpc, grpc.StatusCode.UNIMPLEMENTED)
        if callable(answer) and not isinstance(answer, Message):
            answer = answer(request)
        if isinstance(answer, Refusal):
            refused = answer_of(answer)
            context.set_trailing_metadata(refused.trailers)
            context.abort(refused.code, refused.message)
        if isinstance(answer, grpc.StatusCode):
            context.abort(answer, "as it was told to")
        return answer


class _Handlers(GenericHandler):
    def __init__(self, answered: Callable[[str, Any, grpc.ServicerContext], Any]) -> None:
        self._answered = answered

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler[Any, Any] | None:
        full_name, _, method = handler_call_details.method.lstrip("/").rpartition("/")
        found = [one for one in SERVICES.values() if one.full_name == full_name]
        if not found:
            return None
        descriptor = found[0].methods_by_name[method]
        rpc = f"{found[0].name}.{method}"
        asking = "stream" if descriptor.client_streaming else "unary"
        make: Any = getattr(grpc, f"{asking}_{'stream' if descriptor.server_streaming else 'unary'}_rpc_method_handler")
        heard: Any = list if descriptor.client_streaming else lambda request: request
        handler: grpc.RpcMethodHandler[Any, Any] = make(
            lambda request, context: self._answered(rpc, heard(request), context),
            request_deserializer=GetMessageClass(descriptor.input_type).FromString,
            response_serializer=GetMessageClass(descriptor.output_type).SerializeToString,
        )
        return handler


@contextmanager
def pretended() -> Iterator[PretendHub]:
    """A pretended hub at a port of its own."""
    server, watched = grpc.server(futures.ThreadPoolExecutor(4)), grpc.server(futures.ThreadPoolExecutor(1))
    checked = health.HealthServicer()
    health_pb2_grpc.add_HealthServicer_to_server(checked, watched)
    address, health_address = (f"127.0.0.1:{one.add_insecure_port('127.0.0.1:0')}" for one in (server, watched))
    pretend = PretendHub(address, health_address, checked)
    server.add_generic_rpc_handlers((_Handlers(pretend.answered),))
    pretend.serving(yes=True)
    server.start()
    watched.start()
    try:
        yield pretend
    finally:
        server.stop(None).wait()
        watched.stop(None).wait()


@dataclass(frozen=True)
class Ran:
    """What a run of the command line left."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """What it printed, as JSON."""
        return json.loads(self.out)


Crossdock = Callable[..., Ran]
TOKEN: Final = "t0ken-of-the-caller"


@pytest.fixture
def hub() -> Iterator[PretendHub]:
    """A hub that answers as it is told to."""
    with pretended() as one:
        yield one


@pytest.fixture
def crossdock(
    hub: PretendHub, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> Crossdock:
    """Runs the command line against the hub."""
    environment: Mapping[str, str] = {
        "CROSSDOCK_HUB": hub.address,
        "CROSSDOCK_HEALTH": hub.health_address,
        "CROSSDOCK_TOKEN": TOKEN,
        "CROSSDOCK_DATA": str(tmp_path / "data"),
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    def ran(*arguments: object) -> Ran:
        capfd.readouterr()
        code = run([str(one) for one in arguments])
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    return ran

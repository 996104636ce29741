"""The texts of a skeleton's files. `@name@` and the like are filled in; `rpcs` draws the methods of its servicer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from adapters.sdk.skeleton.contracts import Contract

_OPERATION: Final = '''
    async def @rpc@(self, request: pb.@rpc@Request, context: Context) -> pb.@rpc@Response:
        """Asks the partner, once per key."""
        return await self._done(request, pb.@rpc@Response)
'''
_PULL: Final = '''
    async def PullUpdates(self, request: pb.PullUpdatesRequest, context: Context) -> pb.PullUpdatesResponse:
        """Tells no updates yet: ask the partner for what happened after the cursor, and name where to go on."""
        return pb.PullUpdatesResponse(pulled=call_pb2.Pulled(cursor=request.pull.cursor))
'''
_READ: Final = '''
    async def ReadDocument(self, request: pb.ReadDocumentRequest, context: Context) -> pb.ReadDocumentResponse:
        """Reads no documents yet: turn bytes into commands, and name what cannot be read."""
        return pb.ReadDocumentResponse(problems=unread("$", "document", "no documents are read yet").problems)
'''
_ADAPTER: Final = '''\
"""Serves the @kind@ contract for the partner. What is sent and what answers mean stands in `mapping`."""

from __future__ import annotations

from functools import partial
from typing import Any

from adapters.sdk.adapter import Adapter, AdapterContext
from adapters.sdk.calls import Context
@imports@from adapters.sdk.http.buckets import Buckets, Rate
from adapters.sdk.http.client import PartnerClient
from adapters.sdk.http.failures import Rejected
from adapters.sdk.http.serving import PartnerFailures
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.@kind@.v1 import @kind@_pb2 as pb
from crossdock.partner.@kind@.v1.@kind@_pb2_grpc import @service@Servicer, add_@service@Servicer_to_server

from @name@ import mapping
from @name@.settings import Settings

SERVICE = "@full_service@"
BASE_URL = "https://api.partner.example"
RATE = Rate(capacity=20, per_second=10)


class @class@(@service@Servicer):
    """The partner. Keeps nothing between calls."""

    def __init__(self, client: PartnerClient) -> None:
        self._client = client
@rpcs@
    async def FindOperation(self, request: pb.FindOperationRequest, context: Context) -> pb.FindOperationResponse:
        """Asks the partner what became of a key."""
        call = request.find.call
        try:
            reply = await self._client.send(mapping.question(call, Settings.read(call.profile_json)))
        except Rejected as rejection:
            return pb.FindOperationResponse(answer=mapping.missing(rejection))
        return mapping.done(reply.body, request, pb.FindOperationResponse)

    async def _done(self, request: Any, response_type: Any) -> Any:
        """Ask for an operation; what the partner refuses is REFUSED with its code."""
        settings = Settings.read(request.call.profile_json)
        try:
            reply = await self._client.send(mapping.order(request, settings))
        except Rejected as rejection:
            return response_type(answer=mapping.refusal(rejection))
        return mapping.done(reply.body, request, response_type)


def build(context: AdapterContext) -> Adapter:
    """Build the adapter; called once by the process that serves it."""
    return serving(context.name, PartnerClient(BASE_URL, Buckets(RATE)))


def serving(name: str, client: PartnerClient) -> Adapter:
    """Return the adapter that calls the partner by this client."""
    add = partial(add_@service@Servicer_to_server, @class@(client))
    return Adapter(name=name, service=SERVICE, add=add, interceptors=(PartnerFailures(SERVICE),))
'''
_MAPPING: Final = '''\
"""The contract's terms and the partner's, both ways. Pure: nothing is sent here.

The skeleton's partner takes POST /operations/KEY with the request as JSON, answers {"reference": ...}, refuses with
{"code": ..., "message": ...}, and tells GET /operations/KEY what became of a key. Change it into your partner's terms.
"""

from __future__ import annotations

from typing import Any

from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message

from adapters.sdk.calls import not_found, operation_time_of, refused
from adapters.sdk.calls import done as answer_done
from adapters.sdk.http.client import PartnerRequest
from adapters.sdk.http.failures import OutcomeUnknown, Rejected
from crossdock.partner.call.v1 import call_pb2

from @name@.settings import Settings


def order(request: Any, settings: Settings) -> PartnerRequest:
    """Return the request that asks for an operation, under its key."""
    body = {name: value for name, value in MessageToDict(request).items() if name != "call"}
    return _request(request.call, settings, "POST", body)


def question(call: call_pb2.Call, settings: Settings) -> PartnerRequest:
    """Return the request that asks what became of a key."""
    return _request(call, settings, "GET", None)


def done(body: Any, request: Any, response_type: Any) -> Any:
    """Return a response that is DONE, with the fields of the request that it repeats, such as the amount.

    Read here what the partner says it did: the hub compares it with what was asked.
    """
    reference = body.get("reference") if isinstance(body, dict) else None
    if not isinstance(reference, str):
        raise OutcomeUnknown("the partner states no reference")
    response = response_type(answer=answer_done(reference))
    for field, value in request.ListFields():
        repeated = field.name in response.DESCRIPTOR.fields_by_name and isinstance(value, Message)
        if field.name != "call" and repeated:
            getattr(response, field.name).CopyFrom(value)
    return response


def refusal(rejection: Rejected) -> call_pb2.Answer:
    """Return the refusal with the partner's own code. Raises the rejection where it states none."""
    body = rejection.body
    if not isinstance(body, dict) or not isinstance(body.get("code"), str):
        raise rejection
    return refused(body["code"], str(body.get("message", "")))


def missing(rejection: Rejected) -> call_pb2.Answer:
    """Return NOT_FOUND where the partner certainly has not done it. Raises the rejection else."""
    if rejection.status != 404:
        raise rejection
    return not_found()


def _request(call: call_pb2.Call, settings: Settings, method: str, body: object) -> PartnerRequest:
    operation_time_of(call)
    return PartnerRequest(
        account_id=call.account_id,
        operation=f"{method.lower()}_operation",
        method=method,
        path=f"/operations/{call.operation_key}",
        headers={"authorization": f"Bearer {settings.api_key}", "idempotency-key": call.operation_key},
        body=body,
    )
'''
_SETTINGS: Final = '''\
"""The profile of an account at the partner."""

from __future__ import annotations

from dataclasses import dataclass, field

from adapters.sdk.calls import BadCall
from adapters.sdk.profile import Profile


@dataclass(frozen=True)
class Settings:
    """A profile, read."""

    api_key: str = field(repr=False)

    @classmethod
    def read(cls, profile_json: str) -> Settings:
        """Read a profile. Raises BadCall naming a setting that is wrong or missing."""
        api_key = Profile.read(profile_json).secret("api_key")
        if not api_key:
            raise BadCall("profile_json.api_key is missing: a reference to the partner's key, env:NAME or file:PATH")
        return cls(api_key)
'''
_TEST: Final = '''\
"""Each operation is done once per key, found after a lost answer, and refused with the partner's code."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import grpc
import httpx
import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from adapters.sdk.certification.rehearsals import served
from adapters.sdk.http.buckets import Buckets, Rate
from adapters.sdk.http.client import PartnerClient
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.@kind@.v1 import @kind@_pb2 as pb
from crossdock.partner.@kind@.v1.@kind@_pb2_grpc import @service@Stub

from @name@.adapter import serving

OPERATIONS = @operations@


class Partner:
    """A partner in this process, with a memory of its own. `loses` is how many answers it loses, after its work."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.loses = 0
        self.refuses = False

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        key = request.url.path.rpartition("/")[2]
        if request.method == "GET":
            known = key in self.done
            return httpx.Response(200 if known else 404, json={"reference": f"R-{key}"} if known else {})
        if self.refuses:
            return httpx.Response(422, json={"code": "no_thanks", "message": "Not today."})
        if key not in self.done:
            self.done.append(key)
        if self.loses:
            self.loses -= 1
            raise httpx.ReadTimeout("lost")
        return httpx.Response(200, json={"reference": f"R-{key}"})


@pytest.fixture
def partner() -> Partner:
    return Partner()


@pytest.fixture
async def stub(partner: Partner, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[@service@Stub]:
    monkeypatch.setenv("PARTNER_KEY", "secret")
    buckets = Buckets(Rate(1000, 1000))
    client = PartnerClient("https://partner.invalid", buckets, transport=httpx.MockTransport(partner))
    async with served(serving("@name@", client)) as address, grpc.aio.insecure_channel(address) as channel:
        yield @service@Stub(channel)
    await client.close()


def asking(rpc: str, profile_json: str = '{"api_key": "env:PARTNER_KEY"}') -> Any:
    call = call_pb2.Call(account_id="account", operation_key="key-1", profile_json=profile_json)
    call.business_time.CopyFrom(Timestamp(seconds=1772532000))
    return getattr(pb, f"{rpc}Request")(call=call)


@pytest.mark.parametrize("rpc", OPERATIONS)
async def test_a_repeat_is_done_once_and_answered_the_same(stub: Any, partner: Partner, rpc: str) -> None:
    responses = [await getattr(stub, rpc)(asking(rpc)) for _ in range(2)]

    assert [one.answer.outcome for one in responses] == [call_pb2.OUTCOME_DONE] * 2
    assert partner.done == ["key-1"]


@pytest.mark.parametrize("rpc", OPERATIONS)
async def test_an_operation_whose_answer_was_lost_is_found(stub: Any, partner: Partner, rpc: str) -> None:
    find = pb.FindOperationRequest(find=call_pb2.Find(call=asking(rpc).call, kind=rpc))
    assert (await stub.FindOperation(find)).answer.outcome == call_pb2.OUTCOME_NOT_FOUND
    partner.loses = 1
    with pytest.raises(grpc.aio.AioRpcError) as lost:
        await getattr(stub, rpc)(asking(rpc))

    assert lost.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    assert (await stub.FindOperation(find)).answer.partner_reference == "R-key-1"


@pytest.mark.parametrize("rpc", OPERATIONS)
async def test_a_refusal_keeps_the_partners_code(stub: Any, partner: Partner, rpc: str) -> None:
    partner.refuses = True
    answer = (await getattr(stub, rpc)(asking(rpc))).answer

    assert (answer.outcome, answer.code) == (call_pb2.OUTCOME_REFUSED, "no_thanks")


@pytest.mark.parametrize("profile", ["{}", "{", '{"api_key": "plain"}'])
async def test_a_wrong_profile_is_named_and_nothing_is_sent(stub: Any, partner: Partner, profile: str) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await getattr(stub, OPERATIONS[0])(asking(OPERATIONS[0], profile))

    assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert partner.done == []
'''
_PROJECT: Final = """[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"

[project]
name = "@name@"
version = "0.1.0"
requires-python = ">=3.11"
dependencies = ["crossdock"]

[project.entry-points."crossdock.adapters"]
@name@ = "@name@.adapter:build"

[tool.hatch.build.targets.wheel]
only-include = ["@name@"]

[tool.pytest.ini_options]
asyncio_mode = "auto"
asyncio_default_fixture_loop_scope = "function"
pythonpath = ["."]
"""
_README: Final = """# @name@

An adapter of Crossdock that serves `@full_service@`.

| setting of the profile | default | meaning |
|---|---|---|
| `api_key` | required | Reference to the partner's key, `env:NAME` or `file:PATH` |

`@name@/mapping.py` has the partner's terms, `@name@/adapter.py` the rpcs. `python -m pytest` runs the tests.
"""


def files(name: str, kind: str) -> Mapping[str, str]:
    """Return the files of a skeleton: path -> text."""
    contract = Contract(kind)
    words = {
        "name": name,
        "kind": kind,
        "class": "".join(word.capitalize() for word in name.split("_")),
        "service": contract.service.name,
        "full_service": contract.service.full_name,
        "operations": repr(contract.operations).replace("'", '"'),
        "rpcs": _rpcs(contract),
        "imports": "from adapters.sdk.documents.reading import unread\n" if contract.has("ReadDocument") else "",
    }
    texts = {
        "pyproject.toml": _PROJECT,
        "README.md": _README,
        f"{name}/__init__.py": '"""An adapter of Crossdock."""\n',
        f"{name}/adapter.py": _ADAPTER,
        f"{name}/mapping.py": _MAPPING,
        f"{name}/settings.py": _SETTINGS,
        f"tests/test_{name}.py": _TEST,
    }
    return {_filled(path, words): _filled(text, words) for path, text in texts.items()}


def _rpcs(contract: Contract) -> str:
    drawn = [_filled(_OPERATION, {"rpc": rpc}) for rpc in contract.operations]
    drawn += [text for rpc, text in (("PullUpdates", _PULL), ("ReadDocument", _READ)) if contract.has(rpc)]
    return "".join(drawn)


def _filled(text: str, words: Mapping[str, str]) -> str:
    for word, value in words.items():
        text = text.replace(f"@{word}@", value)
    return text

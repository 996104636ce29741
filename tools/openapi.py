"""Draws the contract over HTTP as OpenAPI 3.1: from routes, the table of rpcs, and comments and rules of protos/."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from google.protobuf.descriptor import Descriptor, FieldDescriptor, MethodDescriptor
from google.rpc import status_pb2

from hub.api.edge.calls import POSITION_KEY
from hub.api.edge.rpcs import RPCS, Change
from hub.api.web.json_calls import JSON, LINES
from hub.api.web.json_values import is_map
from hub.api.web.routes import PUBLIC, Route, routes_of
from tools.contracts import ROOT
from tools.openapi_schemas import Schema, Schemas, comment, is_required

FILE: Final = ROOT / "hub" / "api" / "web" / "contract" / "openapi.json"
_STATUS: Final = "#/components/responses/Refusal"
_INTRODUCTION: Final = (
    "Every call has the header `authorization: Bearer TOKEN`. A call may state after how many seconds it gives up, in"
    " `request-timeout`. Fields without a value are left out of requests, and unknown ones are refused. Names of fields"
    " may be written as in the contract (`order_id`) or as here (`orderId`). A refusal is a `google.rpc.Status`, whose"
    " `ErrorInfo` has the reason. Streams are lines of JSON."
)


def document() -> dict[str, Any]:
    """Return the whole document."""
    methods = [method for service in PUBLIC for method in service.methods]
    schemas = Schemas([method.input_type for method in methods], [method.output_type for method in methods])
    paths: dict[str, dict[str, Any]] = {"/health": _HEALTH}
    for method in methods:
        route = next(routes_of(method))
        paths.setdefault(route.template, {})[route.verb.lower()] = _operation(route, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Crossdock", "version": _version(), "description": _INTRODUCTION, "license": _LICENSE},
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "tags": [{"name": service.name, "description": comment(service.full_name)} for service in PUBLIC],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": schemas.components | {"google.rpc.Status": _STATUS_SCHEMA},
            "responses": {"Refusal": _REFUSAL},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def text() -> str:
    """Return the document as it is kept."""
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


def _operation(route: Route, schemas: Schemas) -> dict[str, Any]:
    rpc = route.rpc
    name = f"{rpc.containing_service.name}.{rpc.name}"
    sentences = comment(rpc.full_name)
    operation: dict[str, Any] = {
        "operationId": name.replace(".", "_"),
        "tags": [rpc.containing_service.name],
        "summary": sentences.split(". ")[0].rstrip("."),
        "description": f"{sentences}\n\n{_treatment(name)}",
        "parameters": list(_parameters(route, schemas)),
        "responses": {"200": _response(rpc, schemas), "default": {"$ref": _STATUS}},
    }
    if route.body:
        operation["requestBody"] = _body(route, schemas)
    return operation


def _treatment(name: str) -> str:
    row = RPCS[name]
    callers = ", ".join(sorted(role.value for role in row.roles))
    return f"Callers: {callers}. Changes: {row.change.value}. Largest message: {row.largest_bytes // 2**20} MiB."


def _body(route: Route, schemas: Schemas) -> dict[str, Any]:
    message = route.rpc.input_type
    if route.rpc.client_streaming:
        told = f"A line of JSON per message, each a `{message.full_name}`."
        return {"required": True, "description": told, "content": {LINES: {"schema": {"type": "string"}}}}
    schema = (
        schemas.message(message, taken=True, without=route.variables)
        if route.variables
        else schemas.reference(message, taken=True)
    )
    return {"required": True, "content": {JSON: {"schema": schema}}}


def _response(rpc: MethodDescriptor, schemas: Schemas) -> dict[str, Any]:
    message = rpc.output_type
    if rpc.server_streaming:
        told = (
            f'A line of JSON per message, each a `{message.full_name}`; a refusal is the last line, `{{"error": ...}}`.'
        )
        return {"description": told, "content": {LINES: {"schema": {"type": "string"}}}}
    response: dict[str, Any] = {
        "description": comment(message.full_name) or "Done.",
        "content": {JSON: {"schema": schemas.reference(message, taken=False)}},
    }
    if RPCS[f"{rpc.containing_service.name}.{rpc.name}"].change is not Change.NOTHING:
        response["headers"] = {POSITION_KEY: _POSITION}
    return response


def _parameters(route: Route, schemas: Schemas) -> Iterator[dict[str, Any]]:
    fields = route.rpc.input_type.fields_by_name
    for name in route.variables:
        schema = schemas.field(fields[name], taken=True) | {"type": "string"}
        yield _parameter(name, "path", schema, required=True)
    if not route.body:
        yield from _queries(route.rpc.input_type, schemas, frozenset(route.variables), "")


def _queries(message: Descriptor, schemas: Schemas, stated: frozenset[str], before: str) -> Iterator[dict[str, Any]]:
    for field in message.fields:
        if field.name in stated or is_map(field):
            continue
        if _has_fields(field) and not field.is_repeated and field.message_type is not None:
            yield from _queries(field.message_type, schemas, frozenset(), f"{before}{field.json_name}.")
        elif not _has_fields(field):
            needed = is_required(field) and not before
            yield _parameter(before + field.json_name, "query", schemas.field(field, taken=True), required=needed)


def _has_fields(field: FieldDescriptor) -> bool:
    return field.message_type is not None and not field.message_type.full_name.startswith("google.protobuf.")


def _parameter(name: str, place: str, schema: Schema, *, required: bool) -> dict[str, Any]:
    described = schema.pop("description")
    return {"name": name, "in": place, "required": required, "description": described, "schema": schema}


def _version() -> str:
    project = tomllib.loads(Path(ROOT / "pyproject.toml").read_text())
    version: str = project["project"]["version"]
    return version


_LICENSE: Final = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
_POSITION: Final = {
    "description": "Position of the change, for `minPosition` of availability. Absent where nothing was changed.",
    "schema": {"type": "string"},
}
_STATUS_SCHEMA: Final[Schema] = {
    "type": "object",
    "description": f"{status_pb2.Status.DESCRIPTOR.full_name}: how a call ended that was not done.",
    "properties": {
        "code": {"type": "integer", "description": "Code of google.rpc.Code."},
        "message": {"type": "string", "description": "A sentence for people."},
        "details": {
            "type": "array",
            "description": "ErrorInfo with the reason, BadRequest with the fields, RetryInfo with the time to wait.",
            "items": {"type": "object", "required": ["@type"], "properties": {"@type": {"type": "string"}}},
        },
    },
    "required": ["code", "message"],
}
_REFUSAL: Final = {
    "description": "The call was refused, and changed nothing unless its outcome is said to be unknown.",
    "headers": {
        "retry-after": {"description": "Seconds to wait before the next attempt.", "schema": {"type": "integer"}}
    },
    "content": {JSON: {"schema": {"$ref": "#/components/schemas/google.rpc.Status"}}},
}
_SERVING: Final = {
    "content": {JSON: {"schema": {"type": "object", "properties": {"status": {"enum": ["SERVING", "NOT_SERVING"]}}}}}
}
_HEALTH: Final[dict[str, Any]] = {
    "get": {
        "operationId": "health",
        "summary": "Says whether the hub serves",
        "description": "For what spreads calls over processes. Needs no token.",
        "security": [],
        "responses": {
            "200": {"description": "It serves."} | _SERVING,
            "503": {"description": "It does not."} | _SERVING,
            "default": {"$ref": _STATUS},
        },
    }
}

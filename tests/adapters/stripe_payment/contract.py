"""Judges requests to Stripe by Stripe's own description of its API, where that is at hand."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx
import jsonschema
import yaml

ROOT = Path(__file__).parents[3]
FOLDER = Path(os.environ.get("CROSSDOCK_PARTNER_CONTRACTS", ROOT.parent / "shared/partners")) / "payments"
SPECIFICATION = FOLDER / "stripe-spec3-2023-08-16.yaml"
FIXTURES = FOLDER / "stripe-fixtures3-2026-08.json"


@cache
def paths() -> Mapping[str, Any]:
    """The paths of Stripe's API; empty where its description is absent."""
    if not SPECIFICATION.exists():
        return {}
    described: Mapping[str, Any] = yaml.load(SPECIFICATION.read_bytes(), Loader=yaml.CSafeLoader)
    return described["paths"]  # type: ignore[no-any-return]  # by its shape


@cache
def fixture(name: str) -> str:
    """Stripe's own example of an object, as JSON; an empty one where the examples are absent."""
    return json.dumps(json.loads(FIXTURES.read_bytes())["resources"][name]) if FIXTURES.exists() else "{}"


def violations(request: httpx.Request) -> list[str]:
    """What is wrong with a request by Stripe's description; nothing where that is absent."""
    if not paths():
        return []
    template = _template(request.url.path)
    operation = paths().get(template, {}).get(request.method.lower())
    if operation is None:
        return [f"there is no {request.method} {request.url.path}"]
    if request.method == "GET":
        schema = _query_schema(operation.get("parameters", []))
        return _judged(list(request.url.params.multi_items()), schema)
    content = operation["requestBody"]["content"]["application/x-www-form-urlencoded"]
    return _judged(parse_qsl(request.content.decode(), keep_blank_values=True), content["schema"])


def _template(path: str) -> str:
    fitting = [one for one in paths() if re.fullmatch(re.sub(r"\{\w+\}", r"[^/]+", one), path)]
    return min(fitting, key=lambda one: one.count("{")) if fitting else ""


def _query_schema(parameters: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    known = [one for one in parameters if one["in"] == "query"]
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {one["name"]: one["schema"] for one in known},
        "required": [one["name"] for one in known if one.get("required")],
    }


def _judged(fields: Sequence[tuple[str, str]], schema: Mapping[str, Any]) -> list[str]:
    nested: dict[str, Any] = {}
    for name, value in fields:
        place = nested
        *parents, last = re.findall(r"[^\[\]]+", name)
        for parent in parents:
            place = place.setdefault(parent, {})
        place[last] = value
    validator = jsonschema.Draft7Validator(schema)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(_typed(nested, schema))]


def _typed(value: Any, schema: Mapping[str, Any]) -> Any:
    """A value of a form as its schema has it: numbers, booleans and lists are texts there."""
    for choice in schema.get("anyOf", []):
        typed = _typed(value, choice)
        if jsonschema.Draft7Validator(choice).is_valid(typed):
            return typed
    match schema.get("type"):
        case "integer" if isinstance(value, str) and value.isdecimal():
            return int(value)
        case "boolean" if value in {"true", "false"}:
            return value == "true"
        case "array" if isinstance(value, dict):
            return [_typed(one, schema.get("items", {})) for one in value.values()]
        case "object" if isinstance(value, dict):
            known = schema.get("properties", {})
            return {name: _typed(one, known.get(name, {})) for name, one in value.items()}
        case _:
            return value

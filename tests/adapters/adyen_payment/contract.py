"""Judges requests to Adyen, and its notifications, by Adyen's own descriptions, where they are at hand."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import yaml

ROOT = Path(__file__).parents[3]
FOLDER = Path(os.environ.get("CROSSDOCK_PARTNER_CONTRACTS", ROOT.parent / "shared/partners")) / "payments"
CHECKOUT = FOLDER / "adyen-CheckoutService-v72.yaml"
WEBHOOKS = FOLDER / "adyen-Webhooks-v1.yaml"
LONGEST_KEY = 64


@cache
def described(path: Path) -> Mapping[str, Any]:
    """A description of Adyen's; empty where it is absent."""
    if not path.exists():
        return {}
    value: Mapping[str, Any] = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    return value


def violations(request: httpx.Request) -> list[str]:
    """What is wrong with a request by Adyen's description; nothing where that is absent."""
    checkout = described(CHECKOUT)
    if not checkout:
        return []
    path = str(request.url).removeprefix(checkout["servers"][0]["url"])
    templates = [one for one in checkout["paths"] if re.fullmatch(re.sub(r"\{\w+\}", r"[^/]+", one), path)]
    operation = checkout["paths"].get(templates[0], {}).get(request.method.lower()) if templates else None
    if operation is None:
        return [f"there is no {request.method} {path}"]
    if len(request.headers["idempotency-key"]) > LONGEST_KEY:
        return ["the idempotency key is too long"]
    content = operation["requestBody"]["content"]["application/json"]
    return judged(CHECKOUT, json.loads(request.content), content["schema"])


def judged(path: Path, value: object, schema: Mapping[str, Any]) -> list[str]:
    """What is wrong with a value by a schema of a description."""
    whole = {**schema, "components": described(path)["components"]}
    return [f"{error.json_path}: {error.message}" for error in jsonschema.Draft7Validator(whole).iter_errors(value)]

"""Shopify documents for tests: a small valid order to change, and where the published ones lie."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from adapters.sdk.documents.reading import Reading
from adapters.shopify_channel.mapping import read_document
from adapters.shopify_channel.settings import read_settings

ROOT = Path(__file__).parents[3]
OWN = ROOT / "adapters/shopify_channel/documents"
DOCUMENTS = ROOT / "examples/documents"
PROFILES = ROOT / "examples/profiles"


def published(name: str) -> bytes:
    """Answers a fixture of Shopify's; skips the test where the partners' contracts are absent."""
    folder = Path(os.environ.get("CROSSDOCK_PARTNER_CONTRACTS", ROOT.parent / "shared/partners"))
    path = folder / "channels/shopify-rest-fixtures" / name
    if not path.exists():
        pytest.skip(f"{path} is absent: set CROSSDOCK_PARTNER_CONTRACTS to the folder of partner contracts")
    return path.read_bytes()


def an_order(**changes: object) -> dict[str, Any]:
    """Answers a valid order with some fields changed."""
    order: dict[str, Any] = {
        "id": 7001,
        "currency": "EUR",
        "financial_status": "paid",
        "gateway": "shopify_payments",
        "email": "sam@example.com",
        "shipping_address": {"name": "Sam", "address1": "Lindelaan 4", "city": "Utrecht", "country_code": "NL"},
        "line_items": [{"id": 1, "sku": "MUG-BLUE", "quantity": 2, "price": "12.50"}],
        "total_price": "25.00",
    }
    return {**order, **changes}


def read(document: object, **profile: object) -> Reading:
    """Reads a document, given as what JSON says or as bytes, in a call for the channel `called_for`."""
    called_for = str(profile.pop("called_for", "WEB-NL"))
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    return read_document(content, "application/json", read_settings(json.dumps(profile)), called_for)


def read_file(path: Path, profile: str = "") -> Reading:
    """Reads a file of ours with an example profile."""
    settings = read_settings((PROFILES / profile).read_text() if profile else '{"channel_id": "WEB-NL"}')
    return read_document(path.read_bytes(), "application/json", settings, "")

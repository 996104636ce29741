"""What requests mean where they leave a field out is what the contract says they mean."""

from __future__ import annotations

import re
from typing import Any

from google.protobuf.descriptor_pool import DescriptorPool

from hub.wire.defaults import MEANT
from tests.architecture.accepted import accepted
from tests.architecture.contracts import contracts, elements
from tools.contracts import image

POOL = DescriptorPool()
for file in image().file:
    POOL.Add(file)
COMMENTS = {element.name: " ".join(element.comment.split()) for element in elements()}
STATED = re.compile(r"\b([A-Z][A-Z_]+) if not stated")
READ = re.compile(r"[Rr]ead (?:it )?as ([A-Z_]+)\.")


def field_of(name: str) -> Any:
    return POOL.FindFieldByName(name)


def said_by_enums() -> dict[str, int]:
    """Fields of what changes something whose comment, or whose enum, names the value that is meant; by full name."""
    said: dict[str, int] = {}
    for message, name in accepted(contracts()).fields:
        fields = POOL.FindMessageTypeByName(message).fields_by_name
        field, comment = fields[name], COMMENTS[f"{message}.{name}"]
        only_reads = message.endswith("Request") and "request_id" not in fields
        if only_reads or field.enum_type is None or comment.startswith("Required"):
            continue
        unspecified = field.enum_type.values[0].name
        enum_comment = COMMENTS[f"{field.enum_type.full_name}.{unspecified}"]
        meant = STATED.search(comment) or ("if not stated" not in comment and READ.search(enum_comment))
        if meant:
            prefix = unspecified.removesuffix("UNSPECIFIED")
            said[field.full_name] = field.enum_type.values_by_name[prefix + meant[1]].number
    return said


def test_enum_fields_mean_what_their_contract_says() -> None:
    known = {name: value for name, value in MEANT.items() if field_of(name).enum_type is not None}

    assert known == said_by_enums()


def test_other_defaults_stand_in_the_comments_of_their_fields() -> None:
    others = {name: COMMENTS[name] for name in MEANT if field_of(name).enum_type is None}

    assert {name.rpartition(".")[2]: comment.rpartition(". ")[2] for name, comment in others.items()} == {
        "unit_code": "Unit of measure, UN/ECE recommendation 20 (EA, CS ...); EA if not stated.",
        "default_service_code": "Carrier service of shipments; STANDARD if empty.",
        "max_in_flight": "The most calls at the same time; 0 means 4.",
        "default_ttl": "How long a reservation lives when its draft states no time; 15 minutes by default.",
        "longest_life": "The longest time from making a reservation to its end, however often it is extended;"
        " 4 hours by default.",
        "validity": "How long a quote holds; 15 minutes by default.",
        "review_score": "A lower score finds more, also of what is not meant; 0 means 88.",
        "decision_days": "Days for which a decision on a party and an entry of a list is remembered; 0 means 365.",
        "tax_category": "Category of the goods in tax_rates.csv; STANDARD if empty.",
        "longest_ttl": "The longest time that a call may ask for; 1 hour by default.",
    }

"""Whether a message keeps the rules that the contract states at its fields."""

from __future__ import annotations

from typing import Final

import protovalidate
from google.protobuf.message import Message

from hub.api.edge.fast_validation import certainly_valid
from hub.kernel.errors import InvalidField

_VALIDATOR: Final = protovalidate.Validator()


def refuse_invalid(message: Message, within: str = "") -> None:
    """Raises InvalidField naming each field that breaks a rule; `within` is the path of the message in its request."""
    if certainly_valid(message):
        return
    if violations := _VALIDATOR.collect_violations(message):
        found = {
            within + _path(violation.proto.field): violation.proto.message or violation.proto.rule_id
            for violation in violations
        }
        first = next(iter(found))
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        refusal = InvalidField(f"{first or 'The request'} {found[first]}{more}.")
        refusal.metadata = dict(found)
        raise refusal


def _path(field: protovalidate.FieldPathPb | None) -> str:
    if field is None:
        return ""
    text = ""
    for element in field.elements:
        name, key = element.field_name, element.subscript
        text += f"{'.' if text else ''}{name}"
        if key is not None:
            text += f"[{key.value}]"
    return text

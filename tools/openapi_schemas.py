"""JSON Schemas of the contract's messages: what the HTTP port takes, by the rules at the fields, and what it sends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final

from google.protobuf import descriptor_pb2
from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor

from buf.validate import validate_pb2
from hub.api.web.json_values import is_map
from tools.contracts import image

Schema = dict[str, Any]
File = descriptor_pb2.FileDescriptorProto

_RULES: Final[Any] = validate_pb2.field
_WHOLE: Final = "^-?[0-9]{1,20}$"
_SPAN: Final = r"^-?[0-9]+(\.[0-9]+)?s$"
_AS_TEXT: Final[Mapping[str, Schema]] = {
    "google.protobuf.Timestamp": {"type": "string", "format": "date-time"},
    "google.protobuf.Duration": {"type": "string", "pattern": _SPAN},
}
_BOUNDS: Final = {"gte": "minimum", "gt": "exclusiveMinimum", "lte": "maximum", "lt": "exclusiveMaximum"}
_LENGTHS: Final = {"min_len": "minLength", "max_len": "maxLength", "len": "minLength"}
_32_BITS: Final = frozenset({FieldDescriptor.CPPTYPE_INT32, FieldDescriptor.CPPTYPE_UINT32})
_64_BITS: Final = frozenset({FieldDescriptor.CPPTYPE_INT64, FieldDescriptor.CPPTYPE_UINT64})


class Schemas:
    """Schemas of messages by name. A message that is both taken and sent has two, the one for taking ends in Input."""

    def __init__(self, requests: Iterable[Descriptor], responses: Iterable[Descriptor]) -> None:
        taken, sent = set(_reachable(requests)), set(_reachable(responses))
        self._both = {message.full_name for message in taken & sent}
        self.components: dict[str, Schema] = {}
        for message in sorted(taken, key=_full_name):
            self.components[self._name(message, taken=True)] = self.message(message, taken=True)
        for message in sorted(sent, key=_full_name):
            self.components[self._name(message, taken=False)] = self.message(message, taken=False)

    def message(self, message: Descriptor, *, taken: bool, without: Iterable[str] = ()) -> Schema:
        """Return the schema of a message, `without` fields that are stated elsewhere."""
        fields = [field for field in message.fields if field.name not in without]
        schema: Schema = {
            "type": "object",
            "description": comment(message.full_name),
            "properties": {field.json_name: self.field(field, taken=taken) for field in fields},
            "additionalProperties": False,
        }
        required = [field.json_name for field in fields if taken and is_required(field)]
        return schema | ({"required": required} if required else {})

    def field(self, field: FieldDescriptor, *, taken: bool) -> Schema:
        """Return the schema of a field, with what the contract says of it."""
        return self._value(field, taken=taken) | {"description": comment(_name_of(field))}

    def reference(self, message: Descriptor, *, taken: bool) -> Schema:
        """Return a reference to the schema of a message."""
        if message.full_name in _AS_TEXT:
            return dict(_AS_TEXT[message.full_name])
        return {"$ref": f"#/components/schemas/{self._name(message, taken=taken)}"}

    def _name(self, message: Descriptor, *, taken: bool) -> str:
        name = message.full_name.removeprefix("crossdock.")
        return f"{name}Input" if taken and message.full_name in self._both else name

    def _value(self, field: FieldDescriptor, *, taken: bool) -> Schema:
        rules = _rules(field)
        if is_map(field) and field.message_type is not None:
            inner = self._one(field.message_type.fields_by_name["value"], None, taken=taken)
            limit = {"maxProperties": rules.map.max_pairs} if taken and rules.map.max_pairs else {}
            return {"type": "object", "additionalProperties": inner} | limit
        if not field.is_repeated:
            return self._one(field, rules, taken=taken)
        schema: Schema = {"type": "array", "items": self._one(field, rules.repeated.items, taken=taken)}
        for rule, keyword in (("min_items", "minItems"), ("max_items", "maxItems"), ("unique", "uniqueItems")):
            if taken and (value := getattr(rules.repeated, rule)):
                schema[keyword] = value
        return schema

    def _one(self, field: FieldDescriptor, rules: Any, *, taken: bool) -> Schema:
        """The schema of one value of a field."""
        if field.message_type is not None:
            return self.reference(field.message_type, taken=taken)
        if field.enum_type is not None:
            return _enum(field.enum_type, rules.enum if taken and rules else None)
        schema = _scalar(field, taken=taken)
        return schema | (_limits(field, rules) if taken and rules is not None else {})


@cache
def comments() -> Mapping[str, str]:
    """Return what the contract says of each of its elements, by its full name."""
    return {name: text for file in image().file for name, text in _commented(file)}


def comment(name: str) -> str:
    """Return what the contract says of an element, on one line."""
    return comments().get(name, "")


def is_required(field: FieldDescriptor) -> bool:
    """Whether a request without this field is refused by the rules at it."""
    rules = _rules(field)
    if rules.required or field.has_presence or rules.ignore:
        return bool(rules.required)
    if field.is_repeated:
        return bool(rules.repeated.min_items)
    text, enum = rules.string, rules.enum
    number = _numbers(field, rules)
    return bool(
        text.min_len
        or text.uuid
        or not re.search(text.pattern, "")
        or 0 in enum.not_in
        or number.get("gte", 0) > 0
        or number.get("gt", -1) >= 0
    )


def _scalar(field: FieldDescriptor, *, taken: bool) -> Schema:
    if field.type == FieldDescriptor.TYPE_BYTES:
        return {"type": "string", "contentEncoding": "base64"}
    if field.cpp_type in _32_BITS:
        return {"type": "integer", "format": "int32"}
    if field.cpp_type in _64_BITS:
        return {"type": ["string", "integer"] if taken else "string", "format": "int64", "pattern": _WHOLE}
    if field.cpp_type in (FieldDescriptor.CPPTYPE_DOUBLE, FieldDescriptor.CPPTYPE_FLOAT):
        return {"type": "number", "format": "double"}
    return {"type": "boolean" if field.cpp_type == FieldDescriptor.CPPTYPE_BOOL else "string"}


def _limits(field: FieldDescriptor, rules: Any) -> Schema:
    if field.cpp_type != FieldDescriptor.CPPTYPE_STRING:
        return {_BOUNDS[rule]: value for rule, value in _numbers(field, rules).items()}
    text = {rule.name: value for rule, value in rules.string.ListFields()}
    limits: Schema = {keyword: text[rule] for rule, keyword in _LENGTHS.items() if rule in text}
    if "pattern" in text:
        limits["pattern"] = text["pattern"]
    if text.get("uuid"):
        limits["format"] = "uuid"
    return limits


def _numbers(field: FieldDescriptor, rules: Any) -> dict[str, Any]:
    """Bounds of a number by the name of their rule."""
    kind = rules.WhichOneof("type")
    if kind is None or field.cpp_type == FieldDescriptor.CPPTYPE_STRING or field.message_type is not None:
        return {}
    return {rule.name: value for rule, value in getattr(rules, kind).ListFields() if rule.name in _BOUNDS}


def _enum(enum: EnumDescriptor, rules: Any) -> Schema:
    barred = set(rules.not_in) if rules is not None else set()
    return {"type": "string", "enum": [value.name for value in enum.values if value.number not in barred]}


def _rules(field: FieldDescriptor) -> Any:
    return field.GetOptions().Extensions[_RULES]


def _name_of(field: Any) -> str:
    return f"{field.containing_type.full_name}.{field.name}"


def _full_name(message: Descriptor) -> str:
    return message.full_name


def _reachable(messages: Iterable[Descriptor]) -> Iterator[Descriptor]:
    """Yield the messages, and all that are in them, each once."""
    found: set[str] = set()
    waiting = list(messages)
    while waiting:
        message = waiting.pop()
        if message.full_name in found or message.full_name in _AS_TEXT:
            continue
        found.add(message.full_name)
        if not message.GetOptions().map_entry:
            yield message
        waiting += [field.message_type for field in message.fields if field.message_type is not None]


def _commented(file: File) -> Iterator[tuple[str, str]]:
    texts = {tuple(place.path): " ".join(place.leading_comments.split()) for place in file.source_code_info.location}
    for number, service in enumerate(file.service):
        name = f"{file.package}.{service.name}"
        yield name, texts.get((6, number), "")
        for index, rpc in enumerate(service.method):
            yield f"{name}.{rpc.name}", texts.get((6, number, 2, index), "")
    for number, message in enumerate(file.message_type):
        yield from _of_message(message, file.package, (4, number), texts)


def _of_message(
    message: Any, parent: str, path: tuple[int, ...], texts: Mapping[tuple[int, ...], str]
) -> Iterator[tuple[str, str]]:
    name = f"{parent}.{message.name}"
    yield name, texts.get(path, "")
    for number, field in enumerate(message.field):
        yield f"{name}.{field.name}", texts.get((*path, 2, number), "")
    for number, nested in enumerate(message.nested_type):
        yield from _of_message(nested, name, (*path, 3, number), texts)

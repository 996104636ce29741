"""Draws docs/events.md: each event of the feed, when it happens, its facts, and how it is told to people."""

from __future__ import annotations

from google.protobuf import descriptor_pb2

from hub.messages.events.codec import EVENTS, SUBJECTS
from tools.contracts import image
from tools.markdown import table

PACKAGE = "crossdock.events.v1"
HEAD = ("event", "when", "facts", "told to people")


def page() -> str:
    """Return the page: a table for each subject, from the contract and from the sentences of the structs."""
    text = f"# Events\n\nThe feed carries each event as a message of `{PACKAGE}`, without personal data.\n"
    text += "People are told the first sentence whose facts are all stated.\n"
    files = {file.name: file for file in image().file if file.package == PACKAGE}
    for subject in SUBJECTS:
        file = files[f"crossdock/events/v1/{subject}.proto"]
        text += f"\n## {subject.capitalize()}\n\n{table(HEAD, _rows(file))}"
    return text


def _rows(file: descriptor_pb2.FileDescriptorProto) -> list[tuple[str, ...]]:
    comments = {tuple(place.path): " ".join(place.leading_comments.split()) for place in file.source_code_info.location}
    return [
        (
            f"`{message.name}`",
            comments[file.MESSAGE_TYPE_FIELD_NUMBER, number],
            ", ".join(f"`{field.name}`" for field in message.field),
            "<br>".join(EVENTS[message.name].sentences),
        )
        for number, message in enumerate(file.message_type)
        if message.name in EVENTS
    ]

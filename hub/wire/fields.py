"""Messages on their way out as dicts of their fields, for answers that are large or many.

A constructor makes the messages of nested dicts in place. It would copy messages, each once per level above it.
"""

from __future__ import annotations

from typing import Any

Fields = Any
"""Values by name as the constructor of a message takes them, nested; None leaves a field out. Where a message is
expected, as the type of it says, fields do as well.
"""

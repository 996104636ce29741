"""The one SQLAlchemy MetaData on which every room's store declares its tables.

A Table states names and types, from which `sets` makes statements; SQLAlchemy compiles none. The DDL itself stands in
`migrations/`, and a test compares the two.
"""

from __future__ import annotations

from sqlalchemy import MetaData

METADATA = MetaData()

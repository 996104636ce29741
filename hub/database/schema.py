"""The one SQLAlchemy MetaData on which every room's store declares its tables.

Tables here are for compiling statements; the DDL itself stands in `migrations/`, and a test compares the two.
"""

from __future__ import annotations

from sqlalchemy import MetaData

METADATA = MetaData()

"""The facts of a stock file that the adapter acts on, by what the file is: columns by their names in the profile.

Every other column that states anything refuses the count, or the row of adjustments, unless the profile ignores it: a
count has no hold, and a column may say that units are blocked, or counted in another unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from adapters.sdk.documents.facts import Facts, names

FACTS: Final[Mapping[str, Facts]] = {
    "count": Facts(acted_on=names("sku node_id units safety count_time")),
    "adjust": Facts(acted_on=names("sku node_id units cause")),
    "first lines": Facts(acted_on=names("count_time rows")),
}

"""What was found out about buyers in the world: matches of screening with a hold, and a VAT number in force."""

from __future__ import annotations

from msgspec.structs import replace

from hub.database.tx import Tx
from hub.holds import operations as holds
from hub.holds.model import Hold, HoldStatus, HoldType, Operation
from hub.screening import operations as screening
from hub.screening.model import Hit, MatchedOn, MatchState, PartyRole, found
from tests.rows.rooms.building import AT, identity

_NAMED = Hit(identity(9600), PartyRole.BUYER, "key", "LIST", "7", "hash", 97, MatchedOn.NAME)


async def make(tx: Tx) -> None:
    """Writes matches, the hold of the order that waits, that both were screened, and the check of a VAT number."""
    confirmed = replace(found(identity(9), _NAMED, AT), state=MatchState.CONFIRMED)
    await screening.save_matches(tx, [confirmed, found(identity(1), _NAMED, AT.replace(year=AT.year + 1))])
    blocks = frozenset({Operation.RELEASE})
    held = Hold(
        identity(9501), identity(9), HoldType.EXPORT_CONTROL, HoldStatus.ACTIVE, "screening: LIST 7", blocks, AT
    )
    await holds.save(tx, [held])
    await tx.execute(
        """UPDATE orders SET checks = checks || '{"parties": "PASSED"}' WHERE order_id = ANY(%(ids)s)""",
        {"ids": [identity(1), identity(9)]},
    )
    await tx.execute(
        """INSERT INTO vat_number_check SELECT order_id, bill_to_party_id, 'IN_FORCE', 1, %(at)s, 'WAPI-1' FROM orders
        WHERE order_id = %(id)s""",
        {"id": identity(1), "at": AT},
    )

"""What was found out about buyers in the world, and whose goods they got: matches, a VAT number, another's parcel."""

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
    """Writes matches, the hold of the order that waits, that both were screened, a check, and a change of owner."""
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
    await tx.execute(
        """INSERT INTO intercompany_entry SELECT gen_random_uuid(), order_id, 'SHIPPED', shipment_id, '', 'N',
            line_number, sku, quantity, 'S-2', 'S-1', 0, 'EUR', %(at)s
        FROM slice WHERE shipment_id IS NOT NULL LIMIT 1""",
        {"at": AT},
    )

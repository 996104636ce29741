"""What else the world keeps: a gift card that an order reserved from, a credit account, a transfer, a declaration."""

from __future__ import annotations

from datetime import timedelta

from hub.database.tx import Tx
from hub.messages.timers import AuthorizationDue
from hub.outbox import operations as outbox
from hub.outbox.model import Message, Timer
from hub.payments import operations as payments
from hub.payments.model import Holder
from tests.rows.rooms.building import AT, identity, instrument, transaction
from tests.support.payloads import example

_BALANCE, _TRANSFER, _DECLARATION = identity(9700), identity(9800), identity(9900)
_MOVEMENT = """
INSERT INTO balance_movement VALUES (%(balance)s, %(number)s, %(kind)s, %(free)s, %(reserved)s, %(outside)s, %(at)s,
    'desk', 'because', %(order)s, %(step)s)
"""

FAULTS = (
    (
        "held_parts_exist",
        "more units than the line has",
        "UPDATE hold SET scope = 'LINE', line_number = 1, quantity = 99 WHERE status = 'ACTIVE'",
    ),
    (
        "held_parts_exist",
        "no fulfillment order of its order",
        "UPDATE hold SET scope = 'FULFILLMENT_ORDER', fulfillment_order_id = hold_id WHERE status = 'ACTIVE'",
    ),
    (
        "held_parts_exist",
        "no instrument of its order",
        "UPDATE hold SET scope = 'INSTRUMENT', instrument_id = hold_id WHERE status = 'ACTIVE'",
    ),
    ("credit_exposure", "a cent from nowhere", "UPDATE credit_account SET exposure_minor = exposure_minor + 1"),
    (
        "credit_uses",
        "owes nothing",
        """WITH used AS (UPDATE credit_use SET owed_minor = owed_minor + 1)
        UPDATE credit_account SET exposure_minor = exposure_minor + 1""",
    ),
    ("credit_waiting", "waits for nobody", "UPDATE credit_use SET waits = true"),
    ("transfer_units", "claimed, and not to come", "UPDATE transfer_line SET claimed = 1"),
    ("transfer_receipts", "came by no receipt", "UPDATE transfer_line SET shipped = 1, received = 1"),
    ("transfers_go_on", "nobody waits for it", "UPDATE transfer SET state = 'REQUESTED', ended_at = NULL"),
)
"""Invariant, what is wrong, and the statement that plants it."""


async def make(tx: Tx) -> None:
    """Writes them."""
    await _balance(tx)
    await _credit(tx)
    await _transfer(tx)
    await _declaration(tx)


async def _balance(tx: Tx) -> None:
    """12.00 were issued, and an order on hold reserved 3.00 of them."""
    card = instrument(9, 9, holder=Holder.HUB, amount_minor=300, account_id=None, balance_id=_BALANCE)
    step = transaction(9, 9, amount_minor=300, instrument_id=card.instrument_id)
    await payments.save(tx, [card], [step])
    ends = AuthorizationDue(step.transaction_id, AT + timedelta(days=6), identity(9))
    await outbox.set_timers(tx, [Timer(ends, identity(9))])
    settled = example("balance.settle")
    await outbox.append(tx, [Message(step.transaction_id, "balance:9", settled, "", identity(9))], at=AT)
    await tx.execute(
        "INSERT INTO balance VALUES (%(balance)s, 'GIFT_CARD', 'SELLER', 'EUR', %(at)s, NULL, 0, 900, 300, 2)",
        {"balance": _BALANCE, "at": AT},
    )
    told = {"balance": _BALANCE, "at": AT, "order": None, "step": None}
    await tx.execute(_MOVEMENT, told | {"number": 1, "kind": "ISSUED", "free": 1200, "reserved": 0, "outside": -1200})
    about = told | {"order": identity(9), "step": step.transaction_id}
    await tx.execute(_MOVEMENT, about | {"number": 2, "kind": "RESERVED", "free": -300, "reserved": 300, "outside": 0})


async def _credit(tx: Tx) -> None:
    """An order on terms that takes nothing of its credit account any more."""
    terms = instrument(9, 10, holder=Holder.TERMS, amount_minor=0, account_id=None, credit_account_id="DEBTOR-7")
    await payments.save(tx, [terms], [])
    await tx.execute(
        "INSERT INTO credit_account VALUES ('seller', 'DEBTOR-7', 'EUR', 100, 'OPEN', 1, 0, %(at)s)", {"at": AT}
    )
    await tx.execute(
        "INSERT INTO credit_use VALUES (%(order)s, 'seller', 'DEBTOR-7', 'EUR', %(at)s, 0, 0, 0, false, false)",
        {"order": identity(9), "at": AT},
    )


async def _transfer(tx: Tx) -> None:
    await tx.execute(
        """INSERT INTO transfer (transfer_id, reference, from_node_id, to_node_id, state, requested_at, ship_by,
            expected_at, ended_at) VALUES (%(id)s, 'T-1', 'DC-NL', 'ST-AMS', 'CANCELED', %(at)s, %(at)s, %(at)s, %(at)s)
        """,
        {"id": _TRANSFER, "at": AT},
    )
    await tx.execute("INSERT INTO transfer_line VALUES (%(id)s, 'SHIRT', 2)", {"id": _TRANSFER})


async def _declaration(tx: Tx) -> None:
    await tx.execute(
        """INSERT INTO declaration VALUES (%(id)s, %(shipment)s, %(order)s, 'customs', 'INCOMPLETE', 'MRN-1', 1, '{}')
        """,
        {"id": _DECLARATION, "shipment": identity(4001), "order": identity(1)},
    )

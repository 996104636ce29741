"""What is known of VAT numbers, on the wire."""

from __future__ import annotations

from typing import Final

from crossdock.trade.v1 import vat_numbers_pb2 as pb
from hub.trade.model.vat_numbers import VatNumberCheck, VatNumberState
from hub.wire.enums import Names
from hub.wire.instants import instant_to_pb

STATES: Final = Names(VatNumberState, pb.VatNumberState, "VAT_NUMBER_STATE")


def check_to_pb(check: VatNumberCheck) -> pb.VatNumberCheck:
    """The check as a message."""
    return pb.VatNumberCheck(
        order_id=str(check.order_id),
        party_id=str(check.party_id),
        state=STATES.to_pb(check.state),
        check_time=None if check.checked_at is None else instant_to_pb(check.checked_at),
        consultation_number=check.consultation_number,
        attempt=check.attempt,
    )

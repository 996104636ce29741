"""How a sourcing policy that is tried does, on the command line."""

from __future__ import annotations

from google.type.money_pb2 import Money

from crossdock.network.v1.network_pb2 import SourcingTrial
from crossdock.sourcing.v1 import sourcing_pb2 as pb
from tests.unit.app.cli.pretend import Crossdock, PretendHub

ANSWER = pb.GetTrialResponse(
    trial=SourcingTrial(name="cheaper", share_permille=50),
    counted=pb.ShippedFigures(
        order_count=20, parcel_count=20, cost=Money(currency_code="EUR", units=260), parcel_count_by_node={"ST-BER": 20}
    ),
    tried=pb.ShippedFigures(
        order_count=20, parcel_count=40, cost=Money(currency_code="EUR", units=130), parcel_count_by_node={"DC-NL": 40}
    ),
)


def test_both_policies_stand_side_by_side(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["SourcingService.GetTrial"] = ANSWER

    printed = crossdock("trial", "WEB-NL")

    rows = {" ".join(line.split()) for line in printed.out.splitlines()}
    assert "cheaper, 20 orders compared; 50 of 1,000 orders ship by it." in rows
    assert f"cost 260.00 EUR 130.00 EUR {'█' * 20} {'█' * 10}" in rows
    assert f"parcels from DC-NL 0 40 {'█' * 20}" in rows
    assert hub.requests("SourcingService.GetTrial")[0].channel_id == "WEB-NL"


def test_a_stopped_trial_says_why(hub: PretendHub, crossdock: Crossdock) -> None:
    stopped = pb.GetTrialResponse(trial=SourcingTrial(name="cheaper", stopped_because="it costs more"))
    hub.answers["SourcingService.GetTrial"] = stopped

    printed = crossdock("trial", "WEB-NL")

    assert "cheaper, 0 orders compared; stopped: it costs more." in printed.out
    assert "No orders were compared yet." in printed.out

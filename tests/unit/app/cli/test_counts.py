"""`crossdock feeds` lists full counts, and undoes one."""

from __future__ import annotations

from crossdock.inventory.v1 import inventory_pb2 as pb
from hub.inventory.errors import SnapshotOutdated
from tests.unit.app.cli.pretend import Crossdock, PretendHub

ID = "01a204dc-af31-70aa-acb0-4c71b22f38d5"
UNDONE = pb.Snapshot(snapshot_id=ID, source="wms", state=pb.SNAPSHOT_STATE_UNDONE, row_count=3, changed_count=2)


def test_a_count_is_undone(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["InventoryService.UndoSnapshot"] = pb.UndoSnapshotResponse(snapshot=UNDONE, changed_count=2)

    ran = crossdock("feeds", "--undo", ID)

    assert ran.code == 0
    for told in (ID, "wms", "UNDONE"):
        assert told in ran.out
    (request,) = hub.requests("InventoryService.UndoSnapshot")
    assert request.snapshot_id == ID
    assert crossdock("feeds", "--undo", ID, "--json").json()["snapshots"][0]["state"] == "SNAPSHOT_STATE_UNDONE"
    assert "--undo" in crossdock("feeds", "--help").out


def test_a_count_that_cannot_be_undone_is_told_with_its_reason(hub: PretendHub, crossdock: Crossdock) -> None:
    hub.answers["InventoryService.UndoSnapshot"] = SnapshotOutdated("Count X was applied after this one.")

    ran = crossdock("feeds", "--undo", ID)

    assert ran.code == 1
    assert "SNAPSHOT_OUTDATED" in ran.err
    assert crossdock("feeds", "--undo", "no id").code == 2

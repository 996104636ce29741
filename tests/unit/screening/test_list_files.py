"""Denied-party lists as published are read whole, or refused by file, line and column."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Final

import pytest

from hub.screening.errors import DeniedListInvalid
from hub.screening.model import DeniedEntry
from hub.screening.policy.list_files import entries_of

SAMPLES: Final = Path(__file__).parents[4] / "shared" / "data" / "denied-party"
MAIN: Final = '36,"AEROCARIBBEAN AIRLINES",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n'
ALIAS: Final = '36,12,"aka","AERO-CARIBBEAN",-0- \r\n'
ADDRESS: Final = '36,25,"Calle 23 No 64","Havana","Cuba",-0- \r\n'
PLAIN: Final = "entry_id,name,alias,address,program\n"
PERSONS: Final = (
    '"Name"\t"Street_Address"\t"City"\t"State"\t"Country"\t"Postal_Code"\t"Effective_Date"\t"Expiration_Date"'
    '\t"Standard_Order"\t"Last_Update"\t"Action"\t"FR_Citation"\n'
)


def test_the_files_of_ofac_are_one_list() -> None:
    assert entries_of({"SDN.CSV": MAIN + "\x1a", "ALT.CSV": ALIAS, "ADD.CSV": ADDRESS}) == [
        DeniedEntry("36", ("AEROCARIBBEAN AIRLINES", "AERO-CARIBBEAN"), ("Calle 23 No 64, Havana, Cuba",), "CUBA")
    ]


def test_rows_of_one_name_of_the_denied_persons_list_are_one_entry() -> None:
    row = '"A. NAME"\t"1 MAIN ST"\t"TOWN"\t"TX"\t"US"\t"75159"\t"06/19/2003"\t""\t"Y"\t"2007-01-31"\t"NEW"\t"{}"\n'
    (entry,) = entries_of({"dpl.txt": PERSONS + row.format("68 F.R. 1") + row.format("69 F.R. 2")})

    assert (entry.names, entry.addresses) == (("A. NAME",), ("1 MAIN ST, TOWN, TX, 75159, US",))
    assert entry.program == "68 F.R. 1; 69 F.R. 2"


def test_a_table_of_ones_own_is_read() -> None:
    rows = "1,Ivan Petrov,I. Petroff,,UN\n1,,Ivan the Other,Street 1 Town,\n2,Firm,,,EU\n"
    assert entries_of({"eu.csv": "\ufeff" + PLAIN + rows}) == [
        DeniedEntry("1", ("Ivan Petrov", "I. Petroff", "Ivan the Other"), ("Street 1 Town",), "UN"),
        DeniedEntry("2", ("Firm",), (), "EU"),
    ]


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"SDN.CSV": MAIN + MAIN}, "SDN.CSV, line 2: column ent_num: entry 36 is there twice; keep one"),
        (
            {"SDN.CSV": MAIN + MAIN.replace("36", "x", 1)},
            "SDN.CSV, line 2: column ent_num is 'x'; it must be the number of the entry",
        ),
        (
            {"SDN.CSV": MAIN.replace('"AEROCARIBBEAN AIRLINES"', '""')},
            "SDN.CSV, line 1: column SDN_Name is empty; state who is denied",
        ),
        (
            {"SDN.CSV": MAIN + '37,"HALF"\n'},
            "SDN.CSV, line 2: has 2 columns, not 12; close quotation marks, add what lacks",
        ),
        (
            {"ALT.CSV": ALIAS},
            "ALT.CSV, line 1: column ent_num is '36'; no file has the main row of this entry; load them together",
        ),
        ({"SDN.CSV": MAIN, "ALT.CSV": ALIAS.replace('"AERO-CARIBBEAN"', "-0-")}, "ALT.CSV, line 1: column alt_name is"),
        ({"a.csv": PLAIN + ",Name,,,\n"}, "a.csv, line 2: column entry_id is empty"),
        ({"a.csv": PLAIN + "1,,Other,,\n"}, "a.csv, line 2: column name is empty"),
        ({"a.csv": PLAIN + '1,"open,,,\n'}, "a.csv, line 2: is not CSV"),
        ({"a.csv": PLAIN}, "a.csv: holds no entry"),
        ({"a.csv": ""}, "a.csv: is empty"),
        ({"a.csv": "one,two\n"}, "a.csv, line 1: has 2 columns; load SDN.CSV"),
        ({"dpl.txt": PERSONS + "\t" * 11 + "x\n"}, "dpl.txt, line 2: column Name is empty; state who is denied"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(files: dict[str, str], problem: str) -> None:
    with pytest.raises(DeniedListInvalid) as refused:
        entries_of(files)

    assert refused.value.problems[0].startswith(problem)
    assert refused.value.metadata["problem_1"] == refused.value.problems[0]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the published samples are not there")
def test_whole_lists_as_they_were_published_are_read() -> None:
    sdn = entries_of({name: published(name) for name in ("ofac-sdn.csv", "ofac-sdn-alt.csv", "ofac-sdn-add.csv")})
    consolidated = entries_of({"cons_prim.csv": published("ofac-cons_prim.csv")})
    persons = entries_of({"dpl.txt": published("bis-dpl.txt")})

    assert (len(sdn), len(consolidated), len(persons)) == (7379, 442, 415)
    assert sum(len(entry.names) for entry in sdn) == 17054


def published(name: str) -> str:
    return gzip.decompress((SAMPLES / f"{name}.gz").read_bytes()).decode("utf-8", "replace")

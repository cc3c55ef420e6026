"""openIMIS's own rows in, openIMIS's own columns out."""

from __future__ import annotations

import datetime
import json
import os
import pathlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal, Union

from . import _native  # pyright: ignore[reportPrivateUsage]
from ._decision import Decision
from ._ruleset import RequestSource, RuleSet, Trace
from .model import Finding

SnapshotSource = Union[str, bytes, bytearray, "os.PathLike[str]", Mapping[str, Any]]


def read_snapshot(source: SnapshotSource, *, preset: Literal["standard", "legacy-sql"] = "standard") -> Snapshot:
    """Reads one claim of openIMIS with every row that its decision depends on.

    `source` is JSON text, a path object of a file with it, or a dict, with the columns of openIMIS's
    own models; decimals may be `Decimal` or text, days and times `date`, `datetime` or text. `preset`
    says which conventions hold where engines differ.

    Raises `RequestError` if it is no such snapshot, `InvalidSchemeError` if its products cannot be used.
    """
    return Snapshot(_native.Snapshot(snapshot_text(source), preset))


def snapshot_text(source: SnapshotSource) -> str | bytes | bytearray:
    """A snapshot as JSON text."""
    if isinstance(source, os.PathLike):
        return pathlib.Path(source).read_bytes()
    if isinstance(source, Mapping):
        return rows_text(source)
    return source


def rows_text(rows: object) -> str:
    """Rows as JSON text, with what database drivers give."""
    return json.dumps(rows, default=_column, allow_nan=False)


def _column(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(f"a column cannot hold a {type(value).__name__}")


def openimis_columns(request: RequestSource, decision: Decision) -> dict[str, Any]:
    """A decision on a request as the columns that openIMIS stores: `claim`, `items`, `services` and
    `dedrems`, by the names of its Django models; amounts as text, NULL as `None`.

    Raises `RequestError` if the request is malformed.

    >>> decision = example().adjudicate(example_request())
    >>> columns = adjudica.openimis_columns(example_request(), decision)
    >>> columns["claim"]["status"], columns["claim"]["approved"], columns["services"][0]["price_valuated"]
    (16, '40.00', '40.00')
    """
    made: dict[str, Any] = _native.openimis_columns(request, decision._handle)  # pyright: ignore[reportPrivateUsage]
    return made


class Snapshot:
    """A claim of openIMIS: its rules, its request, and what reading it had to guess."""

    __slots__ = ("_handle", "_rules")

    def __init__(self, handle: _native.Snapshot) -> None:
        self._handle = handle
        self._rules = RuleSet(handle.rules)

    @property
    def name(self) -> str:
        """Name of the snapshot, or code of the claim."""
        return self._handle.name

    @property
    def rules(self) -> RuleSet:
        """The products, registers and price lists as compiled rules."""
        return self._rules

    @property
    def request(self) -> dict[str, Any]:
        """The claim as a request document."""
        made: dict[str, Any] = self._handle.request()
        return made

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Where reading had to guess, or passed something over."""
        return tuple(Finding(data) for data in self._handle.warnings())

    def adjudicate(self, *, trace: Trace = "none", digest: bool = True) -> Decision:
        """Decides the claim; options as in `RuleSet.adjudicate`."""
        return Decision(self._handle.adjudicate(trace, digest))

    def columns(self, decision: Decision) -> dict[str, Any]:
        """A decision on this claim as the columns that openIMIS stores; see `openimis_columns`."""
        made: dict[str, Any] = self._handle.columns(decision._handle)  # pyright: ignore[reportPrivateUsage]
        return made

    def __repr__(self) -> str:
        return f"<Snapshot {self.name!r}: {len(self.warnings)} warnings>"

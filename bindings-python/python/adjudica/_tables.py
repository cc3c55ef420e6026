"""The tables of a legacy openIMIS database."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, Union

from . import _native  # pyright: ignore[reportPrivateUsage]
from ._snapshot import rows_text

Rows = Union[str, bytes, "os.PathLike[str]", Iterable[Mapping[str, Any]]]


class Import(NamedTuple):
    """What the tables of an installation say, as documents."""

    scheme: dict[str, Any]
    """The rules, for `compile`."""
    requests: list[dict[str, Any]]
    """One request for each current claim, in the order of the rows, for `RuleSet.adjudicate_many`."""
    report: dict[str, Any]
    """`counts` of what was read; `translated`: what NULL and 0 were read as; `not_read`: tables and
    columns that have values and were passed over; `warnings`: every guess, with table, row and column."""
    summary: str
    """The report in a few lines, for people."""


def import_tables(
    tables: Mapping[str, Rows], *, claims: Rows | None = None, currency: str | None = None
) -> Import:
    """Turns the tables of a legacy openIMIS database into a scheme and requests.

    Each table is its rows as dicts in the columns of the database (decimals may be `Decimal` or text,
    days and times `date`, `datetime` or text), or JSON text of them, or a path object of a file with it.
    Needed are `items`, `services`, `items_pricelists` and `services_pricelists` (each list with
    `details`), `health_facilities`, `products`, `product_items` and `product_services`; for claims also
    `families`, `insurees`, `policies` and `insuree_policies`; `diagnoses` if there. `claims` are rows of
    tblClaim, each with `items`, `services` and `dedrem`; earlier claims are the past of later ones.
    `currency` is that of all amounts, such as `"XAF"`, which the tables do not name.

    Raises `InvalidDocumentError` with every table, column or row that is missing or wrong.
    """
    texts = {name: _text(rows) for name, rows in tables.items()}
    documents, summary = _native.import_tables(texts, None if claims is None else _text(claims), currency)
    return Import(documents["scheme"], documents["requests"], documents["report"], summary)


def _text(rows: Rows) -> str:
    if isinstance(rows, os.PathLike):
        return pathlib.Path(rows).read_text(encoding="utf-8-sig")
    if isinstance(rows, bytes):
        return rows.decode("utf-8-sig")
    return rows if isinstance(rows, str) else rows_text([dict(row) for row in rows])

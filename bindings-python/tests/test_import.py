"""Tables of a legacy openIMIS database: the installation that the engine's own tests import."""

from __future__ import annotations

import json
import pathlib
from decimal import Decimal
from typing import Any

import adjudica
import pytest

FILES = pathlib.Path(__file__).parents[2] / "core" / "tests" / "tables"
TABLES = {file.stem: file for file in FILES.glob("*.json") if file.stem != "claims"}
CLAIMS = FILES / "claims.json"


def rows(name: str) -> list[dict[str, Any]]:
    """Rows as a database driver gives them."""
    made: list[dict[str, Any]] = json.loads((FILES / f"{name}.json").read_bytes(), parse_float=Decimal)
    return made


def test_files_text_and_rows_give_the_same() -> None:
    imported = adjudica.import_tables(TABLES, claims=CLAIMS, currency="XAF")
    for tables, claims in (
        ({name: file.read_text() for name, file in TABLES.items()}, CLAIMS.read_text()),
        ({name: file.read_bytes() for name, file in TABLES.items()}, CLAIMS.read_bytes()),
        ({name: rows(name) for name in TABLES}, rows("claims")),
    ):
        assert adjudica.import_tables(tables, claims=claims, currency="XAF") == imported
    assert imported.summary.startswith("1 product, 2 items, 2 services, 2 facilities")
    assert imported.report["counts"]["requests"] == len(imported.requests)
    assert imported.report["warnings"][0].keys() >= {"code", "message", "path"}
    assert [table["table"] for table in imported.report["not_read"]][0] == "premiums"


def test_what_was_imported_is_decided() -> None:
    """The figures are worked by hand in core/tests/tables.rs."""
    imported = adjudica.import_tables(TABLES, claims=CLAIMS, currency="XAF")
    rules = adjudica.compile(imported.scheme)
    assert rules.to_dict()["currency"]["code"] == "XAF"
    assert adjudica.check(imported.scheme).ok
    decided = rules.adjudicate_many(imported.requests)
    assert len(decided) >= 3
    for request, decision in zip(imported.requests, decided, strict=True):
        assert isinstance(decision, adjudica.Decision)
        columns = adjudica.openimis_columns(request, decision)
        assert adjudica.openimis_columns(json.dumps(request), decision) == columns
        assert len(columns["items"]) + len(columns["services"]) == len(decision.lines)
        assert columns["claim"]["status"] in (1, 8, 16)
        if columns["claim"]["status"] == 16:
            assert Decimal(columns["claim"]["valuated"]) == decision.totals.scheme_share


def test_without_claims_and_currency() -> None:
    imported = adjudica.import_tables(TABLES)
    assert imported.requests == []
    assert imported.scheme["currency"]["code"] == "XXX"


def test_refused_with_every_error() -> None:
    with pytest.raises(adjudica.InvalidDocumentError) as caught:
        adjudica.import_tables({"items": "[", "services": [{"ServiceID": 1}]})
    found = {error.code for error in caught.value.errors}
    assert {"syntax", "table.missing"} <= found, found
    with pytest.raises(adjudica.InvalidDocumentError) as claims:
        adjudica.import_tables(TABLES, claims=[{"ClaimID": 1}])
    assert claims.value.path.startswith("claims[ClaimID=1]")
    with pytest.raises(ValueError, match="currency"):
        adjudica.import_tables(TABLES, currency="")
    with pytest.raises(ValueError, match="JSON compliant"):
        adjudica.import_tables({**TABLES, "items": [{"ItemID": float("nan")}]})
    with pytest.raises(TypeError):
        adjudica.import_tables({**TABLES, "items": [{"ItemID": {1}}]})
    imported = adjudica.import_tables(TABLES, claims=CLAIMS)
    decision = adjudica.compile(imported.scheme).adjudicate(imported.requests[0])
    with pytest.raises(adjudica.RequestError) as request:
        adjudica.openimis_columns("{}", decision)
    assert request.value.code == "field.missing"


def test_the_readmes_example_runs(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "export").symlink_to(FILES)
    monkeypatch.chdir(tmp_path)
    readme = (pathlib.Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    code = readme.split("test_import.py")[1].split("```python\n")[1].split("```")[0]
    names: dict[str, Any] = {"pathlib": pathlib, "adjudica": adjudica}
    exec(code, names)
    assert len(names["decisions"]) == len(names["imported"].requests) > 0
    assert all(isinstance(one, adjudica.Decision) for one in names["decisions"])


def test_conventions_are_those_of_schemes() -> None:
    listed = adjudica.conventions()
    overrides = adjudica.schema("scheme")["$defs"]["Overrides"]["properties"]
    assert sorted(one.name for one in listed) == sorted(overrides)
    assert all(one.meaning and one.source for one in listed)
    assert any(one.standard != one.legacy_sql for one in listed)

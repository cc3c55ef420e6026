"""Snapshots of openIMIS: rows in, columns out."""

from __future__ import annotations

import datetime
import gzip
import json
import pathlib
from decimal import Decimal
from typing import Any

import adjudica
import pytest

VECTORS = pathlib.Path(__file__).parents[2] / "core" / "tests" / "vectors" / "claims.ndjson.gz"


def lines(count: int) -> list[str]:
    with gzip.open(VECTORS, "rt", encoding="utf-8") as file:
        return [line for line, _ in zip(file, range(count))]


def native(value: Any) -> Any:
    """The rows as Django gives them: decimals and times as objects."""
    if isinstance(value, dict):
        return {name: native(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [native(inner) for inner in value]
    if isinstance(value, str) and value[:3].isdigit() and value.count("T") == 1:
        return datetime.datetime.fromisoformat(value)
    if isinstance(value, str) and value.count(".") == 1 and value.replace(".", "").isdigit():
        return Decimal(value)
    return value


def test_every_form_of_a_snapshot(tmp_path: pathlib.Path) -> None:
    for line in lines(40):
        rows = json.loads(line)
        file = tmp_path / "snapshot.json"
        file.write_text(line, encoding="utf-8")
        first = adjudica.read_snapshot(line)
        assert first.name == rows["id"]
        decision = first.adjudicate(trace="full")
        assert decision.claim == first.request["claim"]["code"]
        for source in (line.encode(), file, rows, native({"id": rows["id"], "config": rows["config"], "input": rows["input"]})):
            again = adjudica.read_snapshot(source)
            assert again.rules == first.rules
            assert again.adjudicate(trace="full") == decision
        # The same as by its own documents.
        assert first.rules.adjudicate(first.request, trace="full") == decision


def test_columns_are_those_of_openimis() -> None:
    """Wherever no convention differs, what openIMIS itself stored."""
    same = 0
    for line in lines(200):
        rows = json.loads(line)
        snapshot = adjudica.read_snapshot(line, preset="legacy-sql")
        columns = snapshot.columns(snapshot.adjudicate())
        stored = rows["expected"]["process"].get("claim")
        if stored is None:
            # openIMIS itself failed on these rows.
            assert rows["expected"]["process"]["exception"]
            continue
        claim = columns["claim"]
        assert set(claim) <= set(stored)
        same += all(claim[name] == stored[name] for name in ("status", "claimed", "approved"))
        assert len(columns["items"]) == len(rows["input"]["claim"]["items"])
        assert len(columns["services"]) == len(rows["input"]["claim"]["services"])
    assert same > 100, same


def test_presets_differ() -> None:
    line = lines(1)[0]
    assert adjudica.read_snapshot(line).rules.conventions.startswith("standard")
    assert adjudica.read_snapshot(line, preset="legacy-sql").rules.conventions.startswith("legacy-sql")
    with pytest.raises(ValueError, match="preset: unknown variant `newest`"):
        adjudica.read_snapshot(line, preset="newest")  # type: ignore[arg-type]


def test_warnings_say_where() -> None:
    rows = json.loads(lines(1)[0])
    rows["input"]["claim"]["colour"] = "red"
    (warning,) = adjudica.read_snapshot(rows).warnings
    assert (warning.code, warning.path) == ("column.passed_over", "input.claim.colour")


@pytest.mark.parametrize(
    ("source", "code"),
    [("", "syntax"), ("{}", "field.missing"), (b"\xff", "text.utf8"), ('{"input": 5}', "value.type")],
    ids=repr,
)
def test_refused(source: Any, code: str) -> None:
    with pytest.raises(adjudica.RequestError) as caught:
        adjudica.read_snapshot(source)
    assert caught.value.code == code
    for wrong in (5, {"input": {1, 2}}):
        with pytest.raises(TypeError):
            adjudica.read_snapshot(wrong)  # type: ignore[arg-type]

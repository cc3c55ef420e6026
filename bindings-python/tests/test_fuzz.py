"""Malformed inputs: an exception of this package or an answer, never anything else."""

from __future__ import annotations

import datetime
import json
import os
import random
from decimal import Decimal
from typing import Any

import adjudica
import pytest
from conftest import SCHEME, example_request

ROUNDS = int(os.environ.get("ADJUDICA_FUZZ_ROUNDS", "100000"))

ODD: list[Any] = [
    None, True, False, 0, 1, -1, 2**31, 2**63, 2**64, -(2**63), 10**50, 0.0, 1.5, float("nan"), float("inf"),
    "", " ", "x", "1", "-1", "1.50", "1e3", "0.00001", "9" * 30, "claim", "\x00", "\ud800", "é" * 60, "x" * 200,
    "2025-01-01", "2025-13-01", "0001-01-01", b"", b"x", [], {}, (), [[]], {"": ""}, {1: 2}, {None: None},
    Decimal("1"), Decimal("NaN"), Decimal("-Infinity"), Decimal("1E+400"), Decimal("1E-400"), Decimal("1.005"),
    datetime.date.min, datetime.date.max, datetime.date(2025, 3, 1), datetime.datetime(2025, 3, 1), datetime.timedelta(1),
    object(), object, print, range(3), {1, 2}, frozenset(), iter([]), 1j, ..., NotImplemented, bytearray(b"x"),
    adjudica.Status.VALUATED, adjudica.Sex.OTHER, ValueError("x"),
]  # fmt: skip


def places(document: Any) -> list[tuple[Any, Any]]:
    """Every container and key of a document."""
    found: list[tuple[Any, Any]] = []
    if isinstance(document, dict):
        keys: Any = list(document)
    elif isinstance(document, list):
        keys = range(len(document))
    else:
        return found
    for key in keys:
        found.append((document, key))
        found += places(document[key])
    return found


def spoil(document: Any, dice: random.Random) -> Any:
    """The document with a few things wrong; often still with none."""
    for _ in range(dice.randint(1, 3)):
        found = places(document)
        if not found:
            return document
        container, key = dice.choice(found)
        what = dice.randrange(6)
        if what == 0:
            del container[key]
        elif what == 1 and isinstance(container, dict):
            container[dice.choice(["", "x", "claim", "id", str(key) + "x", 5])] = container.pop(key)
        elif what == 2 and isinstance(container, list):
            container.append(container[key])
        elif what == 3:
            container[key] = [container[key]] if dice.random() < 0.5 else {"x": container[key]}
        else:
            container[key] = dice.choice(ODD)
    return document


def answer(rules: adjudica.RuleSet, request: Any) -> str:
    try:
        decision = rules.adjudicate(request)
    except adjudica.RequestError as error:
        assert error.code and error.message
        return "refused"
    assert decision.to_json().startswith('{"schema":"adjudica/decision@1"')
    return "decided"


def test_spoiled_objects(rules: adjudica.RuleSet) -> None:
    dice = random.Random(11)
    before = rules.adjudicate(example_request())
    seen = {"refused": 0, "decided": 0}
    for _ in range(ROUNDS * 2 // 5):
        seen[answer(rules, spoil(example_request(), dice))] += 1
    assert seen["refused"] > seen["decided"] > 0
    assert rules.adjudicate(example_request()) == before


def test_spoiled_text(rules: adjudica.RuleSet) -> None:
    """Characters changed, cut and doubled; as str and as bytes, alone and in files."""
    dice = random.Random(12)
    clean = json.dumps(example_request())
    seen = {"refused": 0, "decided": 0}
    lines = []
    for _ in range(ROUNDS // 2):
        text = bytearray(clean.encode())
        for _ in range(dice.randint(1, 4)):
            if not text:
                break
            place = dice.randrange(len(text))
            what = dice.randrange(4)
            if what == 0:
                text[place : place + 1] = bytes([dice.choice(b'{}[]",:0-9.e\\\x00\xff tfnu')])
            elif what == 1:
                del text[place : place + dice.randrange(1, 40)]
            elif what == 2:
                text[place:place] = text[place : place + dice.randrange(1, 40)]
            else:
                text = text[: place + 1]
        made = bytes(text)
        lines.append(made.replace(b"\n", b" "))
        seen[answer(rules, made if dice.random() < 0.5 else made.decode(errors="replace"))] += 1
    assert seen["refused"] > seen["decided"] > 0
    written = rules.adjudicate_ndjson(b"\n".join(lines)).splitlines()
    assert len(written) == sum(1 for line in lines if line.strip())
    for line in written[:: max(1, len(written) // 1000)]:
        json.loads(line)


def test_spoiled_schemes() -> None:
    dice = random.Random(13)
    compiled = adjudica.compile(SCHEME)
    text = SCHEME.read_text()
    seen = {"refused": 0, "compiled": 0}
    for number in range(ROUNDS // 10):
        scheme: Any
        if number % 2:
            scheme = spoil(compiled.to_dict(), dice)
        else:
            place = dice.randrange(len(text))
            scheme = text[:place] + dice.choice("{}[]\"':,-!&*|>%@`#\n\t 0\x00") * dice.randint(1, 3) + text[place + 1 :]
        try:
            adjudica.compile(scheme).adjudicate(example_request())
            seen["compiled"] += 1
        except adjudica.InvalidSchemeError as error:
            assert error.errors
            seen["refused"] += 1
        except adjudica.RequestError:
            # The changed scheme's currency may have fewer decimals than the claim.
            seen["compiled"] += 1
        report = adjudica.check(scheme)
        assert report.to_dict()["errors"] is not None
    assert seen["refused"] > seen["compiled"] > 0


@pytest.mark.parametrize("size", [1_000, 100_000])
def test_huge_inputs(rules: adjudica.RuleSet, size: int) -> None:
    request = example_request()
    line = request["claim"]["lines"][1]
    request["claim"]["lines"] = [{**line, "id": str(number)} for number in range(size)]
    request["claim"]["diagnoses"] = ["A"] * size
    assert len(rules.adjudicate(request).lines) == size
    request["patient"]["id"] = "x" * 10_000_000
    with pytest.raises(adjudica.RequestError):
        rules.adjudicate(request)
    with pytest.raises(adjudica.RequestError):
        rules.adjudicate(json.dumps(request))

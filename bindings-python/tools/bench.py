"""Measures what a claim costs through each door of the package, beside the core alone.

    python tools/bench.py [seconds for each row]

Needs the built package; the row of tables also pyarrow. The core alone is one call for a whole file on
one thread, text to text: the interpreter is crossed once for all claims.
"""

from __future__ import annotations

import copy
import json
import os
import pathlib
import platform
import sys
import time
from collections.abc import Callable
from typing import Any

import adjudica

SCHEME = pathlib.Path(__file__).parent.parent / "tests" / "data" / "smoke.yaml"
CLAIMS = 2000
SERVICE = {"kind": "service", "code": "S1", "quantity": "1", "price": "100.00"}
ITEM = {"kind": "item", "code": "I1", "quantity": "3", "price": "13.00"}
VALID = {"effective": "2025-01-01", "expiry": "2025-12-31"}
REQUEST: dict[str, Any] = {
    "claim": {
        "code": "C1",
        "date_from": "2025-03-01",
        "facility": "HF1",
        "lines": [{"id": str(number), **(ITEM if number % 2 else SERVICE)} for number in range(1, 6)],
    },
    "patient": {"id": "P", "birth_date": "1990-01-01", "sex": "female"},
    "coverage": [{"policy": "POL", "product": "P1", **VALID, "memberships": [{"person": "P", **VALID}]}],
}


def seconds_for_one(work: Callable[[], object], claims: int, budget: float) -> float:
    """Seconds for a claim: the best of the rounds that fit into the budget, at least three."""
    best = float("inf")
    rounds, start = 0, time.perf_counter()
    while rounds < 3 or time.perf_counter() < start + budget:
        before = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - before)
        rounds += 1
    return best / claims


def table(requests: list[dict[str, Any]]) -> Any:
    """The claims as a pyarrow table, `None` without pyarrow."""
    try:
        import pyarrow
    except ImportError:
        return None
    rows = []
    for request in requests:
        claim, patient = request["claim"], request["patient"]
        for line in claim["lines"]:
            row = {f"claim.{name}": claim[name] for name in ("code", "facility", "date_from")}
            row |= {f"patient.{name}": value for name, value in patient.items()}
            row |= {f"line.{name}": value for name, value in line.items()}
            rows.append(row | {"coverage": json.dumps(request["coverage"])})
    return pyarrow.Table.from_pylist(rows)


def main() -> None:
    budget = float(sys.argv[1]) if len(sys.argv) > 1 else 2.0
    rules = adjudica.compile(SCHEME)
    requests = []
    for number in range(CLAIMS):
        request = copy.deepcopy(REQUEST)
        request["claim"]["code"] = f"C{number}"
        requests.append(request)
    texts = [json.dumps(request).encode() for request in requests]
    file = b"\n".join(texts)
    cores = os.cpu_count() or 1

    def each(decide: Callable[[Any], object], inputs: list[Any]) -> Callable[[], object]:
        def work() -> None:
            for one in inputs:
                decide(one)

        return work

    rows: list[tuple[str, Callable[[], object]]] = [
        ("core alone: file of JSON, 1 thread", lambda: rules.adjudicate_ndjson(file, threads=1)),
        ("adjudicate(bytes)", each(rules.adjudicate, texts)),
        ("adjudicate(bytes).to_json()", each(lambda text: rules.adjudicate(text).to_json(), texts)),
        ("adjudicate(dict)", each(rules.adjudicate, requests)),
        ("adjudicate(dict).lines[0].amounts.payable", each(lambda one: rules.adjudicate(one).lines[0].amounts.payable, requests)),
        ("adjudicate_many(bytes), 1 thread", lambda: rules.adjudicate_many(texts, threads=1)),
        ("adjudicate_many(dicts), 1 thread", lambda: rules.adjudicate_many(requests, threads=1)),
        (f"adjudicate_many(bytes), {cores} threads", lambda: rules.adjudicate_many(texts)),
        (f"adjudicate_ndjson, {cores} threads", lambda: rules.adjudicate_ndjson(file)),
    ]  # fmt: skip
    lines = table(requests)
    if lines is not None:
        rows.append(("adjudicate_table, 1 thread", lambda: rules.adjudicate_table(lines, threads=1)))

    load = os.getloadavg()[0]
    print(f"adjudica {adjudica.__version__}, Python {platform.python_version()}, {cores} cores, load {load:.2f}")
    print(f"{CLAIMS} claims of {len(REQUEST['claim']['lines'])} lines, best round")
    print(f"\n{'':44}{'µs a claim':>12}{'claims/s':>12}{'beside core':>13}")
    found = {}
    for name, work in rows:
        found[name] = seconds_for_one(work, CLAIMS, budget)
        share = found[name] / found[rows[0][0]]
        print(f"{name:44}{found[name] * 1e6:12.2f}{1 / found[name]:12,.0f}{share:12.2f}x")
    boundary = found["adjudicate(bytes).to_json()"] - found[rows[0][0]]
    print(f"\nboundary: a call with bytes in and JSON out costs {boundary * 1e6:.2f} µs more than the core alone")


if __name__ == "__main__":
    main()

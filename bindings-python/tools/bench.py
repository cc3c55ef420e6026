"""Measures what a claim costs through each door of the package, beside the core alone.

    python tools/bench.py DIRECTORY CORE

`make bench-doors` runs it, with a directory of requests and the core's figures for them. Needs the built
package; the row of tables also pyarrow.
"""

from __future__ import annotations

import json
import pathlib
import sys
import time
from collections.abc import Callable
from typing import Any

import adjudica

SECONDS = 2.0
TIMES = 20


def best(work: Callable[[], object], claims: int) -> float:
    """Microseconds for a claim: the best of the rounds in two seconds, at least three."""
    least = float("inf")
    rounds, start = 0, time.perf_counter()
    while rounds < 3 or time.perf_counter() < start + SECONDS:
        before = time.perf_counter()
        work()
        least = min(least, time.perf_counter() - before)
        rounds += 1
    return least / claims * 1e6


def flat(prefix: str, document: dict[str, Any]) -> dict[str, Any]:
    """The fields as columns; what is no scalar as JSON text."""
    return {
        prefix + name: json.dumps(value) if isinstance(value, (dict, list)) else value for name, value in document.items()
    }


def table(requests: list[dict[str, Any]]) -> Any:
    """The claims as a pyarrow table, `None` without pyarrow."""
    try:
        import pyarrow
    except ImportError:
        return None
    rows = []
    for number, request in enumerate(requests):
        rest = dict(request)
        claim: dict[str, Any] = {**rest.pop("claim"), "code": f"C{number}"}
        lines = claim.pop("lines")
        whole = flat("claim.", claim) | flat("patient.", rest.pop("patient")) | flat("", rest)
        rows += [whole | flat("line.", line) for line in lines]
    names = list(dict.fromkeys(name for row in rows for name in row))
    return pyarrow.table({name: [row.get(name) for row in rows] for name in names})


def main() -> None:
    directory, figures = map(pathlib.Path, sys.argv[1:])
    core = {name: float(figure) for name, _, figure in (line.partition("\t") for line in figures.read_text().splitlines())}
    rules = adjudica.compile(directory / "scheme.yaml")
    texts = []
    for text in (directory / "requests.ndjson").read_bytes().splitlines():
        try:
            rules.adjudicate(text)
        except adjudica.RequestError:
            continue
        texts.append(text)
    requests = [json.loads(text) for text in texts]
    file = b"\n".join(texts * TIMES)

    def each(decide: Callable[[Any], object], inputs: list[Any]) -> Callable[[], object]:
        def work() -> None:
            for one in inputs:
                decide(one)

        return work

    def show(name: str, of: str | None, claims: int, work: Callable[[], object]) -> None:
        door, alone = best(work, claims), core[of] if of else 0.0
        print(f"{name:46}{door:10.2f}{alone:10.2f}{door - alone:10.2f}", flush=True)

    one, many = len(texts), len(texts) * TIMES
    show("Python: a call that only crosses", None, 1000, lambda: [rules.digest for _ in range(1000)])
    show("Python: JSON in, JSON out", "text", one, each(lambda text: rules.adjudicate(text).to_json(), texts))
    show("Python: JSON in, one amount read", "document", one, each(lambda text: rules.adjudicate(text).totals.scheme_share, texts))
    show("Python: dict in, one amount read", "document", one, each(lambda one: rules.adjudicate(one).totals.scheme_share, requests))
    show("Python: batch, lines of JSON", "batch", many, lambda: rules.adjudicate_ndjson(file, threads=1))
    show("Python: batch, dicts", "document", many, lambda: rules.adjudicate_many(requests * TIMES, threads=1))
    lines = table(requests * TIMES)
    if lines is not None:
        show("Python: batch, Arrow table", "document", many, lambda: rules.adjudicate_table(lines, threads=1))


if __name__ == "__main__":
    main()

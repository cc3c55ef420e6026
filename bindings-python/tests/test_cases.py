"""Every case of rules-examples, and garbled ones, byte for byte as the engine's own answers.

The answers are written by `cargo run --example golden` (see test.sh).
"""

from __future__ import annotations

import json
import os
import pathlib
from typing import Any, get_args

import adjudica
import pytest
from adjudica import documents

ROOT = pathlib.Path(__file__).parents[2]
EXAMPLES = ROOT / "rules-examples"
GOLDEN = pathlib.Path(os.environ.get("ADJUDICA_GOLDEN", ROOT / ".build" / "python" / "golden"))
SCHEMES = sorted(folder.name for folder in GOLDEN.iterdir())
RULES = {name: adjudica.compile(GOLDEN / name / "scheme.yaml") for name in SCHEMES}
LEVELS = ("none", "reasons", "full")


def lines(scheme: str, file: str) -> list[str]:
    return (GOLDEN / scheme / file).read_text(encoding="utf-8").splitlines()


def refused(error: adjudica.AdjudicaError) -> str:
    return json.dumps({"error": error.to_dict()}, ensure_ascii=False, separators=(",", ":"))


def without_place(answer: str) -> Any:
    """An error's fields but line and column, which only text has."""
    error = json.loads(answer)["error"]
    return {name: value for name, value in error.items() if name not in ("line", "column")}


def pairs_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a name is written twice")
    return dict(pairs)


def test_the_answers_are_of_these_cases() -> None:
    """None is missing, and none is of an older case."""
    assert SCHEMES == sorted(file.parent.name for file in EXAMPLES.glob("*/scheme.yaml"))
    for scheme in SCHEMES:
        cases = sorted((EXAMPLES / scheme / "cases").glob("*.json"))
        assert len(cases) >= 4
        requests = [json.loads(file.read_text(encoding="utf-8"))["request"] for file in cases]
        assert [json.loads(line) for line in lines(scheme, "requests.ndjson")] == requests


@pytest.mark.parametrize("scheme", SCHEMES)
def test_schemes(scheme: str) -> None:
    """From text, file, dict and its own canonical text."""
    rules = RULES[scheme]
    compiled = json.loads((GOLDEN / scheme / "compiled.json").read_text(encoding="utf-8"))
    text = (GOLDEN / scheme / "scheme.yaml").read_text(encoding="utf-8")
    for source in (text, text.encode(), rules.to_dict(), rules.to_json()):
        again = adjudica.compile(source)
        assert again.digest == compiled["digest"]
        assert again.to_json() == rules.to_json()
        assert adjudica.check(source).to_dict() == compiled["report"]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text(scheme: str) -> None:
    requests = lines(scheme, "requests.ndjson")
    for request, answer in zip(requests, lines(scheme, "single.ndjson"), strict=True):
        for source in (request, request.encode()):
            try:
                given = RULES[scheme].adjudicate(source).to_json()
            except adjudica.RequestError as error:
                given = refused(error)
            assert given == answer


@pytest.mark.parametrize("trace", LEVELS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_dict(scheme: str, trace: Any) -> None:
    requests = lines(scheme, "requests.ndjson")
    for request, answer in zip(requests, lines(scheme, f"{trace}.ndjson"), strict=True):
        try:
            assert RULES[scheme].adjudicate(json.loads(request), trace=trace).to_json() == answer
        except adjudica.RequestError as error:
            assert error.to_dict() == without_place(answer)


@pytest.mark.parametrize("threads", [1, 3])
@pytest.mark.parametrize("trace", LEVELS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_files_and_lists(scheme: str, trace: Any, threads: int) -> None:
    rules = RULES[scheme]
    requests = (GOLDEN / scheme / "requests.ndjson").read_bytes()
    answers = (GOLDEN / scheme / f"{trace}.ndjson").read_bytes()
    assert rules.adjudicate_ndjson(requests, trace=trace, threads=threads) == answers
    # So many that every thread gets some.
    many = 1 + 200 // len(requests.splitlines())
    decided = rules.adjudicate_many(requests.splitlines() * many, trace=trace, threads=threads)
    for answer, expected in zip(decided, answers.decode().splitlines() * many, strict=True):
        if isinstance(answer, adjudica.Decision):
            assert answer.to_json() == expected
        else:
            assert answer.code == json.loads(expected)["error"]["code"]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_malformed(scheme: str) -> None:
    """As text, and as objects wherever the text is JSON with each name once."""
    malformed = json.loads((GOLDEN / scheme / "malformed.json").read_text(encoding="utf-8"))
    objects = 0
    for text, answer in malformed:
        try:
            given = RULES[scheme].adjudicate(text).to_json()
        except adjudica.RequestError as error:
            given = refused(error)
        assert given == answer
        try:
            request = json.loads(text, object_pairs_hook=pairs_once)
        except (ValueError, RecursionError):
            continue
        objects += 1
        try:
            assert RULES[scheme].adjudicate(request).to_json() == answer
        except adjudica.RequestError as error:
            assert error.to_dict() == without_place(answer)
    assert objects > len(malformed) // 20


@pytest.mark.parametrize("scheme", SCHEMES)
def test_questions(scheme: str) -> None:
    """As text, and as objects where the text is an object."""
    for question, text, answer in json.loads((GOLDEN / scheme / "questions.json").read_text(encoding="utf-8")):
        try:
            given = RULES[scheme].ask_json(question, text)
        except adjudica.RequestError as error:
            given = refused(error)
        assert given == answer
        if "error" in json.loads(answer):
            continue
        assert RULES[scheme].ask(question, json.loads(text)) == json.loads(answer)


def test_every_question_has_a_case() -> None:
    files = EXAMPLES.glob("*/questions/*.json")
    asked = {json.loads(file.read_text(encoding="utf-8"))["ask"] for file in files}
    assert {*asked, "decision"} == set(get_args(documents.Question))
    with pytest.raises(adjudica.RequestError, match="question.unknown"):
        RULES[SCHEMES[0]].ask("fortune", {})  # type: ignore[arg-type]

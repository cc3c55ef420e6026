"""Compiling and checking schemes."""

from __future__ import annotations

import json
import pathlib
import pickle
from typing import Any

import adjudica
import pytest
from conftest import SCHEME, Form, example_request


def smoke() -> dict[str, Any]:
    return adjudica.compile(SCHEME).to_dict()


def test_every_way_of_giving_a_scheme(tmp_path: pathlib.Path) -> None:
    text = SCHEME.read_text()
    rules = adjudica.compile(text)
    file = tmp_path / "scheme.json"
    file.write_text(rules.to_json())
    given: list[Any] = [
        text.encode(),
        bytearray(text.encode()),
        SCHEME,
        file,
        rules.to_dict(),
        rules.to_json(),
        json.dumps(rules.to_dict()),
    ]
    for scheme in given:
        again = adjudica.compile(scheme)
        assert again.digest == rules.digest
        assert again == rules
        assert hash(again) == hash(rules)
        assert adjudica.RuleSet.compile(scheme) == rules
        assert adjudica.check(scheme).ok
        assert adjudica.RuleSet.check(scheme).ok


def test_versions_and_digests() -> None:
    rules = adjudica.compile(SCHEME)
    assert (rules.code, rules.version, rules.schema) == ("smoke", "1", "adjudica/scheme@1")
    assert rules.conventions == "standard"
    assert len(rules.digest) == 64
    assert adjudica.__version__.count(".") == 2
    other = adjudica.compile({**smoke(), "version": "2"})
    assert other != rules
    assert other.digest != rules.digest


def test_pickled_rules_decide_alike() -> None:
    rules = adjudica.compile(SCHEME)
    again = pickle.loads(pickle.dumps(rules))
    assert again == rules
    assert again.adjudicate(example_request()) == rules.adjudicate(example_request())


def test_every_error_is_reported(form: Form) -> None:
    scheme = smoke()
    scheme["products"][0]["benefits"][0]["services"] = ["S8", "S9"]
    with pytest.raises(adjudica.InvalidSchemeError) as caught:
        adjudica.compile(form(scheme))
    error = caught.value
    assert len(error.errors) == 2
    assert [one.path for one in error.errors] == [
        "products[0].benefits[0].services[0]",
        "products[0].benefits[0].services[1]",
    ]
    first = error.errors[0]
    assert (error.code, error.message, error.path) == (first.code, first.message, first.path)
    assert str(error).splitlines() == [str(one) for one in error.errors]
    report = adjudica.check(form(scheme))
    assert not report.ok
    assert [finding.code for finding in report.errors] == [one.code for one in error.errors]
    assert report.errors[0].message == first.message
    again = pickle.loads(pickle.dumps(error))
    assert again.errors == error.errors and str(again) == str(error)


@pytest.mark.parametrize(
    ("change", "code", "path"),
    [
        ({"currency": {"code": "USD", "exponent": 2.0}}, "value.type", "currency.exponent"),
        ({"currency": {"code": "USD", "exponent": True}}, "value.type", "currency.exponent"),
        ({"age_of_majority": "18"}, "value.type", "age_of_majority"),
        ({"products": 5}, "value.type", "products"),
        ({"schema": "adjudica/scheme@9"}, "schema.unknown", "schema"),
        ({"colour": "red"}, "field.unknown", "colour"),
    ],
    ids=str,
)
def test_refused_with_code_and_path(form: Form, change: dict[str, Any], code: str, path: str) -> None:
    with pytest.raises(adjudica.InvalidSchemeError) as caught:
        adjudica.compile(form({**smoke(), **change}))
    assert (caught.value.code, caught.value.path) == (code, path)
    (finding,) = adjudica.check(form({**smoke(), **change})).errors
    assert (finding.code, finding.path) == (code, path)


def test_text_errors_have_a_place() -> None:
    with pytest.raises(adjudica.InvalidSchemeError) as caught:
        adjudica.compile(SCHEME.read_text().replace("exponent: 2", "exponent: two"))
    assert caught.value.line == 4
    assert caught.value.column is not None
    assert str(caught.value).startswith("line 4, column ")


def test_a_missing_file_is_a_missing_file(tmp_path: pathlib.Path) -> None:
    with pytest.raises(FileNotFoundError):
        adjudica.compile(tmp_path / "none.yaml")


def test_schemas_are_json_schemas() -> None:
    for document in ("scheme", "request", "options", "decision", "report", "error"):
        schema = adjudica.schema(document)
        assert schema["type"] == "object"
        assert "2020-12" in schema["$schema"]
    with pytest.raises(ValueError, match="no document `claims`"):
        adjudica.schema("claims")

"""Exceptions: their classes, their fields, and that panics become them."""

from __future__ import annotations

import pickle

import adjudica
import pytest
from adjudica import _native
from conftest import example_request


def test_one_family() -> None:
    for kind in (adjudica.RequestError, adjudica.InvalidSchemeError, adjudica.InternalError):
        assert issubclass(kind, adjudica.AdjudicaError)
    assert issubclass(adjudica.AdjudicaError, Exception)
    assert adjudica.RequestError.__module__ == "adjudica"


def test_fields_pickle_and_compare(rules: adjudica.RuleSet) -> None:
    with pytest.raises(adjudica.RequestError) as caught:
        rules.adjudicate('{\n "claim": 5}')
    error = caught.value
    assert (error.code, error.path, error.line) == ("value.type", "claim", 2)
    assert str(error) == (
        f"line 2, column {error.column}: claim: invalid type: integer `5`, expected an object with named fields [value.type]"
    )
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is adjudica.RequestError
    assert again == error
    assert hash(again) == hash(error)
    assert again.to_dict() == error.to_dict()
    assert error != adjudica.AdjudicaError(*error.args)
    assert list(error.to_dict()) == ["code", "message", "path", "line", "column"]


def test_a_panic_is_an_exception_and_poisons_nothing(rules: adjudica.RuleSet) -> None:
    before = rules.adjudicate(example_request())
    for _ in range(3):
        with pytest.raises(adjudica.InternalError) as caught:
            _native.panic_probe()
        assert caught.value.code == "internal.panic"
        assert caught.value.message == "the engine panicked: probe"
    assert rules.adjudicate(example_request()) == before

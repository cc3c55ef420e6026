"""Every example of the documentation runs and shows what it says."""

from __future__ import annotations

import doctest
import os
import pathlib
from types import ModuleType
from typing import Any

import adjudica
import pytest
from adjudica import _decision, _record, _ruleset, _snapshot
from conftest import SCHEME, example_request

PACKAGE = pathlib.Path(__file__).parent.parent
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def names() -> dict[str, Any]:
    return {
        "adjudica": adjudica,
        "example": lambda: adjudica.compile(SCHEME),
        "example_request": example_request,
        "pathlib": pathlib,
    }


@pytest.fixture(autouse=True)
def in_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PACKAGE)


@pytest.mark.parametrize("module", [adjudica, _decision, _record, _ruleset, _snapshot], ids=lambda m: m.__name__)
def test_docstrings(module: ModuleType) -> None:
    done = doctest.testmod(module, extraglobs=names(), optionflags=OPTIONS)
    assert done.failed == 0


def test_enough_is_shown() -> None:
    finder = doctest.DocTestFinder()
    shown = sum(
        len(test.examples) for module in (adjudica, _decision, _ruleset, _snapshot) for test in finder.find(module, extraglobs={})
    )
    assert shown >= 10, shown


def test_readme() -> None:
    done = doctest.testfile(str(PACKAGE / "README.md"), module_relative=False, globs={}, optionflags=OPTIONS)
    assert done.attempted >= 10
    assert done.failed == 0, os.linesep

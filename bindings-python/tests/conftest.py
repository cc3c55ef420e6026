"""What the tests share."""

from __future__ import annotations

import copy
import json
import pathlib
from collections.abc import Callable
from typing import Any

import adjudica
import pytest

HERE = pathlib.Path(__file__).parent
SCHEME = HERE / "data" / "smoke.yaml"

REQUEST: dict[str, Any] = {
    "claim": {
        "code": "C1",
        "date_from": "2025-03-01",
        "facility": "HF1",
        "lines": [
            {"id": "1", "kind": "service", "code": "S1", "quantity": "1", "price": "100.00"},
            {"id": "2", "kind": "item", "code": "I1", "quantity": "3", "price": "13.00"},
        ],
    },
    "patient": {"id": "P", "birth_date": "1990-01-01", "sex": "female"},
    "coverage": [
        {
            "policy": "POL",
            "product": "P1",
            "effective": "2025-01-01",
            "expiry": "2025-12-31",
            "memberships": [{"person": "P", "effective": "2025-01-01", "expiry": "2025-12-31"}],
        }
    ],
}


def example_request() -> dict[str, Any]:
    """A request of its own for each caller."""
    return copy.deepcopy(REQUEST)


@pytest.fixture(scope="session")
def rules() -> adjudica.RuleSet:
    return adjudica.compile(SCHEME)


@pytest.fixture
def request_document() -> dict[str, Any]:
    return example_request()


def as_dict(document: Any) -> Any:
    return document


def as_text(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False)


def as_bytes(document: Any) -> bytes:
    return json.dumps(document).encode()


Form = Callable[[Any], Any]


@pytest.fixture(params=[as_dict, as_text, as_bytes], ids=["dict", "str", "bytes"])
def form(request: pytest.FixtureRequest) -> Form:
    """Each way of giving a document: a test that takes it runs once for each."""
    chosen: Form = request.param
    return chosen

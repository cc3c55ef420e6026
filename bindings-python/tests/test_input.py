"""What may stand in a request, and what may not."""

from __future__ import annotations

import collections
import dataclasses
import datetime
import enum
import types
import uuid
from decimal import Decimal
from fractions import Fraction
from typing import Any

import adjudica
import pytest
from conftest import SCHEME, example_request


def put(document: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """The document with another value at a path such as `claim.lines.0.quantity`."""
    *parents, last = path.split(".")
    place: Any = document
    for name in parents:
        place = place[int(name)] if isinstance(place, list) else place[name]
    place[last] = value
    return document


class Kind(enum.Enum):
    SERVICE = "service"
    WRONG = 5


class Whole:
    """Like the integers of numpy: no `int`, but exactly one."""

    def __init__(self, value: int) -> None:
        self.value = value

    def __index__(self) -> int:
        return self.value


@pytest.mark.parametrize(
    ("path", "native", "text"),
    [
        ("claim.date_from", datetime.date(2025, 3, 1), "2025-03-01"),
        ("patient.birth_date", datetime.date(1990, 1, 1), "1990-01-01"),
        ("claim.lines.0.quantity", Decimal("1.5"), "1.5"),
        ("claim.lines.0.price", Decimal("1E+2"), "100"),
        ("claim.lines.0.price", Decimal("-0.0001"), "-0.0001"),
        ("claim.lines.0.kind", Kind.SERVICE, "service"),
        ("claim.lines.0.kind", adjudica.ElementKind.SERVICE, "service"),
        ("patient.sex", adjudica.Sex.FEMALE, "female"),
        ("claim.lines.0.rejected_before", Whole(-1), -1),
        ("coverage.0.members", Whole(3), 3),
        ("claim.diagnoses", ("A01", "B02"), ["A01", "B02"]),
        ("claim.visit_type", adjudica.VisitType.EMERGENCY, "emergency"),
        ("patient", collections.OrderedDict(id="P"), {"id": "P"}),
        ("patient", types.MappingProxyType({"id": "P"}), {"id": "P"}),
        ("claim.referred", None, None),
    ],
    ids=str,
)
def test_python_values_read_like_text(
    rules: adjudica.RuleSet, request_document: dict[str, Any], path: str, native: Any, text: Any
) -> None:
    def answer(value: Any) -> Any:
        try:
            return rules.adjudicate(put(request_document, path, value))
        except adjudica.RequestError as error:
            return error.to_dict()

    assert answer(native) == answer(text)


@dataclasses.dataclass
class Patient:
    id: str
    sex: str | None = None
    birth_date: datetime.date | None = None


@dataclasses.dataclass(frozen=True)
class Valid:
    from_: datetime.date | None = None
    to: datetime.date | None = None


def test_dataclasses(rules: adjudica.RuleSet, request_document: dict[str, Any]) -> None:
    expected = rules.adjudicate(request_document)
    patient = Patient("P", "female", datetime.date(1990, 1, 1))
    assert rules.adjudicate({**request_document, "patient": patient}) == expected
    # A field that is None counts as left out.
    short = rules.adjudicate({**request_document, "patient": Patient("P")})
    assert short == rules.adjudicate({**request_document, "patient": {"id": "P"}})
    # The class itself is no document.
    with pytest.raises(adjudica.RequestError) as caught:
        rules.adjudicate({**request_document, "patient": Patient})
    assert (caught.value.code, caught.value.path) == ("value.type", "patient")


def test_a_whole_request_of_dataclasses(rules: adjudica.RuleSet, request_document: dict[str, Any]) -> None:
    def made(name: str, content: Any) -> Any:
        if isinstance(content, dict):
            fields = {key: made(key, value) for key, value in content.items()}
            return dataclasses.make_dataclass(name, fields)(**fields)
        if isinstance(content, list):
            return [made(name, value) for value in content]
        return content

    assert rules.adjudicate(made("Request", request_document)) == rules.adjudicate(request_document)


def test_an_underscore_at_the_end_is_for_words_of_python() -> None:
    scheme = adjudica.compile(SCHEME).to_dict()
    scheme["effective"] = Valid(from_=datetime.date(2025, 1, 1))
    assert adjudica.compile(scheme).to_dict()["effective"] == {"from": "2025-01-01"}


REFUSED = [
    ("claim.lines.0.price", 100.0, "value.type", "claim.lines[0].price"),
    ("claim.lines.0.price", 100, "value.type", "claim.lines[0].price"),
    ("claim.lines.0.price", True, "value.type", "claim.lines[0].price"),
    ("claim.lines.0.price", Fraction(1, 3), "value.type", "claim.lines[0].price"),
    ("claim.lines.0.price", Decimal("NaN"), "amount.grammar", "claim.lines[0].price"),
    ("claim.lines.0.price", Decimal("Infinity"), "amount.grammar", "claim.lines[0].price"),
    ("claim.lines.0.price", Decimal("0.00001"), "amount.places", "claim.lines[0].price"),
    ("claim.lines.0.price", Decimal("1E+30"), "amount.range", "claim.lines[0].price"),
    ("claim.lines.0.quantity", 1, "value.type", "claim.lines[0].quantity"),
    ("claim.lines.0.quantity", float("nan"), "value.type", "claim.lines[0].quantity"),
    ("claim.lines.0.rejected_before", True, "value.type", "claim.lines[0].rejected_before"),
    ("claim.lines.0.rejected_before", 1.0, "value.type", "claim.lines[0].rejected_before"),
    ("claim.lines.0.rejected_before", 10**6, "value.invalid", "claim.lines[0].rejected_before"),
    ("claim.lines.0.rejected_before", 10**40, "value.type", "claim.lines[0].rejected_before"),
    ("claim.lines.0.kind", Kind.WRONG, "value.type", "claim.lines[0].kind"),
    ("claim.lines.0.kind", "drug", "value.unknown", "claim.lines[0].kind"),
    ("claim.date_from", datetime.datetime(2025, 3, 1), "date.datetime", "claim.date_from"),
    ("claim.date_from", datetime.date(1066, 10, 14), "date.grammar", "claim.date_from"),
    ("claim.date_from", "2025-02-30", "date.grammar", "claim.date_from"),
    ("claim.date_from", 20250301, "value.type", "claim.date_from"),
    ("claim.code", datetime.date(2025, 3, 1), "value.type", "claim.code"),
    ("claim.code", datetime.datetime(2025, 3, 1), "date.datetime", "claim.code"),
    ("claim.code", Decimal(12), "value.type", "claim.code"),
    ("claim.code", uuid.UUID(int=5), "value.type", "claim.code"),
    ("claim.code", b"C1", "value.type", "claim.code"),
    ("claim.code", None, "value.type", "claim.code"),
    ("claim.code", "C\ud800", "text.utf8", "claim.code"),
    ("claim.code", "x" * 101, "code.invalid", "claim.code"),
    ("claim.lines", {"0": {}}, "value.type", "claim.lines"),
    ("claim.lines", "lines", "value.type", "claim.lines"),
    ("claim.lines", iter([]), "value.type", "claim.lines"),
    ("claim.referred", 1, "value.type", "claim.referred"),
    ("claim.referred", "yes", "value.type", "claim.referred"),
    ("claim.coed", "C1", "field.unknown", "claim.coed"),
    ("patient.attributes", {"a": 5}, "value.type", "patient.attributes.a"),
    ("patient.attributes", {5: "a"}, "field.name", "patient.attributes"),
    ("patient.attributes", {"\ud800": "a"}, "text.utf8", "patient.attributes"),
    ("schema", "adjudica/request@2", "schema.unknown", "schema"),
]


@pytest.mark.parametrize(("path", "value", "code", "where"), REFUSED, ids=lambda value: repr(value)[:40])
def test_refused_with_code_and_path(
    rules: adjudica.RuleSet, request_document: dict[str, Any], path: str, value: Any, code: str, where: str
) -> None:
    with pytest.raises(adjudica.RequestError) as caught:
        rules.adjudicate(put(request_document, path, value))
    error = caught.value
    # The name of an attribute that cannot be read is shown as `?`.
    assert (error.code, error.path.removesuffix(".?")) == (code, where)
    assert error.message and error.message in str(error)
    assert error.line is None and error.column is None


@pytest.mark.parametrize("request_", [None, 5, 1.5, [], object(), int, datetime.date(2025, 1, 1)], ids=repr)
def test_what_is_no_document_at_all(rules: adjudica.RuleSet, request_: Any) -> None:
    with pytest.raises(adjudica.RequestError) as caught:
        rules.adjudicate(request_)
    assert caught.value.code in {"value.type", "value.invalid", "field.missing"}
    assert caught.value.path == ""


@pytest.mark.parametrize(
    ("text", "code", "path"),
    [
        ("", "syntax", ""),
        ("{", "syntax", ""),
        ("{}", "field.missing", ""),
        ("null", "value.type", ""),
        (b"\xff", "text.utf8", ""),
        (bytearray(b"{}"), "field.missing", ""),
        ("\ud800", "text.utf8", ""),
        ("[" * 100_000, "text.too_complex", ""),
        ('{"claim":{"code":"A","code":"B"}}', "field.duplicate", "claim"),
        ('{"claim":{"code":5}}', "value.type", "claim.code"),
        ("{}{}", "syntax", ""),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_text_refused_with_code_and_path(rules: adjudica.RuleSet, text: Any, code: str, path: str) -> None:
    with pytest.raises(adjudica.RequestError) as caught:
        rules.adjudicate(text)
    assert caught.value.code == code
    assert caught.value.path.startswith(path)


def test_a_misspelt_name_gets_help(rules: adjudica.RuleSet, request_document: dict[str, Any]) -> None:
    request_document["claim"]["facilty"] = "HF1"
    with pytest.raises(adjudica.RequestError) as caught:
        rules.adjudicate(request_document)
    assert caught.value.help == "did you mean `facility`?"
    assert str(caught.value).endswith("[field.unknown]; did you mean `facility`?")


def test_what_the_callers_code_raises_comes_back_itself(
    rules: adjudica.RuleSet, request_document: dict[str, Any]
) -> None:
    raised = ZeroDivisionError("mine")

    class Broken(collections.UserDict[str, Any]):
        def items(self) -> Any:
            raise raised

    class BrokenIndex:
        def __index__(self) -> int:
            raise raised

    class Cheating:
        def __index__(self) -> Any:
            return "1"

    @dataclasses.dataclass
    class BrokenField:
        id: str = "P"

        def __getattribute__(self, name: str) -> Any:
            if name == "id":
                raise raised
            return super().__getattribute__(name)

    for path, value in [
        ("patient", Broken()),
        ("patient", BrokenField()),
        ("coverage.0.members", BrokenIndex()),
    ]:
        with pytest.raises(ZeroDivisionError) as caught:
            rules.adjudicate(put(request_document, path, value))
        assert caught.value is raised
        request_document["patient"] = {"id": "P"}
    with pytest.raises(TypeError):
        rules.adjudicate(put(request_document, "coverage.0.members", Cheating()))


def test_objects_that_change_while_being_read(rules: adjudica.RuleSet, request_document: dict[str, Any]) -> None:
    lines = request_document["claim"]["lines"]

    class Shrinking:
        def __index__(self) -> int:
            lines.clear()
            request_document.clear()
            return 1

    lines[0]["rejected_before"] = Shrinking()
    try:
        rules.adjudicate(request_document)
    except adjudica.RequestError as error:
        assert error.code == "field.missing"


def test_objects_that_contain_themselves() -> None:
    """Deep or endless nesting is an error, not the end of the process."""
    endless: dict[str, Any] = {"pair": None}
    endless["pair"] = endless
    with pytest.raises(adjudica.RequestError):
        adjudica.Decision.from_dict(endless)
    node: dict[str, Any] = {"subject": "claim", "id": "C", "facts": []}
    node["children"] = [node]
    scheme = adjudica.compile(SCHEME)
    document = scheme.adjudicate(example_request()).to_dict()
    document["trace"] = node
    with pytest.raises(adjudica.RequestError) as caught:
        adjudica.Decision.from_dict(document)
    assert caught.value.message == "recursion limit exceeded"

    class Endless(enum.Enum):
        ONE = "one"

    one: Any = Endless.ONE
    one._value_ = one
    with pytest.raises(adjudica.RequestError):
        scheme.adjudicate({"mode": Endless.ONE})

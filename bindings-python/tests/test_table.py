"""Arrow tables of every library, against the same claims one by one."""

from __future__ import annotations

import datetime
import json
import pathlib
import random
from decimal import Decimal
from typing import Any

import adjudica
import duckdb
import pandas
import polars
import pyarrow
import pytest
from conftest import example_request

Row = dict[str, Any]

SCHEMA = pyarrow.schema(
    [
        ("claim.code", pyarrow.string()),
        ("claim.facility", pyarrow.string()),
        ("claim.date_from", pyarrow.date32()),
        ("claim.diagnoses", pyarrow.list_(pyarrow.string())),
        ("patient.id", pyarrow.string()),
        ("patient.birth_date", pyarrow.date32()),
        ("patient.sex", pyarrow.string()),
        ("coverage", pyarrow.string()),
        ("line.id", pyarrow.string()),
        ("line.kind", pyarrow.string()),
        ("line.code", pyarrow.string()),
        ("line.quantity", pyarrow.decimal128(12, 2)),
        ("line.price", pyarrow.decimal128(18, 4)),
    ]
)
AMOUNTS = tuple(adjudica.schema("decision")["$defs"]["AmountsDocument"]["properties"])


def claims(count: int) -> list[dict[str, Any]]:
    """Requests with one to five lines; every tenth has something the engine refuses."""
    dice = random.Random(5)
    made = []
    for number in range(count):
        request = example_request()
        request["claim"]["code"] = f"C{number}"
        request["claim"]["diagnoses"] = ["A01", "B02"][: number % 3]
        lines = []
        for line in range(dice.randint(1, 5)):
            kind, code = dice.choice([("service", "S1"), ("item", "I1"), ("item", "I9")])
            price = f"{dice.randint(0, 15000)}"
            price = f"{price[:-2] or '0'}.{price[-2:].zfill(2)}"
            lines.append(
                {"id": str(line + 1), "kind": kind, "code": code, "quantity": f"{dice.randint(1, 9)}.00", "price": price}
            )
        if number % 10 == 9:
            lines[0]["quantity"] = "-1.00"
        request["claim"]["lines"] = lines
        made.append(request)
    return made


def rows_of(request: dict[str, Any]) -> list[Row]:
    claim, patient = request["claim"], request["patient"]
    return [
        {
            "claim.code": claim["code"],
            "claim.facility": claim["facility"],
            "claim.date_from": datetime.date.fromisoformat(claim["date_from"]),
            "claim.diagnoses": claim["diagnoses"],
            "patient.id": patient["id"],
            "patient.birth_date": datetime.date.fromisoformat(patient["birth_date"]),
            "patient.sex": patient["sex"],
            "coverage": json.dumps(request["coverage"]),
            "line.id": line["id"],
            "line.kind": line["kind"],
            "line.code": line["code"],
            "line.quantity": Decimal(line["quantity"]),
            "line.price": Decimal(line["price"]),
        }
        for line in claim["lines"]
    ]


def expected(rules: adjudica.RuleSet, requests: list[dict[str, Any]]) -> list[Row]:
    """The answer's rows, from one decision at a time."""
    rows: list[Row] = []
    for request in requests:
        first = len(rows) + 1
        head = {"claim": request["claim"]["code"], "facility": request["claim"]["facility"]}
        try:
            decision = rules.adjudicate(request)
        except adjudica.RequestError as error:
            for line in request["claim"]["lines"]:
                fault = {"error_code": error.code, "error_message": error.message, "error_path": error.path}
                rows.append({**head, "line": line["id"], **fault, "error_row": first})
            continue
        for line in decision.lines:
            row: Row = {**head, "line": line.id, "claim_status": str(decision.status), "line_status": str(line.status)}
            row["reasons"] = [reason.code for reason in line.reasons]
            rejecting = [reason.openimis for reason in line.reasons if reason.effect == "rejects"]
            row["openimis"] = next((code for code in rejecting if code is not None), None)
            if line.assignment is not None:
                row |= {"policy": line.assignment.policy, "product": line.assignment.product}
            row |= {"quantity": line.quantity.approved, "unit_price": line.unit_price.adjusted}
            row |= {name: getattr(line.amounts, name) for name in AMOUNTS}
            row["remunerated"] = line.remunerated
            rows.append(row)
    return rows


def same(answer: list[Row], wanted: list[Row]) -> None:
    assert len(answer) == len(wanted)
    for row, want in zip(answer, wanted):
        assert {name: value for name, value in row.items() if value is not None} == {
            name: value for name, value in want.items() if value is not None
        }


def table_of(requests: list[dict[str, Any]]) -> pyarrow.Table:
    return pyarrow.Table.from_pylist([row for request in requests for row in rows_of(request)], schema=SCHEMA)


@pytest.mark.parametrize("threads", [1, 4])
def test_pyarrow(rules: adjudica.RuleSet, threads: int) -> None:
    requests = claims(300)
    table = table_of(requests)
    answer = rules.adjudicate_table(table, threads=threads)
    assert len(answer) == table.num_rows
    read = pyarrow.table(answer)
    assert read.column_names == answer.column_names
    same(read.to_pylist(), expected(rules, requests))
    # The stream may be taken again, and a reader serves as well as a table.
    assert pyarrow.table(answer) == read
    assert pyarrow.table(rules.adjudicate_table(table.to_reader(7), threads=1)).to_pylist() == read.to_pylist()
    assert read.schema.field("payable").type == pyarrow.decimal128(19, 2)


@pytest.mark.parametrize("size", [1, 2, 3, 1000])
def test_a_claim_in_several_batches_is_one_claim(rules: adjudica.RuleSet, size: int) -> None:
    requests = claims(100)
    table = table_of(requests)
    batches = pyarrow.Table.from_batches(table.to_batches(max_chunksize=size))
    if size < 5:
        assert len(batches.to_batches()) >= 100
    same(pyarrow.table(rules.adjudicate_table(batches)).to_pylist(), expected(rules, requests))


def test_polars(rules: adjudica.RuleSet) -> None:
    requests = claims(120)
    frame = polars.DataFrame(table_of(requests)).with_columns(polars.col("line.code").cast(polars.Categorical))
    answer = polars.DataFrame(rules.adjudicate_table(frame))
    same(answer.to_dicts(), expected(rules, requests))


def test_pandas(rules: adjudica.RuleSet) -> None:
    requests = claims(120)
    frame = pandas.DataFrame([row for request in requests for row in rows_of(request)])
    answer = pyarrow.table(rules.adjudicate_table(frame))
    same(answer.to_pylist(), expected(rules, requests))
    assert len(pandas.DataFrame.from_arrow(rules.adjudicate_table(frame))) == len(frame)


def test_duckdb(rules: adjudica.RuleSet) -> None:
    requests = claims(120)
    table = table_of(requests)
    connection = duckdb.connect()
    connection.register("lines", table)
    relation = connection.sql("select * from lines")
    answer = rules.adjudicate_table(relation)
    same(pyarrow.table(answer).to_pylist(), expected(rules, requests))
    connection.register("decided", pyarrow.table(answer))
    (paid,) = connection.sql("select sum(payable) from decided").fetchall()[0]
    assert paid == sum(row["payable"] for row in expected(rules, requests) if "payable" in row)


def test_the_readmes_example_runs(rules: adjudica.RuleSet) -> None:
    """As written, with a scheme and people of its own."""
    readme = (pathlib.Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    code = readme.split("## Tables")[1].split("```python\n")[1].split("```")[0]
    membership = {"person": "P1", "effective": "2025-01-01", "expiry": "2025-12-31"}
    policy = {**membership, "policy": "POL1", "product": "P1", "memberships": [membership]}
    del policy["person"]
    scheme = rules.to_dict()
    scheme["catalogue"]["services"][0]["code"] = "CONS"
    scheme["facilities"][0]["code"] = "HC1"
    scheme["products"][0] |= {"benefits": [{"services": ["CONS"], "cover": [{"co_insurance": "80"}]}]}
    names: dict[str, Any] = {
        "polars": polars,
        "date": datetime.date,
        "rules": adjudica.compile(scheme),
        "people": {"P1": {"coverage": [policy]}},
    }
    exec(code, names)
    decided = names["decided"]
    assert decided["error_code"].to_list() == [None, None]
    assert decided["line"].to_list() == ["1", "2"]
    assert decided["claimed"].to_list() == [Decimal("100.00"), Decimal("200.00")]
    # 300 - deductible 30 = 270; 80 % = 216; the ceiling is 40.
    assert sum(decided["payable"].to_list()) == Decimal("40.00")


def test_people_join_by_person(rules: adjudica.RuleSet) -> None:
    requests = claims(30)
    people = {"P": {"coverage": requests[0]["coverage"]}}
    table = table_of(requests).drop_columns(["coverage"])
    same(pyarrow.table(rules.adjudicate_table(table, people=people)).to_pylist(), expected(rules, requests))
    without = pyarrow.table(rules.adjudicate_table(table, people={})).to_pylist()
    assert {row["claim_status"] for row in without if row["error_code"] is None} == {"rejected"}
    with pytest.raises(adjudica.RequestError) as caught:
        rules.adjudicate_table(table_of(requests), people=people)
    assert (caught.value.code, caught.value.path) == ("column.duplicate", "coverage")
    with pytest.raises(adjudica.RequestError) as wrong:
        rules.adjudicate_table(table, people={"P": {"coverage": [{"policy": 5}]}})
    assert wrong.value.path == "P.coverage[0].policy"


def one(rules: adjudica.RuleSet, **columns: Any) -> Row:
    """The only row of a table with one line and some columns changed."""
    request = example_request()
    request["claim"]["lines"] = request["claim"]["lines"][:1]
    request["claim"]["diagnoses"] = []
    table = table_of([request])
    for name, values in columns.items():
        name = name.replace("__", ".")
        if name in table.column_names:
            table = table.drop_columns([name])
        if values is not None:
            table = table.append_column(name, values)
    row: Row
    (row,) = pyarrow.table(rules.adjudicate_table(table)).to_pylist()
    return row


@pytest.mark.parametrize(
    "quantity",
    [
        pyarrow.array([1]),
        pyarrow.array([1], pyarrow.uint8()),
        pyarrow.array(["1"]),
        pyarrow.array(["1"], pyarrow.large_string()),
        pyarrow.array(["1"], pyarrow.string_view()),
        pyarrow.array(["1"]).dictionary_encode(),
        pyarrow.array([Decimal("1.00000")], pyarrow.decimal128(30, 10)),
        pyarrow.array([Decimal("1")], pyarrow.decimal128(30, 0)),
    ],
    ids=lambda array: str(array.type),
)
def test_types_that_hold_a_quantity(rules: adjudica.RuleSet, quantity: Any) -> None:
    row = one(rules, line__quantity=quantity)
    assert (row["error_code"], row["quantity"], row["payable"]) == (None, Decimal("1.00"), Decimal("40.00"))


@pytest.mark.parametrize(
    ("columns", "code", "path"),
    [
        ({"line__quantity": pyarrow.array([1.0])}, "value.type", "claim.lines[0].quantity"),
        ({"line__quantity": pyarrow.array([True])}, "value.type", "claim.lines[0].quantity"),
        ({"line__quantity": pyarrow.array([None], pyarrow.int64())}, "field.missing", "claim.lines[0]"),
        ({"line__quantity": pyarrow.array([Decimal("1.005")])}, "quantity.places", "claim.lines[0].quantity"),
        ({"line__price": pyarrow.array(["1e3"])}, "amount.grammar", "claim.lines[0].price"),
        ({"line__code": pyarrow.array([5])}, "value.type", "claim.lines[0].code"),
        ({"line__code": pyarrow.array([datetime.date(2025, 1, 1)])}, "value.type", "claim.lines[0].code"),
        ({"line__kode": pyarrow.array(["x"])}, "field.unknown", "claim.lines[0].kode"),
        ({"claim__date_from": pyarrow.array(["1.3.2025"])}, "date.grammar", "claim.date_from"),
        ({"coverage": pyarrow.array(["[{}]"])}, "field.missing", "coverage[0]"),
        ({"coverage": pyarrow.array(["[["])}, "syntax", "coverage"),
        ({"coverage": pyarrow.array(["[]]"])}, "syntax", "coverage"),
        ({"patient__id": None}, "field.missing", "patient"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_refused_with_code_path_and_row(rules: adjudica.RuleSet, columns: Any, code: str, path: str) -> None:
    row = one(rules, **columns)
    assert (row["error_code"], row["error_path"], row["error_row"]) == (code, path, 1)
    assert row["payable"] is None and row["claim"] == "C1"


@pytest.mark.parametrize(
    ("columns", "code", "path"),
    [
        ({"claim__date_from": pyarrow.array([datetime.datetime(2025, 1, 1)])}, "column.type", "claim.date_from"),
        ({"line__quantity": pyarrow.array([b"1"])}, "column.type", "line.quantity"),
        ({"claim__code": None}, "column.missing", "claim.code"),
        ({"line__code__x": pyarrow.array(["1"])}, "column.duplicate", "code"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_columns_that_cannot_be_used(rules: adjudica.RuleSet, columns: Any, code: str, path: str) -> None:
    with pytest.raises(adjudica.RequestError) as caught:
        one(rules, **columns)
    assert (caught.value.code, caught.value.path) == (code, path)


def test_nested_fields_and_numbered_lines(rules: adjudica.RuleSet) -> None:
    review = {"line__review__reviewer": pyarrow.array(["R"]), "line__review__quantity": pyarrow.array([0])}
    row = one(rules, line__id=None, **review)
    assert (row["line"], row["quantity"], row["review_adjustment"]) == ("1", Decimal(0), Decimal(100))
    empty = {name: pyarrow.array([None], pyarrow.string()) for name in review}
    assert one(rules, **empty) == one(rules)


def test_rows_of_a_claim_agree_and_stand_together(rules: adjudica.RuleSet) -> None:
    requests = [example_request() for _ in range(3)]
    for number, request in enumerate(requests):
        request["claim"]["code"] = f"C{number}"
        request["claim"]["diagnoses"] = []
    rows = [row for request in requests for row in rows_of(request)]
    rows[1]["patient.sex"] = "male"
    table = pyarrow.Table.from_pylist(rows, schema=SCHEMA)
    answer = pyarrow.table(rules.adjudicate_table(table)).to_pylist()
    assert [row["error_code"] for row in answer] == ["column.differs"] * 2 + [None] * 4
    assert answer[0]["error_path"] == "patient.sex"
    rows[1]["patient.sex"] = "female"
    torn = pyarrow.Table.from_pylist([rows[0], rows[2], rows[1], rows[3], rows[4], rows[5]], schema=SCHEMA)
    answer = pyarrow.table(rules.adjudicate_table(torn)).to_pylist()
    assert [row["error_code"] for row in answer] == [None, None, "claim.torn", "claim.torn", None, None]
    assert answer[2]["error_row"] == 3


def test_no_rows_and_no_tables(rules: adjudica.RuleSet) -> None:
    answer = rules.adjudicate_table(SCHEMA.empty_table())
    assert len(answer) == 0
    assert pyarrow.table(answer).num_rows == 0
    wrong: Any
    for wrong in (5, "claims", [], {"a": 1}, None):
        with pytest.raises(TypeError, match="no Arrow table"):
            rules.adjudicate_table(wrong)

    class Lying:
        def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
            return 5

    with pytest.raises(TypeError):
        rules.adjudicate_table(Lying())

    class Broken(Lying):
        def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
            raise OSError("mine")

    with pytest.raises(OSError, match="mine"):
        rules.adjudicate_table(Broken())

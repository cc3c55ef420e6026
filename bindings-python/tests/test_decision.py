"""What a decision looks like from Python."""

from __future__ import annotations

import datetime
import json
import pickle
from decimal import Decimal
from typing import Any

import adjudica
import pytest
from conftest import Form


def test_native_types(rules: adjudica.RuleSet, form: Form, request_document: dict[str, Any]) -> None:
    decision = rules.adjudicate(form(request_document))
    assert decision.status is adjudica.Status.VALUATED
    assert decision.mode is adjudica.Mode.CLAIM
    assert decision.category is adjudica.ServiceCategory.VISIT
    assert decision.stay is False
    service, item = decision.lines
    # 100 - deductible 30 = 70; 80 % = 56; ceiling 40 leaves 16 above it.
    assert service.amounts.claimed == Decimal("100.00")
    assert service.amounts.deductible == Decimal("30.00")
    assert service.amounts.co_insurance == Decimal("14.00")
    assert service.amounts.ceiling_excess == Decimal("16.00")
    assert service.amounts.payable == Decimal("40.00")
    assert str(service.amounts.payable) == "40.00"
    assert service.status is adjudica.LineStatus.PASSED
    assert service.kind is adjudica.ElementKind.SERVICE
    assert service.assignment is not None
    assert service.assignment.terms.co_insurance == Decimal(80)
    assert service.assignment.terms.fixed is None
    assert service.assignment.terms.unlimited is False
    assert service.assignment.price_origin is adjudica.PriceOrigin.PRICE_LIST
    assert service.assignment.benefit == 0
    assert item.quantity.asked == Decimal(3)
    assert item.unit_price.adjusted == Decimal("12.75")
    assert decision.line("2") == item
    with pytest.raises(KeyError):
        decision.line("3")
    (entry,) = decision.consumption
    assert entry.remunerated.general == Decimal("40.00")
    assert entry.date == datetime.date(2025, 3, 1)
    assert entry.held is False
    assert entry.reversed is False
    totals = decision.totals
    assert totals.scheme_share + totals.patient_share + totals.facility_share == totals.amounts.claimed
    assert decision.trace is None
    assert decision.provenance.engine == adjudica.__version__
    assert decision.provenance.scheme_digest == rules.digest
    assert decision.provenance.as_of is None


def test_a_rejected_line_says_why(rules: adjudica.RuleSet, form: Form, request_document: dict[str, Any]) -> None:
    request_document["claim"]["lines"][0]["code"] = "S9"
    decision = rules.adjudicate(form(request_document))
    (reason,) = decision.lines[0].reasons
    assert reason.code == "register.unknown"
    assert reason.effect is adjudica.Effect.REJECTS
    assert reason.openimis == 1
    assert reason.carc is not None
    assert (reason.carc.group, reason.carc.code) == (adjudica.CarcGroup.CO, "181")
    assert decision.lines[0].assignment is None
    assert dict(reason.values) == {}


def test_trace_levels(rules: adjudica.RuleSet, form: Form, request_document: dict[str, Any]) -> None:
    plain = rules.adjudicate(form(request_document))
    for level in ("reasons", "full"):
        traced = rules.adjudicate(form(request_document), trace=level)
        assert traced.trace is not None
        assert traced.trace.subject is adjudica.Subject.CLAIM
        document = traced.to_dict()
        del document["trace"]
        assert document == plain.to_dict()
    full = rules.adjudicate(form(request_document), trace="full").trace
    assert full is not None
    assert full.facts[0].code == "step.category"
    assert full.facts[0].values["category"] == "visit"
    assert {child.subject for child in full.children} == {adjudica.Subject.POLICY, adjudica.Subject.LINE}
    with pytest.raises(ValueError, match="trace: unknown variant `most`"):
        rules.adjudicate(form(request_document), trace="most")  # type: ignore[arg-type]


def test_the_digest_can_be_left_out(rules: adjudica.RuleSet, form: Form, request_document: dict[str, Any]) -> None:
    assert rules.adjudicate(form(request_document)).provenance.request_digest is not None
    assert rules.adjudicate(form(request_document), digest=False).provenance.request_digest is None


def test_to_json_and_back(rules: adjudica.RuleSet, form: Form, request_document: dict[str, Any]) -> None:
    decision = rules.adjudicate(form(request_document), trace="full")
    text = decision.to_json()
    assert json.loads(text) == decision.to_dict()
    assert list(json.loads(text)) == list(decision.to_dict())
    for back in (
        adjudica.Decision.from_json(text),
        adjudica.Decision.from_json(text.encode()),
        adjudica.Decision.from_dict(decision.to_dict()),
        pickle.loads(pickle.dumps(decision)),
    ):
        assert back == decision
        assert hash(back) == hash(decision)
        assert back.to_json() == text
        assert repr(back) == repr(decision)
    other = rules.adjudicate(form({**request_document, "mode": "predetermination"}))
    assert other != decision
    assert decision != text
    with pytest.raises(adjudica.RequestError) as caught:
        adjudica.Decision.from_json("{}")
    assert caught.value.code == "field.missing"


def test_nothing_can_be_changed(rules: adjudica.RuleSet, request_document: dict[str, Any]) -> None:
    decision = rules.adjudicate(request_document)
    with pytest.raises(AttributeError):
        decision.status = adjudica.Status.REJECTED  # type: ignore[misc]
    with pytest.raises(AttributeError):
        decision.lines[0].amounts.payable = Decimal(0)  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del decision.lines[0].status  # pyright: ignore[reportAttributeAccessIssue]
    with pytest.raises(AttributeError):
        rules.digest = ""  # type: ignore[misc]
    document = decision.to_dict()
    document["lines"][0]["amounts"]["payable"] = "999.00"
    first = decision.lines[0].to_dict()
    first["amounts"]["payable"] = "999.00"
    assert decision.lines[0].amounts.payable == Decimal("40.00")
    assert decision.to_dict()["lines"][0]["amounts"]["payable"] == "40.00"


def test_records_compare_hash_and_pickle(rules: adjudica.RuleSet, request_document: dict[str, Any]) -> None:
    one = rules.adjudicate(request_document).lines[0]
    two = rules.adjudicate(request_document).lines[0]
    assert one == two
    assert len({one, two, one.amounts, two.amounts}) == 2
    assert pickle.loads(pickle.dumps(one)) == one
    assert one != rules.adjudicate(request_document).lines[1]
    assert "payable: 40.00" in repr(one)
    assert "payable=40.00" in repr(one.amounts)


def test_names_are_text(rules: adjudica.RuleSet, request_document: dict[str, Any]) -> None:
    status = rules.adjudicate(request_document).status
    assert status == "valuated"
    assert f"{status}" == str(status) == "valuated"
    assert json.dumps(status) == '"valuated"'


def test_repr_is_one_readable_line(rules: adjudica.RuleSet, request_document: dict[str, Any]) -> None:
    decision = rules.adjudicate(request_document)
    assert repr(decision) == "<Decision on claim 'C1': valuated, claimed 139.00, payable 40.00, 2 lines>"
    assert repr(rules).startswith("<RuleSet 'smoke' version '1', standard conventions, digest ")


def test_consumption_goes_into_the_next_request(
    rules: adjudica.RuleSet, form: Form, request_document: dict[str, Any]
) -> None:
    first = rules.adjudicate(request_document)
    request_document["claim"]["code"] = "C2"
    ledger = [entry.to_dict() for entry in first.consumption]
    second = rules.adjudicate(form({**request_document, "history": {"ledger": ledger}}))
    assert second.totals.scheme_share == 0
    records = rules.adjudicate({**request_document, "history": {"ledger": first.consumption}})
    assert records == second

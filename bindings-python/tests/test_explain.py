"""Decisions in words."""

from __future__ import annotations

import xml.etree.ElementTree
from typing import Any

import adjudica
import pytest


def test_text_in_two_languages(rules: adjudica.RuleSet, request_document: dict[str, Any]) -> None:
    decision = rules.adjudicate(request_document)
    english = decision.explain("en")
    assert "The scheme pays USD 40.00." in english
    assert "Deductible (patient)" in english
    french = decision.explain("fr")
    assert "Ticket modérateur (patient)" in french
    assert decision.explain("fr-CM") == french
    # The scheme names no language: English.
    assert decision.explain() == english


def test_the_schemes_own_languages_come_first(request_document: dict[str, Any], rules: adjudica.RuleSet) -> None:
    french = adjudica.compile({**rules.to_dict(), "languages": ["ne", "fr", "en"]})
    decision = french.adjudicate(request_document)
    assert decision.explain() == decision.explain("fr")
    assert decision.explain("en") != decision.explain("fr")


def test_one_line(rules: adjudica.RuleSet, request_document: dict[str, Any]) -> None:
    decision = rules.adjudicate(request_document)
    why = decision.why("2", "en")
    assert "item I1" in why and "service S1" not in why
    assert why == decision.explain("en", line="2")
    with pytest.raises(adjudica.InvalidDocumentError) as caught:
        decision.why("77")
    assert (caught.value.code, caught.value.help) == ("line.unknown", "there are 1, 2")


def test_html_is_well_formed_and_safe(rules: adjudica.RuleSet, request_document: dict[str, Any]) -> None:
    request_document["claim"]["code"] = "<script>alert(1)</script>"
    decision = rules.adjudicate(request_document)
    page = decision._repr_html_()
    assert page == decision.explain(format="html")
    assert "<script" not in page and "&lt;script" in page
    xml.etree.ElementTree.fromstring(page.removeprefix("<!DOCTYPE html>"))


def test_a_decision_read_back_needs_its_rules(rules: adjudica.RuleSet, request_document: dict[str, Any]) -> None:
    decision = rules.adjudicate(request_document)
    back = adjudica.Decision.from_json(decision.to_json())
    assert "USD" not in back.explain("en")
    assert back.explain("en", rules=rules) == decision.explain("en")


def test_refused(rules: adjudica.RuleSet, request_document: dict[str, Any]) -> None:
    decision = rules.adjudicate(request_document)
    with pytest.raises(adjudica.AdjudicaError) as caught:
        decision.explain("tlh")
    assert caught.value.code == "language.unknown"
    with pytest.raises(adjudica.RequestError) as wrong:
        decision.explain(format="pdf")  # type: ignore[arg-type]
    assert (wrong.value.code, wrong.value.path) == ("value.unknown", "form")
    with pytest.raises(adjudica.AdjudicaError) as message:
        decision.explain(messages=[{"language": "sw"}])
    assert message.value.path.startswith("messages[0]")

"""openIMIS 1.11 replayed and attributed, beside the answers that the real one gave."""

from __future__ import annotations

import json
from decimal import Decimal

import adjudica
import pytest

from test_snapshot import lines

NAMES = [switch.name for switch in adjudica.openimis_switches()]


def test_replay_is_what_openimis_answered() -> None:
    stored = raised = 0
    for line in lines(2172):
        expected = json.loads(line)["expected"]["process"]
        (answer,) = adjudica.openimis_replay(line)
        if "exception" in expected:
            assert answer["fault"] == expected["exception"]["type"]
            raised += 1
            continue
        made = answer["first"]
        assert made["errors"] == expected["errors"]
        for column in ("status", "rejection_reason", "approved", "remunerated"):
            real, ours = expected["claim"][column], made["claim"][column]
            assert Decimal(real or 0) == Decimal(ours or 0), (answer["claim"], column)
        stored += 1
    assert stored > 1000 and raised > 10


def test_no_switch_is_standard_and_attribution_finds_those_that_matter() -> None:
    changed = 0
    for line in lines(120):
        (plain,) = adjudica.openimis_replay(line, switches=[])
        (real,) = adjudica.openimis_replay(line)
        (why,) = adjudica.openimis_attribute(line)
        names = [share["switch"] for share in why["switches"]]
        assert set(names) <= set(NAMES)
        assert why["equal"] == (not names)
        if names:
            changed += 1
            assert plain != real
            (again,) = adjudica.openimis_replay(line, switches=names)
            assert again["outcome"] == real["outcome"]
            if "last" in real:
                assert again["last"]["claim"]["status"] == real["last"]["claim"]["status"]
    assert changed > 20


def test_audit_sums_up_the_attributions() -> None:
    some = list(lines(200))
    audit = adjudica.openimis_audit(some)
    totals = audit["totals"]
    reasons = [adjudica.openimis_attribute(line)[0] for line in some]
    assert totals["claims"] == 200
    assert totals["equal"] == sum(why["equal"] for why in reasons)
    assert Decimal(totals["difference"]) == Decimal(totals["openimis"]) - Decimal(totals["standard"])
    by_deviation = sum(Decimal(one["difference"]) for one in audit["deviations"])
    assert by_deviation == Decimal(totals["difference"])
    # The same from rows as dicts.
    assert adjudica.openimis_audit([json.loads(line) for line in some]) == audit


def test_bad_runs_and_switches() -> None:
    (line,) = lines(1)
    with pytest.raises(adjudica.RequestError):
        adjudica.openimis_replay(line, run="pay")  # type: ignore[arg-type]
    with pytest.raises(adjudica.RequestError):
        adjudica.openimis_replay(line, switches=["no_such_switch"])
    with pytest.raises(adjudica.RequestError):
        adjudica.openimis_attribute("{}")

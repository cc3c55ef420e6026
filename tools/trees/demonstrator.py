#!/usr/bin/env python3
"""Makes examples/advisors: synthetic claims with labels, a profile, a trained model, its card.

Everything follows from the seed. Claims are under rules-examples/basic-cover. A hidden rule, with
chance and with noise, says which lines a reviewer would question. The model sees only what
`adjudica advise features` writes. `--check` makes everything again and compares.
"""

from __future__ import annotations

import argparse
import datetime
import json
import math
import random
import re
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

import lightgbm
import numpy

from import_model import import_model

ROOT = Path(__file__).parents[2]
SCHEME = ROOT / "rules-examples/basic-cover/scheme.yaml"
HOME = ROOT / "examples/advisors"
SEED = 20250310
TRAIN, TEST, SAMPLE = 6000, 4000, 12
AT = "2025-12-31T12:00:00Z"
# Age and sex are left out on purpose: what they would add is not for a reviewer to act on.
FEATURES = [
    "claimed_after_days", "claims_365", "lines", "quantity", "price_asked", "price", "price_ratio",
    "prior_last_days", "prior_times_30", "prior_times_365",
]  # fmt: skip
# Files that need no training.
EXACT = ["claims.ndjson", "profile.json", "baseline.ndjson", "baseline.txt"]
# Code: kind, usual price, usual units.
GIVEN = {
    "CONS": ("service", 40, 1), "LAB": ("service", 20, 1.6), "DRES": ("service", 15, 1.5),
    "PARA": ("item", 0.07, 12), "AMOX": ("item", 0.25, 15),
}  # fmt: skip
DIAGNOSES = ["A09", "B54", "E11", "I10", "Z00"]


# --- claims and labels ----------------------------------------------------------------------------


def claim(number, dice):
    """A claim, and for each line whether a reviewer questions it."""
    day = datetime.date(2025, 1, 1) + datetime.timedelta(dice.randrange(300))
    facility = dice.choices(["HC1", "HO1"], [3, 1])[0]
    adult = dice.random() < 0.7
    born = day.year - (dice.randrange(20, 70) if adult else dice.randrange(1, 15))
    chosen = ["CONS", *dice.sample([c for c in GIVEN if c != "CONS"], dice.choice([0, 1, 1, 2, 3]))]
    if facility == "HO1" and "DRES" in chosen:
        chosen.remove("DRES")
    late = dice.choice([1, 3, 7, 14, 30, 60])
    lines, labels, provisions, past = [], {}, [], []
    for position, code in enumerate(chosen, 1):
        kind, price, units = GIVEN[code]
        if code == "CONS" and facility == "HO1":
            price = 50
        quantity = max(1, round(dice.gauss(units, units / 4)))
        ratio = dice.lognormvariate(0, 0.06)
        before = sorted(dice.randrange(1, 365) for _ in range(dice.choice([0, 0, 0, 1, 1, 2])))
        # What goes wrong, now and then.
        if dice.random() < 0.07:
            ratio *= dice.uniform(1.3, 2.5)
        if dice.random() < 0.06:
            quantity = math.ceil(quantity * dice.uniform(2, 5))
        if dice.random() < 0.06:
            before = sorted([*before, *(dice.randrange(1, 9) for _ in range(dice.choice([1, 2])))])
        odds = -4.6 + 6 * max(0, ratio - 1.15) + 2.2 * max(0, quantity / units - 1.8)
        odds += 3.2 * (bool(before) and before[0] <= 7) + 0.6 * (late > 30)
        labels[str(position)] = dice.random() < 1 / (1 + math.exp(-odds))
        asked = max(0.01, round(price * ratio, 2))
        lines.append({"id": str(position), "kind": kind, "code": code,
                      "quantity": str(quantity), "price": f"{asked:.2f}"})  # fmt: skip
        for nth, days in enumerate(before):
            date = (day - datetime.timedelta(days)).isoformat()
            name = f"P{number}-{position}-{nth}"
            provisions.append({"claim": name, "kind": kind, "code": code, "date": date, "quantity": "1"})
            past.append({"code": name, "date": date, "status": "valuated"})
    person = f"I{number}"
    span = {"effective": "2025-01-01", "expiry": "2025-12-31"}
    request = {
        "claim": {
            "code": f"S{number:05}", "date_from": day.isoformat(),
            "date_claimed": (day + datetime.timedelta(late)).isoformat(),
            "facility": facility, "diagnoses": [dice.choice(DIAGNOSES)], "lines": lines,
        },
        "patient": {"id": person, "birth_date": f"{born}-06-15", "sex": dice.choice(["female", "male"])},
        "coverage": [{"policy": f"L{number}", "product": "BASIC", **span,
                      "memberships": [{"person": person, **span}]}],
        "history": {"provisions": provisions, "claims": past},
    }  # fmt: skip
    return request, labels


def ndjson(requests):
    return "".join(json.dumps(request) + "\n" for request in requests)


# --- the engine -----------------------------------------------------------------------------------


def adjudica(program, *arguments):
    command = [program, *map(str, arguments)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT).stdout


def rows(program, file):
    """Features of every line, by `CLAIM/LINE`."""
    text = adjudica(program, "advise", "features", "--scheme", SCHEME, file)
    answers = map(json.loads, text.splitlines())
    value = lambda row, name: math.nan if row["features"][name] is None else row["features"][name]
    return {row["id"]: [value(row, name) for name in FEATURES] for row in answers}


def said(program, *arguments):
    """Score of the lines that an advisor questions, by `CLAIM/LINE`."""
    found = {}
    for line in adjudica(program, "advise", *arguments, "--at", AT, "--text").splitlines():
        name, target, stance, _, score, _ = line.split("\t")
        if stance == "questions" and target.startswith("line "):
            key = f"{name}/{target.removeprefix('line ')}"
            found[key] = max(found.get(key, 0), float(score))
    return found


# --- figures --------------------------------------------------------------------------------------


def auc(label, score):
    """Chance that a questioned line scores above another one; ties count half."""
    order = numpy.argsort(score, kind="stable")
    ordered = score[order]
    _, first, counts = numpy.unique(ordered, return_index=True, return_counts=True)
    ranks = numpy.empty(len(score))
    ranks[order] = numpy.repeat(first + (counts + 1) / 2, counts)
    good = label.sum()
    return (ranks[label].sum() - good * (good + 1) / 2) / (good * (~label).sum())


def precision(label, flag):
    return label[flag].mean() if flag.any() else math.nan


def recall(label, flag):
    return flag[label].mean()


def interval(figure, claims, *columns):
    """A figure with its 95 % interval: 500 bootstrap samples of whole claims."""
    dice = numpy.random.default_rng(SEED)
    names, where = numpy.unique(claims, return_inverse=True)
    members = [[] for _ in names]
    for row, name in enumerate(where):
        members[name].append(row)
    drawn = []
    for _ in range(500):
        chosen = [row for name in dice.integers(0, len(names), len(names)) for row in members[name]]
        drawn.append(figure(*(column[chosen] for column in columns)))
    low, high = numpy.nanquantile(drawn, [0.025, 0.975])
    return f"{figure(*columns):.3f} ({low:.3f} to {high:.3f})"


def card(figures):
    return f"""# Model card: demonstrator 1

Written by `tools/trees/demonstrator.py`; every figure is computed by it.

## What it is

Gradient-boosted trees (LightGBM {lightgbm.__version__}, {figures['trees']} trees of at most 8 leaves) that give
each line of a claim a probability that a reviewer would question it. `model.json` is the model
(`adjudica/trees@1`), `profile.json` the profile of the baseline advisor, from the same training
claims.

**All data is synthetic.** Claims come from a seeded generator, labels from a rule in the same
generator: high prices, high quantities, repeats within a week and, a little, late claims make a
question more likely, by chance. The model finds again what the generator put in. It shows that the
path from claims to findings works. It says nothing about real claims, fraud, care, or any scheme,
and must not be used on real claims.

## Data

- {TRAIN} claims ({figures['train']} lines) to train, {TEST} other ones ({figures['test']} lines) to measure;
  seed {SEED}; scheme `rules-examples/basic-cover`; care from January to October 2025.
- Label: a simulated reviewer questions the line. Share: {figures['share']:.1%}. Nobody looked at anything.
- Features: {figures['features']}.
  Age, sex, diagnosis and facility are left out; the groups below are measured all the same.

## Figures

On the claims to measure with, by line; in brackets the 95 % interval, from 500 bootstrap samples of
whole claims.

| | trees, from 0.5 | baseline advisor |
|---|---|---|
| lines questioned | {figures['flagged']} | {figures['base_flagged']} |
| precision | {figures['precision']} | {figures['base_precision']} |
| recall | {figures['recall']} | {figures['base_recall']} |
| area under the curve | {figures['auc']} | {figures['base_auc']} |

Brier score of the trees: {figures['brier']:.4f}; always saying the share: {figures['brier_share']:.4f}. Mean probability
{figures['mean']:.3f}, share of questions {figures['share']:.3f}. Intervals hold for the generator's claims only; they do
not cover the step to real ones.

Wrong flags by group: share of the lines that the reviewer does not question, but the trees do.

| group | lines | wrong flags | recall |
|---|---|---|---|
{figures['groups']}

The generator treats these groups alike, so differences are chance or differ by facility because
prices do. Real data gives no such promise: measure there again, on claims reviewed blind.

## Limits

- Labels come from a formula, so the figures are better than any on real claims would be.
- Five services and items, two facilities, one scheme. Other codes are unlike anything it has seen.
- Scores are not calibrated on real decisions. The scheme's routing decides what a score may do: ask
  a person to look, nothing else.
- The same reviewer labels everything: there is no disagreement between reviewers, no drift, and
  nobody who adapts to being watched.
"""


# --- all of it ------------------------------------------------------------------------------------


def make(program, home):
    dice = random.Random(SEED)
    made = [claim(number, dice) for number in range(TRAIN + TEST)]
    label = {f"{r['claim']['code']}/{line}": said for r, of in made for line, said in of.items()}
    requests = [request for request, _ in made]
    with tempfile.TemporaryDirectory() as place:
        train, test = Path(place, "train.ndjson"), Path(place, "test.ndjson")
        train.write_text(ndjson(requests[:TRAIN]))
        test.write_text(ndjson(requests[TRAIN:]))
        known, asked = rows(program, train), rows(program, test)
        home.mkdir(parents=True, exist_ok=True)
        (home / "claims.ndjson").write_text(ndjson(requests[TRAIN : TRAIN + SAMPLE]))
        adjudica(program, "profile", "--scheme", SCHEME, train, "--out", home / "profile.json")
        booster = lightgbm.train(
            {"objective": "binary", "num_leaves": 8, "learning_rate": 0.1, "min_data_in_leaf": 40,
             "seed": SEED, "deterministic": True, "force_row_wise": True, "num_threads": 1, "verbose": -1},
            lightgbm.Dataset(numpy.array(list(known.values()), float),
                             numpy.array([label[key] for key in known], int), feature_name=FEATURES), 60)  # fmt: skip
        model = import_model(booster, "demonstrator", "1")
        (home / "model.json").write_text(json.dumps(model, separators=(",", ":")) + "\n")
        base = said(program, "baseline", "--scheme", SCHEME, "--profile", home / "profile.json", test)
        trees = said(program, "trees", "--scheme", SCHEME, "--model", home / "model.json", "--from", "0", test)
    keys = list(asked)
    claims = numpy.array([key.split("/")[0] for key in keys])
    truth = numpy.array([label[key] for key in keys])
    # Lines that the rules reject have scores too, but the baseline passes them over.
    score = numpy.array([trees.get(key, 0) for key in keys])
    base_score = numpy.array([base.get(key, 0) for key in keys])
    flag, base_flag = score >= 0.5, base_score > 0
    of = {request["claim"]["code"]: request for request in requests}
    groups = {
        "women": lambda r: r["patient"]["sex"] == "female", "men": lambda r: r["patient"]["sex"] == "male",
        "born after 2008": lambda r: r["patient"]["birth_date"] > "2009",
        "born before": lambda r: r["patient"]["birth_date"] < "2009",
        "health centre": lambda r: r["claim"]["facility"] == "HC1",
        "hospital": lambda r: r["claim"]["facility"] == "HO1",
    }  # fmt: skip
    wrong = lambda label, flag: flag[~label].mean()
    lines = []
    for name, belongs in groups.items():
        here = numpy.array([belongs(of[name]) for name in claims])
        columns = truth[here], flag[here]
        lines.append(f"| {name} | {here.sum()} | {interval(wrong, claims[here], *columns)}"
                     f" | {interval(recall, claims[here], *columns)} |")  # fmt: skip
    features = ", ".join(f"`{name}`" for name in FEATURES)
    figures = {
        "features": textwrap.fill(features, 88, subsequent_indent="  "),
        "trees": len(model["trees"]), "train": len(known), "test": len(keys), "share": truth.mean(),
        "flagged": int(flag.sum()), "base_flagged": int(base_flag.sum()),
        "precision": interval(precision, claims, truth, flag), "recall": interval(recall, claims, truth, flag),
        "auc": interval(auc, claims, truth, score),
        "base_precision": interval(precision, claims, truth, base_flag),
        "base_recall": interval(recall, claims, truth, base_flag),
        "base_auc": interval(auc, claims, truth, base_score),
        "brier": ((score - truth) ** 2).mean(), "brier_share": ((truth.mean() - truth) ** 2).mean(),
        "mean": score.mean(), "groups": "\n".join(lines),
    }  # fmt: skip
    (home / "MODEL-CARD.md").write_text(card(figures))
    for name, more in [
        ("baseline", ["--profile", home / "profile.json"]),
        ("trees", ["--model", home / "model.json"]),
    ]:
        findings = ["advise", name, "--scheme", SCHEME, *more, "--at", AT, home / "claims.ndjson"]
        (home / f"{name}.ndjson").write_text(adjudica(program, *findings))
        (home / f"{name}.txt").write_text(adjudica(program, *findings, "--text"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--adjudica", default="target/debug/adjudica", help="the command line")
    parser.add_argument("--check", action="store_true", help="compare with what is there, write nothing")
    args = parser.parse_args()
    program = Path(args.adjudica).resolve()
    if not args.check:
        make(program, HOME)
        return
    with tempfile.TemporaryDirectory() as place:
        make(program, Path(place))
        for name in EXACT:
            if Path(place, name).read_text() != (HOME / name).read_text():
                sys.exit(f"examples/advisors/{name} is not what the seed gives")
        # Training adds up floats, in another order on another processor.
        again, there = (area(Path(folder, "MODEL-CARD.md").read_text()) for folder in (place, HOME))
        if not abs(again - there) <= 0.005:
            sys.exit(f"trained again, the area under the curve is {again}, not {there}")
    print(f"examples/advisors is what the seed gives; trained again, the area under the curve is {again}")


def area(card):
    return float(re.search(r"area under the curve \| ([0-9.]+)", card)[1])


if __name__ == "__main__":
    main()

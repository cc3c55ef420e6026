#!/usr/bin/env python3
"""Checks adjudica's trees against the libraries that trained them.

Trains small models with LightGBM, XGBoost and scikit-learn on seeded synthetic rows, imports them,
scores 10,000 other rows with `adjudica advise trees`, and compares scores, probabilities and
contributions with what the library itself says.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import math
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import lightgbm
import numpy
import sklearn
import xgboost
from sklearn.ensemble import (
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
)

from import_model import CannotImport, import_model

ROWS = 10_000
FEATURES = [
    "price_ratio", "quantity", "age", "days_since_last", "claims_365", "stay_days",
    "days_to_claim", "facility_rate",
]  # fmt: skip
# 32-bit floats hold 7 digits, and XGBoost computes probabilities and contributions in them.
SCORE, SHAP, SHAP_F32 = 1e-6, 1e-6, 1e-5


def rows(count, seed, missing):
    """Synthetic lines of claims, and what a reviewer said about them."""
    random = numpy.random.default_rng(seed)
    data = numpy.column_stack([
        random.lognormal(0, 0.4, count), random.poisson(2, count) + 1.0,
        random.integers(0, 95, count), random.exponential(90, count).round(),
        random.poisson(4, count), random.geometric(0.4, count) - 1.0,
        random.gamma(2, 15, count).round(), random.beta(2, 8, count),
    ]).astype(float)  # fmt: skip
    odds = 2 * data[:, 0] + 0.5 * data[:, 1] - 0.01 * data[:, 3] + 4 * data[:, 7] - 4.5
    odds += numpy.where(data[:, 2] < 5, data[:, 5], -0.2 * data[:, 4])
    label = random.random(count) < 1 / (1 + numpy.exp(-odds))
    amount = 40 * odds + random.normal(0, 10, count)
    if missing:
        data[random.random(data.shape) < 0.08] = math.nan
    return data, label.astype(int), amount


def on_thresholds(data, model, seed):
    """Half of the rows with some values that are thresholds of the model, or next to one."""
    random = numpy.random.default_rng(seed)
    data = data.copy()
    for feature in range(data.shape[1]):
        found = [
            node["split"]["threshold"]
            for tree in model["trees"]
            for node in tree["nodes"]
            if node.get("split", {}).get("feature") == feature
        ]
        found = [number for number in found if abs(number) < 1e6]
        if found:
            single = numpy.array(found, numpy.float32)
            near = [single, numpy.nextafter(single, numpy.float32(1e9))]
            near += [numpy.nextafter(numpy.array(found), end) for end in (-1e9, 1e9)]
            found = numpy.concatenate([found, *near]).astype(float)
            chosen = numpy.flatnonzero(random.random(len(data) // 2) < 0.3)
            data[chosen, feature] = random.choice(found, len(chosen))
    return data


# --- models, and what their libraries say ---------------------------------------------------------


def lightgbm_model(objective):
    data, label, amount = rows(4000, 1, True)
    target = label if objective == "binary" else amount
    settings = {"objective": objective, "num_leaves": 31, "verbose": -1, "seed": 1, "num_threads": 2}
    made = lightgbm.Dataset(data, target, feature_name=FEATURES)
    model = lightgbm.train({**settings, "deterministic": True}, made, 60)

    def says(data):
        parts = model.predict(data, pred_contrib=True)
        return model.predict(data, raw_score=True), model.predict(data), parts

    return model, says, SHAP


def xgboost_model(objective):
    data, label, amount = rows(4000, 2, True)
    # Log odds and amounts of like size: 32-bit floats have 7 digits.
    target = label if objective == "binary:logistic" else amount / 100
    settings = {"objective": objective, "max_depth": 6, "eta": 0.1, "seed": 1, "nthread": 2}
    made = xgboost.DMatrix(data, target, feature_names=FEATURES)
    model = xgboost.train(settings, made, 60)

    def says(data):
        data = xgboost.DMatrix(data, feature_names=FEATURES)
        parts = model.predict(data, pred_contribs=True)
        return model.predict(data, output_margin=True), model.predict(data), parts

    return model, says, SHAP_F32


def sklearn_model(make, missing):
    data, label, amount = rows(4000, 3, missing)
    model = make().fit(data, label if make.__name__.endswith("Classifier") else amount)
    if make.__name__.endswith("Classifier"):
        says = lambda data: (model.decision_function(data), model.predict_proba(data)[:, 1], None)
    else:
        says = lambda data: (model.predict(data), model.predict(data), None)
    return model, says, SHAP


def trained(make, **settings):
    model = lambda: make(random_state=1, **settings)
    model.__name__ = make.__name__
    return model


def models():
    """Name, whether it knows missing values, and how to train it."""
    small = {"n_estimators": 60, "max_depth": 4}
    hist = {"max_iter": 60, "max_leaf_nodes": 15}
    return [
        ("lightgbm-binary", True, lambda: lightgbm_model("binary")),
        ("lightgbm-regression", True, lambda: lightgbm_model("regression")),
        ("xgboost-binary", True, lambda: xgboost_model("binary:logistic")),
        ("xgboost-regression", True, lambda: xgboost_model("reg:squarederror")),
        ("sklearn-binary", False,
         lambda: sklearn_model(trained(GradientBoostingClassifier, **small), False)),
        ("sklearn-regression", False,
         lambda: sklearn_model(trained(GradientBoostingRegressor, **small), False)),
        ("sklearn-hist-binary", True,
         lambda: sklearn_model(trained(HistGradientBoostingClassifier, **hist), True)),
        ("sklearn-hist-regression", True,
         lambda: sklearn_model(trained(HistGradientBoostingRegressor, **hist), True)),
    ]  # fmt: skip


# --- Shapley values by their definition, for libraries that have none -----------------------------


def expected(model, tree, covers, values, known, key=0):
    """Mean score of a tree when only some features are known."""
    node = tree["nodes"][key]
    if "leaf" in node:
        return node["leaf"]["value"]
    split = node["split"]
    yes, no = split["yes"], split["no"]
    if split["feature"] in known:
        value = values[split["feature"]]
        if math.isnan(value):
            goes = split["missing"] == "yes"
        else:
            value = float(numpy.float32(value)) if model["precision"] == "f32" else value
            goes = value <= split["threshold"]
        return expected(model, tree, covers, values, known, yes if goes else no)
    return sum(
        covers[child] / (covers[yes] + covers[no]) * expected(model, tree, covers, values, known, child)
        for child in (yes, no)
    )


def covers_of(tree):
    covers = [0.0] * len(tree["nodes"])
    for key in reversed(range(len(covers))):
        node = tree["nodes"][key]
        below = node.get("split")
        covers[key] = covers[below["yes"]] + covers[below["no"]] if below else node["leaf"]["cover"]
    return covers


def shapley(model, values):
    """Contributions and, last, the expected score, from all sets of features."""
    count = len(FEATURES)
    parts = [0.0] * count + [model["base_score"]]
    for tree in model["trees"]:
        covers = covers_of(tree)
        worth = {
            known: expected(model, tree, covers, values, set(known))
            for size in range(count + 1)
            for known in itertools.combinations(range(count), size)
        }
        parts[-1] += worth[()]
        for known, value in worth.items():
            for feature in set(range(count)) - set(known):
                more = tuple(sorted((*known, feature)))
                orders = math.factorial(len(known)) * math.factorial(count - len(known) - 1)
                parts[feature] += (worth[more] - value) * orders / math.factorial(count)
    return parts


# --- comparing ------------------------------------------------------------------------------------


def written(data):
    """Rows as adjudica reads them."""
    for position, row in enumerate(data):
        features = {
            name: None if math.isnan(value) else float(value)
            for name, value in zip(FEATURES, row, strict=True)
        }
        yield {"id": f"R{position}", "features": features}


def scored(program, model, data):
    """What adjudica says: scores, probabilities or values, and contributions."""
    with tempfile.TemporaryDirectory() as place:
        file, lines = Path(place, "model.json"), Path(place, "rows.ndjson")
        file.write_text(json.dumps(model))
        lines.write_text("".join(json.dumps(row) + "\n" for row in written(data)))
        command = [program, "advise", "trees", "--model", file, lines]
        ran = subprocess.run(command, check=True, capture_output=True, text=True)
    answers = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [f"R{n}" for n in range(len(data))]
    parts = numpy.zeros((len(data), len(FEATURES) + 1))
    for row, answer in zip(parts, answers, strict=True):
        row[-1] = answer["expected"]
        for part in answer["contributions"]:
            row[FEATURES.index(part["feature"])] = part["contribution"]
    scores = numpy.array([answer["score"] for answer in answers])
    values = numpy.array([answer.get("probability", answer["score"]) for answer in answers])
    return scores, values, parts


def compare(program, name, missing, make):
    """Largest differences; stops the check where one is too large."""
    trained, says, allowed = make()
    names = None if hasattr(trained, "feature_name") or name.startswith("xgboost") else FEATURES
    model = import_model(trained, name, "1", names)
    data = on_thresholds(rows(ROWS, 4, missing)[0], model, 5)
    scores, values, parts = scored(program, model, data)
    their_scores, their_values, their_parts = says(data)
    if their_parts is None:
        some = range(0, ROWS, ROWS // 5)
        their_parts = numpy.array([shapley(model, data[row]) for row in some])
        compared = parts[some]
    else:
        compared = parts
    largest = lambda ours, theirs: float(numpy.abs(ours - theirs).max())
    found = {
        "score": (largest(scores, their_scores), SCORE),
        "value": (largest(values, their_values), SCORE),
        "contributions": (largest(compared, their_parts), allowed),
        "sum": (largest(parts.sum(axis=1), scores), 1e-9 if model["sum_precision"] == "f64" else 1e-5),
    }
    nodes = sum(len(tree["nodes"]) for tree in model["trees"])
    shown = ", ".join(f"{what} {difference:.1e}" for what, (difference, _) in found.items())
    print(f"{name:25} {len(model['trees'])} trees, {nodes} nodes; {shown}"
          f" ({len(compared)} rows with contributions)", flush=True)  # fmt: skip
    for what, (difference, most) in found.items():
        if not difference <= most:
            sys.exit(f"{name}: {what} differs by {difference}, more than {most}")
    return {
        "name": name, "model": model, "rows": list(written(data[:200])),
        "scores": their_scores[:200].tolist(), "values": their_values[:200].tolist(),
        "contributions": their_parts.tolist()[:200] if len(their_parts) == ROWS else None,
    }  # fmt: skip


def refusals():
    """Models that cannot be held are refused, with the reason."""
    data, label, _ = rows(500, 6, False)
    data[:, 5] = numpy.arange(500) % 4
    grades = numpy.arange(500) % 3
    light = lambda target=label, **more: lightgbm.train(
        {"verbose": -1, "min_data_in_leaf": 5, "objective": "binary", **more},
        lightgbm.Dataset(data, target, categorical_feature=[5] if more.pop("cat", 0) else []), 3)
    types = ["q"] * 5 + ["c"] + ["q"] * 2
    boosted = lambda target=label, **more: xgboost.train(
        {"objective": "binary:logistic", "max_cat_to_onehot": 1, **more},
        xgboost.DMatrix(data, target, feature_types=types, enable_categorical=True), 3)
    category = (data[:, 5] % 2).astype(int)
    cases = [
        ("categorical", lambda: light(category, cat=1)),
        ("several classes", lambda: light(grades, objective="multiclass", num_class=3)),
        ("averages", lambda: light(boosting="rf", bagging_freq=1, bagging_fraction=0.5)),
        ("objective `poisson`", lambda: light(objective="poisson")),
        ("linear", lambda: light(linear_tree=True)),
        ("0 as missing", lambda: light(zero_as_missing=True)),
        ("categorical", lambda: boosted(category)),
        ("several classes", lambda: boosted(grades, objective="multi:softprob", num_class=3)),
        ("dart", lambda: boosted(booster="dart")),
        ("objective `count:poisson`", lambda: boosted(objective="count:poisson")),
        ("several classes", lambda: GradientBoostingClassifier(n_estimators=2).fit(data, grades)),
        ("exponential", lambda: GradientBoostingClassifier(
            n_estimators=2, loss="exponential").fit(data, label)),
        ("categor", lambda: HistGradientBoostingClassifier(
            max_iter=2, categorical_features=[5]).fit(data, category)),
        ("RandomForestClassifier", lambda: RandomForestClassifier(2).fit(data, label)),
        ("another estimator", lambda: GradientBoostingClassifier(
            n_estimators=2, init=RandomForestClassifier(2)).fit(data, label)),
    ]  # fmt: skip
    for words, make in cases:
        try:
            import_model(make(), "refused", "1")
        except CannotImport as refused:
            assert words in str(refused), f"`{words}` is not in `{refused}`"
        else:
            sys.exit(f"not refused: {words}")
    print(f"{len(cases)} models that cannot be held are refused")


def main():
    warnings.filterwarnings("ignore", category=UserWarning)
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--adjudica", default="target/debug/adjudica", help="the command line")
    parser.add_argument("--fixtures", type=Path, help="write the answers that core/tests reads")
    args = parser.parse_args()
    libraries = (lightgbm, xgboost, sklearn)
    print(", ".join(f"{library.__name__} {library.__version__}" for library in libraries))
    refusals()
    fixtures = [compare(args.adjudica, *model) for model in models()]
    if args.fixtures:
        kept = [fixture for fixture in fixtures if fixture["name"].endswith("binary")]
        text = "".join(json.dumps(fixture) + "\n" for fixture in kept)
        args.fixtures.write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    main()

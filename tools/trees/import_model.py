#!/usr/bin/env python3
"""Turns a model of gradient-boosted trees into a model file of adjudica (adjudica/trees@1).

Reads LightGBM's text (save_model), XGBoost's JSON (save_model with a name ending in .json) and
scikit-learn's GradientBoosting and HistGradientBoosting estimators (joblib or pickle files; such a
file can run code, so open only files that you made). As a module, `import_model` also takes a
LightGBM Booster, an XGBoost Booster, the scikit-learn wrappers of both, and estimators of
scikit-learn. Needs no library for text and JSON.

What the model file cannot hold is refused, with the reason: categorical splits, several classes,
linear trees, dart, random forests of LightGBM, and objectives whose score is not log odds or the
predicted value.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import struct
import sys
from pathlib import Path

SCHEMA = "adjudica/trees@1"
# Stands for thresholds that every value is below.
LARGEST = sys.float_info.max


class CannotImport(Exception):
    """The model says something that the model file cannot hold."""


def import_model(model, name, version, features=None):
    """The model file, as a dict, of a LightGBM, XGBoost or scikit-learn model."""
    library = type(model).__module__.split(".")[0]
    if isinstance(model, str):
        document = from_lightgbm(model)
    elif isinstance(model, dict):
        document = from_xgboost(model)
    elif library == "lightgbm":
        booster = getattr(model, "booster_", model)
        document = from_lightgbm(booster.model_to_string(num_iteration=-1))
    elif library == "xgboost":
        booster = model.get_booster() if hasattr(model, "get_booster") else model
        document = from_xgboost(json.loads(booster.save_raw("json")))
    elif library == "sklearn":
        document = from_sklearn(model)
    else:
        raise CannotImport(f"not a model that can be imported: {type(model).__qualname__}")
    if features is not None:
        found = len(document["features"])
        if len(features) != found:
            raise CannotImport(f"{len(features)} names are given, but the model has {found} features")
        document["features"] = list(features)
    return {"schema": SCHEMA, "name": name, "version": version, **document}


def flatten(root, node):
    """The nodes below `root`, each split before its children.

    `node(key)` gives a leaf as {"leaf": ..} or (split, key of yes, key of no).
    """
    nodes = []
    todo = [(root, None, None)]
    while todo:
        key, parent, side = todo.pop()
        if parent is not None:
            parent[side] = len(nodes)
        found = node(key)
        if isinstance(found, dict):
            nodes.append(found)
            continue
        split, yes, no = found
        nodes.append({"split": split})
        todo.append((no, split, "no"))
        todo.append((yes, split, "yes"))
    return {"nodes": nodes}


def leaf(value, cover):
    return {"leaf": {"value": float(value), "cover": float(cover)}}


def split(feature, threshold, missing):
    made = {
        "feature": int(feature),
        "threshold": min(float(threshold), LARGEST),
        "yes": 0,
        "no": 0,
    }
    if missing is not None:
        made["missing"] = missing
    return made


# --- LightGBM -------------------------------------------------------------------------------------

LIGHTGBM_VALUES = {"regression", "regression_l1", "huber", "fair", "quantile", "mape"}


def from_lightgbm(text):
    """From LightGBM's text."""
    head, *blocks = text.split("\nTree=")
    if not head.startswith("tree\n"):
        raise CannotImport("not a text of LightGBM: it does not begin with `tree`")
    fields = fields_of(head)
    if fields.get("num_class") != "1" or fields.get("num_tree_per_iteration") != "1":
        raise CannotImport("the model has several classes; only one score can be held")
    if "average_output" in head.splitlines():
        raise CannotImport("the model averages its trees (a random forest); only sums can be held")
    objective = fields.get("objective", "").split()
    if objective == ["binary", "sigmoid:1"]:
        meaning = "binary_logistic"
    elif len(objective) > 0 and objective[0] in LIGHTGBM_VALUES and "sqrt" not in objective:
        meaning = "regression"
    else:
        raise CannotImport(f"the objective `{' '.join(objective)}` cannot be held")
    return {
        "trained_with": f"LightGBM, text {fields.get('version', '')}".strip(),
        "objective": meaning,
        "comparison": "at_most",
        "precision": "f64",
        "sum_precision": "f64",
        # LightGBM adds the mean it starts from to the leaves of its first tree.
        "base_score": 0.0,
        "features": fields["feature_names"].split(),
        "trees": [lightgbm_tree(fields_of(block)) for block in blocks],
    }


def fields_of(block):
    lines = (line.split("=", 1) for line in block.split("\n\n")[0].splitlines())
    return {line[0]: line[1] for line in lines if len(line) == 2}


def lightgbm_tree(fields):
    if fields["num_cat"] != "0":
        raise CannotImport("a tree has categorical splits; encode categories as numbers first")
    if fields.get("is_linear", "0") != "0":
        raise CannotImport("a tree has linear leaves")
    numbers = lambda name, kind: [kind(part) for part in fields.get(name, "").split()]
    values, counts = numbers("leaf_value", float), numbers("leaf_count", int)
    if fields["num_leaves"] == "1":
        # Its text has no count; any will do for a tree that asks nothing.
        return {"nodes": [leaf(values[0], 1)]}
    kinds, asked = numbers("decision_type", int), numbers("split_feature", int)
    thresholds = numbers("threshold", float)
    left, right = numbers("left_child", int), numbers("right_child", int)

    def node(key):
        if key < 0:
            return leaf(values[~key], counts[~key])
        missing = lightgbm_missing(kinds[key], thresholds[key])
        return split(asked[key], thresholds[key], missing), left[key], right[key]

    return flatten(0, node)


def lightgbm_missing(kind, threshold):
    """Where a missing value goes, from the bits of LightGBM's decision type."""
    if kind & 1:
        raise CannotImport("a tree has categorical splits; encode categories as numbers first")
    match kind >> 2 & 3:
        case 0:  # There was none in the training data: it counts as 0.
            return "yes" if 0.0 <= threshold else "no"
        case 2:
            return "yes" if kind & 2 else "no"
        case _:
            raise CannotImport("the model counts 0 as missing (zero_as_missing)")


# --- XGBoost --------------------------------------------------------------------------------------

XGBOOST_VALUES = {"reg:squarederror", "reg:absoluteerror", "reg:pseudohubererror"}


def from_xgboost(document):
    """From XGBoost's JSON."""
    learner = document["learner"]
    booster, parameters = learner["gradient_booster"], learner["learner_model_param"]
    if booster["name"] != "gbtree":
        raise CannotImport(f"the booster `{booster['name']}` cannot be held, only gbtree")
    if int(parameters["num_class"]) > 1 or int(parameters.get("num_target", "1")) > 1:
        raise CannotImport("the model has several classes or targets; only one score can be held")
    trees = booster["model"]["trees"]
    best = learner.get("attributes", {}).get("best_iteration")
    rounds = len(booster["model"].get("iteration_indptr", [])) - 1
    if best is not None and int(best) + 1 < rounds:
        raise CannotImport(
            f"training went on after its best round; save booster[: {int(best) + 1}] instead"
        )
    base = f32(parameters["base_score"].strip("[]"))
    objective = learner["objective"]["name"]
    if objective == "binary:logistic":
        meaning, base = "binary_logistic", math.log(base / (1.0 - base))
    elif objective in XGBOOST_VALUES:
        meaning = "regression"
    else:
        raise CannotImport(f"the objective `{objective}` cannot be held")
    names = learner.get("feature_names") or [f"f{n}" for n in range(int(parameters["num_feature"]))]
    return {
        "trained_with": "XGBoost " + ".".join(map(str, document["version"])),
        "objective": meaning,
        "comparison": "below",
        "precision": "f32",
        "sum_precision": "f32",
        "base_score": base,
        "features": names,
        "trees": [xgboost_tree(tree) for tree in trees],
    }


def f32(number):
    """The 32-bit float that XGBoost means, as a 64-bit one."""
    return struct.unpack("f", struct.pack("f", float(number)))[0]


def xgboost_tree(tree):
    if any(tree["split_type"]):
        raise CannotImport("a tree has categorical splits; encode categories as numbers first")
    if tree["tree_param"].get("size_leaf_vector", "1") not in ("0", "1"):
        raise CannotImport("the leaves have several values")
    left, right, conditions = tree["left_children"], tree["right_children"], tree["split_conditions"]

    def node(key):
        if left[key] == -1:
            return leaf(f32(conditions[key]), f32(tree["sum_hessian"][key]))
        missing = "yes" if tree["default_left"][key] else "no"
        condition = float(conditions[key])
        threshold = condition if math.isinf(condition) else f32(condition)
        return split(tree["split_indices"][key], threshold, missing), left[key], right[key]

    return flatten(0, node)


# --- scikit-learn ---------------------------------------------------------------------------------


def from_sklearn(model):
    """From an estimator of scikit-learn."""
    import sklearn

    kind = type(model).__name__
    if kind.startswith("HistGradientBoosting"):
        document = hist_gradient_boosting(model)
    elif kind.startswith("GradientBoosting"):
        document = gradient_boosting(model)
    else:
        raise CannotImport(f"the estimator {kind} cannot be held")
    names = getattr(model, "feature_names_in_", None)
    count = model.n_features_in_
    return {
        "trained_with": f"scikit-learn {sklearn.__version__}, {kind}",
        "objective": sklearn_objective(model, kind),
        "comparison": "at_most",
        "sum_precision": "f64",
        **document,
        "features": [f"x{n}" for n in range(count)] if names is None else [str(n) for n in names],
    }


def sklearn_objective(model, kind):
    if kind.endswith("Classifier"):
        if len(model.classes_) != 2:
            raise CannotImport("the model has several classes; only one score can be held")
        if model.loss != "log_loss":
            raise CannotImport(f"the loss `{model.loss}` cannot be held")
        return "binary_logistic"
    if model.loss in ("poisson", "gamma"):
        raise CannotImport(f"the loss `{model.loss}` cannot be held")
    return "regression"


def gradient_boosting(model):
    import numpy

    if model.n_features_in_ == 0 or model.estimators_.shape[1] != 1:
        raise CannotImport("the model has several classes; only one score can be held")
    start = getattr(model, "init_", None)
    nothing = numpy.zeros((1, model.n_features_in_))
    match type(start).__name__:
        case "DummyClassifier":
            tiny = numpy.finfo(numpy.float32).eps
            chance = float(numpy.clip(start.predict_proba(nothing)[0, 1], tiny, 1 - tiny))
            base = math.log(chance / (1.0 - chance))
        case "DummyRegressor":
            base = float(start.predict(nothing)[0])
        case "str":  # "zero"
            base = 0.0
        case other:
            raise CannotImport(f"the model starts from another estimator (init={other})")
    trees = [sklearn_tree(tree.tree_, model.learning_rate) for tree in model.estimators_[:, 0]]
    return {"precision": "f32", "base_score": base, "trees": trees}


def sklearn_tree(tree, rate):
    def node(key):
        if tree.children_left[key] == -1:
            return leaf(rate * tree.value[key, 0, 0], tree.weighted_n_node_samples[key])
        question = split(tree.feature[key], tree.threshold[key], None)
        return question, tree.children_left[key], tree.children_right[key]

    return flatten(0, node)


def hist_gradient_boosting(model):
    rounds = model._predictors  # There is no public way to a model's trees.
    if any(len(trees) != 1 for trees in rounds):
        raise CannotImport("the model has several classes; only one score can be held")
    if any(trees[0].nodes["is_categorical"].any() for trees in rounds):
        raise CannotImport("a tree has categorical splits; encode categories as numbers first")
    if model.is_categorical_ is not None:
        raise CannotImport("the model encodes categories itself; encode them as numbers first")

    def node_of(nodes):
        def node(key):
            found = nodes[key]
            if found["is_leaf"]:
                return leaf(found["value"], found["count"])
            missing = "yes" if found["missing_go_to_left"] else "no"
            question = split(found["feature_idx"], found["num_threshold"], missing)
            return question, found["left"], found["right"]

        return node

    trees = [flatten(0, node_of(trees[0].nodes)) for trees in rounds]
    base = float(model._baseline_prediction.ravel()[0])
    return {"precision": "f64", "base_score": base, "trees": trees}


# --- the command ----------------------------------------------------------------------------------


def read(path):
    """A model from a file: LightGBM's text, XGBoost's JSON, else joblib."""
    data = path.read_bytes()
    if data.startswith(b"tree\n"):
        return data.decode()
    if data.lstrip().startswith(b"{") and b'"learner"' in data:
        return json.loads(data)
    try:
        import joblib
    except ImportError:
        raise CannotImport(
            "neither a text of LightGBM nor a JSON of XGBoost; other files need joblib and "
            "scikit-learn (pip install scikit-learn)"
        ) from None
    return joblib.load(path)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__.split("\n\n")[0],
        epilog=__doc__.split("\n\n", 1)[1],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("model", type=Path, help="the model's file")
    parser.add_argument("--name", required=True, help="name of the model")
    parser.add_argument("--version", required=True, help="version of the model")
    parser.add_argument("--features", metavar="A,B,..", help="names of the features, in order")
    parser.add_argument("--out", type=Path, help="file to write, packed if it ends in .gz")
    args = parser.parse_args()
    try:
        features = args.features.split(",") if args.features else None
        document = import_model(read(args.model), args.name, args.version, features)
        text = json.dumps(document, separators=(",", ":"), allow_nan=False) + "\n"
    except (CannotImport, OSError) as error:
        sys.exit(f"{args.model}: {error}")
    except Exception as error:  # Whatever joblib stumbles over in a file of another kind.
        sys.exit(f"{args.model}: not a model file as expected: {error!r}")
    if args.out is None:
        sys.stdout.write(text)
    elif args.out.suffix == ".gz":
        args.out.write_bytes(gzip.compress(text.encode(), mtime=0))
    else:
        args.out.write_text(text)


if __name__ == "__main__":
    main()

//! A model file checked and compiled.

use super::gauss::{self, Point};
use super::model::{self, Comparison, Leaf, Node, Objective, Precision, Side, Split, TreesModel};
use crate::code::Code;
use crate::error::{Error, Invalid, shorten};
use crate::ruleset::sha256;
use crate::wire::{Format, read};

/// Most features.
const FEATURES: usize = 4096;
/// Most trees.
const TREES: usize = 10_000;
/// Most nodes in all trees.
const NODES: usize = 1_000_000;
/// Most splits one below the other.
const DEPTH: usize = 64;
/// Largest value of a leaf and of the base score: sums stay far from what a float can hold.
const LARGEST_VALUE: f64 = 1e12;
/// Largest cover of a leaf.
const LARGEST_COVER: f64 = 1e15;
/// Errors after which reading gives up.
const ENOUGH: usize = 20;

/// A model, checked and ready to score.
#[derive(Debug, Clone)]
pub struct Trees {
    pub(super) name: Code,
    pub(super) version: Code,
    pub(super) objective: Objective,
    pub(super) comparison: Comparison,
    pub(super) precision: Precision,
    pub(super) sum_precision: Precision,
    pub(super) base_score: f64,
    pub(super) features: Vec<Feature>,
    pub(super) trees: Vec<Branch>,
    /// Score that is expected before anything is known of a row.
    pub(super) expected: f64,
    /// Where contributions are evaluated.
    pub(super) points: Vec<Point>,
    digest: Option<Code>,
}

/// A feature of a compiled model.
#[derive(Debug, Clone)]
pub(super) struct Feature {
    pub(super) name: Code,
    /// Some split does not know what to do without a value.
    pub(super) required: bool,
}

/// A compiled node: it owns what is below it, so that no position can be wrong.
#[derive(Debug, Clone)]
pub(super) enum Branch {
    /// Ends in a value.
    Leaf(f64),
    /// Asks a question.
    Fork(Box<Fork>),
}

/// A compiled split.
#[derive(Debug, Clone)]
pub(super) struct Fork {
    pub(super) feature: usize,
    pub(super) threshold: f64,
    /// Where rows without a value go.
    pub(super) missing: Side,
    /// The children and their shares of the cover.
    pub(super) yes: Branch,
    pub(super) yes_share: f64,
    pub(super) no: Branch,
    pub(super) no_share: f64,
}

/// A part of a tree while it is put together.
struct Part {
    branch: Branch,
    cover: f64,
    /// Mean of its leaves.
    mean: f64,
    depth: usize,
}

impl Trees {
    /// Reads and checks a model file.
    ///
    /// # Errors
    /// If the text is no model file, or the model cannot be evaluated; with the path of each value
    /// that is wrong.
    pub fn read(text: &str) -> Result<Self, Invalid> {
        let mut trees = Self::compile(&read::<TreesModel>(text, Format::Json)?)?;
        trees.digest = Code::new(&sha256(text.as_bytes()));
        Ok(trees)
    }

    /// Checks a model.
    ///
    /// # Errors
    /// If it cannot be evaluated; with the path of each value that is wrong.
    pub fn compile(model: &TreesModel) -> Result<Self, Invalid> {
        Invalid::unless_empty(head(model))?;
        let mut features: Vec<Feature> = model.features.iter().map(feature).collect();
        let (mut trees, mut errors) = (Vec::new(), Vec::new());
        let mut expected = model.base_score;
        let mut depth = 0;
        for (position, tree) in model.trees.iter().enumerate() {
            let path = format!("trees[{position}].nodes");
            match grow(&tree.nodes, &path, &mut features) {
                Ok(part) => {
                    expected += part.mean;
                    depth = part.depth.max(depth);
                    trees.push(part.branch);
                }
                Err(error) => errors.push(error),
            }
            if errors.len() >= ENOUGH {
                break;
            }
        }
        Invalid::unless_empty(errors)?;
        Ok(Self {
            name: model.name.clone(),
            version: model.version.clone(),
            objective: model.objective,
            comparison: model.comparison,
            precision: model.precision,
            sum_precision: model.sum_precision,
            base_score: model.base_score,
            points: gauss::points(depth.min(features.len()).div_ceil(2)),
            features,
            trees,
            expected,
            digest: None,
        })
    }

    /// Name of the model.
    #[must_use]
    pub fn name(&self) -> &Code {
        &self.name
    }

    /// Version of the model.
    #[must_use]
    pub fn version(&self) -> &Code {
        &self.version
    }

    /// SHA-256 of the model file in hexadecimal, if it was read from one.
    #[must_use]
    pub fn digest(&self) -> Option<&Code> {
        self.digest.as_ref()
    }

    /// Names of the features, in order.
    pub fn features(&self) -> impl ExactSizeIterator<Item = &Code> {
        self.features.iter().map(|feature| &feature.name)
    }
}

fn feature(name: &Code) -> Feature {
    Feature {
        name: name.clone(),
        required: false,
    }
}

/// What is wrong besides the nodes.
fn head(model: &TreesModel) -> Vec<Error> {
    let mut errors = Vec::new();
    if model.schema != model::SCHEMA {
        let found = shorten(&model.schema);
        let message = format!("`{found}` is not a schema this engine reads here");
        let error = Error::new("schema.unknown", "schema", message);
        errors.push(error.with_help(format!("write `{}`", model::SCHEMA)));
    }
    errors.extend(
        in_range(model.base_score, -LARGEST_VALUE, LARGEST_VALUE).map(|problem| {
            Error::new(
                "trees.number",
                "base_score",
                format!("the base score {problem}"),
            )
        }),
    );
    let nodes: usize = model.trees.iter().map(|tree| tree.nodes.len()).sum();
    for (path, what, count, most) in [
        ("features", "features", model.features.len(), FEATURES),
        ("trees", "trees", model.trees.len(), TREES),
        ("trees", "nodes", nodes, NODES),
    ] {
        if count == 0 || count > most {
            let message = format!("{count} {what}, but a model has 1 to {most}");
            errors.push(Error::new("trees.size", path, message));
        }
    }
    let mut names: Vec<(&Code, usize)> = model.features.iter().zip(0..).collect();
    names.sort();
    for pair in names.windows(2) {
        if let [(first, _), (second, position)] = pair
            && first == second
        {
            let message = format!("the feature `{second}` is there already");
            let path = format!("features[{position}]");
            errors.push(Error::new("trees.duplicate", path, message));
        }
    }
    errors.truncate(ENOUGH);
    errors
}

/// What is wrong with a number that has to lie between two others.
fn in_range(number: f64, from: f64, to: f64) -> Option<String> {
    let inside = number.is_finite() && (from..=to).contains(&number);
    (!inside).then(|| format!("must be a number from {from:e} to {to:e}"))
}

/// A tree from its list of nodes.
///
/// Children come after their split, so the list is taken from its end, and every split finds its
/// children grown. Each is taken away when it is used: what is missing then was used before, and
/// what is left over was never used. So there is no cycle either.
fn grow(nodes: &[Node], path: &str, features: &mut [Feature]) -> Result<Part, Error> {
    let mut grown: Vec<Option<Part>> = nodes.iter().map(|_| None).collect();
    for (position, node) in nodes.iter().enumerate().rev() {
        let at = |field: &str| format!("{path}[{position}].{field}");
        let part = match node {
            Node::Leaf(end) => leaf(end, &at)?,
            Node::Split(split) => {
                for (field, child) in [("yes", split.yes), ("no", split.no)] {
                    if child as usize <= position {
                        let message = format!("node {child} does not come after its split");
                        return Err(Error::new(
                            "trees.order",
                            at(&format!("split.{field}")),
                            message,
                        )
                        .with_help("list both children after their split"));
                    }
                }
                let yes = take(&mut grown, split.yes, at("split.yes"))?;
                let no = take(&mut grown, split.no, at("split.no"))?;
                fork(split, yes, no, features, &at)?
            }
        };
        if let Some(place) = grown.get_mut(position) {
            *place = Some(part);
        }
    }
    let mut grown = grown.into_iter();
    let root = grown.next().flatten();
    if let Some(left) = grown.position(|part| part.is_some()) {
        let path = format!("{path}[{}]", left + 1);
        return Err(Error::new(
            "trees.unreachable",
            path,
            "no split leads to this node",
        ));
    }
    root.ok_or_else(|| Error::new("trees.size", path, "a tree has at least one node"))
}

fn take(grown: &mut [Option<Part>], child: u32, path: String) -> Result<Part, Error> {
    let nodes = grown.len();
    let Some(place) = grown.get_mut(child as usize) else {
        let message = format!("there is no node {child}: the tree has {nodes}");
        return Err(Error::new("trees.no_node", path, message));
    };
    place.take().ok_or_else(|| {
        let message = format!("node {child} is the child of another split already");
        Error::new("trees.shared", path, message)
    })
}

fn leaf(leaf: &Leaf, at: &dyn Fn(&str) -> String) -> Result<Part, Error> {
    if let Some(problem) = in_range(leaf.value, -LARGEST_VALUE, LARGEST_VALUE) {
        let message = format!("the value of a leaf {problem}");
        return Err(Error::new("trees.number", at("leaf.value"), message));
    }
    if !(leaf.cover > 0.0 && leaf.cover <= LARGEST_COVER) {
        let message = format!("the cover of a leaf must be above 0 and at most {LARGEST_COVER:e}");
        return Err(Error::new("trees.number", at("leaf.cover"), message));
    }
    Ok(Part {
        branch: Branch::Leaf(leaf.value),
        cover: leaf.cover,
        mean: leaf.value,
        depth: 0,
    })
}

fn fork(
    split: &Split,
    yes: Part,
    no: Part,
    features: &mut [Feature],
    at: &dyn Fn(&str) -> String,
) -> Result<Part, Error> {
    let (feature, count) = (split.feature as usize, features.len());
    let Some(described) = features.get_mut(feature) else {
        let message = format!("there is no feature {feature}: the model has {count}");
        return Err(Error::new("trees.no_feature", at("split.feature"), message));
    };
    described.required |= split.missing.is_none();
    if !split.threshold.is_finite() {
        let message = "the threshold must be a finite number";
        return Err(Error::new("trees.number", at("split.threshold"), message));
    }
    let depth = yes.depth.max(no.depth) + 1;
    if depth > DEPTH {
        let message = format!("more than {DEPTH} splits lie one below the other");
        return Err(Error::new("trees.size", at("split"), message));
    }
    let cover = yes.cover + no.cover;
    let (yes_share, no_share) = (yes.cover / cover, no.cover / cover);
    Ok(Part {
        mean: yes_share * yes.mean + no_share * no.mean,
        branch: Branch::Fork(Box::new(Fork {
            feature,
            threshold: split.threshold,
            missing: split.missing.unwrap_or(Side::No),
            yes: yes.branch,
            yes_share,
            no: no.branch,
            no_share,
        })),
        cover,
        depth,
    })
}

//! Reasons and steps, in words and in order.

use super::page::{Block, Item, Section};
use super::vocabulary::Label;
use super::words::{Words, clean};
use crate::decision::{Decision, Reason, Subject, TraceNode};

impl Words<'_> {
    /// Reasons as a list, with their codes.
    pub(super) fn reasons(&self, reasons: &[Reason]) -> Vec<Item> {
        let item = |reason: &Reason| Item {
            text: format!("{} {}", self.message(reason), self.codes(reason)),
            effect: Some(reason.effect),
            items: Vec::new(),
        };
        reasons.iter().map(item).collect()
    }

    /// The steps of a node that are not among the reasons told already, and of its parts.
    pub(super) fn steps(&self, node: Option<&TraceNode>, told: &[Reason]) -> Vec<Item> {
        let Some(node) = node else { return Vec::new() };
        let facts = node.facts.iter().filter(|fact| !told.contains(fact));
        let mut items: Vec<Item> = facts
            .map(|fact| Item {
                text: self.message(fact),
                effect: Some(fact.effect),
                items: Vec::new(),
            })
            .collect();
        // The parts of the claim have sections of their own.
        if node.subject != Subject::Claim {
            items.extend(node.children.iter().map(|child| Item {
                text: self.node_title(child),
                effect: None,
                items: self.steps(Some(child), &[]),
            }));
        }
        items
    }

    fn node_title(&self, node: &TraceNode) -> String {
        let id = clean(&node.id);
        match node.subject {
            Subject::Policy => self.fill(Label::Policy, &[("policy", &id)]),
            Subject::Claim | Subject::Line => self.fill(Label::Other, &[("id", &id)]),
        }
    }

    /// A section for a node that belongs to no line.
    pub(super) fn node(&self, node: &TraceNode) -> Section {
        let items = self.steps(Some(node), &[]);
        let blocks = if items.is_empty() {
            vec![Block::Text(self.label(Label::NotStated))]
        } else {
            vec![Block::List {
                caption: None,
                items,
            }]
        };
        Section {
            heading: Some(self.node_title(node)),
            blocks,
        }
    }
}

/// The parts of a trace that no section has told yet.
pub(super) struct Nodes<'d> {
    root: Option<&'d TraceNode>,
    rest: Vec<&'d TraceNode>,
}

impl<'d> Nodes<'d> {
    /// All of them.
    pub(super) fn of(decision: &'d Decision) -> Self {
        match &decision.trace {
            Some(root) if root.subject == Subject::Claim => Self {
                root: Some(root),
                rest: root.children.iter().collect(),
            },
            other => Self {
                root: None,
                rest: other.iter().collect(),
            },
        }
    }

    /// Takes the first node of a subject.
    pub(super) fn take(&mut self, subject: Subject, id: &str) -> Option<&'d TraceNode> {
        if subject == Subject::Claim {
            return self.root.take();
        }
        let fits = |node: &&TraceNode| node.subject == subject && node.id.as_str() == id;
        let position = self.rest.iter().position(fits)?;
        Some(self.rest.remove(position))
    }

    /// Takes the nodes of all policies.
    pub(super) fn policies(&mut self) -> impl Iterator<Item = &'d TraceNode> + use<'d> {
        let (policies, rest): (Vec<_>, Vec<_>) = self
            .rest
            .drain(..)
            .partition(|node| node.subject == Subject::Policy);
        self.rest = rest;
        policies.into_iter()
    }

    /// Takes what is left.
    pub(super) fn rest(&mut self) -> impl Iterator<Item = &'d TraceNode> + use<'d> {
        std::mem::take(&mut self.rest).into_iter()
    }
}

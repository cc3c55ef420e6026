//! An explanation as a page: what it says, before anybody decides how it looks.

use crate::decision::Effect;

/// A page of sections.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) title: String,
    pub(super) sections: Vec<Section>,
}

/// A heading (none for the first section) and what stands under it.
#[derive(Debug)]
pub(super) struct Section {
    pub(super) heading: Option<String>,
    pub(super) blocks: Vec<Block>,
}

/// What a section is made of.
#[derive(Debug)]
pub(super) enum Block {
    /// A sentence.
    Text(String),
    /// Labels and values. The written form joins them with the language's own sign.
    Pairs(Vec<Pair>),
    /// A sum: parts, and their total.
    Sum {
        caption: Option<String>,
        rows: Vec<(String, String)>,
        total: (String, String),
    },
    /// A list, possibly of lists.
    List {
        caption: Option<String>,
        items: Vec<Item>,
    },
}

/// A label and a value.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) label: String,
    pub(super) value: String,
    /// Label and value in one line.
    pub(super) line: String,
}

/// One entry of a list.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) text: String,
    /// What a reason does.
    pub(super) effect: Option<Effect>,
    pub(super) items: Vec<Item>,
}

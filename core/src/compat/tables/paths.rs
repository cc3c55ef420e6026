//! Warnings about our rows, told as places in the tables.

use std::collections::BTreeMap;

use super::columns::Spec;
use super::reader::Row;

/// Which row of which table stands behind a path of a snapshot.
#[derive(Debug, Clone, Default)]
pub(super) struct Paths(BTreeMap<String, (String, &'static Spec)>);

impl Paths {
    pub fn add(&mut self, ours: String, row: &Row, spec: &'static Spec) {
        self.0.insert(ours, (row.path.clone(), spec));
    }

    /// Table, row and column of a path; `None` if no row stands behind it.
    pub fn place(&self, path: &str) -> Option<String> {
        let mut start = path;
        loop {
            if let Some((place, spec)) = self.0.get(start) {
                let rest = path.strip_prefix(start).unwrap_or_default();
                return Some(match rest.strip_prefix('.') {
                    Some(column) => format!("{place}.{}", spec.theirs(column)),
                    None => place.clone(),
                });
            }
            (start, _) = start.rsplit_once('.')?;
        }
    }
}

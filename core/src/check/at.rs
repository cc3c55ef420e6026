//! Where a value is, kept as a chain on the stack and written out only if there is something to
//! say about it.

use std::fmt;

/// A place in a document.
#[derive(Debug, Clone, Copy)]
pub(super) enum At<'a> {
    /// The document itself.
    Root,
    /// A field of a mapping.
    Field(&'a At<'a>, &'static str),
    /// An element of a list.
    Index(&'a At<'a>, usize),
}

impl At<'_> {
    pub(super) fn field(&self, name: &'static str) -> At<'_> {
        At::Field(self, name)
    }

    pub(super) fn index(&self, position: usize) -> At<'_> {
        At::Index(self, position)
    }
}

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Field(Self::Root, name) => f.write_str(name),
            Self::Field(parent, name) => write!(f, "{parent}.{name}"),
            Self::Index(parent, position) => write!(f, "{parent}[{position}]"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_paths_as_people_do() {
        let products = At::Root.field("products");
        let product = products.index(0);
        assert_eq!(product.field("code").to_string(), "products[0].code");
        assert_eq!(At::Root.to_string(), "");
    }
}

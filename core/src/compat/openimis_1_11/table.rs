//! Tables of switches: how each calculation of openIMIS 1.11 deviates from `standard`.

use std::fmt;
use std::hash::Hash;
use std::marker::PhantomData;

use schemars::JsonSchema;
use serde::Serialize;

#[cfg(doc)]
use super::SWITCHES;

/// One row of [`SWITCHES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SwitchRow {
    /// Its name, as documents and the command line write it.
    pub name: &'static str,
    /// What openIMIS 1.11 does.
    pub meaning: &'static str,
    /// Where it does it (lines of claim 1.11.0: V `validations.py`, S `services.py`, U `utils.py`;
    /// of policy 1.11.0: P `services.py`), and the number of the finding in our list of deviations.
    pub source: &'static str,
}

/// A switch of one table.
pub trait Deviates: Copy + Ord + Hash + fmt::Debug + 'static {
    /// The switches in the order of the table, at most 64.
    const ALL: &'static [Self];

    /// Its place in the table, from 0.
    fn position(self) -> u32;

    /// Its row.
    fn row(self) -> SwitchRow;
}

/// A set of switches of one table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Set<D>(u64, PhantomData<D>);

impl<D: Deviates> Set<D> {
    /// None: the `standard` conventions.
    pub const NONE: Self = Self(0, PhantomData);
    /// All of them: openIMIS 1.11.
    pub const ALL: Self = Self(u64::MAX >> (64 - D::ALL.len()), PhantomData);

    /// Is the switch on?
    #[must_use]
    pub fn has(self, switch: D) -> bool {
        self.0 & (1 << switch.position()) != 0
    }

    /// The set with one more switch.
    #[must_use]
    pub fn with(self, switch: D) -> Self {
        Self(self.0 | 1 << switch.position(), PhantomData)
    }

    /// The set without a switch.
    #[must_use]
    pub fn without(self, switch: D) -> Self {
        Self(self.0 & !(1 << switch.position()), PhantomData)
    }

    /// The switches of the set, in the order of the table.
    pub fn iter(self) -> impl Iterator<Item = D> {
        D::ALL
            .iter()
            .copied()
            .filter(move |switch| self.has(*switch))
    }

    /// Number of switches.
    #[must_use]
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// No switch?
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl<D: Deviates> Default for Set<D> {
    fn default() -> Self {
        Self::NONE
    }
}

impl<D: Deviates> fmt::Debug for Set<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set()
            .entries(self.iter().map(|switch| switch.row().name))
            .finish()
    }
}

impl<D: Deviates> FromIterator<D> for Set<D> {
    fn from_iter<I: IntoIterator<Item = D>>(switches: I) -> Self {
        switches.into_iter().fold(Self::NONE, Self::with)
    }
}

/// Declares a table of switches: the type of its switches, and the rows. Of each row the doc
/// comment is its meaning; name and source follow.
macro_rules! switch_table {
    (
        $(#[doc = $about:literal])+ $type:ident
        $(#[doc = $list:literal])+ $table:ident
        { $($(#[doc = $meaning:literal])+ $switch:ident = $name:literal, $source:literal;)+ }
    ) => {
        $(#[doc = $about])+
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, schemars::JsonSchema,
        )]
        pub enum $type {
            $($(#[doc = $meaning])+ #[schemars(rename = $name)] $switch,)+
        }

        $(#[doc = $list])+
        pub const $table: &[$crate::compat::openimis_1_11::SwitchRow] = &[
            $($crate::compat::openimis_1_11::SwitchRow {
                name: $name,
                meaning: concat!($($meaning),+).trim_ascii(),
                source: $source,
            },)+
        ];

        impl $type {
            /// Its name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$switch => $name,)+ }
            }
        }

        impl $crate::compat::openimis_1_11::Deviates for $type {
            const ALL: &'static [Self] = &[$(Self::$switch,)+];

            fn position(self) -> u32 {
                self as u32
            }

            fn row(self) -> $crate::compat::openimis_1_11::SwitchRow {
                match self {
                    $(Self::$switch => $crate::compat::openimis_1_11::SwitchRow {
                        name: $name,
                        meaning: concat!($($meaning),+).trim_ascii(),
                        source: $source,
                    },)+
                }
            }
        }
    };
}
pub(super) use switch_table;

/// Every row of a table is complete, its place is its switch's, and its name is its own.
#[cfg(test)]
pub(super) fn assert_complete<D: Deviates>(table: &[SwitchRow]) {
    assert_eq!(Set::<D>::ALL.len(), table.len());
    for (position, (switch, row)) in D::ALL.iter().zip(table).enumerate() {
        assert_eq!(switch.position() as usize, position);
        assert_eq!(switch.row(), *row);
        assert!(!row.meaning.trim().is_empty() && !row.source.is_empty());
        let same = table.iter().filter(|other| other.name == row.name);
        assert_eq!(same.count(), 1, "{}", row.name);
    }
    assert_eq!(Set::<D>::ALL.iter().collect::<Set<D>>(), Set::ALL);
}

//! Dense ids: positions in the compiled tables.

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
        pub struct $name(pub(crate) u32);

        impl $name {
            /// Position in its table.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

id!(
    /// A service or item of the register.
    ElementId
);
id!(
    /// A facility.
    FacilityId
);
id!(
    /// A product.
    ProductId
);
id!(
    /// A text of the scheme.
    Symbol
);

/// A position as a 32-bit id. Tables that large do not fit a document.
pub(crate) fn dense(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

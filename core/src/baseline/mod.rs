//! An advisor without a model: what is usual, counted from earlier claims, and what is far from it.
//!
//! A [`Profile`] holds the quartiles of price, quantity and frequency of every service and item,
//! in the whole scheme, at each level of facilities, at each facility and for each main diagnosis.
//! [`Baseline`] compares a claim with them, looks for duplicates and for packages that are billed
//! in parts, and answers with [`Findings`](crate::advisor::Findings) whose evidence is in the terms
//! of a claim. Everything is counted in integers, so the order of the claims makes no difference
//! and the bytes are the same everywhere. A model that wants to be heard has to do better.

mod build;
mod compare;
mod findings;
mod packages;
mod profile;
mod request;
mod voice;

pub use build::{FEWEST, LEAST_FEWEST, ProfileBuilder};
pub use findings::{Baseline, BaselineAdvisor, MODEL, VERSION};
pub use profile::{Group, Peers, Profile, Spread};
pub use request::{
    BASELINE_REQUEST_SCHEMA, BaselineRequest, PROFILE_REQUEST_SCHEMA, ProfileRequest, baseline,
    profile,
};

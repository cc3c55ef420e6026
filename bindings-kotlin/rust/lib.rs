//! The native half of the Kotlin package: coarse calls, JSON bytes in and JSON text out.
//!
//! Records never cross the boundary one by one. The Kotlin data classes are generated from core's
//! own document types (see `generate/`), and this crate passes documents through as text, so that
//! no type is declared a second time and every answer is the text that core writes.

mod desk;
mod openimis;
mod refused;
mod rules;
mod text;

pub use desk::Desk;
pub use openimis::{
    AuditDesk, import_tables, open_imis_attribute, open_imis_columns, open_imis_replay,
    open_imis_switches, read_snapshot,
};
pub use refused::{Refused, errors};
pub use rules::Rules;
pub use text::{check, conventions, engine_version, explain, release, schema};

uniffi::setup_scaffolding!();

//! Python door: carries documents in and out, decides nothing.
//!
//! The public classes are written in Python (`python/adjudica`); this library gives them the
//! engine. Everything that can fail raises a class of `adjudica._errors`; a panic becomes an
//! `InternalError`.

mod batch;
mod decision;
mod errors;
mod input;
mod openimis;
mod output;
mod ruleset;
mod schemas;
mod snapshot;
mod table;

use pyo3::prelude::*;

/// The engine behind the Python classes of `adjudica`.
#[pymodule]
mod _native {
    #[pymodule_export]
    use super::decision::Decision;
    #[pymodule_export]
    use super::errors::panic_probe;
    #[pymodule_export]
    use super::openimis::{
        import_tables, openimis_attribute, openimis_audit, openimis_columns, openimis_replay,
        openimis_switches,
    };
    #[pymodule_export]
    use super::ruleset::{RuleSet, check};
    #[pymodule_export]
    use super::schemas::{conventions, json_schema};
    #[pymodule_export]
    use super::snapshot::Snapshot;
    #[pymodule_export]
    use super::table::Table;

    use super::{Bound, PyModule, PyModuleMethods as _, PyResult};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}

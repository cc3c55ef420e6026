//! What both modules do with texts and errors.

use adjudica::{Error, Invalid, wire};
use wasm_bindgen::prelude::*;

/// What the core writes is always UTF-8.
pub(crate) fn text(out: Vec<u8>) -> Result<String, JsError> {
    String::from_utf8(out).map_err(|e| thrown(Error::new("document.unwritable", "", e.to_string())))
}

/// A JavaScript error that carries `{"errors": [..]}`.
pub(crate) fn thrown(invalid: impl Into<Invalid>) -> JsError {
    let mut out = Vec::new();
    wire::write_invalid(&invalid.into(), &mut out);
    JsError::new(&String::from_utf8_lossy(&out))
}

//! Generates the JavaScript glue of a WebAssembly module: `adjudica-wasm-bindgen <module> <name>
//! <folder>`.
//!
//! What the `wasm-bindgen` command does, with a version that our own lock file pins. The glue is
//! an ES module that is handed the WebAssembly module and looks for nothing by itself; its types
//! are in its comments.

use anyhow::Context;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1);
    let module = args.next().context("the module is missing")?;
    let name = args.next().context("the name is missing")?;
    let folder = args.next().context("the folder is missing")?;
    Bindgen::new()
        .input_path(module)
        .out_name(&name)
        .web(true)?
        .omit_default_module_path(true)
        .typescript(false)
        .generate(folder)
}

//! The calls of the library as Kotlin functions and classes.
//!
//! UniFFI's own Kotlin passes every buffer and every status as a structure of JNA, which costs
//! microseconds and leaves objects for JNA's one cleaner thread; several busy threads outrun it
//! until the heap is full. These calls use UniFFI's other form of each function: a pointer
//! to the arguments and one to the answer, in memory that `Crossing.kt` frees at once.

use std::fmt::Write as _;

use anyhow::{Context, Result, bail};
use uniffi_bindgen::macro_metadata::extract_from_library;
use uniffi_meta::{
    FnParamMetadata, Metadata, Type, UNIFFI_CONTRACT_VERSION, clone_fn_symbol_name,
    ffi_buffer_symbol_name, free_fn_symbol_name,
};

use crate::kotlin::{comment, property};

/// Name of the library and of the namespace of its functions.
const LIBRARY: &str = "adjudica_kotlin";

/// `Calls.kt`, from the library that was built.
pub fn source(library: &str) -> Result<String> {
    let metadata = extract_from_library(library.into()).context("cannot read the library")?;
    let mut natives = String::new();
    let mut calls = String::new();
    for item in &metadata {
        match item {
            Metadata::Func(function) => {
                let call = Call {
                    symbol: ffi_buffer_symbol_name(&function.ffi_symbol_name()),
                    name: &function.name,
                    inputs: &function.inputs,
                    gives: function.return_type.as_ref(),
                    throws: function.throws.is_some(),
                    docs: function.docstring.as_deref(),
                    of: "null",
                };
                // What frees memory is called by Crossing.kt itself.
                native(&mut natives, &call.symbol);
                if !matches!(function.name.as_str(), "release" | "errors") {
                    call.write(&mut calls, "")?;
                }
            }
            Metadata::Object(object) => {
                class(&mut natives, &mut calls, &metadata, object)?;
            }
            Metadata::Namespace(_)
            | Metadata::Enum(_)
            | Metadata::Constructor(_)
            | Metadata::Method(_) => {}
            other => bail!("no Kotlin form yet for {other:?}"),
        }
    }
    Ok(format!(
        "// Written by generate-kotlin from what the library exports through UniFFI.\n\
         package org.adjudica.ffi\n\n\
         import com.sun.jna.Native\n\
         import com.sun.jna.Pointer\n\n\
         internal object Library {{\n    \
         init {{\n        \
         Native.register(Library::class.java, \"{LIBRARY}\")\n        \
         check(ffi_{LIBRARY}_uniffi_contract_version() == {UNIFFI_CONTRACT_VERSION}) {{\n            \
         \"the native library is of another version\"\n        \
         }}\n    \
         }}\n\n    \
         external fun ffi_{LIBRARY}_uniffi_contract_version(): Int\n\n\
         {natives}}}\n{calls}"
    ))
}

/// Declares a function of the library.
fn native(natives: &mut String, symbol: &str) {
    let _ = writeln!(
        natives,
        "    external fun {symbol}(arguments: Pointer, answer: Pointer)"
    );
}

/// Something that can be called.
struct Call<'m> {
    symbol: String,
    name: &'m str,
    inputs: &'m [FnParamMetadata],
    gives: Option<&'m Type>,
    throws: bool,
    docs: Option<&'m str>,
    /// The native object that it is a method of, as Kotlin.
    of: &'static str,
}

impl Call<'_> {
    fn write(&self, calls: &mut String, indent: &str) -> Result<()> {
        let (answer, how) = self.answer()?;
        let name = property(self.name);
        calls.push('\n');
        calls.push_str(&comment(self.docs.unwrap_or_default().trim(), indent));
        let _ = writeln!(
            calls,
            "{indent}internal fun {name}({}){answer} =\n{indent}    {how}",
            parameters(self.inputs)?
        );
        Ok(())
    }

    /// The Kotlin type of the answer and how it is read.
    fn answer(&self) -> Result<(String, String)> {
        let mut all = vec![self.of.to_owned()];
        all.extend(self.inputs.iter().map(|input| property(&input.name)));
        let given = all.join(", ");
        let symbol = &self.symbol;
        if !self.throws && !matches!(self.gives, Some(Type::String)) {
            bail!("`{}` gives neither text nor errors", self.name);
        }
        Ok(match self.gives {
            None => (
                ": Unit".to_owned(),
                format!("crossForNothing(Library::{symbol}, {given})"),
            ),
            Some(Type::String) => (
                ": ByteArray".to_owned(),
                format!("crossForText(Library::{symbol}, {given})"),
            ),
            Some(Type::Object { name, .. }) => (
                format!(": {name}"),
                format!("{name}(crossForHandle(Library::{symbol}, {given}))"),
            ),
            Some(other) => bail!("`{}` gives {other:?}", self.name),
        })
    }
}

/// The parameters as Kotlin declares them: every one is bytes that the engine only reads.
fn parameters(inputs: &[FnParamMetadata]) -> Result<String> {
    let mut all = Vec::new();
    for input in inputs {
        if input.ty != Type::Bytes || !input.by_ref {
            bail!("parameter `{}` is not `&[u8]`", input.name);
        }
        all.push(format!("{}: ByteArray", property(&input.name)));
    }
    Ok(all.join(", "))
}

/// A class over a native object, its constructors and its methods.
fn class(
    natives: &mut String,
    calls: &mut String,
    metadata: &[Metadata],
    object: &uniffi_meta::ObjectMetadata,
) -> Result<()> {
    let name = &object.name;
    let (clone, free) = (
        clone_fn_symbol_name(&object.module_path, name),
        free_fn_symbol_name(&object.module_path, name),
    );
    let _ = writeln!(
        natives,
        "    external fun {clone}(handle: Long, status: Pointer): Long\n    \
         external fun {free}(handle: Long, status: Pointer)"
    );
    calls.push('\n');
    calls.push_str(&comment(
        object.docstring.as_deref().unwrap_or_default().trim(),
        "",
    ));
    let _ = writeln!(
        calls,
        "internal class {name}(handle: Long) :\n    \
         NativeObject(handle, Library::{clone}, Library::{free}) {{"
    );
    for item in metadata {
        if let Metadata::Method(method) = item
            && method.self_name == *name
        {
            let call = Call {
                symbol: ffi_buffer_symbol_name(&method.ffi_symbol_name()),
                name: &method.name,
                inputs: &method.inputs,
                gives: method.return_type.as_ref(),
                throws: method.throws.is_some(),
                docs: method.docstring.as_deref(),
                of: "this",
            };
            native(natives, &call.symbol);
            call.write(calls, "    ")?;
        }
    }
    let mut constructors = String::new();
    for item in metadata {
        if let Metadata::Constructor(constructor) = item
            && constructor.self_name == *name
        {
            let gives = Type::Object {
                module_path: object.module_path.clone(),
                name: name.clone(),
                imp: object.imp,
            };
            let call = Call {
                symbol: ffi_buffer_symbol_name(&constructor.ffi_symbol_name()),
                name: &constructor.name,
                inputs: &constructor.inputs,
                gives: Some(&gives),
                throws: constructor.throws.is_some(),
                docs: constructor.docstring.as_deref(),
                of: "null",
            };
            native(natives, &call.symbol);
            call.write(&mut constructors, "        ")?;
        }
    }
    if !constructors.is_empty() {
        let _ = write!(
            calls,
            "\n    internal companion object {{{constructors}    }}\n"
        );
    }
    calls.push_str("}\n");
    Ok(())
}

//! `adjudica import`.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use adjudica::compat::tables::Tables;
use adjudica::wire::write_json;
use adjudica::{Code, Invalid};
use serde::Serialize;

use crate::check::plural;
use crate::exit::{Exit, Stop};
use crate::files::Source;
use crate::report::{Severity, diagnostic};

/// Turn another system's data into a scheme and requests
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  adjudica import openimis-tables export --claims claims.json --out imported
  adjudica import openimis-tables --help     which tables, what is written")]
pub struct Args {
    #[command(subcommand)]
    from: From,
}

#[derive(Debug, clap::Subcommand)]
enum From {
    OpenimisTables(TablesArgs),
}

/// Rows of a legacy openIMIS database: one JSON array a table, in the database's column names
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Tables: items, services, items_pricelists and services_pricelists (each list with `details`),
health_facilities, products, product_items, product_services; for claims also families, insurees,
policies, insuree_policies; diagnoses (ICDID, ICDCode) if there. Claims are an array of tblClaim
rows, each with `items`, `services` and `dedrem` (rows of tblClaimItems, tblClaimServices,
tblClaimDedRem); earlier claims of the file are the past of later ones.

Writes scheme.json, requests.ndjson (with --claims) and report.json: what NULL and 0 were read as,
what was passed over, and every guess with table, row and column.

Examples:
  adjudica import openimis-tables export --out imported
  adjudica import openimis-tables export --claims claims.json --currency XAF --out imported
  adjudica adjudicate --scheme imported/scheme.json imported/requests.ndjson

Exit codes: 0 imported, 1 imported, but the scheme has errors, 2 the tables cannot be used.")]
struct TablesArgs {
    /// Directory with the tables, such as items.json (or items.json.gz)
    #[arg(value_name = "DIR")]
    tables: PathBuf,

    /// Claims to turn into requests
    #[arg(long, value_name = "FILE")]
    claims: Option<PathBuf>,

    /// Directory to write to; made if it is not there
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    /// Currency of all amounts, which the tables do not name, such as XAF
    #[arg(long, value_name = "CODE", value_parser = currency)]
    currency: Option<Code>,
}

fn currency(text: &str) -> Result<Code, String> {
    let code = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    code.then(|| Code::new(text))
        .flatten()
        .ok_or_else(|| "write three capital letters, such as XAF".to_owned())
}

pub fn run(args: &Args) -> Result<Exit, Stop> {
    match &args.from {
        From::OpenimisTables(args) => tables(args),
    }
}

fn tables(args: &TablesArgs) -> Result<Exit, Stop> {
    let files = files(&args.tables, args.claims.as_deref())?;
    let mut tables = Tables::read(&files, args.currency.clone())
        .map_err(|invalid| unusable(args.tables.display(), &invalid))?;
    let requests = match &args.claims {
        None => None,
        Some(path) => {
            let source = Source::new(path);
            let text = source.read_to_string()?;
            let requests = tables.requests(&text);
            Some(requests.map_err(|invalid| unusable(source.name(), &invalid))?)
        }
    };
    let about = |path: &Path, error: std::io::Error| Stop::about(path.display(), error);
    fs::create_dir_all(&args.out).map_err(|error| about(&args.out, error))?;
    let scheme_file = args.out.join("scheme.json");
    let scheme = pretty(tables.scheme())?;
    fs::write(&scheme_file, &scheme).map_err(|error| about(&scheme_file, error))?;
    let report = tables.report();
    let report_file = args.out.join("report.json");
    fs::write(&report_file, pretty(&report)?).map_err(|error| about(&report_file, error))?;
    let requests_file = args.out.join("requests.ndjson");
    if let Some(requests) = &requests {
        let mut text = Vec::new();
        for request in requests {
            write_json(request, &mut text).map_err(|e| Stop::about(requests_file.display(), e))?;
            text.push(b'\n');
        }
        fs::write(&requests_file, text).map_err(|error| about(&requests_file, error))?;
    }

    let mut out = anstream::stdout().lock();
    write!(out, "{}", report.summary())?;
    let found = adjudica::check(tables.scheme());
    for error in &found.errors {
        let name = scheme_file.display().to_string();
        writeln!(out, "{}", diagnostic(Severity::Error, error, &name, ""))?;
    }
    let (errors, warnings) = (found.errors.len(), found.warnings.len());
    let errors = plural(errors, "error");
    writeln!(out, "scheme: {errors}, {}", plural(warnings, "warning"))?;
    writeln!(out, "details: {}", report_file.display())?;
    match requests {
        Some(_) => writeln!(
            out,
            "next: adjudica adjudicate --scheme {} {}",
            scheme_file.display(),
            requests_file.display()
        )?,
        None => writeln!(
            out,
            "next: give rows of tblClaim with --claims FILE, or write requests as `adjudica schema \
             request` describes them, for {}",
            scheme_file.display()
        )?,
    }
    Ok(if found.errors.is_empty() {
        Exit::Done
    } else {
        Exit::Found
    })
}

/// The tables of a directory by their names, without the file of claims.
fn files(directory: &Path, claims: Option<&Path>) -> Result<BTreeMap<String, String>, Stop> {
    let about = |error: std::io::Error| Stop::about(directory.display(), error);
    let claims = claims.and_then(|path| path.canonicalize().ok());
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(directory).map_err(about)? {
        let path = entry.map_err(about)?.path();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_default();
        let table = name
            .strip_suffix(".gz")
            .unwrap_or(&name)
            .strip_suffix(".json");
        let is_claims = claims.is_some() && path.canonicalize().ok() == claims;
        if let (Some(table), false) = (table, is_claims) {
            files.insert(table.to_owned(), Source::new(&path).read_to_string()?);
        }
    }
    if files.is_empty() {
        return Err(Stop::about(
            directory.display(),
            "no .json file in this directory",
        ));
    }
    Ok(files)
}

fn unusable(file: impl std::fmt::Display, invalid: &Invalid) -> Stop {
    Stop::Invalid {
        file: file.to_string(),
        text: String::new(),
        errors: invalid.errors().to_vec(),
    }
}

fn pretty(document: &impl Serialize) -> Result<String, Stop> {
    let text = serde_json::to_string_pretty(document);
    text.map(|text| text + "\n")
        .map_err(|error| Stop::Failed(error.to_string()))
}

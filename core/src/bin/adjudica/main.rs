//! `adjudica`: check rules, adjudicate claims, explain decisions.
#![forbid(unsafe_code)]

mod adjudicate;
mod advise;
mod audit;
mod bench;
mod capitation;
mod check;
mod completions;
mod conformance;
mod conventions;
mod eligibility;
mod examples;
mod exit;
mod explain;
mod files;
mod import;
mod index;
mod language;
mod period;
mod premium;
mod profile;
mod progress;
mod question;
mod report;
mod review;
mod run;
mod schema;
mod scheme;
mod split;
mod stream;
mod summary;
mod table;

use clap::{Parser, Subcommand};

use exit::{Exit, Stop};

/// Rules and adjudication for health financing: exact, explained, the same in every language.
#[derive(Debug, Parser)]
#[command(name = "adjudica", version, propagate_version = true, after_help = AFTER_HELP)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Exit codes of every command:
  0  done, nothing to complain about
  1  done, and something was found: errors in a checked scheme, failed cases, differences
  2  not done: wrong usage, a file that cannot be read or written, a scheme that cannot be used
  3  done, but some requests could not be read; each has an error in its place

Data goes to standard output, everything for people to standard error. `-` stands for standard
input or output. NO_COLOR and TERM=dumb are respected.";

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Args),
    Adjudicate(adjudicate::Args),
    Explain(explain::Args),
    Eligibility(eligibility::Args),
    Period(period::Args),
    Premium(premium::Args),
    Index(index::Args),
    Capitation(capitation::Args),
    Profile(profile::Args),
    Advise(advise::Args),
    Review(review::Args),
    Import(import::Args),
    Test(examples::Args),
    Bench(bench::Args),
    Audit(audit::Args),
    Conformance(conformance::Args),
    Schema(schema::Args),
    Conventions(conventions::Args),
    Completions(completions::Args),
}

fn main() -> std::process::ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        Command::Check(args) => check::run(&args),
        Command::Adjudicate(args) => adjudicate::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Eligibility(args) => eligibility::run(&args),
        Command::Period(args) => period::run(&args),
        Command::Premium(args) => premium::run(&args),
        Command::Index(args) => index::run(&args),
        Command::Capitation(args) => capitation::run(&args),
        Command::Profile(args) => profile::run(&args),
        Command::Advise(args) => advise::run(&args),
        Command::Review(args) => review::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Test(args) => examples::run(&args),
        Command::Bench(args) => bench::run(&args),
        Command::Audit(args) => audit::run(&args),
        Command::Conformance(args) => conformance::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Conventions(args) => conventions::run(&args),
        Command::Completions(args) => completions::run::<Cli>(&args),
    };
    match done {
        Ok(exit) => exit.into(),
        // Whoever read our output has seen enough.
        Err(Stop::OutputClosed) => Exit::Done.into(),
        Err(stop) => {
            report::stop(&stop);
            Exit::NotDone.into()
        }
    }
}

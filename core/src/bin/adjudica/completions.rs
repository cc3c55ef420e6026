//! `adjudica completions`.

use std::io::Write as _;

use clap::CommandFactory;
use clap_complete::{Shell, generate};

use crate::exit::{Exit, Stop};

/// Print a completion script for a shell
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  adjudica completions bash > ~/.local/share/bash-completion/completions/adjudica
  adjudica completions zsh > ~/.zfunc/_adjudica")]
pub struct Args {
    /// The shell
    shell: Shell,
}

pub fn run<C: CommandFactory>(args: &Args) -> Result<Exit, Stop> {
    let mut script = Vec::new();
    generate(args.shell, &mut C::command(), "adjudica", &mut script);
    std::io::stdout().write_all(&script)?;
    Ok(Exit::Done)
}

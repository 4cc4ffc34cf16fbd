//! `frontmap explain`: why each name was placed where it was, and each claim read as it was.

use super::inputs::{Dates, InputArgs};
use frontmap::pipeline::{explain, why_not};
use std::io::Write;
use std::process::ExitCode;

#[derive(clap::Args)]
pub(super) struct ExplainArgs {
    #[command(flatten)]
    inputs: InputArgs,
    /// Only sentences with a verb of gain that was not drawn as a gain, and why
    #[arg(long)]
    why_not: bool,
}

pub(super) fn run(args: &ExplainArgs) -> anyhow::Result<ExitCode> {
    let knowledge = args.inputs.knowledge()?;
    let page = if args.why_not { why_not } else { explain };
    let render = |analysis| page(&analysis, &knowledge);
    let outcome = args.inputs.each(&knowledge, Dates::NotNeeded, render, |page| {
        std::io::stdout().write_all(page.as_bytes())?;
        Ok(())
    })?;
    Ok(outcome.code())
}

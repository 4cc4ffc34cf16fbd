//! The command line: one file a verb, each with its arguments and a `run`.
//! What the words of the arguments mean is decided here; the work is the library's.

mod eval;
mod explain;
mod gazetteer;
mod inputs;
mod learn;
mod map;
mod place;
mod shells;
mod stage;
mod table;
mod track;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Turn dated war reporting into map layers.
#[derive(Parser)]
#[command(
    name = "frontmap",
    version,
    max_term_width = 100,
    propagate_version = true,
    subcommand_required = true,
    arg_required_else_help = true
)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Read reports and write map layers of what they claim
    Map(map::MapArgs),
    /// Show the place names that are found
    Mentions(stage::MentionsArgs),
    /// Show which places the names are taken for, and how surely
    Resolve(stage::StageArgs),
    /// Show the claims that are found
    Claims(stage::StageArgs),
    /// Show why: the words, the candidates and their evidence, the grammar, the dates
    Explain(explain::ExplainArgs),
    /// Look a name up
    Place(place::PlaceArgs),
    /// Count, check or extend the gazetteer
    Gazetteer(gazetteer::GazetteerArgs),
    /// Claims over time, on a store that QGIS opens
    Track(track::TrackArgs),
    /// Score against a labelled set
    Eval(eval::EvalArgs),
    /// Write shell completions to standard output
    Completions(shells::CompletionsArgs),
    /// Write man pages into a folder
    Man(shells::ManArgs),
}

/// Reads the command line, does what it says, and gives the exit code:
/// 0 done, 1 when `track coverage --fail-on` found what it was asked to fail on, 2 when something could not be
/// read or written.
pub(crate) fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match &arguments.verb {
        Verb::Map(args) => map::run(args),
        Verb::Mentions(args) => stage::mentions(args),
        Verb::Resolve(args) => stage::resolve(args),
        Verb::Claims(args) => stage::claims(args),
        Verb::Explain(args) => explain::run(args),
        Verb::Place(args) => place::run(args),
        Verb::Gazetteer(args) => gazetteer::run(args),
        Verb::Track(args) => track::run(args),
        Verb::Eval(args) => eval::run(args),
        Verb::Completions(args) => shells::completions(args),
        Verb::Man(args) => shells::man(args),
    };
    outcome.unwrap_or_else(|error| {
        if is_broken_pipe(&error) {
            return ExitCode::SUCCESS;
        }
        eprintln!("frontmap: {error:#}");
        ExitCode::from(2)
    })
}

/// Whoever read our output has seen enough: `frontmap ... | head` is no failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let io_errors = error.chain().filter_map(|cause| cause.downcast_ref::<std::io::Error>());
    io_errors.into_iter().any(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}

//! `frontmap track coverage`: what is missing, and a failure for jobs that should notice.

use super::StoreArgs;
use crate::cli::table;
use frontmap::track::coverage::{Coverage, Name, Settings, coverage};
use frontmap::track::store::Names;
use jiff::civil::Date;
use std::io::Write;
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(after_long_help = "\
Example:
  frontmap track coverage
  frontmap track coverage --until 2026-02-03 --fail-on gaps,silent || mail-somebody")]
pub(super) struct CoverageArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// The day up to which reports should be there; else the last report's
    #[arg(long, value_name = "YYYY-MM-DD")]
    until: Option<Date>,
    /// How many names to list
    #[arg(long, value_name = "N", default_value_t = 15)]
    names: usize,
    /// Exit with 1 if there are gaps (days without a report), silent sources, drops, or a share of unresolved names above one such as unresolved=0.2
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = condition)]
    fail_on: Vec<Condition>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Condition {
    Gaps,
    Silent,
    Drops,
    Unresolved(f64),
}

fn condition(word: &str) -> Result<Condition, String> {
    match word.split_once('=') {
        None if word == "gaps" => Ok(Condition::Gaps),
        None if word == "silent" => Ok(Condition::Silent),
        None if word == "drops" => Ok(Condition::Drops),
        Some(("unresolved", share)) => {
            let share: f64 = share.parse().map_err(|_| format!("`{share}` is no share, such as 0.2"))?;
            Ok(Condition::Unresolved(share))
        }
        _ => Err(format!("`{word}` is none of gaps, silent, drops, unresolved=SHARE")),
    }
}

impl Condition {
    /// What holds, in words; none where it does not.
    fn holds(self, found: &Coverage) -> Option<String> {
        let silent = found.sources.iter().filter(|source| source.silent_days.is_some()).count();
        match self {
            Condition::Gaps => (!found.gaps.is_empty()).then(|| format!("{} gaps", found.gaps.len())),
            Condition::Silent => (silent > 0).then(|| format!("{silent} sources silent")),
            Condition::Drops => (!found.drops.is_empty()).then(|| format!("{} drops", found.drops.len())),
            Condition::Unresolved(most) => {
                let share = unresolved_share(found);
                (share > most).then(|| format!("{:.1} % of names unresolved", share * 100.0))
            }
        }
    }
}

fn unresolved_share(found: &Coverage) -> f64 {
    f64::from(found.unresolved) / f64::from(found.mentions.max(1))
}

pub(super) fn run(args: &CoverageArgs) -> anyhow::Result<ExitCode> {
    let store = args.store.open()?;
    let found = coverage(&store.reports()?, args.until, &Settings::default());
    let names = store.names(args.names)?;
    if args.json {
        writeln!(std::io::stdout(), "{:#}", json(&found, &names))?;
    } else {
        print(&found, &names)?;
    }
    let failed: Vec<String> = args.fail_on.iter().filter_map(|condition| condition.holds(&found)).collect();
    if failed.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("frontmap: coverage: {}", failed.join(", "));
    Ok(ExitCode::FAILURE)
}

fn print(found: &Coverage, names: &Names) -> anyhow::Result<()> {
    let mut out = std::io::stdout();
    let Some((first, last)) = found.days else {
        writeln!(out, "the store holds no dated report")?;
        return Ok(());
    };
    writeln!(out, "{} reports from {first} to {last}", found.reports)?;
    let span =
        |(from, to): &(Date, Date)| if from == to { from.to_string() } else { format!("{from} to {to}") };
    let gaps: Vec<String> = found.gaps.iter().map(span).collect();
    writeln!(
        out,
        "days without a report: {}",
        if gaps.is_empty() { "none".to_owned() } else { gaps.join(", ") }
    )?;
    let drops: Vec<String> = found
        .drops
        .iter()
        .map(|drop| format!("week of {} ({} claims, usually {})", drop.week, drop.claims, drop.usual))
        .collect();
    writeln!(out, "abrupt drops: {}", if drops.is_empty() { "none".to_owned() } else { drops.join(", ") })?;
    let mut sources = table::under(&["source", "reports", "first", "last", "every (days)", "silent (days)"]);
    for source in &found.sources {
        sources.add_row([
            source.name.as_deref().unwrap_or("not said").to_owned(),
            source.reports.to_string(),
            source.days.0.to_string(),
            source.days.1.to_string(),
            source.interval_days.to_string(),
            source.silent_days.map_or(String::new(), |days| days.to_string()),
        ]);
    }
    table::print(&sources)?;
    let share = unresolved_share(found) * 100.0;
    writeln!(out, "names without a place: {} of {} ({share:.1} %)", found.unresolved, found.mentions)?;
    print_names("in no gazetteer", &names.unknown)?;
    print_names("left open between several places", &names.ambiguous)
}

fn print_names(heading: &str, names: &[Name]) -> anyhow::Result<()> {
    const EXAMPLE: usize = 90;
    let mut rows = table::under(&[heading, "mentions", "reports", "for example"]);
    for name in names {
        let example = name.example.split_whitespace().collect::<Vec<_>>().join(" ");
        let example: String = example.chars().take(EXAMPLE).collect();
        rows.add_row([name.text.to_string(), name.mentions.to_string(), name.documents.to_string(), example]);
    }
    Ok(table::print(&rows)?)
}

fn json(found: &Coverage, names: &Names) -> serde_json::Value {
    let span = |(from, to): &(Date, Date)| serde_json::json!([from.to_string(), to.to_string()]);
    let list = |names: &[Name]| -> Vec<serde_json::Value> {
        let name = |name: &Name| serde_json::json!({"name": *name.text, "mentions": name.mentions, "documents": name.documents});
        names.iter().map(name).collect()
    };
    let sources = found.sources.iter().map(|source| {
        serde_json::json!({
            "source": source.name.as_deref(),
            "reports": source.reports,
            "first": source.days.0.to_string(),
            "last": source.days.1.to_string(),
            "interval_days": source.interval_days,
            "silent_days": source.silent_days,
        })
    });
    let drops = found.drops.iter().map(
        |drop| serde_json::json!({"week": drop.week.to_string(), "claims": drop.claims, "usual": drop.usual}),
    );
    serde_json::json!({
        "days": found.days.as_ref().map(span),
        "reports": found.reports,
        "gaps": found.gaps.iter().map(span).collect::<Vec<_>>(),
        "drops": drops.collect::<Vec<_>>(),
        "sources": sources.collect::<Vec<_>>(),
        "mentions": found.mentions,
        "unresolved": found.unresolved,
        "unknown_names": list(&names.unknown),
        "ambiguous_names": list(&names.ambiguous),
    })
}

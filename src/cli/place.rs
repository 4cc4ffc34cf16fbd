//! `frontmap place`: what a name may denote.

use super::inputs::KnowledgeArgs;
use super::table;
use anyhow::bail;
use frontmap::gazetteer::{Gazetteer, NameHit, PlaceIx, distance_m};
use std::io::Write;
use std::process::ExitCode;

/// Look a name up.
///
/// Finds it in Latin and Cyrillic letters, in any spelling and, for Ukrainian and Russian names, in any case.
///
/// Examples: frontmap place Pokrovsk; frontmap place Andriivka --in "Donetsk Oblast"; frontmap place Andriivka --near 37.1,48.2
#[derive(clap::Args)]
pub(super) struct PlaceArgs {
    /// The name
    name: String,
    /// Only places in this unit or country
    #[arg(long = "in", value_name = "UNIT")]
    within: Option<String>,
    /// Nearest to this point first
    #[arg(long, value_name = "LON,LAT", value_parser = point, allow_hyphen_values = true)]
    near: Option<[f64; 2]>,
    /// Write JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    knowledge: KnowledgeArgs,
}

/// Longitude and latitude of `37.1,48.2`.
fn point(argument: &str) -> Result<[f64; 2], String> {
    let parsed = argument.split_once(',').and_then(|(lon, lat)| {
        let (lon, lat) = (lon.trim().parse::<f64>().ok()?, lat.trim().parse::<f64>().ok()?);
        (lon.abs() <= 180.0 && lat.abs() <= 90.0).then_some([lon, lat])
    });
    parsed.ok_or_else(|| "expected longitude and latitude in degrees, such as 37.1,48.2".to_owned())
}

/// Exit code 1 says that nothing has the name.
pub(super) fn run(args: &PlaceArgs) -> anyhow::Result<ExitCode> {
    let gazetteer = args.knowledge.gazetteer()?;
    let mut hits = gazetteer.lookup(&args.name, None);
    if let Some(unit) = &args.within {
        let units = gazetteer.lookup(unit, None);
        if units.is_empty() {
            bail!("no place is named `{unit}` (--in)");
        }
        hits.retain(|hit| units.iter().any(|unit| gazetteer.lies_in(hit.place, unit.place)));
    }
    if let Some(near) = args.near {
        let far = |hit: &NameHit| {
            gazetteer.place(hit.place).point.map_or(f64::MAX, |point| distance_m(near, point))
        };
        hits.sort_by(|a, b| far(a).total_cmp(&far(b)));
    } else {
        // Among equal spellings the larger place is the likelier one.
        hits.sort_by_key(|hit| {
            let place = gazetteer.place(hit.place);
            (hit.inflected, hit.tier, hit.kind, std::cmp::Reverse(place.population), hit.place)
        });
    }
    if hits.is_empty() {
        return miss(&gazetteer, args);
    }
    if args.json {
        print_json(&gazetteer, &hits)?;
    } else {
        print_table(&gazetteer, &hits, args.near)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn print_table(gazetteer: &Gazetteer, hits: &[NameHit], near: Option<[f64; 2]>) -> anyhow::Result<()> {
    let mut rows = table::under(&["place", "kind", "in", "lon, lat", "point", "people", "met", "id"]);
    for hit in hits {
        let place = gazetteer.place(hit.place);
        let point = place.point.map_or_else(String::new, |[lon, lat]| format!("{lon:.4}, {lat:.4}"));
        let far = near
            .zip(place.point)
            .map(|(near, point)| format!(" ({:.0} km)", distance_m(near, point) / 1000.0));
        rows.add_row([
            display(gazetteer, hit.place),
            place.kind.to_owned(),
            units(gazetteer, hit.place).join(", "),
            point + &far.unwrap_or_default(),
            match place.point {
                Some(_) => {
                    format!("{} ±{:.1} km", place.precision.as_str(), f64::from(place.radius_m) / 1000.0)
                }
                None => place.precision.as_str().to_owned(),
            },
            place.population.map_or_else(String::new, |population| population.to_string()),
            met(hit),
            place.id.to_owned(),
        ]);
    }
    table::print(&rows)?;
    Ok(())
}

/// The main name, and the Ukrainian or Russian one beside it.
fn display(gazetteer: &Gazetteer, ix: PlaceIx) -> String {
    let names = gazetteer.names(ix);
    let main = names.first().map_or("", |name| name.text);
    let own = ["uk", "ru"].iter().find_map(|&lang| names.iter().find(|name| name.lang == Some(lang)));
    own.map_or_else(|| main.to_owned(), |own| format!("{main} ({})", own.text))
}

/// Names of the units a place lies in.
fn units(gazetteer: &Gazetteer, ix: PlaceIx) -> Vec<&str> {
    gazetteer.parents(ix).map(|unit| gazetteer.place(unit).name).collect()
}

/// How the spelling met.
fn met(hit: &NameHit) -> String {
    let case = if hit.inflected { ", case form" } else { "" };
    format!("{} {}{case}", hit.tier.as_str(), hit.kind.as_str())
}

fn print_json(gazetteer: &Gazetteer, hits: &[NameHit]) -> anyhow::Result<()> {
    let rows: Vec<serde_json::Value> = hits
        .iter()
        .map(|hit| {
            let place = gazetteer.place(hit.place);
            serde_json::json!({
                "id": place.id,
                "name": place.name,
                "class": place.class,
                "kind": place.kind,
                "lon": place.point.map(|point| point[0]),
                "lat": place.point.map(|point| point[1]),
                "precision": place.precision,
                "radius_m": place.radius_m,
                "population": place.population,
                "in": units(gazetteer, hit.place),
                "names": gazetteer.names(hit.place),
                "source": place.source,
                "tier": hit.tier,
                "name_kind": hit.kind,
                "inflected": hit.inflected,
            })
        })
        .collect();
    writeln!(std::io::stdout(), "{}", serde_json::to_string_pretty(&rows)?)?;
    Ok(())
}

/// Says that nothing has the name, and what is close to it.
fn miss(gazetteer: &Gazetteer, args: &PlaceArgs) -> anyhow::Result<ExitCode> {
    const SUGGESTIONS: usize = 8;
    if args.json {
        writeln!(std::io::stdout(), "[]")?;
    }
    let place = args.within.as_ref().map_or_else(String::new, |unit| format!(" in {unit}"));
    eprintln!("frontmap: no place is named `{}`{place}", args.name);
    let edited = gazetteer.near_names(&args.name, None);
    let edited = edited.iter().map(|hit| gazetteer.place(hit.place).name);
    let longer = gazetteer.suggestions(&args.name, None, SUGGESTIONS);
    let mut close: Vec<&str> = Vec::new();
    for name in edited.chain(longer.iter().map(|&(_, name)| name)) {
        if !close.contains(&name) {
            close.push(name);
        }
    }
    if !close.is_empty() {
        close.truncate(SUGGESTIONS);
        eprintln!("close to it: {}", close.join(", "));
    }
    Ok(ExitCode::FAILURE)
}

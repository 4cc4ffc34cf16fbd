//! What texts teach about places: where an unknown one lies ([`learn`]), and which names nobody knows ([`missing`]).
//! It reads what the pipeline found and changes nothing.

mod estimate;
mod missing;

pub use estimate::{Estimate, Statement, estimate, estimate_near};
pub use missing::{Missing, MissingNames};

use crate::gazetteer::{Gazetteer, PlaceClass, PlaceIx, PointPrecision, distance_m};
use crate::mention::{Locative, Mention};
use crate::pipeline::Analysis;
use crate::resolve::destination;
use crate::text::fold;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A place worked out from statements.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned {
    /// The name as it stands in the texts.
    pub name: String,
    /// The known place whose point was only its district's centre; none for a name that nobody has.
    pub known: Option<PlaceIx>,
    /// Where it lies.
    pub estimate: Estimate,
    /// The statements it rests on, oldest first, each once.
    pub heard: Vec<Heard>,
}

/// A statement with where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Heard {
    /// What it says.
    pub statement: Statement,
    /// The anchor's name.
    pub anchor: String,
    /// The date of its report.
    pub date: Option<Date>,
    /// The report.
    pub document: String,
    /// The words from the name to the end of the statement.
    pub words: String,
}

/// Statements by the folded name they are about.
#[derive(Clone, Debug, Default)]
pub struct Hearsay {
    by_key: BTreeMap<String, Vec<(String, Option<PlaceIx>, Heard)>>,
}

impl Hearsay {
    /// Takes up what one document states of places that are unknown or known only roughly.
    pub fn hear(&mut self, analysis: &Analysis, gazetteer: &Gazetteer) {
        for locative in &analysis.locatives {
            if let Some((name, known, heard)) = statement(analysis, locative, gazetteer) {
                let key = fold::keys(&name, None).into_iter().next().unwrap_or_default();
                self.by_key.entry(key).or_default().push((name, known, heard));
            }
        }
    }
}

/// Works the places out, by name; those of one name that lie too far apart are two.
pub fn learn(hearsay: &Hearsay, gazetteer: &Gazetteer) -> Vec<Learned> {
    let mut learned = Vec::new();
    for heard in hearsay.by_key.values() {
        for group in groups(heard) {
            let statements: Vec<Statement> = group.iter().map(|(_, _, heard)| heard.statement).collect();
            let Some(estimate) = estimate(&statements) else { continue };
            let known = group.iter().find_map(|&&(_, known, _)| known).filter(|&known| {
                let place = gazetteer.place(known);
                let slack = f64::from(place.radius_m + estimate.radius_m);
                place.point.is_none_or(|point| distance_m(point, estimate.point) <= slack)
            });
            // What lies in a district lies near its centre.
            let rough = known.map(|known| gazetteer.place(known));
            let rough = rough.and_then(|place| Some((place.point?, place.radius_m)));
            let estimate = estimate_near(&statements, rough).unwrap_or(estimate);
            let mut heard: Vec<Heard> = group.iter().map(|(_, _, heard)| heard.clone()).collect();
            heard.sort_by(|a, b| a.date.cmp(&b.date).then(a.document.cmp(&b.document)));
            learned.push(Learned { name: group[0].0.clone(), known, estimate, heard });
        }
    }
    learned
}

/// Statements that fit together, the first of each kind once.
fn groups(heard: &[(String, Option<PlaceIx>, Heard)]) -> Vec<Vec<&(String, Option<PlaceIx>, Heard)>> {
    let mut groups: Vec<Vec<&(String, Option<PlaceIx>, Heard)>> = Vec::new();
    for one in heard {
        if groups.iter().flatten().any(|other| other.2.statement == one.2.statement) {
            continue;
        }
        let fits = groups.iter_mut().find(|group| {
            let statements: Vec<Statement> = group.iter().map(|other| other.2.statement).collect();
            estimate(&statements).is_some_and(|estimate| estimate.agrees(&one.2.statement))
        });
        match fits {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    groups
}

/// What a locative states of a place that is worth learning.
fn statement(
    analysis: &Analysis,
    locative: &Locative,
    gazetteer: &Gazetteer,
) -> Option<(String, Option<PlaceIx>, Heard)> {
    let anchor = locative.anchor.filter(|anchor| anchor.gloss)?;
    let bearing = anchor.bearing?;
    let mention = &analysis.mentions[locative.place];
    let settled = analysis.resolutions[locative.place].place();
    if !worth_learning(mention, settled, gazetteer) {
        return None;
    }
    let anchor_place = gazetteer.place(analysis.resolutions[anchor.mention].place()?);
    let sure =
        anchor_place.class == PlaceClass::Settlement && anchor_place.precision <= PointPrecision::Derived;
    let statement = Statement {
        anchor: anchor_place.point.filter(|_| sure)?,
        anchor_is_town: anchor_place.population.is_some_and(|population| population >= TOWN_POPULATION),
        bearing: bearing.degrees(),
        distance_km: anchor.distance_km,
    };
    let text = &analysis.document.text;
    let end = analysis.mentions[anchor.mention].span.end.max(mention.span.end);
    let heard = Heard {
        statement,
        anchor: anchor_place.name.to_owned(),
        date: analysis.document.date.map(|date| date.date),
        document: analysis.document.id.clone(),
        words: text.get(mention.span.start..end)?.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    Some((mention.name.of(text).to_owned(), settled, heard))
}

/// From this many inhabitants on distances are measured from a town's edge rather than its centre.
const TOWN_POPULATION: u32 = 5_000;

/// Whether nothing or only a rough point is known of a mention's place.
fn worth_learning(mention: &Mention, settled: Option<PlaceIx>, gazetteer: &Gazetteer) -> bool {
    let rough = |ix: PlaceIx| gazetteer.place(ix).precision >= PointPrecision::Admin3Centroid;
    match settled {
        Some(place) => gazetteer.class(place) == PlaceClass::Settlement && rough(place),
        None => mention.hits.iter().all(|hit| rough(hit.place)),
    }
}

impl Statement {
    /// The point it speaks of by itself.
    pub fn point(&self) -> [f64; 2] {
        destination(self.anchor, self.bearing, self.distance_m())
    }
}

//! The document as the passes see it: what is known of each candidate's place ([`Facts`]), and what the
//! mentions mean so far ([`Settled`]). The passes stand in `passes`, their order in `resolve`.

use super::Options;
use super::signal::Signals;
use super::theatre::Theatre;
use crate::document::Document;
use crate::gazetteer::{Gazetteer, NameHit, PlaceClass, PlaceIx, PointPrecision};
use crate::mention::{Locative, Mention};
use crate::outline::Outline;
use rustc_hash::FxHashMap;

/// Everything a pass may look at.
pub(super) struct Scene<'a> {
    pub document: &'a Document,
    pub outline: &'a Outline,
    pub mentions: &'a [Mention],
    pub locatives: &'a [Locative],
    pub gazetteer: &'a Gazetteer,
    pub options: &'a Options<'a>,
    pub theatre: &'a Theatre,
    /// The first locative with an anchor for each mention, as an index into `locatives`.
    pub anchored: Vec<Option<usize>>,
    /// The locatives whose anchor a mention is: (anchor mention, locative), sorted.
    pub anchor_of: Vec<(usize, usize)>,
    /// Whether a unit cannot be meant because the words need a point ("5 km from X", "near X").
    pub needs_point: Vec<bool>,
    /// The mentions that name a sector, in text order.
    pub sectors: Vec<usize>,
    /// Mentions with the same name share a number; numbers count from 0.
    pub name_of: Vec<usize>,
    /// The mentions of each name, in text order.
    pub mentions_of: Vec<Vec<usize>>,
    /// What each mention means so far.
    pub settled: Vec<Option<Settled>>,
    /// What each name weighs for the places that its mentions mean so far.
    pub own_weights: Vec<Vec<(PlaceIx, f32)>>,
    /// Where the document's places lie so far.
    pub spread: Spread,
    /// The first- and second-level units that mentions mean so far, sorted.
    pub units_named: Vec<PlaceIx>,
}

/// What a mention means so far.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settled {
    pub place: PlaceIx,
    pub class: PlaceClass,
    pub point: Option<Degrees>,
    /// How far the point may be off, kilometres.
    pub slack_km: f32,
    /// Whether it is a city, which places far off are described from, too.
    pub is_city: bool,
    pub country: Option<PlaceIx>,
    pub admin1: Option<PlaceIx>,
    /// How sure, 0 to 1.
    pub share: f32,
}

/// Longitude and latitude.
pub(super) type Degrees = [f32; 2];

/// One candidate at work.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draft {
    pub hit: NameHit,
    pub facts: Facts,
    pub signals: Signals,
    pub score: f32,
    pub share: f32,
}

/// What the passes need to know of a place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts {
    pub class: PlaceClass,
    pub kind: KindRank,
    pub point: Option<Degrees>,
    /// How far the point may be off, kilometres.
    pub slack_km: f32,
    pub inexact: bool,
    pub population: u32,
    pub country: Option<PlaceIx>,
    pub admin1: Option<PlaceIx>,
    pub admin2: Option<PlaceIx>,
}

/// The kinds that matter for which place is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KindRank {
    Capital,
    Town,
    Plain,
}

/// The facts of places that were candidates before; they belong to one gazetteer. It only saves time.
#[derive(Debug, Default)]
pub struct FactsMemory(FxHashMap<PlaceIx, Facts>);

impl FactsMemory {
    /// What the passes need to know of a place.
    pub(super) fn of(&mut self, place: PlaceIx, gazetteer: &Gazetteer) -> Facts {
        *self.0.entry(place).or_insert_with(|| Facts::of(place, gazetteer))
    }

    /// How many places are remembered.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Facts {
    /// Looks a place and its units up.
    pub fn of(place: PlaceIx, gazetteer: &Gazetteer) -> Facts {
        let entry = gazetteer.sketch(place);
        let mut facts = Facts {
            class: entry.class,
            kind: match entry.kind {
                "capital" => KindRank::Capital,
                "city" | "town" | "urban_settlement" => KindRank::Town,
                _ => KindRank::Plain,
            },
            point: entry.point.map(|[lon, lat]| [lon as f32, lat as f32]),
            slack_km: match entry.precision {
                PointPrecision::Exact => 0.0,
                _ => (entry.radius_m as f32 / 1_000.0).min(12.0),
            },
            inexact: matches!(
                entry.precision,
                PointPrecision::Admin3Centroid | PointPrecision::Admin2Centroid
            ),
            population: entry.population.unwrap_or(0),
            country: None,
            admin1: None,
            admin2: None,
        };
        let (mut unit, mut class) = (Some(place), entry.class);
        let mut parent = gazetteer.parent(place);
        // Chains are settlement, hromada, raion, oblast, country; the bound keeps a broken table from hanging us.
        for _ in 0..6 {
            match class {
                PlaceClass::Country => facts.country = unit,
                PlaceClass::Admin1 => facts.admin1 = unit,
                PlaceClass::Admin2 => facts.admin2 = unit,
                _ => {}
            }
            let Some(up) = parent else { break };
            (unit, class, parent) = (Some(up), gazetteer.class(up), gazetteer.parent(up));
        }
        facts
    }

    /// Whether the place lies in `unit` (or is it).
    pub fn lies_in(&self, unit: PlaceIx) -> bool {
        [self.country, self.admin1, self.admin2].contains(&Some(unit))
    }

    /// Whether it is a city of 100,000 or more.
    pub fn is_city(&self) -> bool {
        self.population >= 100_000
    }

    /// Whether it is an area by class.
    pub fn is_unit(&self) -> bool {
        self.class.is_unit()
    }
}

/// Kilometres between two points on a plane at their middle latitude: within 1 % up to 500 km, and good enough to compare beyond.
pub(super) fn km(a: Degrees, b: Degrees) -> f32 {
    let dy = (a[1] - b[1]) * 111.2;
    let mut dx = (a[0] - b[0]).abs();
    if dx > 180.0 {
        dx = 360.0 - dx;
    }
    let dx = dx * 111.3 * cos_degrees((a[1] + b[1]) * 0.5);
    (dx * dx + dy * dy).sqrt()
}

/// Degrees clockwise from north from `a` to `b`, on the same plane.
pub(super) fn bearing(a: Degrees, b: Degrees) -> f32 {
    let dx = (b[0] - a[0]) * cos_degrees((a[1] + b[1]) * 0.5);
    dx.atan2(b[1] - a[1]).to_degrees().rem_euclid(360.0)
}

/// The angle between two bearings, 0 to 180 degrees.
pub(super) fn angle(a: f32, b: f32) -> f32 {
    let off = (a - b).rem_euclid(360.0);
    off.min(360.0 - off)
}

/// The cosine of an angle in degrees within ±90, to 0.1 %: a library cosine is the dearest part of `km`.
fn cos_degrees(degrees: f32) -> f32 {
    let x = degrees.to_radians();
    let square = x * x;
    1.0 - square * (0.5 - square * (1.0 / 24.0 - square * (1.0 / 720.0 - square / 40_320.0)))
}

/// Where a document's places lie: weights by grid cell, country and first-level unit.
#[derive(Clone, Debug, Default)]
pub(super) struct Spread {
    fine: FxHashMap<Cell, f32>,
    wide: FxHashMap<Cell, f32>,
    units: FxHashMap<PlaceIx, f32>,
    total: f32,
}

/// The sides of the two grids' cells, degrees.
const FINE: f32 = 0.4;
const WIDE: f32 = 3.0;

/// The numbers of a cell's column and row, in one word because that is quicker to hash than two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Cell(u32);

impl Cell {
    fn new(column: i16, row: i16) -> Cell {
        Cell(u32::from(column as u16) << 16 | u32::from(row as u16))
    }
}

/// The column and row of the cell in which a point lies.
fn column_and_row(point: Degrees, side: f32) -> (i16, i16) {
    let number = |degrees: f32| {
        let cells = degrees / side;
        // The cast rounds toward zero; a library floor is many times as dear.
        cells as i16 - i16::from(cells < 0.0)
    };
    (number(point[0]), number(point[1]))
}

impl Spread {
    /// Forgets all places and keeps the room they took.
    pub fn clear(&mut self) {
        self.fine.clear();
        self.wide.clear();
        self.units.clear();
        self.total = 0.0;
    }

    /// Counts a place.
    pub fn add(&mut self, settled: &Settled) {
        self.total += settled.share;
        for unit in [settled.country, settled.admin1].into_iter().flatten() {
            *self.units.entry(unit).or_default() += settled.share;
        }
        if settled.class.is_unit() {
            return;
        }
        if let Some(point) = settled.point {
            spread_out(&mut self.fine, column_and_row(point, FINE), settled.share);
            spread_out(&mut self.wide, column_and_row(point, WIDE), settled.share);
        }
    }

    /// Weight of the places within about 40 km, without `own`.
    pub fn near(&self, point: Degrees, own: f32) -> f32 {
        at(&self.fine, column_and_row(point, FINE), own)
    }

    /// Weight of the places within about 300 km, without `own`.
    pub fn wide(&self, point: Degrees, own: f32) -> f32 {
        at(&self.wide, column_and_row(point, WIDE), own)
    }

    /// The share of the document's places that lie in a unit, without `own`.
    pub fn share(&self, unit: Option<PlaceIx>, own: f32) -> f32 {
        let Some(weight) = unit.and_then(|unit| self.units.get(&unit)) else {
            return 0.0;
        };
        ((weight - own) / (self.total - own).max(1.0)).clamp(0.0, 1.0)
    }
}

/// Adds a weight to a cell and half of it to the eight around it. Far more candidates ask than places are
/// settled, so the neighbours are counted here and looked up once there.
fn spread_out(grid: &mut FxHashMap<Cell, f32>, (x, y): (i16, i16), weight: f32) {
    for dx in -1..=1 {
        for dy in -1..=1 {
            let part = if dx == 0 && dy == 0 { weight } else { weight * 0.5 };
            *grid.entry(Cell::new(x.wrapping_add(dx), y.wrapping_add(dy))).or_default() += part;
        }
    }
}

/// The weight at a cell, without `own`.
fn at(grid: &FxHashMap<Cell, f32>, (column, row): (i16, i16), own: f32) -> f32 {
    (grid.get(&Cell::new(column, row)).copied().unwrap_or(0.0) - own).max(0.0)
}

impl Scene<'_> {
    /// The settled meaning of a mention, if there is one.
    pub fn meaning(&self, mention: usize) -> Option<&Settled> {
        self.settled[mention].as_ref()
    }

    /// What this mention's own name already weighs for a place, so that a place does not vouch for itself.
    pub fn own_weight(&self, mention: usize, place: PlaceIx) -> f32 {
        let own = &self.own_weights[self.name_of[mention]];
        own.iter().find(|(known, _)| *known == place).map_or(0.0, |(_, weight)| *weight)
    }

    /// What the mentions of one name weigh for each place that some of them mean.
    pub fn weights_of(&self, name: usize) -> Vec<(PlaceIx, f32)> {
        let mut weights: Vec<(PlaceIx, f32)> = Vec::new();
        for settled in self.mentions_of[name].iter().filter_map(|&mention| self.meaning(mention)) {
            match weights.iter_mut().find(|(place, _)| *place == settled.place) {
                Some((_, weight)) => *weight = weight.max(settled.share),
                None => weights.push((settled.place, settled.share)),
            }
        }
        weights
    }

    /// The text between two mentions.
    pub fn between(&self, left: usize, right: usize) -> &str {
        let (left, right) = (self.mentions[left].span, self.mentions[right].span);
        self.document.text.get(left.end..right.start).unwrap_or_default()
    }
}

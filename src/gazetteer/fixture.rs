//! A small gazetteer for the tests of this module.

use super::writer::{self, Rows, Strangers};
use super::{Gazetteer, Layer, rows};
use crate::gazetteer::table::Table;
use std::borrow::Cow;

/// Places: id, class, kind, name, lon, lat, point, radius, population, parent, source.
pub(super) const PLACES: &str = "\
UA\tcountry\tcountry\tUkraine\t31\t49\trepresentative\t400000\t\t\tt
UA14\tadmin1\toblast\tDonetsk Oblast\t37.5\t48\trepresentative\t90000\t\tUA\tt
UA63\tadmin1\toblast\tKharkiv Oblast\t36.5\t49.5\trepresentative\t90000\t\tUA\tt
UA6308\tadmin2\traion\tKupiansk Raion\t37.6\t49.7\trepresentative\t30000\t\tUA63\tt
UA630801\tsettlement\tcity\tKupiansk\t37.616\t49.71\texact\t500\t27169\tUA6308\tt
UA1401\tsettlement\tvillage\tAndriivka\t37.1\t47.8\texact\t500\t\tUA14\tt
UA1402\tsettlement\tvillage\tVelyka Novosilka\t36.83\t47.84\texact\t500\t5000\tUA14\tt
UA1403\tsettlement\tvillage\tNovosilka\t37.33\t47.84\tadmin3_centroid\t12000\t\tUA14\tt
UA1404\tsettlement\ttown\tChasiv Yar\t37.85\t48.59\texact\t500\t\tUA14\tt
UA6309\tsettlement\tvillage\tAndriivka\t36.62\t49.54\texact\t500\t\tUA63\tt
gn501175\tsettlement\tcity\tRostov-on-Don\t39.71\t47.23\texact\t5000\t1130305\t\tt
gn498817\tsettlement\tcity\tSaint Petersburg\t30.31\t59.94\texact\t5000\t5028000\t\tt
gn2643632\tsettlement\ttown\tKing's Lynn\t0.4\t52.75\texact\t500\t\t\tt
";

/// Names: place, name, language, kind, from, to.
pub(super) const NAMES: &str = "\
UA630801\tКуп'янськ\tuk\tofficial\t\t
UA630801\tКупянск\tru\trussian\t\t
UA1404\tЧасів Яр\tuk\tofficial\t\t
UA1402\tВелика Новосілка\tuk\tofficial\t\t
UA1401\tАндріївка\tuk\tofficial\t\t
UA6309\tАндріївка\tuk\tofficial\t\t
UA1403\tOld Novosilka\ten\tformer\t1920\t2016-05-12
gn498817\tSt. Petersburg\ten\texonym\t\t
";

/// Polygons of rings of points.
type Polygons = Vec<Vec<Vec<[f64; 2]>>>;

/// The fixture's outlines.
pub(super) fn outlines() -> Vec<(&'static str, Polygons)> {
    let square = |[west, south, east, north]: [f64; 4]| {
        vec![[west, south], [east, south], [east, north], [west, north], [west, south]]
    };
    let hole = square([37.0, 48.0, 37.2, 48.2]);
    vec![("UA14", vec![vec![square([36.5, 47.0, 39.0, 49.0]), hole]])]
}

/// The compiled bytes of the fixture.
pub(super) fn bytes() -> Vec<u8> {
    let places = format!("{}\n{PLACES}", rows::PLACE_COLUMNS);
    let names = format!("{}\n{NAMES}", rows::NAME_COLUMNS);
    let outlines = outlines();
    let rows = Rows {
        places: rows::places("places.tsv", &places).expect("the rows are right"),
        names: rows::names("names.tsv", &names).expect("the rows are right"),
        outlines: outlines
            .iter()
            .map(|(place, polygons)| rows::OutlineRow { at: rows::At::default(), place, polygons })
            .collect(),
    };
    writer::write(rows, "test", Strangers::Forbid).expect("the rows fit together")
}

/// The fixture's gazetteer.
pub(super) fn gazetteer() -> Gazetteer {
    let table = Table::open(Cow::Owned(bytes())).expect("it was just written");
    Gazetteer { layers: vec![Layer { table, first: 0, known_as: Vec::new() }], doubles: Vec::new() }
}

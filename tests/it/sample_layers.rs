//! Hand-made layers for the tests and benchmarks of the writers: as many claims as wanted, always the same.

use frontmap::claim::{ClaimType, Side, Status};
use frontmap::feature::{Feature, Geometry, Layer, LayerKind, Value};
use geo::{LineString, MultiPolygon, Polygon};
use jiff::ToSpan;
use jiff::civil::date;
use std::sync::Arc;

const PLACES: [(&str, f64, f64); 6] = [
    ("Pokrovsk", 37.1758, 48.2822),
    ("Kupyansk", 37.6144, 49.7105),
    ("Vovchansk", 36.9411, 50.2908),
    ("Орлівка", 37.5547, 48.1353),
    ("Robotyne", 35.8333, 47.4481),
    ("Kozacha Lopan", 36.1906, 50.3361),
];

/// Text that must stay text in every format.
#[allow(dead_code, reason = "the benchmarks check nothing")]
pub(crate) const NASTY: &str = "=2+2 </script><script>alert('x')</script> <!-- & \"quoted\" \u{2028} «лапки»";

/// Claims over thirty days; every tenth could not be placed, and the first holds [`NASTY`] as its title.
pub(crate) fn claims(count: usize) -> Layer {
    Layer { kind: LayerKind::Claims, features: (0..count).map(claim).collect() }
}

/// The ground of the claims that could be placed.
#[allow(dead_code, reason = "the benchmarks draw no areas")]
pub(crate) fn areas(claims: &Layer) -> Layer {
    let placed = claims.features.iter().filter(|claim| claim.geometry.is_some());
    let features = placed.map(|claim| {
        let Some(Geometry::Point([lon, lat])) = claim.geometry else { unreachable!("claims are points") };
        let ring = (0..=24).map(|step| {
            let angle = f64::from(step % 24) * std::f64::consts::TAU / 24.0;
            (lon + 0.03 * angle.cos(), lat + 0.02 * angle.sin())
        });
        let area = MultiPolygon(vec![Polygon::new(LineString::from_iter(ring), vec![])]);
        Feature { geometry: Some(Geometry::MultiPolygon(area)), ..claim.clone() }
    });
    Layer { kind: LayerKind::Areas, features: features.collect() }
}

fn claim(at: usize) -> Feature {
    let (place, lon, lat) = PLACES[at % PLACES.len()];
    let status = Status::ALL[(at / 5) % Status::ALL.len()].as_str();
    let claim_type = ClaimType::ALL[(at / 3) % ClaimType::ALL.len()].as_str();
    let side = Side::ALL[(at / 2) % 3].as_str();
    let day = date(2024, 10, 1) + i32::try_from(at % 30).expect("less than thirty").days();
    let id: Arc<str> = format!("c{at:015x}").into();
    let point = [lon + (at % 97) as f64 * 0.003, lat - (at % 89) as f64 * 0.002];
    let cell = |name: &str| -> Value {
        match name {
            "claim_id" => Value::Text(id.clone()),
            "start" => Value::DateTime(day.at(0, 0, 0, 0)),
            "end" => Value::DateTime(day.at(23, 59, 59, 0)),
            "event_date" | "end_date" => {
                if at.is_multiple_of(3) {
                    Value::Null
                } else {
                    Value::Date(day)
                }
            }
            "as_of" | "report_date" => Value::Date(day),
            "date_basis" => Value::Word(if at.is_multiple_of(3) { "report_date" } else { "explicit" }),
            "date_prec" => Value::Integer(1),
            "claim_type" => Value::Word(claim_type),
            "actor_side" => Value::Word(side),
            "actor" => Value::Text("Russian forces".into()),
            "status" => Value::Word(status),
            "claim_conf" => Value::Real(0.8),
            "place_name" => Value::Text(place.into()),
            "place_text" => Value::Text(place.into()),
            "place_id" => Value::Text(format!("p{}", at % PLACES.len()).into()),
            "place_class" => Value::Word("settlement"),
            "country" => Value::Word("UA"),
            "adm1" => Value::Text("Donetsk Oblast".into()),
            "place_lon" => Value::Real(lon),
            "place_lat" => Value::Real(lat),
            "relation" => Value::Word(if at.is_multiple_of(4) { "dir" } else { "in" }),
            "rel_bearing" => {
                if at.is_multiple_of(4) {
                    Value::Word("NE")
                } else {
                    Value::Null
                }
            }
            "geo_prec" => Value::Integer(2),
            "uncertainty_m" => Value::Integer(1500 + (at % 7) as i64 * 900),
            "geo_conf" => Value::Real(0.93),
            "geo_why" => Value::Text("name as displayed; section names its oblast".into()),
            "alternatives" => Value::Text("p7:0.03; p9:0.01".into()),
            "n_reports" | "n_sources" => Value::Integer(1),
            "source" => Value::Text("Sample Monitor".into()),
            "title" => Value::Text(if at == 0 { NASTY.into() } else { "Daily report".into() }),
            "url" => Value::Text(format!("https://example.org/report/{}", at % 30).into()),
            "doc_id" => Value::Text(format!("d{}", at % 30).into()),
            "lang" => Value::Word("en"),
            "sentence" => Value::Text(
                format!(
                    "Russian forces reportedly advanced near {place} on day {} of the sample, item {at}.",
                    at % 30
                )
                .into(),
            ),
            "sentence_start" | "place_start" => Value::Integer(at as i64),
            "sentence_end" | "place_end" => Value::Integer(at as i64 + 40),
            "tool_version" => Value::Word("0.1.0"),
            "gazetteer_version" => Value::Word("sample"),
            _ => Value::Null,
        }
    };
    Feature {
        id: Some(id.clone()),
        geometry: (at % 10 != 9).then_some(Geometry::Point(point)),
        values: LayerKind::Claims.columns().iter().map(|column| cell(column.name)).collect(),
    }
}

//! The page: one HTML file that plays the claims without any network. Leaflet, the basemap and the data are in it.
//! Data stand as JSON that no text can break out of; the page sets text from reports only as text.

use super::output::Output;
use super::span::Days;
use super::{ExportError, Options, Sink, Target, Written, basemap, cell, style};
use crate::claim::{ClaimType, Side, Status};
use crate::feature::{ColumnKind, Feature, Geometry, LayerKind, Value};
use serde::Serialize;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::io::Write;

const TEMPLATE: &str = include_str!("page.html");
const STYLES: [&str; 2] = [include_str!("vendor/leaflet.css"), include_str!("page.css")];
const SCRIPTS: [&str; 4] = [
    include_str!("vendor/leaflet.js"),
    include_str!("data.js"),
    include_str!("map.js"),
    include_str!("page.js"),
];

/// The columns that the page shows; offsets and versions are for other formats.
const LEFT_OUT: [&str; 12] = [
    "sentence_start",
    "sentence_end",
    "place_start",
    "place_end",
    "tool_version",
    "gazetteer_version",
    "place_id",
    "place_lon",
    "place_lat",
    "n_reports",
    "n_sources",
    "mention_kind",
];

/// A page being gathered: it is written when all rows are there.
pub(super) struct Page {
    output: Output,
    title: String,
    attribution: String,
    days: Days,
    strings: Strings,
    rows: Vec<Vec<Json>>,
    /// The shape of each claim's area, by the claim's id.
    areas: BTreeMap<String, usize>,
    /// Shapes, each held once: claims on one oblast share its outline.
    shapes: Vec<Shape>,
    shape_at: HashMap<Shape, usize>,
}

/// Rings as [`steps`].
type Shape = Vec<Vec<i64>>;

/// Texts, each held once: claims of one sentence share it.
#[derive(Default)]
struct Strings {
    texts: Vec<String>,
    at: HashMap<String, usize>,
}

impl Page {
    /// Opens the file.
    pub(super) fn create(target: &Target, options: &Options) -> Result<Page, ExportError> {
        Ok(Page {
            output: Output::open(target)?,
            title: options.title.clone(),
            attribution: options.attribution.clone(),
            days: Days::default(),
            strings: Strings::default(),
            rows: Vec::new(),
            areas: BTreeMap::new(),
            shapes: Vec::new(),
            shape_at: HashMap::new(),
        })
    }

    fn add_claim(&mut self, claim: &Feature) {
        self.days.add(LayerKind::Claims, claim);
        let mut row: Vec<Json> = match &claim.geometry {
            Some(Geometry::Point(point)) => point.map(|degrees| json!(cell::round6(degrees))).to_vec(),
            _ => vec![Json::Null, Json::Null],
        };
        for (column, value) in LayerKind::Claims.columns().iter().zip(&claim.values) {
            if !LEFT_OUT.contains(&column.name) {
                row.push(self.strings.cell(value));
            }
        }
        self.rows.push(row);
    }

    fn add_area(&mut self, area: &Feature) {
        if let (Some(id), Some(Geometry::MultiPolygon(polygons))) = (&area.id, &area.geometry) {
            let shape: Shape = polygons.iter().flat_map(cell::rings).map(steps).collect();
            let next = self.shapes.len();
            let at = *self.shape_at.entry(shape.clone()).or_insert(next);
            if at == next {
                self.shapes.push(shape);
            }
            self.areas.insert(id.to_string(), at);
        }
    }

    fn data(&self) -> Json {
        let number = |name: &str, alias: &str| json!({"name": name, "alias": alias, "text": false});
        let shown = LayerKind::Claims.columns().iter().filter(|column| !LEFT_OUT.contains(&column.name));
        let columns: Vec<Json> = [number("lon", "Longitude"), number("lat", "Latitude")]
            .into_iter()
            .chain(shown.map(|column| {
                let text = !matches!(column.kind, ColumnKind::Integer | ColumnKind::Real);
                json!({"name": column.name, "alias": column.alias, "text": text})
            }))
            .collect();
        json!({
            "title": self.title,
            "days": self.days.span().map(|(first, last)| [first.to_string(), last.to_string()]),
            "attribution": self.attribution,
            "sides": Side::ALL.iter().map(|kind| {
                let look = style::side(*kind);
                json!({"word": kind.as_str(), "label": look.label, "color": look.color.hex(), "on_dark": look.on_dark.hex()})
            }).collect::<Vec<_>>(),
            "types": ClaimType::ALL.iter().map(|kind| {
                let look = style::claim_type(*kind);
                json!({"word": kind.as_str(), "label": look.label, "outline": look.outline()})
            }).collect::<Vec<_>>(),
            "statuses": Status::ALL.iter().map(|kind| {
                let look = style::status(*kind);
                json!({"word": kind.as_str(), "label": look.label, "fill": look.fill, "edge": look.edge.name()})
            }).collect::<Vec<_>>(),
            "columns": columns,
            "strings": self.strings.texts,
            "rows": self.rows,
            "areas": self.areas,
            "shapes": self.shapes,
        })
    }
}

impl Sink for Page {
    fn layers(&self) -> &[LayerKind] {
        &[LayerKind::Claims, LayerKind::Areas]
    }

    fn write(&mut self, layer: LayerKind, features: &[Feature]) -> Result<(), ExportError> {
        match layer {
            LayerKind::Claims => features.iter().for_each(|claim| self.add_claim(claim)),
            LayerKind::Areas => features.iter().for_each(|area| self.add_area(area)),
            _ => {}
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Written, ExportError> {
        let rows =
            vec![(LayerKind::Claims, self.rows.len() as u64), (LayerKind::Areas, self.areas.len() as u64)];
        let script = SCRIPTS.join("\n");
        let mut data = in_script(&self.data());
        // The basemap is JSON already.
        data.truncate(data.len() - 1);
        data.push_str(",\"basemap\":");
        data.push_str(basemap::JSON.trim_end());
        data.push('}');
        let parts = [
            ("script-hash", format!("sha256-{}", base64(&Sha256::digest(script.as_bytes())))),
            ("version", env!("CARGO_PKG_VERSION").to_owned()),
            ("title", quick_xml::escape::escape(self.title.as_str()).into_owned()),
            ("style", STYLES.join("\n")),
            ("data", data),
            ("script", script),
        ];
        let mut output = self.output;
        fill(&mut output, TEMPLATE, &parts).map_err(|error| output.error(error))?;
        Ok(Written { files: output.commit()?.into_iter().collect(), rows })
    }
}

impl Strings {
    fn cell(&mut self, value: &Value) -> Json {
        match value {
            Value::Null => Json::Null,
            Value::Integer(number) => json!(number),
            Value::Real(number) => json!(cell::round6(*number)),
            Value::Word(_) | Value::Text(_) | Value::Date(_) | Value::DateTime(_) => {
                cell::text(value).map_or(Json::Null, |text| json!(self.index(text)))
            }
        }
    }

    fn index(&mut self, text: String) -> usize {
        if let Some(at) = self.at.get(&text) {
            return *at;
        }
        self.texts.push(text.clone());
        self.at.insert(text, self.texts.len() - 1);
        self.texts.len() - 1
    }
}

/// A ring as the basemap writes lines: thousandths of a degree, the first corner and then steps.
fn steps(ring: &geo::LineString) -> Vec<i64> {
    let mut last = [0, 0];
    let mut steps = Vec::with_capacity(ring.0.len() * 2);
    for corner in ring.coords() {
        let at = [corner.x, corner.y].map(|degrees| (degrees * 1000.0).round() as i64);
        steps.extend([at[0] - last[0], at[1] - last[1]]);
        last = at;
    }
    steps
}

/// JSON that can stand in a script element: nothing in it ends the element or opens a comment,
/// and no character in it ends a line of script.
fn in_script(value: &impl Serialize) -> String {
    let text = serde_json::to_string(value).expect("the keys are text");
    text.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// Writes the template with each `{name}` replaced once by its part; what parts hold is not looked at again.
fn fill(to: &mut impl Write, template: &str, parts: &[(&str, String)]) -> std::io::Result<()> {
    let mut rest = template;
    for (name, part) in parts {
        let mark = format!("{{{name}}}");
        let (before, after) = rest
            .split_once(&mark)
            .unwrap_or_else(|| panic!("the template names `{name}`, in the order of its parts"));
        to.write_all(before.as_bytes())?;
        to.write_all(part.as_bytes())?;
        rest = after;
    }
    to.write_all(rest.as_bytes())
}

/// The hash of a content security policy is written in base 64.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let three = chunk.iter().chain([&0, &0]).take(3).fold(0_u32, |all, byte| all << 8 | u32::from(*byte));
        for at in 0..4 {
            let letter = LETTERS[(three >> (18 - 6 * at)) as usize & 63];
            text.push(if at <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_breaks_out_of_the_data() {
        let text = in_script(&json!({"a": "</script><!-- \u{2028}"}));
        assert!(!text.contains('<') && !text.contains('\u{2028}'));
        assert_eq!(serde_json::from_str::<Json>(&text).expect("it is JSON")["a"], "</script><!-- \u{2028}");
    }

    #[test]
    fn base64_pads() {
        assert_eq!([b"".as_slice(), b"f", b"fo", b"foo"].map(base64), ["", "Zg==", "Zm8=", "Zm9v"]);
    }
}

//! Pictures for papers: the claims of a day or a range on the basemap, with legend, scale and credit, as SVG or PNG.
//! `scene` draws, `labels` finds room for names, `symbol` knows the shapes. No browser is needed.

mod labels;
mod legend;
mod scene;
pub(super) mod symbol;
mod view;

use super::output::Output;
use super::span::Days;
use super::{ExportError, Options, Sink, Target, Written};
use crate::claim::{ClaimType, Side, Status};
use crate::feature::{Feature, Geometry, LayerKind, Value};
use geo::MultiPolygon;
use jiff::civil::Date;
use resvg::{tiny_skia, usvg};
use std::io::{self, Write};

/// How a picture is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Vectors.
    Svg,
    /// Pixels.
    Png,
}

/// A picture being gathered: it is drawn when all rows are there.
pub(super) struct Picture {
    output: Output,
    kind: Kind,
    title: String,
    attribution: String,
    days: Option<(Date, Date)>,
    /// The days drawn.
    drawn_days: Days,
    claims: Vec<Drawn>,
    areas: Vec<(Side, MultiPolygon)>,
}

/// A claim as it is drawn.
struct Drawn {
    point: [f64; 2],
    look: (Side, ClaimType, Status),
    label: Option<String>,
    uncertainty_m: Option<f64>,
}

/// The font that is drawn with, subsets by alphabet.
const FONTS: [&[u8]; 4] = [
    include_bytes!("fonts/pt-sans-latin-400.ttf"),
    include_bytes!("fonts/pt-sans-latin-700.ttf"),
    include_bytes!("fonts/pt-sans-latin-ext-400.ttf"),
    include_bytes!("fonts/pt-sans-cyrillic-400.ttf"),
];

impl Picture {
    /// Opens the file.
    pub(super) fn create(target: &Target, kind: Kind, options: &Options) -> Result<Picture, ExportError> {
        Ok(Picture {
            output: Output::open(target)?,
            kind,
            title: options.title.clone(),
            attribution: options.attribution.clone(),
            days: options.days,
            drawn_days: Days::default(),
            claims: Vec::new(),
            areas: Vec::new(),
        })
    }

    /// Whether a row lies in the days to draw; if so, the span drawn grows by it.
    fn in_days(&mut self, layer: LayerKind, feature: &Feature) -> bool {
        let (Value::DateTime(start), Value::DateTime(end)) =
            (feature.get(layer, "start"), feature.get(layer, "end"))
        else {
            return self.days.is_none();
        };
        let (first, last) = (start.date(), end.date());
        if self.days.is_some_and(|(from, to)| last < from || first > to) {
            return false;
        }
        self.drawn_days.add(layer, feature);
        true
    }
}

impl Sink for Picture {
    fn layers(&self) -> &[LayerKind] {
        &[LayerKind::Claims, LayerKind::Areas]
    }

    fn write(&mut self, layer: LayerKind, features: &[Feature]) -> Result<(), ExportError> {
        if !self.layers().contains(&layer) {
            return Ok(());
        }
        for feature in features {
            if !self.in_days(layer, feature) {
                continue;
            }
            match &feature.geometry {
                Some(Geometry::Point(point)) => self.claims.push(drawn(*point, feature)),
                Some(Geometry::MultiPolygon(area)) => {
                    self.areas.push((side_of(layer, feature), area.clone()));
                }
                None => {}
            }
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Written, ExportError> {
        let rows = vec![(LayerKind::Claims, self.claims.len() as u64)];
        let text = scene::draw(&scene::Scene {
            title: &self.title,
            attribution: &self.attribution,
            days: self.days.or(self.drawn_days.span()),
            claims: &self.claims,
            areas: &self.areas,
        });
        let mut output = self.output;
        let written = match self.kind {
            Kind::Svg => output.write_all(text.as_bytes()),
            Kind::Png => rendered(&text).and_then(|pixels| output.write_all(&pixels)),
        };
        written.map_err(|error| output.error(error))?;
        Ok(Written { files: output.commit()?.into_iter().collect(), rows })
    }
}

fn drawn(point: [f64; 2], claim: &Feature) -> Drawn {
    let get = |name| claim.get(LayerKind::Claims, name);
    let place = get("place_name").as_str().or(get("place_text").as_str());
    let label = match (get("relation").as_str(), get("rel_bearing").as_str(), place) {
        (Some("dir"), Some(bearing), Some(place)) => Some(format!("{bearing} of {place}")),
        (_, _, place) => place.map(str::to_owned),
    };
    Drawn {
        point,
        look: (
            side_of(LayerKind::Claims, claim),
            get("claim_type").as_str().and_then(|word| word.parse().ok()).unwrap_or(ClaimType::Presence),
            get("status").as_str().and_then(|word| word.parse().ok()).unwrap_or(Status::Claimed),
        ),
        label,
        uncertainty_m: match get("uncertainty_m") {
            Value::Integer(metres) => Some(*metres as f64),
            _ => None,
        },
    }
}

fn side_of(layer: LayerKind, feature: &Feature) -> Side {
    feature.get(layer, "actor_side").as_str().and_then(|word| word.parse().ok()).unwrap_or(Side::Unknown)
}

/// The drawing as PNG, at twice its size so that it prints well.
fn rendered(text: &str) -> io::Result<Vec<u8>> {
    const SCALE: f32 = 2.0;
    let mut options = usvg::Options { font_family: "PT Sans".to_owned(), ..usvg::Options::default() };
    for font in FONTS {
        options.fontdb_mut().load_font_data(font.to_vec());
    }
    let tree = usvg::Tree::from_str(text, &options).map_err(io::Error::other)?;
    let size = tree.size();
    let [width, height] = [size.width(), size.height()].map(|length| (length * SCALE).round() as u32);
    let mut pixels =
        tiny_skia::Pixmap::new(width, height).ok_or_else(|| io::Error::other("the picture has no size"))?;
    resvg::render(&tree, tiny_skia::Transform::from_scale(SCALE, SCALE), &mut pixels.as_mut());
    pixels.encode_png().map_err(io::Error::other)
}

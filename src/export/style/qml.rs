//! QGIS styles (QML): symbols and the settings of the Temporal Controller; labels, map tip and attribute form are in `form`.
//! Hand-checked against QGIS 3.22 and 3.40; colours and shapes come from the parent module.

use super::super::xml::{Xml, document};
use super::{Edge, FILLS, RADIUS_MM, Shape, claim_type, direction, form, side, status};
use crate::claim::{ClaimType, Side, Status};
use crate::feature::{GeometryKind, LayerKind};
use std::io::{self, Write};

/// The first line of QGIS documents.
pub(in crate::export) const DOCTYPE: &str = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n";

/// How wide a claim's symbol is.
const SYMBOL_MM: f64 = 3.4;

/// Rings wider than this say no more than that the place is vague, and would cover the map.
const WIDEST_RING_M: u32 = 30_000;

/// Whether claims draw their uncertainty themselves; no where an areas layer stands beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::export) enum Rings {
    /// A ring around each claim.
    Drawn,
    /// The areas layer shows it.
    InAreas,
}

/// The style of a layer as a document.
pub(in crate::export) fn style(kind: LayerKind, rings: Rings) -> String {
    document(DOCTYPE, |xml| {
        let labels = if matches!(kind.geometry(), GeometryKind::Point) { "1" } else { "0" };
        let head =
            [("version", "3.22.0"), ("styleCategories", "AllStyleCategories"), ("labelsEnabled", labels)];
        xml.tag("qgis", &head, |xml| body(xml, kind, rings))
    })
}

/// What stands inside the document's root, for projects, which hold it in their own layer element.
pub(in crate::export) fn body<W: Write>(xml: &mut Xml<W>, kind: LayerKind, rings: Rings) -> io::Result<()> {
    if kind.columns().iter().any(|column| column.name == "start") {
        temporal(xml)?;
    }
    match kind {
        LayerKind::Claims | LayerKind::Events | LayerKind::Ladder | LayerKind::Changes => {
            claims_renderer(xml, kind, rings)?;
        }
        LayerKind::Areas => areas_renderer(xml)?,
        LayerKind::Mentions => mentions_renderer(xml)?,
        LayerKind::Places => places_renderer(xml)?,
        LayerKind::Documents | LayerKind::Unlocated => {}
    }
    form::labels(xml, kind)?;
    form::attributes(xml, kind)?;
    xml.leaf("previewExpression", &[], form::preview(kind))?;
    xml.leaf("mapTip", &[("enabled", "1")], &form::map_tip(kind))?;
    xml.leaf(
        "layerGeometryType",
        &[],
        match kind.geometry() {
            GeometryKind::Point => "0",
            GeometryKind::MultiPolygon => "2",
            GeometryKind::None => "4",
        },
    )
}

/// Start and end are date-times, inclusive: right in every format, QGIS version and time zone.
fn temporal<W: Write>(xml: &mut Xml<W>) -> io::Result<()> {
    let settings = [
        ("enabled", "1"),
        ("mode", "2"),
        ("limitMode", "0"),
        ("startField", "start"),
        ("endField", "end"),
        ("startExpression", ""),
        ("endExpression", ""),
        ("accumulate", "0"),
        ("fixedDuration", "0"),
        ("durationUnit", "d"),
        ("durationField", ""),
    ];
    xml.tag("temporal", &settings, |xml| {
        xml.tag("fixedRange", &[], |xml| {
            xml.leaf("start", &[], "")?;
            xml.leaf("end", &[], "")
        })
    })
}

/// Sides are categories. Below them stand categories that no row has: they make the legend explain shapes and fills.
fn claims_renderer<W: Write>(xml: &mut Xml<W>, kind: LayerKind, rings: Rings) -> io::Result<()> {
    let sides: Vec<Category> = Side::ALL
        .iter()
        .map(|&kind| Category { value: kind.as_str().to_owned(), label: side(kind).label.to_owned() })
        .collect();
    let types = ClaimType::ALL.iter().map(|&kind| Category {
        value: format!("legend:{}", kind.as_str()),
        label: format!("shape: {}", claim_type(kind).label),
    });
    let fills = FILLS.iter().map(|(label, kind)| Category {
        value: format!("legend:{}", kind.as_str()),
        label: format!("fill: {label}"),
    });
    let categories: Vec<Category> = sides.into_iter().chain(types).chain(fills).collect();
    categorized(xml, &categories, "marker", |xml, at| match at {
        _ if at < Side::ALL.len() => claim_symbol(xml, kind, Side::ALL[at], rings),
        _ if at < Side::ALL.len() + ClaimType::ALL.len() => {
            let look = claim_type(ClaimType::ALL[at - Side::ALL.len()]);
            marker(xml, &Marker { shape: look.shape, turn: look.turn, color: GREY, ..Marker::default() })
        }
        _ => legend_fill(xml, FILLS[at - Side::ALL.len() - ClaimType::ALL.len()].1),
    })
}

const GREY: &str = "90,90,90,255";

struct Category {
    value: String,
    label: String,
}

fn categorized<W: Write>(
    xml: &mut Xml<W>,
    categories: &[Category],
    symbol_type: &str,
    symbol: impl Fn(&mut Xml<W>, usize) -> io::Result<()>,
) -> io::Result<()> {
    let head = [
        ("type", "categorizedSymbol"),
        ("attr", "actor_side"),
        ("enableorderby", "1"),
        ("forceraster", "0"),
        ("symbollevels", "0"),
    ];
    xml.tag("renderer-v2", &head, |xml| {
        xml.tag("categories", &[], |xml| {
            for (at, category) in categories.iter().enumerate() {
                let at = at.to_string();
                let attributes = [
                    ("value", category.value.as_str()),
                    ("symbol", &at),
                    ("label", &category.label),
                    ("render", "true"),
                ];
                xml.empty("category", &attributes)?;
            }
            Ok(())
        })?;
        xml.tag("symbols", &[], |xml| {
            for at in 0..categories.len() {
                let name = at.to_string();
                xml.tag("symbol", &symbol_head(symbol_type, &name), |xml| symbol(xml, at))?;
            }
            Ok(())
        })?;
        xml.tag("orderby", &[], |xml| {
            xml.leaf("orderByClause", &[("asc", "1"), ("nullsFirst", "1")], "\"start\"")
        })
    })
}

fn symbol_head<'a>(symbol_type: &'a str, name: &'a str) -> [(&'a str, &'a str); 5] {
    [("type", symbol_type), ("name", name), ("alpha", "1"), ("clip_to_extent", "1"), ("force_rhr", "0")]
}

fn claim_symbol<W: Write>(xml: &mut Xml<W>, layer: LayerKind, side: Side, rings: Rings) -> io::Result<()> {
    if rings == Rings::Drawn {
        ring(xml, side)?;
    }
    let color = super::side(side).color;
    let rgb = format!("{},{},{}", color.0, color.1, color.2);
    let turned: Vec<(&str, String)> = ClaimType::ALL
        .iter()
        .filter(|kind| claim_type(**kind).turn > 0)
        .map(|kind| (kind.as_str(), claim_type(*kind).turn.to_string()))
        .collect();
    let by_status = |what: &dyn Fn(Status) -> String| {
        case("status", Status::ALL.iter().map(|kind| (kind.as_str(), what(*kind))), "''")
    };
    let fill = by_status(&|kind| format!("'{rgb},{}'", (status(kind).fill * 255.0).round()));
    let edge = by_status(&|kind| match status(kind).edge {
        Edge::Dark => "'20,20,20,255'".to_owned(),
        Edge::White => "'255,255,255,255'".to_owned(),
        Edge::Plain | Edge::Dashed | Edge::Dotted => format!("'{rgb},255'"),
    });
    let edge_style = by_status(&|kind| {
        match status(kind).edge {
            Edge::Dark | Edge::White | Edge::Plain => "'solid'",
            Edge::Dashed => "'dash'",
            Edge::Dotted => "'dot'",
        }
        .to_owned()
    });
    let edge_width = by_status(&|kind| match status(kind).edge {
        Edge::White => "0.25".to_owned(),
        Edge::Dark => "0.45".to_owned(),
        Edge::Plain | Edge::Dashed | Edge::Dotted => "0.5".to_owned(),
    });
    let shape = case(
        "claim_type",
        ClaimType::ALL.iter().map(|kind| (kind.as_str(), format!("'{}'", claim_type(*kind).shape.qgis()))),
        "'circle'",
    );
    let turn = case("claim_type", turned.into_iter(), "0");
    let offset = offset(side, layer);
    let data_defined = [
        ("name", shape),
        ("angle", turn),
        ("fillColor", fill),
        ("outlineColor", edge),
        ("outlineStyle", edge_style),
        ("outlineWidth", edge_width),
        ("offset", offset),
    ];
    marker(
        xml,
        &Marker {
            shape: Shape::Circle,
            color: &format!("{rgb},255"),
            data_defined: &data_defined,
            ..Marker::default()
        },
    )
}

/// Where the symbol stands beside its place, as an expression for QGIS.
///
/// Side and type choose a direction. Claims alike in both would still hide each other, and a renderer that pushes symbols apart
/// would hide the categories from the legend; so they step outwards by where they stand in the text, and to the side by the day of
/// the week: two of one report seldom meet, and those of a week's reports lie side by side.
fn offset(side: Side, layer: LayerKind) -> String {
    const OUTWARD_STEPS: u8 = 5;
    const OUTWARD_MM: f64 = 0.9;
    const SIDEWAYS_MM: f64 = 0.32;
    // QGIS turns the offset with the symbol, so the symbol's own turn is taken back.
    let towards = |kind: ClaimType| direction(side, kind) - f64::from(claim_type(kind).turn).to_radians();
    let turn = case(
        "claim_type",
        ClaimType::ALL.iter().map(|kind| (kind.as_str(), format!("{:.3}", towards(*kind)))),
        "0",
    );
    let base = match side {
        Side::Ru | Side::Ua => RADIUS_MM,
        Side::Other | Side::Unknown => 0.0,
    };
    let has = |name: &str| layer.columns().iter().any(|column| column.name == name);
    let outward = if has("place_start") {
        format!("{base} + {OUTWARD_MM} * (coalesce(\"place_start\", 0) % {OUTWARD_STEPS})")
    } else {
        base.to_string()
    };
    let sideways = if has("start") {
        format!("{SIDEWAYS_MM} * (coalesce(day_of_week(to_date(\"start\")), 3) - 3)")
    } else {
        "0".to_owned()
    };
    format!(
        "with_variable('turn', {turn}, with_variable('out', {outward}, with_variable('aside', {sideways}, \
         to_string(round(@out * cos(@turn) - @aside * sin(@turn), 2)) || ',' || \
         to_string(round(@out * sin(@turn) + @aside * cos(@turn), 2)))))"
    )
}

/// `CASE WHEN "column" = 'word' THEN value … ELSE otherwise END`
fn case<'a>(column: &str, values: impl Iterator<Item = (&'a str, String)>, otherwise: &str) -> String {
    let mut expression = String::from("CASE");
    for (word, value) in values {
        expression.push_str(&format!(" WHEN \"{column}\" = '{word}' THEN {value}"));
    }
    format!("{expression} ELSE {otherwise} END")
}

/// Uncertainty to scale, under the symbol. Its own size is 0, or the legend would show a ring as wide as the map.
fn ring<W: Write>(xml: &mut Xml<W>, kind: Side) -> io::Result<()> {
    let color = side(kind).color;
    let fill = format!("{},{},{},20", color.0, color.1, color.2);
    let edge = format!("{},{},{},110", color.0, color.1, color.2);
    let size =
        format!("CASE WHEN \"uncertainty_m\" <= {WIDEST_RING_M} THEN 2 * \"uncertainty_m\" ELSE 0 END");
    marker(
        xml,
        &Marker {
            color: &fill,
            edge: &edge,
            edge_mm: "0.2",
            size: "0",
            size_unit: "RenderMetersInMapUnits",
            data_defined: &[("size", size)],
            ..Marker::default()
        },
    )
}

fn legend_fill<W: Write>(xml: &mut Xml<W>, kind: Status) -> io::Result<()> {
    let look = status(kind);
    let (edge, edge_style) = match look.edge {
        Edge::Dark => ("20,20,20,255", "solid"),
        Edge::White => ("255,255,255,255", "solid"),
        Edge::Plain => (GREY, "solid"),
        Edge::Dashed => (GREY, "dash"),
        Edge::Dotted => (GREY, "dot"),
    };
    let fill = format!("90,90,90,{}", (look.fill * 255.0).round());
    marker(xml, &Marker { color: &fill, edge, edge_style, edge_mm: "0.45", ..Marker::default() })
}

/// A simple marker.
struct Marker<'a> {
    shape: Shape,
    turn: u16,
    color: &'a str,
    edge: &'a str,
    edge_style: &'a str,
    edge_mm: &'a str,
    size: &'a str,
    size_unit: &'a str,
    /// Property and expression.
    data_defined: &'a [(&'a str, String)],
}

impl Default for Marker<'_> {
    fn default() -> Self {
        Marker {
            shape: Shape::Circle,
            turn: 0,
            color: GREY,
            edge: "255,255,255,255",
            edge_style: "solid",
            edge_mm: "0.25",
            size: "",
            size_unit: "MM",
            data_defined: &[],
        }
    }
}

fn marker<W: Write>(xml: &mut Xml<W>, marker: &Marker) -> io::Result<()> {
    let size = if marker.size.is_empty() { SYMBOL_MM.to_string() } else { marker.size.to_owned() };
    let turn = marker.turn.to_string();
    let options = [
        ("name", marker.shape.qgis()),
        ("angle", &turn),
        ("color", marker.color),
        ("outline_color", marker.edge),
        ("outline_style", marker.edge_style),
        ("outline_width", marker.edge_mm),
        ("outline_width_unit", "MM"),
        ("size", &size),
        ("size_unit", marker.size_unit),
        ("offset", "0,0"),
        ("offset_unit", "MM"),
        ("joinstyle", "miter"),
    ];
    symbol_layer(xml, "SimpleMarker", &options, marker.data_defined)
}

fn symbol_layer<W: Write>(
    xml: &mut Xml<W>,
    class: &str,
    options: &[(&str, &str)],
    data_defined: &[(&str, String)],
) -> io::Result<()> {
    let head = [("class", class), ("enabled", "1"), ("pass", "0"), ("locked", "0")];
    xml.tag("layer", &head, |xml| {
        xml.tag("Option", &[("type", "Map")], |xml| {
            for (name, value) in options {
                xml.empty("Option", &[("name", name), ("type", "QString"), ("value", value)])?;
            }
            Ok(())
        })?;
        if data_defined.is_empty() {
            Ok(())
        } else {
            properties(xml, "data_defined_properties", data_defined)
        }
    })
}

/// Properties that an expression decides row by row.
fn properties<W: Write>(xml: &mut Xml<W>, tag: &str, data_defined: &[(&str, String)]) -> io::Result<()> {
    xml.tag(tag, &[], |xml| {
        xml.tag("Option", &[("type", "Map")], |xml| {
            xml.empty("Option", &[("name", "name"), ("type", "QString"), ("value", "")])?;
            xml.tag("Option", &[("name", "properties"), ("type", "Map")], |xml| {
                for (property, expression) in data_defined {
                    xml.tag("Option", &[("name", property), ("type", "Map")], |xml| {
                        xml.empty("Option", &[("name", "active"), ("type", "bool"), ("value", "true")])?;
                        xml.empty(
                            "Option",
                            &[("name", "expression"), ("type", "QString"), ("value", expression)],
                        )?;
                        xml.empty("Option", &[("name", "type"), ("type", "int"), ("value", "3")])
                    })?;
                }
                Ok(())
            })?;
            xml.empty("Option", &[("name", "type"), ("type", "QString"), ("value", "collection")])
        })
    })
}

fn areas_renderer<W: Write>(xml: &mut Xml<W>) -> io::Result<()> {
    let categories: Vec<Category> = Side::ALL
        .iter()
        .map(|&kind| Category {
            value: kind.as_str().to_owned(),
            label: format!("{}: where it may be", side(kind).label),
        })
        .collect();
    categorized(xml, &categories, "fill", |xml, at| {
        let color = side(Side::ALL[at]).color;
        let fill = format!("{},{},{},22", color.0, color.1, color.2);
        let edge = format!("{},{},{},120", color.0, color.1, color.2);
        let options = [
            ("color", fill.as_str()),
            ("style", "solid"),
            ("outline_color", &edge),
            ("outline_style", "dash"),
            ("outline_width", "0.25"),
            ("outline_width_unit", "MM"),
        ];
        symbol_layer(xml, "SimpleFill", &options, &[])
    })
}

fn mentions_renderer<W: Write>(xml: &mut Xml<W>) -> io::Result<()> {
    single(xml, &Marker { color: "90,90,90,140", size: "1.8", ..Marker::default() })
}

/// Places grow with their claims and lean to the colour of the side that acts there more often.
fn places_renderer<W: Write>(xml: &mut Xml<W>) -> io::Result<()> {
    let rgb = |kind: Side| {
        let color = side(kind).color;
        format!("'{},{},{},150'", color.0, color.1, color.2)
    };
    let fill = format!(
        "CASE WHEN \"n_ru\" > \"n_ua\" THEN {} WHEN \"n_ua\" > \"n_ru\" THEN {} ELSE '107,107,107,150' END",
        rgb(Side::Ru),
        rgb(Side::Ua)
    );
    let size = "2 + 1.1 * sqrt(\"n_claims\")".to_owned();
    let data_defined = [("fillColor", fill), ("size", size)];
    single(
        xml,
        &Marker { color: "107,107,107,150", size: "4", data_defined: &data_defined, ..Marker::default() },
    )
}

fn single<W: Write>(xml: &mut Xml<W>, symbol: &Marker) -> io::Result<()> {
    let head =
        [("type", "singleSymbol"), ("enableorderby", "0"), ("forceraster", "0"), ("symbollevels", "0")];
    xml.tag("renderer-v2", &head, |xml| {
        xml.tag("symbols", &[], |xml| {
            xml.tag("symbol", &symbol_head("marker", "0"), |xml| marker(xml, symbol))
        })
    })
}

//! The drawing: ground, uncertainty, symbols, names, and around them title, legend, scale and credit, as SVG.

use super::labels::{Taken, place};
use super::view::View;
use super::{Drawn, legend, symbol};
use crate::claim::{ClaimType, Side, Status};
use crate::export::basemap::{Basemap, corners};
use crate::export::cell::rings;
use crate::export::style;
use geo::MultiPolygon;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt::Write;

/// All that is drawn.
pub(super) struct Scene<'a> {
    pub(super) title: &'a str,
    pub(super) attribution: &'a str,
    pub(super) days: Option<(Date, Date)>,
    pub(super) claims: &'a [Drawn],
    pub(super) areas: &'a [(Side, MultiPolygon)],
}

const WIDTH: f64 = 1240.0;
const HEIGHT: f64 = 860.0;
const LEGEND: f64 = 240.0;
const HEAD: f64 = 58.0;
const FOOT: f64 = 30.0;
const RADIUS: f64 = 7.0;
/// Wider than this, an uncertainty says only that the place is vague, and would cover the map.
const WIDEST_M: f64 = 40_000.0;

/// The scene as SVG.
pub(super) fn draw(scene: &Scene) -> String {
    let points: Vec<[f64; 2]> = scene.claims.iter().map(|claim| claim.point).collect();
    let view = View::around(&points, WIDTH - LEGEND, HEIGHT - HEAD - FOOT);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
         font-family=\"'PT Sans', 'Noto Sans', sans-serif\" fill=\"#1d2226\">\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#ffffff\"/>\n\
         <clipPath id=\"map\"><rect width=\"{}\" height=\"{}\"/></clipPath>\n\
         <g transform=\"translate(0,{HEAD})\"><g clip-path=\"url(#map)\">\n",
        view.width, view.height
    );
    let basemap = Basemap::embedded();
    ground(&mut svg, &view, &basemap);
    uncertainty(&mut svg, &view, scene);
    let mut taken = Vec::new();
    let named = symbols(&mut svg, &view, scene.claims, &mut taken);
    names(&mut svg, &view, &named, &basemap, &mut taken);
    scale_bar(&mut svg, &view);
    svg.push_str("</g>\n");
    push(
        &mut svg,
        format_args!(
            "<rect width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"#b8bec3\"/></g>\n",
            view.width, view.height
        ),
    );
    frame(&mut svg, scene);
    legend::draw(&mut svg, scene.claims, WIDTH - LEGEND + 18.0, HEAD + 12.0);
    svg.push_str("</svg>\n");
    svg
}

fn push(svg: &mut String, text: std::fmt::Arguments) {
    svg.write_fmt(text).expect("a string takes all that is written");
}

/// Text as it may stand in XML.
pub(super) fn escaped(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}

fn ground(svg: &mut String, view: &View, basemap: &Basemap) {
    push(svg, format_args!("<rect width=\"{}\" height=\"{}\" fill=\"#dfe9f0\"/>\n", view.width, view.height));
    let areas: [(&[Vec<i32>], &str); 3] = [
        (&basemap.world, "fill=\"#f7f5f0\""),
        (&basemap.land, "fill=\"#f7f5f0\""),
        (&basemap.lakes, "fill=\"#dfe9f0\""),
    ];
    for (parts, look) in areas {
        parts.iter().for_each(|steps| path(svg, view, corners(steps), true, look));
    }
    let lines: [(&[Vec<i32>], &str); 4] = [
        (&basemap.world_edges, "fill=\"none\" stroke=\"#c3c2be\" stroke-width=\"0.9\""),
        (&basemap.rivers, "fill=\"none\" stroke=\"#a9c6da\" stroke-width=\"1.4\""),
        (&basemap.units, "fill=\"none\" stroke=\"#c3c2be\" stroke-width=\"0.9\""),
        (&basemap.borders, "fill=\"none\" stroke=\"#85898e\" stroke-width=\"1.5\""),
    ];
    for (parts, look) in lines {
        parts.iter().for_each(|steps| path(svg, view, corners(steps), false, look));
    }
}

/// A line or ring, if some of it may be seen; corners that fall on the one before are left out.
fn path(svg: &mut String, view: &View, corners: impl Iterator<Item = [f64; 2]>, close: bool, look: &str) {
    let points: Vec<[f64; 2]> = corners.map(|corner| view.at(corner)).collect();
    let seen = |axis: usize, size: f64| {
        points.iter().any(|point| point[axis] >= 0.0) && points.iter().any(|point| point[axis] <= size)
    };
    if !seen(0, view.width) || !seen(1, view.height) {
        return;
    }
    push(svg, format_args!("<path {look} d=\""));
    let mut last: Option<[f64; 2]> = None;
    for point in points {
        if last.is_some_and(|[x, y]| (x - point[0]).abs() + (y - point[1]).abs() < 0.7) {
            continue;
        }
        push(svg, format_args!("{}{:.1} {:.1}", if last.is_none() { "M" } else { "L" }, point[0], point[1]));
        last = Some(point);
    }
    svg.push_str(if close { "Z\"/>\n" } else { "\"/>\n" });
}

/// The areas where they were given, else circles.
fn uncertainty(svg: &mut String, view: &View, scene: &Scene) {
    if scene.areas.is_empty() {
        for claim in scene.claims {
            let Some(metres) = claim.uncertainty_m.filter(|metres| *metres <= WIDEST_M) else { continue };
            let ([x, y], color) = (view.at(claim.point), style::side(claim.look.0).color.hex());
            let radius = view.metres(metres, claim.point[1]);
            push(
                svg,
                format_args!(
                    "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\" {}/>\n",
                    area_look(&color)
                ),
            );
        }
    }
    for (side, area) in scene.areas {
        let look = area_look(&style::side(*side).color.hex());
        for ring in area.iter().flat_map(rings) {
            let wide =
                ring.coords().fold([f64::MAX, f64::MIN], |[low, high], at| [low.min(at.y), high.max(at.y)]);
            // 111 km a degree of latitude.
            if (wide[1] - wide[0]) * 111_000.0 <= 2.0 * WIDEST_M {
                path(svg, view, ring.coords().map(|at| [at.x, at.y]), true, &look);
            }
        }
    }
}

fn area_look(color: &str) -> String {
    format!(
        "fill=\"{color}\" fill-opacity=\"0.07\" stroke=\"{color}\" stroke-opacity=\"0.45\" stroke-width=\"0.8\" stroke-dasharray=\"4 3\""
    )
}

/// A place with its claims, for its name.
struct Named<'a> {
    label: &'a str,
    at: [f64; 2],
    gap: f64,
    claims: usize,
}

/// Claims at one point stand around it; those that look alike share a symbol.
fn symbols<'a>(svg: &mut String, view: &View, claims: &'a [Drawn], taken: &mut Vec<Taken>) -> Vec<Named<'a>> {
    let mut by_point: BTreeMap<[i64; 2], Vec<&Drawn>> = BTreeMap::new();
    for claim in claims {
        by_point.entry(claim.point.map(|degrees| (degrees * 1e5).round() as i64)).or_default().push(claim);
    }
    let mut named = Vec::new();
    for group in by_point.values() {
        let at = view.at(group[0].point);
        if !view.holds(at, 0.0) {
            continue;
        }
        let mut looks: Vec<(Side, ClaimType, Status)> = group.iter().map(|claim| claim.look).collect();
        looks.sort_by_key(|(side, claim_type, status)| (*side as u8, *claim_type as u8, *status as u8));
        looks.dedup();
        let places = around(looks.len());
        for (look, [right, down]) in looks.iter().zip(&places) {
            let center = [at[0] + right, at[1] + down];
            symbol::svg(svg, *look, center[0], center[1], RADIUS);
            taken.push(Taken::around(center, RADIUS + 1.0));
        }
        let reach = places.iter().map(|[right, _]| right.abs()).fold(0.0, f64::max);
        if let Some(label) = &group[0].label {
            named.push(Named { label, at, gap: reach + RADIUS + 4.0, claims: group.len() });
        }
    }
    named.sort_by(|a, b| b.claims.cmp(&a.claims).then_with(|| a.label.cmp(b.label)));
    named
}

/// Places for so many symbols: one in the middle, two side by side, more in rings.
fn around(count: usize) -> Vec<[f64; 2]> {
    if count == 1 {
        return vec![[0.0, 0.0]];
    }
    let mut places = Vec::new();
    let mut ring = 1;
    while places.len() < count {
        let here = (ring * 6).min(count - places.len());
        let far = RADIUS * if count == 2 { 1.05 } else { 1.3 } * (2 * ring - 1) as f64;
        for at in 0..here {
            let angle = std::f64::consts::TAU * at as f64 / here as f64
                + if count == 2 { 0.0 } else { -std::f64::consts::FRAC_PI_2 };
            places.push([far * angle.cos(), far * angle.sin()]);
        }
        ring += 1;
    }
    places
}

/// The places of claims first, those with more claims before others; then cities where there is room.
fn names(svg: &mut String, view: &View, named: &[Named], basemap: &Basemap, taken: &mut Vec<Taken>) {
    let mut drawn: Vec<&str> = Vec::new();
    for name in named {
        if drawn.contains(&name.label) {
            continue;
        }
        if let Some(start) = place(taken, name.label, name.at, name.gap, 13.0) {
            label(svg, name.label, start, "font-size=\"13\" fill=\"#1d2226\"");
            drawn.push(name.label);
        }
    }
    // The smaller a piece of the world, the smaller the towns that help to find one's way.
    let least = if view.metres(100_000.0, 48.0) > 150.0 { 60 } else { 250 };
    for (name, lon, lat, thousands) in &basemap.cities {
        let at = view.at([*lon, *lat]);
        if *thousands < least || !view.holds(at, -20.0) || drawn.contains(&name.as_str()) {
            continue;
        }
        if let Some(start) = place(taken, name, at, 6.0, 12.0) {
            push(
                svg,
                format_args!("<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"2\" fill=\"#7b8187\"/>", at[0], at[1]),
            );
            label(svg, name, start, "font-size=\"12\" fill=\"#70767c\"");
        }
    }
}

fn label(svg: &mut String, text: &str, [x, y]: [f64; 2], look: &str) {
    let text = escaped(text);
    // A halo of its own, since not every viewer knows `paint-order`.
    push(
        svg,
        format_args!(
            "<text x=\"{x:.1}\" y=\"{y:.1}\" {look} stroke=\"#f7f5f0\" stroke-width=\"3\" stroke-linejoin=\"round\">{text}</text>"
        ),
    );
    push(svg, format_args!("<text x=\"{x:.1}\" y=\"{y:.1}\" {look}>{text}</text>\n"));
}

fn scale_bar(svg: &mut String, view: &View) {
    let (km, length) = view.scale_bar();
    let (x, y) = (16.0, view.height - 18.0);
    push(
        svg,
        format_args!(
            "<rect x=\"{}\" y=\"{}\" width=\"{:.1}\" height=\"34\" fill=\"#ffffff\" fill-opacity=\"0.8\"/>\
         <path d=\"M{x} {} v6 h{length:.1} v-6\" fill=\"none\" stroke=\"#1d2226\" stroke-width=\"1.5\"/>\
         <text x=\"{:.1}\" y=\"{}\" font-size=\"12\" text-anchor=\"middle\">{km} km</text>\n",
            x - 8.0,
            y - 22.0,
            length + 16.0,
            y - 2.0,
            x + length / 2.0,
            y - 7.0
        ),
    );
}

fn frame(svg: &mut String, scene: &Scene) {
    let days = match scene.days {
        None => String::new(),
        Some((first, last)) if first == last => first.to_string(),
        Some((first, last)) => format!("{first} to {last}"),
    };
    let count = match scene.claims.len() {
        1 => "1 claim".to_owned(),
        count => format!("{count} claims"),
    };
    push(
        svg,
        format_args!(
            "<text x=\"14\" y=\"27\" font-size=\"21\" font-weight=\"700\">{}</text>\n",
            escaped(scene.title)
        ),
    );
    push(
        svg,
        format_args!(
            "<text x=\"14\" y=\"48\" font-size=\"15\" fill=\"#4d565e\">{days} · {count} on the map</text>\n"
        ),
    );
    push(
        svg,
        format_args!(
            "<text x=\"14\" y=\"{}\" font-size=\"11.5\" fill=\"#5b6670\">{} Made with frontmap {}.</text>\n",
            HEIGHT - 10.0,
            escaped(scene.attribution),
            env!("CARGO_PKG_VERSION")
        ),
    );
}

//! The symbol of a claim as vector drawing, and as a small picture for archives.

use crate::claim::{ClaimType, Side, Status};
use crate::export::style::{self, Color, Edge};
use resvg::{tiny_skia, usvg};
use std::fmt::Write;

/// Appends the symbol as SVG, centred at `x`, `y`, within about `radius`.
pub(in crate::export) fn svg(
    text: &mut String,
    look: (Side, ClaimType, Status),
    x: f64,
    y: f64,
    radius: f64,
) {
    let (side, claim_type, status) = look;
    shape(
        text,
        style::claim_type(claim_type),
        style::side(side).color,
        style::status(status),
        [x, y],
        radius,
    );
}

/// Appends a shape in any colour, for legends.
pub(in crate::export) fn shape(
    text: &mut String,
    look: style::TypeLook,
    color: Color,
    status: style::StatusLook,
    [x, y]: [f64; 2],
    radius: f64,
) {
    let corners: Vec<String> = look
        .outline()
        .into_iter()
        .map(|[right, down]| format!("{:.2},{:.2}", x + right * radius, y + down * radius))
        .collect();
    let color = color.hex();
    let (edge, width, dashes) = match status.edge {
        Edge::Dark => ("#141414", 0.3, ""),
        Edge::White => ("#ffffff", 0.18, ""),
        Edge::Plain => (color.as_str(), 0.3, ""),
        Edge::Dashed => (color.as_str(), 0.3, "0.7 0.45"),
        Edge::Dotted => (color.as_str(), 0.3, "0.3 0.35"),
    };
    let dashes: Vec<String> = dashes
        .split_whitespace()
        .filter_map(|length| length.parse::<f64>().ok())
        .map(|length| format!("{:.2}", length * radius))
        .collect();
    let dashes =
        if dashes.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{}\"", dashes.join(" ")) };
    // Under a pale or hollow fill lies white, so that what is beneath does not show through as a third look.
    let corners = corners.join(" ");
    if status.fill < 1.0 {
        write!(text, "<polygon points=\"{corners}\" fill=\"#fff\" fill-opacity=\"0.8\"/>")
            .expect("a string takes all that is written");
    }
    writeln!(
        text,
        "<polygon points=\"{corners}\" fill=\"{color}\" fill-opacity=\"{}\" stroke=\"{edge}\" stroke-width=\"{:.2}\" \
         stroke-linejoin=\"round\"{dashes}/>",
        status.fill,
        width * radius,
    )
    .expect("a string takes all that is written");
}

/// The symbol as a PNG of `size` pixels a side, on nothing.
pub(in crate::export) fn png(side: Side, claim_type: ClaimType, status: Status, size: u32) -> Vec<u8> {
    let middle = f64::from(size) / 2.0;
    let mut text = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{size}\" height=\"{size}\">");
    svg(&mut text, (side, claim_type, status), middle, middle, middle * 0.75);
    text.push_str("</svg>");
    let tree = usvg::Tree::from_str(&text, &usvg::Options::default()).expect("the symbol is valid SVG");
    let mut pixels = tiny_skia::Pixmap::new(size, size).expect("a symbol has a size");
    resvg::render(&tree, tiny_skia::Transform::default(), &mut pixels.as_mut());
    pixels.encode_png().expect("memory takes all that is written")
}

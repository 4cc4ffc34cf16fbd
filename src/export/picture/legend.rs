//! The legend beside the map: only what the picture shows.

use super::symbol;
use super::{Drawn, scene::escaped};
use crate::claim::{ClaimType, Side, Status};
use crate::export::style::{self, Color, FILLS};
use std::fmt::Write;

const GREY: Color = Color(90, 90, 90);
const LINE: f64 = 21.0;

/// Appends the legend with its upper left corner at `x`, `y`.
pub(super) fn draw(svg: &mut String, claims: &[Drawn], x: f64, mut y: f64) {
    let has = |test: &dyn Fn(&Drawn) -> bool| claims.iter().any(test);
    let solid = style::status(Status::Asserted);
    let sides: Vec<Side> =
        Side::ALL.iter().copied().filter(|side| has(&|claim| claim.look.0 == *side)).collect();
    heading(svg, "Side", x, &mut y);
    for side in sides {
        let count = claims.iter().filter(|claim| claim.look.0 == side).count();
        let look = style::side(side);
        symbol::shape(svg, style::claim_type(ClaimType::Control), look.color, solid, [x + 8.0, y - 5.0], 6.5);
        line(svg, &format!("{} ({count})", look.label), x, &mut y);
    }
    heading(svg, "What is said to have happened", x, &mut y);
    for claim_type in ClaimType::ALL.iter().filter(|kind| has(&|claim| claim.look.1 == **kind)) {
        let look = style::claim_type(*claim_type);
        symbol::shape(svg, look, GREY, solid, [x + 8.0, y - 5.0], 6.5);
        line(svg, look.label, x, &mut y);
    }
    heading(svg, "How firmly", x, &mut y);
    for (label, status) in FILLS {
        // Statuses that look alike share a line.
        let alike = |other: Status| {
            let (a, b) = (style::status(other), style::status(status));
            a.edge == b.edge && (a.fill - b.fill).abs() < f64::EPSILON
        };
        if has(&|claim| alike(claim.look.2)) {
            let look = style::status(status);
            symbol::shape(svg, style::claim_type(ClaimType::Control), GREY, look, [x + 8.0, y - 5.0], 6.5);
            line(svg, label, x, &mut y);
        }
    }
    writeln!(
        svg,
        "<circle cx=\"{}\" cy=\"{}\" r=\"7\" fill=\"#5a5a5a\" fill-opacity=\"0.12\" stroke=\"#5a5a5a\" stroke-dasharray=\"3 2\"/>",
        x + 8.0,
        y + 9.0
    )
    .expect("a string takes all that is written");
    y += 14.0;
    line(svg, "where it may be (9 in 10)", x, &mut y);
}

fn heading(svg: &mut String, text: &str, x: f64, y: &mut f64) {
    *y += 10.0;
    writeln!(svg, "<text x=\"{x}\" y=\"{y}\" font-size=\"14\" font-weight=\"700\">{}</text>", escaped(text))
        .expect("a string takes all that is written");
    *y += LINE;
}

fn line(svg: &mut String, text: &str, x: f64, y: &mut f64) {
    writeln!(svg, "<text x=\"{}\" y=\"{y}\" font-size=\"14\">{}</text>", x + 24.0, escaped(text))
        .expect("a string takes all that is written");
    *y += LINE;
}

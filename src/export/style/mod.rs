//! How claims look, said once for all formats: side by colour, status by fill, claim type by shape.
//! QGIS styles are made from it in `qml`; KML, the page and the pictures read it directly.

mod form;
pub(super) mod qmd;
pub(super) mod qml;

use crate::claim::{ClaimType, Side, Status};

/// Red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Color(pub(super) u8, pub(super) u8, pub(super) u8);

impl Color {
    /// `#rrggbb`
    pub(super) fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// Colours for a side, from the palette of Okabe and Ito, which the colour-blind can tell apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct SideLook {
    pub(super) label: &'static str,
    /// On light ground.
    pub(super) color: Color,
    /// On dark ground.
    pub(super) on_dark: Color,
}

/// The look of a side.
pub(super) fn side(side: Side) -> SideLook {
    match side {
        Side::Ru => {
            SideLook { label: "Russian forces", color: Color(213, 94, 0), on_dark: Color(255, 140, 66) }
        }
        Side::Ua => {
            SideLook { label: "Ukrainian forces", color: Color(0, 114, 178), on_dark: Color(86, 180, 233) }
        }
        Side::Other => {
            SideLook { label: "Others", color: Color(148, 82, 128), on_dark: Color(204, 121, 167) }
        }
        Side::Unknown => {
            SideLook { label: "Side not said", color: Color(107, 107, 107), on_dark: Color(168, 168, 168) }
        }
    }
}

/// How much of the symbol is filled, and with what line around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct StatusLook {
    pub(super) label: &'static str,
    /// 0 is hollow.
    pub(super) fill: f64,
    pub(super) edge: Edge,
}

/// The line around a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    /// Dark, for what is best known.
    Dark,
    /// White, so that neighbours stand apart.
    White,
    /// In the colour of the side.
    Plain,
    /// The same, dashed.
    Dashed,
    /// The same, dotted.
    Dotted,
}

impl Edge {
    /// Its name in the page's data.
    pub(super) fn name(self) -> &'static str {
        match self {
            Edge::Dark => "dark",
            Edge::White => "white",
            Edge::Plain => "plain",
            Edge::Dashed => "dashed",
            Edge::Dotted => "dotted",
        }
    }
}

/// The look of a status.
pub(super) fn status(status: Status) -> StatusLook {
    let (label, fill, edge) = match status {
        Status::Geolocated => ("geolocated", 1.0, Edge::Dark),
        Status::Assessed => ("assessed", 1.0, Edge::White),
        Status::Asserted => ("asserted", 1.0, Edge::White),
        Status::Claimed => ("claimed", 0.35, Edge::Plain),
        Status::Negated => ("negated", 0.0, Edge::Plain),
        Status::Denied => ("denied", 0.0, Edge::Dashed),
        Status::Planned => ("planned", 0.0, Edge::Dotted),
        Status::Hypothetical => ("hypothetical", 0.0, Edge::Dotted),
    };
    StatusLook { label, fill, edge }
}

/// What a legend says of the fills: one line for those that look alike, with a status that has the look.
pub(super) const FILLS: [(&str, Status); 6] = [
    ("geolocated", Status::Geolocated),
    ("assessed or asserted", Status::Asserted),
    ("claimed by somebody", Status::Claimed),
    ("negated: did not happen", Status::Negated),
    ("denied by somebody", Status::Denied),
    ("planned or hypothetical", Status::Planned),
];

/// The shapes, by the names that QGIS has for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Triangle,
    Square,
    Pentagon,
    HalfTriangle,
    Diamond,
    Hexagon,
    Cross,
    SemiCircle,
    Circle,
    Star,
}

/// A shape, turned clockwise by degrees.
#[derive(Clone, Copy, Debug)]
pub(super) struct TypeLook {
    pub(super) label: &'static str,
    pub(super) shape: Shape,
    pub(super) turn: u16,
}

/// The look of a claim type: gains point up or stand square, withdrawals point down, fights are edged.
pub(super) fn claim_type(claim_type: ClaimType) -> TypeLook {
    let (label, shape, turn) = match claim_type {
        ClaimType::Advance => ("advance", Shape::Triangle, 0),
        ClaimType::Seizure => ("seizure", Shape::Square, 0),
        ClaimType::Entry => ("entry", Shape::Pentagon, 0),
        ClaimType::Infiltration => ("infiltration", Shape::HalfTriangle, 0),
        ClaimType::Attack => ("attack", Shape::Diamond, 0),
        ClaimType::Counterattack => ("counterattack", Shape::Hexagon, 0),
        ClaimType::Clash => ("clash", Shape::Cross, 45),
        ClaimType::Repelled => ("repelled attack", Shape::SemiCircle, 0),
        ClaimType::Withdrawal => ("withdrawal", Shape::Triangle, 180),
        ClaimType::Control => ("control", Shape::Circle, 0),
        ClaimType::Strike => ("strike", Shape::Star, 0),
        ClaimType::Presence => ("presence", Shape::Cross, 0),
    };
    TypeLook { label, shape, turn }
}

impl Shape {
    /// Its name among the simple markers of QGIS.
    pub(super) fn qgis(self) -> &'static str {
        match self {
            Shape::Triangle => "triangle",
            Shape::Square => "square",
            Shape::Pentagon => "pentagon",
            Shape::HalfTriangle => "right_half_triangle",
            Shape::Diamond => "diamond",
            Shape::Hexagon => "hexagon",
            Shape::Cross => "cross_fill",
            Shape::SemiCircle => "semi_circle",
            Shape::Circle => "circle",
            Shape::Star => "star",
        }
    }

    /// Its outline within a circle of radius 1, y downwards.
    pub(super) fn outline(self) -> Vec<[f64; 2]> {
        match self {
            Shape::Triangle => vec![[0.0, -1.0], [1.0, 0.85], [-1.0, 0.85]],
            Shape::Square => vec![[-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]],
            Shape::Pentagon => regular(5, 1.05),
            Shape::HalfTriangle => vec![[-0.7, -1.0], [0.9, 0.85], [-0.7, 0.85]],
            Shape::Diamond => vec![[0.0, -1.1], [0.9, 0.0], [0.0, 1.1], [-0.9, 0.0]],
            Shape::Hexagon => regular(6, 1.0),
            Shape::Cross => {
                let (arm, half) = (1.05, 0.35);
                vec![
                    [-half, -arm],
                    [half, -arm],
                    [half, -half],
                    [arm, -half],
                    [arm, half],
                    [half, half],
                    [half, arm],
                    [-half, arm],
                    [-half, half],
                    [-arm, half],
                    [-arm, -half],
                    [-half, -half],
                ]
            }
            Shape::SemiCircle => {
                let arc = |step: u8| {
                    let angle = f64::from(step) * std::f64::consts::PI / 16.0;
                    [-angle.cos(), 0.4 - angle.sin()]
                };
                (0..=16).map(arc).collect()
            }
            Shape::Circle => regular(24, 0.95),
            Shape::Star => {
                let tip = |step: u8| {
                    let radius = if step.is_multiple_of(2) { 1.2 } else { 0.5 };
                    let angle = f64::from(step) * std::f64::consts::PI / 5.0;
                    [radius * angle.sin(), -radius * angle.cos()]
                };
                (0..10).map(tip).collect()
            }
        }
    }
}

impl TypeLook {
    /// The turned outline.
    pub(super) fn outline(self) -> Vec<[f64; 2]> {
        let (sin, cos) = f64::from(self.turn).to_radians().sin_cos();
        let turn = |[x, y]: [f64; 2]| [x * cos - y * sin, x * sin + y * cos];
        self.shape.outline().into_iter().map(turn).collect()
    }
}

fn regular(corners: u16, radius: f64) -> Vec<[f64; 2]> {
    let corner = |at: u16| {
        let angle = f64::from(at) * std::f64::consts::TAU / f64::from(corners);
        [radius * angle.sin(), -radius * angle.cos()]
    };
    (0..corners).map(corner).collect()
}

/// How far from its place a symbol of a known side stands, millimetres.
const RADIUS_MM: f64 = 1.7;

/// The direction in which claims of a side and type stand from their place, in radians from the right downwards:
/// Russian ones on the left, Ukrainian ones on the right, each type at its own hour of a third of the clock.
fn direction(side: Side, claim_type: ClaimType) -> f64 {
    // A wider fan would put both sides' first types at the top, one over the other.
    const FAN: f64 = 2.0 / 3.0 * std::f64::consts::PI;
    let hours = ClaimType::ALL.len() as f64;
    let down = ((claim_type as usize as f64 + 0.5) / hours - 0.5) * FAN;
    match side {
        Side::Ru => std::f64::consts::PI - down,
        Side::Ua | Side::Other | Side::Unknown => down,
    }
}

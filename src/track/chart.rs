//! Pictures of a [`Series`]: stacked bars over time, and a heat map of lines by days, as SVG; PNG through a renderer.

use super::series::{Series, number};
use std::fmt::Write;

/// Colours of lines that no side claims, distinguishable to the colour-blind (Okabe and Ito, then greys).
const COLOURS: [&str; 9] =
    ["#0072b2", "#d55e00", "#009e73", "#e69f00", "#56b4e9", "#cc79a7", "#6b6b6b", "#f0e442", "#a8a8a8"];

/// Sides keep the colours that they have on the map.
fn colour(label: &str, at: usize) -> &'static str {
    match label {
        "RU" => "#d55e00",
        "UA" => "#0072b2",
        "unknown" => "#6b6b6b",
        _ => COLOURS[at % COLOURS.len()],
    }
}

const WIDTH: f64 = 960.0;
const INK: &str = "#222222";
const FAINT: &str = "#dddddd";

/// Stacked bars, one a period, with a legend that tells totals.
pub fn bars(series: &Series, title: &str) -> String {
    let (left, top, height) = (52.0, 64.0 + 20.0 * legend_rows(series) as f64, 260.0);
    let periods = series.periods.len().max(1) as f64;
    let slot = (WIDTH - left - 20.0) / periods;
    let sum_at = |at: usize| -> f64 { series.lines.iter().map(|line| line.counts[at]).sum() };
    let highest = (0..series.periods.len()).map(sum_at).fold(0.0, f64::max);
    let (step, ceiling) = scale(highest);
    let y = |count: f64| top + height - count / ceiling * height;
    let mut svg = open(top + height + 46.0, title);
    legend(&mut svg, series);
    let mut tick = 0.0;
    while tick <= ceiling + step / 2.0 {
        let at = y(tick);
        line(&mut svg, [left, at, WIDTH - 20.0, at], FAINT);
        text(&mut svg, left - 6.0, at + 4.0, "end", &number(tick));
        tick += step;
    }
    for at in 0..series.periods.len() {
        let x = left + slot * at as f64;
        let mut below = 0.0;
        for (nth, counted) in series.lines.iter().enumerate().filter(|(_, counted)| counted.counts[at] > 0.0)
        {
            let count = counted.counts[at];
            let tip = format!("{} {}: {}", series.periods[at], counted.label, number(count));
            let (upper, lower) = (y(below + count), y(below));
            let bar = [x + slot * 0.1, upper, slot * 0.8, lower - upper];
            rect(&mut svg, bar, colour(&counted.label, nth), 1.0, &tip);
            below += count;
        }
    }
    days(&mut svg, series, left, slot, top + height + 16.0);
    svg.push_str("</svg>\n");
    svg
}

/// Lines by periods, darker where more was counted.
pub fn heat_map(series: &Series, title: &str) -> String {
    const ROW: f64 = 18.0;
    let (left, top) = (210.0, 56.0);
    let slot = ((WIDTH - left - 64.0) / series.periods.len().max(1) as f64).min(40.0);
    let bottom = top + ROW * series.lines.len() as f64;
    let peak = series.peak().max(1.0);
    let mut svg = open(bottom + 46.0, title);
    for (nth, counted) in series.lines.iter().enumerate() {
        let y = top + ROW * nth as f64;
        text(&mut svg, left - 8.0, y + 13.0, "end", &counted.label);
        for (at, count) in counted.counts.iter().enumerate() {
            let cell = [left + slot * at as f64 + 0.5, y + 0.5, (slot - 1.0).max(0.5), ROW - 1.0];
            if *count <= 0.0 {
                rect(&mut svg, cell, "#f4f4f4", 1.0, "");
                continue;
            }
            let tip = format!("{} {}: {}", series.periods[at], counted.label, number(*count));
            // The root keeps single claims visible beside the days of heavy fighting.
            rect(&mut svg, cell, "#b2182b", 0.15 + 0.85 * (count / peak).sqrt(), &tip);
            if slot >= 20.0 {
                let ink = if count / peak > 0.3 { "#ffffff" } else { INK };
                let x = left + slot * (at as f64 + 0.5);
                let _ = write!(
                    svg,
                    r#"<text x="{x:.1}" y="{:.1}" text-anchor="middle" font-size="10" fill="{ink}">{}</text>"#,
                    y + 13.0,
                    number(*count)
                );
            }
        }
        text(
            &mut svg,
            left + slot * series.periods.len() as f64 + 40.0,
            y + 13.0,
            "end",
            &number(counted.total()),
        );
    }
    days(&mut svg, series, left, slot, bottom + 16.0);
    svg.push_str("</svg>\n");
    svg
}

/// Renders SVG as PNG at twice its size, with the fonts of the system.
pub fn png(svg: &str) -> Result<Vec<u8>, String> {
    let mut options = resvg::usvg::Options::default();
    options.fontdb_mut().load_system_fonts();
    let tree = resvg::usvg::Tree::from_str(svg, &options).map_err(|error| error.to_string())?;
    let size = tree.size().to_int_size().scale_by(2.0).ok_or("the picture has no size")?;
    let mut picture =
        resvg::tiny_skia::Pixmap::new(size.width(), size.height()).ok_or("the picture is too large")?;
    resvg::render(&tree, resvg::tiny_skia::Transform::from_scale(2.0, 2.0), &mut picture.as_mut());
    picture.encode_png().map_err(|error| error.to_string())
}

fn open(height: f64, title: &str) -> String {
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0} {height:.0}" width="{WIDTH:.0}" height="{height:.0}" font-family="DejaVu Sans, Arial, sans-serif" font-size="12">"#
    );
    let _ = write!(svg, r#"<rect width="{WIDTH:.0}" height="{height:.0}" fill="white"/>"#);
    let _ = write!(
        svg,
        r#"<text x="16" y="26" font-size="16" font-weight="bold" fill="{INK}">{}</text>"#,
        escaped(title)
    );
    svg
}

const LEGEND_COLUMNS: usize = 4;

fn legend_rows(series: &Series) -> usize {
    series.lines.len().div_ceil(LEGEND_COLUMNS)
}

fn legend(svg: &mut String, series: &Series) {
    for (nth, counted) in series.lines.iter().enumerate() {
        let x = 52.0 + (nth % LEGEND_COLUMNS) as f64 * 225.0;
        let y = 40.0 + (nth / LEGEND_COLUMNS) as f64 * 20.0;
        rect(svg, [x, y, 12.0, 12.0], colour(&counted.label, nth), 1.0, "");
        let label: String = counted.label.chars().take(24).collect();
        text(svg, x + 18.0, y + 11.0, "start", &format!("{label} ({})", number(counted.total())));
    }
}

/// Dates below the axis, as many as fit.
fn days(svg: &mut String, series: &Series, left: f64, slot: f64, y: f64) {
    let every = (72.0 / slot).ceil().max(1.0) as usize;
    for (at, period) in series.periods.iter().enumerate().step_by(every) {
        text(svg, left + slot * (at as f64 + 0.5), y, "middle", &period.to_string());
    }
}

/// A round step and the first multiple of it that holds `highest`.
fn scale(highest: f64) -> (f64, f64) {
    let rough = (highest / 4.0).max(0.25);
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].map(|factor| factor * power).into_iter().find(|step| *step >= rough);
    let step = step.unwrap_or(power * 10.0).max(1.0);
    (step, (highest / step).ceil().max(1.0) * step)
}

fn rect(svg: &mut String, [x, y, width, height]: [f64; 4], fill: &str, opacity: f64, tip: &str) {
    let _ = write!(
        svg,
        r#"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" fill="{fill}" fill-opacity="{opacity:.2}">"#
    );
    if !tip.is_empty() {
        let _ = write!(svg, "<title>{}</title>", escaped(tip));
    }
    svg.push_str("</rect>");
}

fn line(svg: &mut String, [x1, y1, x2, y2]: [f64; 4], stroke: &str) {
    let _ = write!(svg, r#"<line x1="{x1:.1}" y1="{y1:.1}" x2="{x2:.1}" y2="{y2:.1}" stroke="{stroke}"/>"#);
}

fn text(svg: &mut String, x: f64, y: f64, anchor: &str, words: &str) {
    let _ = write!(
        svg,
        r#"<text x="{x:.1}" y="{y:.1}" text-anchor="{anchor}" fill="{INK}">{}</text>"#,
        escaped(words)
    );
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::track::series::Line;
    use jiff::civil::date;

    fn sample() -> Series {
        Series {
            periods: vec![date(2026, 1, 5), date(2026, 1, 6)],
            lines: vec![
                Line { label: "RU".into(), counts: vec![3.0, 9.0] },
                Line { label: "<UA> & others".into(), counts: vec![0.0, 2.0] },
            ],
        }
    }

    #[test]
    fn pictures_are_whole_svg_and_the_highest_bar_fits() {
        for svg in [bars(&sample(), "Claims & events"), heat_map(&sample(), "Claims & events")] {
            resvg::usvg::Tree::from_str(&svg, &resvg::usvg::Options::default()).expect("the picture is SVG");
            assert!(svg.contains("&lt;UA&gt; &amp; others"));
        }
        assert_eq!(scale(11.0), (5.0, 15.0));
        assert_eq!(scale(0.0), (1.0, 1.0));
    }

    #[test]
    fn a_picture_becomes_png() {
        let bytes = png(&bars(&sample(), "Claims")).expect("it renders");
        assert!(bytes.starts_with(b"\x89PNG"));
    }
}

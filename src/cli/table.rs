//! Tables on a terminal: plain columns that fit its width.

use comfy_table::{ContentArrangement, LineStyle, Table, presets};
use std::io::Write;

/// An empty table under `headings`.
pub(super) fn under(headings: &[&str]) -> Table {
    let mut table = Table::new();
    let style = presets::UTF8_HORIZONTAL_ONLY.row_separator(LineStyle::none());
    table.load_style(style).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(headings.iter().copied());
    table
}

/// Prints a table to standard output.
pub(super) fn print(table: &Table) -> std::io::Result<()> {
    writeln!(std::io::stdout(), "{table}")
}

//! The plain tables in which the words of a language are kept: one entry a line, columns parted by tabs.
//! What a column means is for the module that reads the table.

/// The rows of a table: its lines without comments (`#`) and empty lines.
pub(crate) fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').map(str::trim).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_empty_lines_are_no_rows() {
        let table = "# words\n\nkm\tlength\n";
        assert_eq!(rows(table).collect::<Vec<_>>(), [["km", "length"]]);
    }
}

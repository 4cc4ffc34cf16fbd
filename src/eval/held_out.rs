//! What the program that fits the tables measured on texts it had held out: `gazetteer/scores.tsv`. The weights and the
//! recogniser as shipped have seen all labelled texts but the odd halves, so these are the figures to believe.

/// The table as shipped.
const SHIPPED: &str = include_str!("../../gazetteer/scores.tsv");

/// Lines of scores, by the table whose fitting gave them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeldOut {
    /// The table fitted, and what was measured.
    pub lines: Vec<(String, String)>,
}

impl HeldOut {
    /// The scores that come with the program.
    pub fn shipped() -> HeldOut {
        HeldOut::parse(SHIPPED)
    }

    /// A table of the shipped one's form.
    pub fn parse(table: &str) -> HeldOut {
        let cells = table.lines().skip(1).filter_map(|line| line.split_once('\t'));
        HeldOut { lines: cells.map(|(table, score)| (table.to_owned(), score.to_owned())).collect() }
    }

    /// Puts new lines in the place of a table's old ones.
    pub fn replace(&mut self, table: &str, scores: Vec<String>) {
        self.lines.retain(|(old, _)| old != table);
        self.lines.extend(scores.into_iter().map(|score| (table.to_owned(), score)));
        self.lines.sort_by(|a, b| a.0.cmp(&b.0));
    }

    /// The table as text.
    pub fn to_table(&self) -> String {
        let rows = self.lines.iter().map(|(table, score)| format!("{table}\t{score}\n"));
        std::iter::once("table\tscore\n".to_owned()).chain(rows).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_scores_stand_in_the_place_of_old_ones() {
        let mut scores = HeldOut::default();
        scores.replace("weights", vec!["names right 0.9".into(), "claims right 0.8".into()]);
        scores.replace("recogniser", vec!["LGL 0.8".into()]);
        scores.replace("weights", vec!["names right 0.95".into()]);
        assert_eq!(scores.to_table(), "table\tscore\nrecogniser\tLGL 0.8\nweights\tnames right 0.95\n");
    }
}

//! How the lines of a report begin and what that makes of them: headings, labels, boilerplate.
//! The words are the tables `headings`, `labels` and `boilerplate` of the lexicon.

use super::Label;
use crate::text::table::rows;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// The cues of all languages.
pub(super) static CUES: LazyLock<Cues> = LazyLock::new(Cues::read);

/// Line beginnings and what they say.
pub(super) struct Cues {
    /// By first letter, in small.
    begins: FxHashMap<char, Vec<Cue>>,
    /// How short headings end ("… direction").
    heading_ends: Vec<&'static str>,
    /// What marks a short line as boilerplate wherever it stands.
    boilerplate_holds: Vec<&'static str>,
}

struct Cue {
    words: &'static str,
    /// Behind one to four words that are left open.
    then: Option<&'static str>,
    meaning: Meaning,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Heading,
    Label(Label),
    BoilerplateLine,
    BoilerplateBegins,
}

/// The longest line, in bytes, that is a heading because of its end or as boilerplate because of a word in it.
const SHORT_LINE: usize = 300;

impl Cues {
    fn read() -> Cues {
        let mut cues =
            Cues { begins: FxHashMap::default(), heading_ends: Vec::new(), boilerplate_holds: Vec::new() };
        for row in HEADINGS.iter().copied().flat_map(rows) {
            match row[0].strip_prefix("* ") {
                Some(end) => cues.heading_ends.push(end),
                None => cues.add(row[0], Meaning::Heading),
            }
        }
        for row in LABELS.iter().copied().flat_map(rows) {
            cues.add(row[0], Meaning::Label(label(row[1]).expect("a test reads every row")));
        }
        for row in BOILERPLATE.iter().copied().flat_map(rows) {
            match row[1] {
                "line" => cues.add(row[0], Meaning::BoilerplateLine),
                "begins" => cues.add(row[0], Meaning::BoilerplateBegins),
                "holds" => cues.boilerplate_holds.push(row[0]),
                other => unreachable!("a test reads every row: {other}"),
            }
        }
        cues
    }

    fn add(&mut self, words: &'static str, meaning: Meaning) {
        let (words, then) = match words.split_once('*') {
            Some((words, then)) => (words.trim_end(), Some(then.trim_start())),
            None => (words, None),
        };
        let first = words.chars().next().map(small).expect("a test reads every row");
        self.begins.entry(first).or_default().push(Cue { words, then, meaning });
    }

    /// The cues that `line` begins with, and where they end.
    fn matching<'a>(&'a self, line: &'a str) -> impl Iterator<Item = (&'a Cue, usize)> + 'a {
        let first = line.chars().next().map(small);
        let cues = first.and_then(|first| self.begins.get(&first)).map_or(&[][..], Vec::as_slice);
        cues.iter().filter(|cue| cue.may_begin(line)).filter_map(move |cue| Some((cue, cue.end_in(line)?)))
    }

    /// Where the heading that `line` is, or begins with, ends.
    pub(super) fn heading(&self, line: &str) -> Option<usize> {
        let headings = self.matching(line).filter(|(cue, _)| cue.meaning == Meaning::Heading);
        headings.filter_map(|(cue, end)| heading_end(line, cue.words, end)).max().or_else(|| {
            let bare = line.trim_end_matches(':');
            let words = || bare.split_whitespace().count();
            let ends = |end: &&str| bare.strip_suffix(*end).is_some_and(|before| before.ends_with(' '));
            (line.len() <= 80 && self.heading_ends.iter().any(ends) && words() <= 5).then_some(line.len())
        })
    }

    /// The label that `line` begins with, and where the text after its colon begins.
    pub(super) fn label(&self, line: &str) -> Option<(Label, usize)> {
        self.matching(line).find_map(|(cue, end)| match cue.meaning {
            Meaning::Label(label) => {
                let rest = &line[end..];
                let after = rest.trim_start().strip_prefix(':')?;
                Some((label, line.len() - after.len()))
            }
            _ => None,
        })
    }

    /// Whether `line` reports nothing.
    pub(super) fn is_boilerplate(&self, line: &str) -> bool {
        let begins = self.matching(line).any(|(cue, end)| match cue.meaning {
            Meaning::BoilerplateBegins => true,
            Meaning::BoilerplateLine => line[end..].chars().all(|c| !c.is_alphanumeric()),
            Meaning::Heading | Meaning::Label(_) => false,
        });
        begins || line.len() <= SHORT_LINE && self.boilerplate_holds.iter().any(|words| line.contains(words))
    }
}

impl Cue {
    /// A quick look at a few letters, in which most lines differ from most cues.
    fn may_begin(&self, line: &str) -> bool {
        let (line, words) = (line.as_bytes(), self.words.as_bytes());
        [2, 1, 8].into_iter().all(|at| match (line.get(at), words.get(at)) {
            (Some(a), Some(b)) => a.eq_ignore_ascii_case(b) || !a.is_ascii() || !b.is_ascii(),
            (_, None) => true,
            (None, Some(_)) => false,
        })
    }

    /// Where it ends in a line that begins with it, letter case aside.
    fn end_in(&self, line: &str) -> Option<usize> {
        let end = end_of_prefix(line, self.words)?;
        let Some(then) = self.then else { return Some(end) };
        let mut at = end;
        for _ in 0..4 {
            let rest = line[at..].trim_start();
            at = line.len() - rest.len() + rest.find(|c: char| c.is_whitespace() || c == ':')?;
            if then.is_empty() && line[at..].starts_with(':') {
                return Some(at);
            }
            let next = line[at..].trim_start();
            if let Some(found) = end_of_prefix(next, then).filter(|_| !then.is_empty()) {
                return Some(line.len() - next.len() + found);
            }
        }
        None
    }
}

/// Where a heading that begins with `words` (up to `end`) ends; none where the line is a sentence.
fn heading_end(line: &str, words: &str, end: usize) -> Option<usize> {
    let rest = line[end..].trim_start();
    let same_case = line[..end] == *words || line[..end] == words.to_uppercase();
    let sentence = line.ends_with(['.', '!', '?', '…', ']']);
    match rest.chars().next() {
        None => Some(line.len()),
        // "Key Takeaways: Troops moved near Lyman." holds more than a heading.
        Some(':') if sentence => Some(line.len() - rest.len() + 1),
        Some('—' | '–' | '-' | '(' | '#' | ':' | ';' | '0'..='9') => Some(line.len()),
        Some(_) => (same_case && line.len() <= 120 && !sentence).then_some(line.len()),
    }
}

/// Where `prefix` ends in a line that begins with it as whole words, letter case aside.
fn end_of_prefix(line: &str, prefix: &str) -> Option<usize> {
    let mut letters = line.char_indices();
    for expected in prefix.chars() {
        let (_, c) = letters.next()?;
        if c != expected && small(c) != small(expected) {
            return None;
        }
    }
    let end = letters.offset();
    let inside =
        prefix.ends_with(char::is_alphanumeric) && letters.next().is_some_and(|(_, c)| c.is_alphanumeric());
    (!inside).then_some(end)
}

/// The small form of a letter, one letter for one.
fn small(c: char) -> char {
    if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) }
}

fn label(word: &str) -> Option<Label> {
    Some(match word {
        "assessed" => Label::Assessed,
        "unconfirmed" => Label::Unconfirmed,
        "order_of_battle" => Label::OrderOfBattle,
        "quote" => Label::Quote,
        "source" => Label::Source,
        "details" => Label::Details,
        "objective" => Label::Objective,
        _ => return None,
    })
}

const HEADINGS: [&str; 3] = [
    include_str!("../../gazetteer/lexicon/en/headings.tsv"),
    include_str!("../../gazetteer/lexicon/uk/headings.tsv"),
    include_str!("../../gazetteer/lexicon/ru/headings.tsv"),
];

const LABELS: [&str; 3] = [
    include_str!("../../gazetteer/lexicon/en/labels.tsv"),
    include_str!("../../gazetteer/lexicon/uk/labels.tsv"),
    include_str!("../../gazetteer/lexicon/ru/labels.tsv"),
];

const BOILERPLATE: [&str; 3] = [
    include_str!("../../gazetteer/lexicon/en/boilerplate.tsv"),
    include_str!("../../gazetteer/lexicon/uk/boilerplate.tsv"),
    include_str!("../../gazetteer/lexicon/ru/boilerplate.tsv"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings() {
        for line in [
            "Key Takeaways",
            "KEY TAKEAWAYS",
            "Toplines",
            "Main Effort—Eastern Ukraine",
            "Supporting Effort #1 – Kharkiv City (Russian objective: hold the city)",
            "Mobilization and force generation efforts;",
            "Russian Subordinate Main Effort #3: Dnipro River",
            "Kupyansk direction",
            "Kupyansk axis:",
            "Покровський напрямок",
            "Покровское направление:",
        ] {
            assert_eq!(CUES.heading(line), Some(line.len()), "{line}");
        }
        assert_eq!(CUES.heading("Key Takeaways: Troops moved near Lyman."), Some(14));
        for line in [
            "Ukrainian counteroffensive operations went on near Lyman",
            "Main effort of the troops was near Lyman.",
            "Toplinesman",
            "Troops did not move at all this week in the Lyman direction",
        ] {
            assert_eq!(CUES.heading(line), None, "{line}");
        }
    }

    #[test]
    fn labels() {
        let label = |line: &str| CUES.label(line).map(|(label, at)| (label, line[at..].to_owned()));
        assert_eq!(label("Assessed Russian advances: Footage"), Some((Label::Assessed, " Footage".into())));
        assert_eq!(label("Unconfirmed claims:"), Some((Label::Unconfirmed, String::new())));
        assert_eq!(label("Quote from ISW: \"Troops"), Some((Label::Quote, " \"Troops".into())));
        assert_eq!(label("ДЖЕРЕЛО: Генштаб"), Some((Label::Source, " Генштаб".into())));
        assert_eq!(label("Russian objective: seize Lyman"), Some((Label::Objective, " seize Lyman".into())));
        assert_eq!(label("Sources said that troops moved: near Lyman"), None);
        assert_eq!(label("Assessed needs of the many troops were met: advances"), None);
    }

    #[test]
    fn boilerplate() {
        for line in [
            "Advertisement:",
            "Support UP or give",
            "Click here to see a map",
            "Реклама:",
            "📎 Посилання на банку",
        ] {
            assert!(CUES.is_boilerplate(line), "{line}");
        }
        for line in ["Advertisement for a war", "Photo evidence shows troops", "Ads", "Support troops left"] {
            assert!(!CUES.is_boilerplate(line), "{line}");
        }
    }

    #[test]
    fn every_row_of_the_tables_is_read() {
        let count: usize = CUES.begins.values().map(Vec::len).sum();
        assert!(count > 120);
        let words: Vec<&str> = BOILERPLATE.iter().copied().flat_map(rows).map(|row| row[1]).collect();
        assert!(words.iter().all(|word| ["line", "begins", "holds"].contains(word)));
    }
}

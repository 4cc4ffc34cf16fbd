//! The page of the morning: what changed, in Markdown, short enough to be read.

use super::diff::{Change, ChangeKind};
use super::row::Row;
use super::series::days_between;
use crate::claim::{ClaimantKind, Side, Status};
use crate::mention::Relation;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt::Write;

/// What stands at the head of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// The new days.
    pub days: (Date, Date),
    /// The days or store that they are compared with, in words.
    pub against: String,
    /// Documents of the new days.
    pub documents: usize,
    /// Their claims, repeats left out.
    pub claims: usize,
    /// Claims of them that were not said before.
    pub news: usize,
}

/// How many bullets a section shows.
const BULLETS: usize = 10;
/// How many characters of a sentence a bullet quotes.
const QUOTED: usize = 220;
/// How many places a bullet names.
const PLACES: usize = 8;

/// The page. Claims of one sentence share a bullet.
pub fn markdown(head: &Head, changes: &[Change<'_>]) -> String {
    let mut page = String::new();
    let (from, to) = head.days;
    let days = if from == to { from.to_string() } else { format!("{from} to {to}") };
    let _ = writeln!(page, "# What changed: {days}\n");
    let _ = writeln!(
        page,
        "Against {}. {}, {}, {} of them new.\n",
        head.against,
        counted(head.documents, "report"),
        counted(head.claims, "claim"),
        head.news
    );
    let totals = ChangeKind::ALL.into_iter().filter_map(|kind| {
        let count = changes.iter().filter(|change| change.kind == kind).count();
        (count > 0).then(|| format!("{}: {count}", heading(kind)))
    });
    let totals: Vec<String> = totals.collect();
    let _ = writeln!(
        page,
        "{}.",
        if totals.is_empty() { "Nothing changed".to_owned() } else { totals.join(", ") }
    );
    for kind in ChangeKind::ALL {
        let of_kind: Vec<&Change> = changes.iter().filter(|change| change.kind == kind).collect();
        if !of_kind.is_empty() {
            section(&mut page, kind, &of_kind, to);
        }
    }
    page
}

fn section(page: &mut String, kind: ChangeKind, changes: &[&Change<'_>], until: Date) {
    let _ = writeln!(page, "\n## {} ({})\n", heading(kind), changes.len());
    let bullets = bullets(kind, changes);
    for bullet in bullets.iter().take(BULLETS) {
        write_bullet(page, kind, bullet, until);
    }
    let left: usize = bullets.iter().skip(BULLETS).map(Vec::len).sum();
    if left > 0 {
        let _ = writeln!(page, "- and {left} more");
    }
}

/// Changes of one sentence together, the firmest first.
fn bullets<'c, 'a>(kind: ChangeKind, changes: &[&'c Change<'a>]) -> Vec<Vec<&'c Change<'a>>> {
    let mut shared: BTreeMap<_, Vec<&Change>> = BTreeMap::new();
    for (nth, change) in changes.iter().enumerate() {
        let row = change.row;
        // A change that stands against another claim is told by itself.
        let own = if change.against.is_some() || kind == ChangeKind::Quiet { nth } else { usize::MAX };
        let firm = std::cmp::Reverse(super::row::firmness(row.status));
        shared.entry((firm, row.side, row.kind, &row.sentence, own)).or_default().push(change);
    }
    shared.into_values().collect()
}

fn write_bullet(page: &mut String, kind: ChangeKind, bullet: &[&Change<'_>], until: Date) {
    let change = bullet[0];
    let row = change.row;
    let places = places(bullet);
    let quote = quoted(&row.sentence);
    let said = said(row);
    let _ = match (kind, change.against) {
        (ChangeKind::Quiet, _) => {
            let days = days_between(change.seen.1, until);
            writeln!(page, "- **{places}**: not named for {days} days; last on {}: “{quote}”", change.seen.1)
        }
        (ChangeKind::Dropped, _) => writeln!(
            page,
            "- **{places}**: {said} on {}, not repeated or confirmed since {}: “{quote}”",
            change.seen.0, change.seen.1
        ),
        (ChangeKind::Upgraded, Some(against)) => writeln!(
            page,
            "- **{places}**: {said}; so far {} (first on {}): “{quote}”",
            against.status.as_str(),
            change.seen.0
        ),
        (_, Some(against)) => writeln!(
            page,
            "- **{places}**: {said}: “{quote}”\n  - against {} ({}): “{}”",
            self::said(against),
            against.report_date,
            quoted(&against.sentence)
        ),
        _ => writeln!(page, "- **{places}**: {said}: “{quote}”"),
    };
}

/// `Lysivka (Donetsk Oblast), Rodynske (Donetsk Oblast)`, the oblast once where all share it.
fn places(bullet: &[&Change<'_>]) -> String {
    let mut names: Vec<String> = Vec::new();
    let mut oblasts: Vec<&str> = Vec::new();
    for row in bullet.iter().map(|change| change.row) {
        let name = row.place.as_ref().map_or(&*row.place_text, |place| &place.name);
        let name = format!("{}{name}", toward(row.relation));
        if !names.contains(&name) {
            names.push(name);
        }
        let oblast = row.place.as_ref().and_then(|place| place.adm1.as_deref()).unwrap_or_default();
        if !oblast.is_empty() && !oblasts.contains(&oblast) {
            oblasts.push(oblast);
        }
    }
    let more = names.len().saturating_sub(PLACES);
    names.truncate(PLACES);
    let mut text = names.join(", ");
    if more > 0 {
        let _ = write!(text, " and {more} more");
    }
    if let [oblast] = oblasts[..]
        && !text.contains(oblast)
    {
        let _ = write!(text, " ({oblast})");
    }
    text
}

fn toward(relation: Relation) -> &'static str {
    match relation {
        Relation::Toward => "toward ",
        Relation::Axis | Relation::Area => "sector of ",
        _ => "",
    }
}

/// `Russian advance, claimed by milblogger`
fn said(row: &Row) -> String {
    let side = match row.side {
        Side::Ru => "Russian",
        Side::Ua => "Ukrainian",
        Side::Other => "other",
        Side::Unknown => "unattributed",
    };
    let by = match (row.status, row.claimed_by) {
        (Status::Claimed | Status::Denied, Some(kind)) => format!(" by {}", claimant(kind)),
        _ => String::new(),
    };
    format!("{side} {}, {}{by}", row.kind.as_str(), row.status.as_str())
}

/// The name of a kind of source for people.
pub(super) fn claimant(kind: ClaimantKind) -> &'static str {
    match kind {
        ClaimantKind::RuMod => "Russian MoD",
        ClaimantKind::RuOfficial => "Russian official",
        ClaimantKind::Milblogger => "milblogger",
        ClaimantKind::RuSource => "Russian source",
        ClaimantKind::UaGeneralStaff => "Ukrainian General Staff",
        ClaimantKind::UaOfficial => "Ukrainian official",
        ClaimantKind::UaSource => "Ukrainian source",
        ClaimantKind::UsEuOfficial => "US or European official",
        ClaimantKind::Media => "media",
        ClaimantKind::Other => "other source",
    }
}

fn heading(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::NewGain => "New gains",
        ChangeKind::Upgraded => "Upgraded claims",
        ChangeKind::Reversed => "Reversals",
        ChangeKind::Contradicted => "Contradictions",
        ChangeKind::NewPlace => "New places",
        ChangeKind::Dropped => "Silently dropped claims",
        ChangeKind::Quiet => "Places gone quiet",
        ChangeKind::Removed => "Claims removed",
    }
}

fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// The beginning of a sentence on one line, cut at a word.
fn quoted(sentence: &str) -> String {
    let line = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = line.char_indices().nth(QUOTED) else { return line };
    let cut = line[..end].rfind(' ').unwrap_or(end);
    format!("{} …", &line[..cut])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::ClaimType;
    use crate::track::diff::{Settings, changes};
    use crate::track::row::sample::row;
    use jiff::civil::date;

    #[test]
    fn the_page_names_side_kind_status_and_source() {
        let known = Row {
            event_id: Some("e0".into()),
            ..row("a", Side::Ru, ClaimType::Advance, Status::Claimed, "Rodynske", 9)
        };
        let now = ["Lysivka", "Novyi Trud"].map(|place| Row {
            event_id: Some(format!("e{place}").into()),
            claimed_by: Some(ClaimantKind::Milblogger),
            sentence: "A blogger says that assault groups went forward at both villages.".into(),
            ..row(place, Side::Ru, ClaimType::Advance, Status::Claimed, place, 10)
        });
        let day = date(2026, 1, 10);
        let before = [known];
        let changes = changes(&before, &now, day, &Settings::default());
        let against = "the reports before".to_owned();
        let head = Head { days: (day, day), against, documents: 1, claims: 2, news: 2 };
        let page = markdown(&head, &changes);
        assert!(page.contains("1 report, 2 claims, 2 of them new."), "{page}");
        let bullet =
            "- **Lysivka, Novyi Trud (Donetsk Oblast)**: Russian advance, claimed by milblogger: “A blogger";
        assert!(page.contains(bullet), "{page}");
        assert!(page.contains("## New places (2)"), "{page}");
    }

    #[test]
    fn long_sentences_are_cut_at_a_word() {
        let long = "word ".repeat(100);
        let cut = quoted(&long);
        assert!(cut.ends_with("word …") && cut.chars().count() < QUOTED + 3, "{cut}");
    }
}

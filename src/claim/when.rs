//! When an action happened, as far as the words say: the sentence's dates dealt out to its predicates.
//! Reading dates is `text::date`'s work; dates of saying and publishing date no event.

use super::item::{Item, Kind};
use super::predicate::{Predicate, Tie, What};
use super::{DateBasis, When};
use crate::lexicon::{Evidence, Link};
use crate::mention::Words;
use crate::text::date::{DateMention, DatePrecision};
use jiff::ToSpan;
use jiff::civil::Date;

/// A date given to a predicate.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Dated {
    /// A date of the sentence, by its index.
    Date(usize),
    /// An item that counts days from the report.
    Relative(usize),
    /// "recently": the dates around are not its own.
    Undated,
}

/// The times of each predicate. `as_of` is the day from which undated and relative ones count.
pub(super) fn times(
    words: &Words,
    items: &[Item],
    predicates: &[Predicate],
    dates: &[DateMention],
    as_of: Option<Date>,
) -> Vec<When> {
    let mut given: Vec<Option<Dated>> =
        predicates.iter().map(|predicate| undated(items, predicate)).collect();
    for (at, item) in items.iter().enumerate() {
        let dated = match item.kind {
            Kind::Date(date) => Dated::Date(date),
            Kind::Time(..) => Dated::Relative(at),
            _ => continue,
        };
        if let Some(owner) = owner(items, predicates, at) {
            // "within the past week as of D": the relative words say how long, the date says from when;
            // but in "overnight on D to E" they only go with the date.
            let free = match given[owner] {
                None | Some(Dated::Undated) => true,
                Some(Dated::Relative(before)) => item.first <= items[before].end + 1,
                Some(Dated::Date(_)) => false,
            };
            if free {
                given[owner] = Some(dated);
            }
        }
    }
    share(predicates, &mut given);
    let when = |dated: &Option<Dated>| when(words, items, dates, *dated, as_of);
    given.iter().map(when).collect()
}

/// Whether the predicate's own words say that it is of no stated day.
fn undated(items: &[Item], predicate: &Predicate) -> Option<Dated> {
    let own = &items[predicate.own..predicate.item];
    own.iter().any(|item| item.kind == Kind::Past).then_some(Dated::Undated)
}

/// The predicate that the date at item `at` dates; none where it dates a saying or a publication.
fn owner(items: &[Item], predicates: &[Predicate], at: usize) -> Option<usize> {
    let next = predicates.iter().position(|predicate| predicate.item > at);
    let before = next.unwrap_or(predicates.len()).checked_sub(1);
    let behind = items[..at].iter().rev().find(|item| !matches!(item.kind, Kind::Place(_) | Kind::Date(_)));
    if let Some(item) = behind {
        if item.kind == Kind::Link(Link::Under) {
            return None;
        }
        if let Kind::Party(party) = item.kind
            && party.evidence.is_some_and(|evidence| evidence <= Evidence::Footage)
        {
            return None;
        }
    }
    let fronted = next.filter(|&next| {
        before.is_none()
            || (at >= predicates[next].own && !matches!(predicates[next].tie, Tie::Chain | Tie::Comma))
    });
    let owner = fronted.or(before)?;
    if matches!(predicates[owner].what, What::Say(_)) {
        return None;
    }
    Some(last_of_chain(predicates, owner, at, fronted.is_some()))
}

/// A date before a noun of action that a light verb carries is the noun's.
fn last_of_chain(predicates: &[Predicate], owner: usize, at: usize, fronted: bool) -> usize {
    let mut owner = owner;
    while matches!(predicates[owner].what, What::Light(_) | What::Inert(_)) {
        let next =
            predicates.get(owner + 1).filter(|next| next.tie == Tie::Chain && (fronted || next.item > at));
        if next.is_some() {
            owner += 1;
        } else if predicates[owner].tie == Tie::Chain
            && owner > 0
            && matches!(predicates[owner - 1].what, What::Act(..))
        {
            return owner - 1;
        } else {
            break;
        }
    }
    owner
}

/// Lets coordinated predicates of one subject share a date.
fn share(predicates: &[Predicate], given: &mut [Option<Dated>]) {
    let same_clause = |at: usize| {
        let predicate = &predicates[at];
        match predicate.tie {
            Tie::Chain => !matches!(predicates[at - 1].what, What::Say(_) | What::Inert(_)),
            Tie::Link(Link::And | Link::Or | Link::But | Link::Purpose) | Tie::Comma | Tie::Semicolon => {
                !predicate.own_subject && !matches!(predicates[at - 1].what, What::Say(_))
            }
            _ => false,
        }
    };
    for at in (1..predicates.len()).rev() {
        if same_clause(at) && given[at - 1].is_none() && !matches!(given[at], Some(Dated::Undated)) {
            given[at - 1] = given[at];
        }
    }
    for at in 1..predicates.len() {
        if given[at].is_none() && same_clause(at) {
            given[at] = given[at - 1];
        }
    }
}

fn when(
    words: &Words,
    items: &[Item],
    dates: &[DateMention],
    dated: Option<Dated>,
    as_of: Option<Date>,
) -> When {
    let undated = When { event: None, precision: 5, basis: DateBasis::ReportDate, text: None, as_of };
    match dated {
        Some(Dated::Date(date)) => {
            let date = &dates[date];
            When {
                event: Some((date.first, date.last)),
                precision: precision(date),
                basis: DateBasis::Explicit,
                text: Some(date.span),
                as_of,
            }
        }
        Some(Dated::Relative(item)) => {
            let Kind::Time(first, last) = items[item].kind else {
                return undated;
            };
            let days = |offset: i8| as_of.and_then(|day| day.checked_add(i64::from(offset).days()).ok());
            let Some(event) = days(first).zip(days(last)) else {
                return undated;
            };
            When {
                event: Some(event),
                precision: if first == last { 1 } else { 2 },
                basis: DateBasis::Relative,
                text: Some(words.span(items[item].first, items[item].end)),
                as_of,
            }
        }
        Some(Dated::Undated) | None => undated,
    }
}

/// UCDP's temporal precision.
fn precision(date: &DateMention) -> u8 {
    match date.precision {
        DatePrecision::Day => 1,
        DatePrecision::Days if date.first.checked_add(6.days()).is_ok_and(|week| date.last <= week) => 2,
        DatePrecision::Days | DatePrecision::PartOfMonth => 3,
        DatePrecision::Month => 4,
        DatePrecision::Season => 5,
    }
}

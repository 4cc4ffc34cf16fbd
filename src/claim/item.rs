//! A sentence cut into [`Item`]s: parties, actions, sayings, places, dates and the links between them, one
//! reading a word. How they hang together is `predicate`'s question.

use super::party::{Begins, Party, Sides, begins, close_of};
use crate::lexicon::{
    Auxiliary, ClaimType, Class, Cue, Filler, Form, Hedge, Link, Mood, Preposition, Pronoun, Saying, Sense,
};
use crate::mention::{Lead, Locative, Words};
use crate::text::date::DateMention;

/// One piece, over the tokens from `first` to before `end`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Item {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
}

/// What an [`Item`] is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    Party(Party),
    /// Side words before something that does not act ("Russian attacks").
    Adjective(Sides),
    /// A verb of action in a form, or a noun of action.
    Act(ClaimType, Option<Form>),
    Light(Form),
    Inert(Form),
    Say(Saying),
    Mood(Mood),
    Not,
    Hedge(Hedge),
    Link(Link),
    Auxiliary(Auxiliary),
    Pronoun(Pronoun),
    /// A locative of the sentence.
    Place(usize),
    /// A date of the sentence.
    Date(usize),
    /// "by", before the doer of a passive.
    By,
    /// "to", before an infinitive.
    To,
    /// "from", before what is prevented.
    From,
    /// "marginally", "also".
    Adverb,
    /// "recently", "previously": the event is not of the dates around it.
    Past,
    /// Days counted from the report's: first and last.
    Time(i8, i8),
    Comma,
    Semicolon,
    Colon,
}

/// The items of a sentence.
pub(super) fn items(words: &Words, locatives: &[Locative], dates: &[DateMention]) -> Vec<Item> {
    let mut found: Vec<Item> = Vec::with_capacity(words.tokens.len() / 2);
    let mut at = 0;
    let (mut place, mut date) = (0, 0);
    while at < words.tokens.len() {
        while place < locatives.len() && locatives[place].span.end <= words.tokens[at].span.start {
            place += 1;
        }
        while date < dates.len() && dates[date].tokens.end <= at {
            date += 1;
        }
        let (kind, end) =
            if locatives.get(place).is_some_and(|next| next.span.start <= words.tokens[at].span.start) {
                let end = words.token_at(locatives[place].span.end);
                (Some(Kind::Place(place)), end)
            } else if dates.get(date).is_some_and(|next| next.tokens.start <= at) {
                (Some(Kind::Date(date)), dates[date].tokens.end)
            } else if !words.tokens[at].is_word() && matches!(words.word(at), "(" | "[") {
                (None, close_of(words, at).unwrap_or(at) + 1)
            } else {
                read(words, at, &found)
            };
        let end = end.max(at + 1);
        if let Some(kind) = kind {
            found.push(Item { first: at, end, kind });
        }
        at = end;
    }
    drop_list_glue(&mut found, locatives);
    drop_adjective_commas(words, &mut found);
    drop_parentheses(&mut found);
    found
}

/// The item that begins at token `at`, and one past its last token.
fn read(words: &Words, at: usize, before: &[Item]) -> (Option<Kind>, usize) {
    if let Some(mark) = mark(words, at) {
        return (Some(mark), at + 1);
    }
    let cues = words.cues_at(at);
    if cues.is_empty() {
        return (named_sayer(words, at).map(Kind::Party), at + 1);
    }
    let word = cues
        .iter()
        .filter(|cue| fits(words, cue, before))
        .filter_map(|cue| kind_of(cue.sense).map(|kind| (kind, cue.end as usize)))
        .max_by_key(|&(kind, end)| (end, rank(kind)));
    match begins(words, at) {
        Some(Begins::Party(party)) if word.is_none_or(|(_, end)| end < party.end || yields(word)) => {
            (Some(Kind::Party(party)), party.end)
        }
        Some(Begins::Adjective(sides, end)) if word.is_none_or(|(_, other)| other <= end) => {
            (Some(Kind::Adjective(sides)), end)
        }
        _ => word.map_or((None, at + 1), |(kind, end)| (Some(kind), end)),
    }
}

/// The mark at token `at`, of those that part clauses.
fn mark(words: &Words, at: usize) -> Option<Kind> {
    match words.word(at) {
        _ if words.tokens[at].is_word() => None,
        "," => Some(Kind::Comma),
        ";" => Some(Kind::Semicolon),
        ":" => Some(Kind::Colon),
        _ => None,
    }
}

/// "Ivanov added": a name that nothing is known of, right before a verb of saying.
fn named_sayer(words: &Words, at: usize) -> Option<Party> {
    if !words.tokens[at].is_capital() {
        return None;
    }
    let verb = (at + 1..words.tokens.len()).find(|&next| !is_adverb(words, next))?;
    let name = words.is(verb, Class::Say) && !is_place(words, at);
    // Any word may be capital at the start of a sentence; in English those that are no names are known.
    let sure = at > 0 || words.word(at).is_ascii();
    (name && sure).then(|| Party::named(at))
}

/// Whether a word of equal length gives way to a party.
fn yields(word: Option<(Kind, usize)>) -> bool {
    !matches!(word, Some((Kind::Act(..) | Kind::Say(_) | Kind::Light(_) | Kind::Mood(_) | Kind::Not, _)))
}

/// What a sense is among the items, if anything.
fn kind_of(sense: Sense) -> Option<Kind> {
    Some(match sense {
        Sense::Verb(act, form) => Kind::Act(act, Some(form)),
        Sense::Noun(act) => Kind::Act(act, None),
        Sense::Light(form) => Kind::Light(form),
        Sense::Inert(form) => Kind::Inert(form),
        Sense::Say(saying) => Kind::Say(saying),
        Sense::Mood(mood) => Kind::Mood(mood),
        Sense::Not => Kind::Not,
        Sense::Hedge(hedge) => Kind::Hedge(hedge),
        Sense::Link(link) => Kind::Link(link),
        Sense::Auxiliary(auxiliary) => Kind::Auxiliary(auxiliary),
        Sense::Pronoun(pronoun) if pronoun != Pronoun::Actor => Kind::Pronoun(pronoun),
        Sense::Preposition(Preposition::By) => Kind::By,
        Sense::Preposition(Preposition::To) => Kind::To,
        Sense::Preposition(Preposition::From) => Kind::From,
        Sense::Filler(Filler::Adverb) => Kind::Adverb,
        Sense::Filler(Filler::Past) => Kind::Past,
        Sense::Time(first, last) => Kind::Time(first, last),
        _ => return None,
    })
}

/// Which reading of words of equal length counts; the filter [`fits`] has gone before.
fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Not => 12,
        Kind::Mood(_) => 11,
        Kind::Act(_, Some(_)) => 10,
        Kind::Act(_, None) => 9,
        Kind::Say(_) => 8,
        Kind::Light(_) => 7,
        Kind::Inert(_) => 6,
        Kind::Hedge(_) => 5,
        Kind::Link(_) => 4,
        _ => 1,
    }
}

/// Whether a reading agrees with what stands around the words.
fn fits(words: &Words, cue: &Cue, before: &[Item]) -> bool {
    let (first, end) = (cue.first as usize, cue.end as usize);
    match cue.sense {
        // "contested the claim that", "contested the town".
        Sense::Verb(..) if words.is(first, Class::Say) && governs_saying(words, end) => false,
        Sense::Verb(act, form) => {
            verb_fits(words, first, end, form, before)
                && !(act == ClaimType::Advance
                    && form == Form::Past
                    && describes_thing(words, first, end, before))
        }
        Sense::Light(form) | Sense::Inert(form) => verb_fits(words, first, end, form, before),
        // "is false", but "a false claim".
        Sense::Say(Saying::Deny) if words.is(first, Class::Filler) => before.last().is_some_and(|item| {
            item.kind == Kind::Auxiliary(Auxiliary::Be) && is_near(words, item.end, first)
        }),
        // "the claimed seizure", "confirmed advances": an adjective.
        Sense::Say(_) => {
            !(is_attribute(words, first, before) && words.is(into_quotation(words, end), Class::Noun))
        }
        Sense::Hedge(_) if words.is(first, Class::Say) => {
            is_attribute(words, first, before) || words.is(end, Class::Noun)
        }
        _ => true,
    }
}

/// Whether a word of saying stands a few words behind, with no other verb between.
fn governs_saying(words: &Words, end: usize) -> bool {
    const REACH: usize = 9;
    let behind = end..words.tokens.len().min(end + REACH);
    let mut behind = behind.take_while(|&at| !words.is(at, Class::Verb) && !words.is(at, Class::Link));
    behind.any(|at| words.is(at, Class::Say))
}

/// "fired advanced missiles", "advanced, precise missiles": a word for moving that has no subject and stands
/// before a thing describes it.
fn describes_thing(words: &Words, first: usize, end: usize, before: &[Item]) -> bool {
    let subject = before.last().is_some_and(|item| {
        matches!(
            item.kind,
            Kind::Party(_) | Kind::Auxiliary(_) | Kind::Link(_) | Kind::Comma | Kind::Adverb | Kind::Past
        ) && (item.end..first).all(|at| !words.cues_at(at).is_empty())
    });
    let thing = words.tokens.get(end).is_some_and(|token| token.is_word())
        && (words.cues_at(end).is_empty() || words.is(end, Class::Force) || words.is(end, Class::Aerial));
    !subject && first > 0 && (thing && !is_place(words, end) || words.word(end) == ",")
}

/// Whether a verb in this form can stand after what stands before.
fn verb_fits(words: &Words, first: usize, end: usize, form: Form, before: &[Item]) -> bool {
    let last = before.iter().rev().find(|item| {
        !matches!(item.kind, Kind::Adverb | Kind::Past | Kind::Hedge(_) | Kind::Date(_) | Kind::Time(..))
    });
    let adjacent = last.is_some_and(|item| is_near(words, item.end, first));
    let after_verb_sign = adjacent
        && last.is_some_and(|item| {
            matches!(
                item.kind,
                Kind::To | Kind::Mood(_) | Kind::Auxiliary(_) | Kind::Not | Kind::Link(Link::Relative)
            )
        })
        || goes_on_with_infinitive(words, before, first);
    let after_be = adjacent && last.is_some_and(|item| matches!(item.kind, Kind::Auxiliary(_)));
    let after_party = adjacent && follows_party(before);
    let also_noun = words.is(first, Class::Noun);
    match form {
        // "occupied X" inside a clause only describes X.
        Form::Participle if after_verb(before) && !after_be => false,
        Form::Past | Form::Participle | Form::Impersonal => {
            // "the captured settlement": an attribute, unless nothing but the verb can be meant.
            let joined = first > 0 && words.word(first - 1) == "-";
            // "occupied", "captured": words that mostly describe want their subject or auxiliary right before.
            let describes = words.is(first, Class::Filler)
                && !words.is(first, Class::Whose)
                && !(after_party || after_be || after_verb_sign);
            !joined
                && !describes
                && !(is_attribute(words, first, before) && (!ends_phrase(words, end) || is_place(words, end)))
        }
        Form::Base => (after_verb_sign || after_party) && !is_determined(words, first),
        Form::Finite | Form::Future | Form::Infinitive => true,
        Form::Third => {
            let after_relative = adjacent && last.is_some_and(|item| item.kind == Kind::Link(Link::Relative));
            after_relative && !also_noun
                || after_party && (!also_noun || last.is_some_and(|item| is_singular(words, item)))
        }
        Form::Ing if also_noun => (after_party || after_be) && !is_determined(words, first),
        // "continued attacking": what carries the verb determines nothing.
        Form::Ing => {
            let carried = first > 0 && words.is(first - 1, Class::Light);
            carried || !is_determined(words, first) || ends_phrase(words, end)
        }
    }
}

/// Whether the clause already has its verb.
fn after_verb(before: &[Item]) -> bool {
    let clause = before.iter().rev().take_while(|item| {
        !matches!(item.kind, Kind::Link(_) | Kind::Comma | Kind::Semicolon | Kind::Auxiliary(_))
    });
    let mut clause = clause;
    clause.any(|item| {
        matches!(item.kind, Kind::Act(_, Some(_)) | Kind::Light(_) | Kind::Inert(_) | Kind::Say(_))
    })
}

/// Whether a party stands last, perhaps with the place where it is.
fn follows_party(before: &[Item]) -> bool {
    let mut last = before.iter().rev().filter(|item| {
        !matches!(
            item.kind,
            Kind::Adverb | Kind::Past | Kind::Hedge(_) | Kind::Date(_) | Kind::Time(..) | Kind::Place(_)
        )
    });
    last.next().is_some_and(|item| matches!(item.kind, Kind::Party(_)))
}

/// "to attack A and seize B": an infinitive joined to one before.
fn goes_on_with_infinitive(words: &Words, before: &[Item], first: usize) -> bool {
    let mut last = before.iter().rev();
    let last = last.find(|item| !matches!(item.kind, Kind::Adverb | Kind::Past | Kind::Hedge(_)));
    let joined = last.filter(|item| {
        matches!(item.kind, Kind::Link(Link::And | Link::Or) | Kind::Comma) && is_near(words, item.end, first)
    });
    let verb = before.iter().rev().find_map(|item| match item.kind {
        Kind::Act(_, form) => form,
        Kind::Light(form) | Kind::Inert(form) => Some(form),
        _ => None,
    });
    joined.is_some() && verb == Some(Form::Base)
}

/// Whether nothing but adverbs stands between two tokens.
fn is_near(words: &Words, from: usize, to: usize) -> bool {
    from <= to && (from..to).all(|at| words.is(at, Class::Filler) || words.is(at, Class::Hedge))
}

/// A party of one ("the enemy", "the brigade") takes a verb in the third person.
fn is_singular(words: &Words, item: &Item) -> bool {
    words.is(item.first, Class::Actor)
}

/// Whether an article or the like stands right before.
fn is_determined(words: &Words, first: usize) -> bool {
    let determiner = |at: usize| {
        words.is(at, Class::Filler)
            && words
                .sense_at(at, |sense| matches!(sense, Sense::Filler(Filler::Determiner)).then_some(()))
                .is_some()
    };
    first > 0 && determiner(first - 1)
}

/// Whether a participle here stands before a noun that it describes.
fn is_attribute(words: &Words, first: usize, before: &[Item]) -> bool {
    let verb = first;
    let first = (0..first).rev().find(|&at| !is_adverb(words, at)).map_or(0, |at| at + 1);
    let mut last = before.iter().rev();
    let last =
        last.find(|item| !matches!(item.kind, Kind::Adverb | Kind::Past)).filter(|item| item.end == first);
    let joined = first > 0 && (words.is(first - 1, Class::Preposition) || words.word(first - 1) == "-");
    is_determined(words, first)
        || joined
        || last.is_some_and(|item| {
            matches!(item.kind, Kind::Light(_) | Kind::Adjective(_) | Kind::Act(..) | Kind::Inert(_))
        })
        || (last.is_some_and(|item| item.kind == Kind::Not) && words.is(verb + 1, Class::Noun))
}

fn is_adverb(words: &Words, at: usize) -> bool {
    let adverb = |sense| matches!(sense, Sense::Filler(Filler::Adverb | Filler::Past)).then_some(());
    words.sense_at(at, adverb).is_some()
}

/// Whether a place is named at token `at`.
fn is_place(words: &Words, at: usize) -> bool {
    !words.mentions_over(at).is_empty()
}

/// Whether a place, a mark or a preposition follows: what stands before it is no attribute.
fn ends_phrase(words: &Words, end: usize) -> bool {
    let end = into_quotation(words, end);
    end >= words.tokens.len()
        || words.is(end, Class::Preposition)
        || !words.tokens[end].is_word() && !matches!(words.word(end), "(" | "[")
}

/// Past the mark that opens a quotation ("a contested “gray zone”"), if one stands at token `at`.
fn into_quotation(words: &Words, at: usize) -> usize {
    at + usize::from(matches!(words.word(at), "“" | "\"" | "«" | "„"))
}

/// Drops the "and" and commas that only join list members of places, so that what is left joins clauses.
fn drop_list_glue(items: &mut Vec<Item>, locatives: &[Locative]) {
    let is_place = |item: &Item| matches!(item.kind, Kind::Place(_));
    let mut keep = vec![true; items.len()];
    let mut last_place: Option<usize> = None;
    let mut at = 0;
    while at < items.len() {
        if is_place(&items[at]) {
            if let Some(last) = last_place {
                let glue = items[last + 1..at].iter().all(|item| {
                    matches!(
                        item.kind,
                        Kind::Comma
                            | Kind::Semicolon
                            | Kind::Link(Link::And | Link::Or | Link::Including)
                            | Kind::Adverb
                    )
                });
                if glue && !is_fronted(items, at, last + 1, locatives) {
                    keep[last + 1..at].iter_mut().for_each(|keep| *keep = false);
                }
            }
            last_place = Some(at);
        }
        at += 1;
    }
    let mut keep = keep.into_iter();
    items.retain(|_| keep.next().unwrap_or(true));
}

/// Drops the commas around a hedge or adverb that stands between them (", likely,").
fn drop_parentheses(items: &mut Vec<Item>) {
    let mut at = 0;
    while at + 2 < items.len() {
        let light = |item: &Item| matches!(item.kind, Kind::Hedge(_) | Kind::Adverb);
        if items[at].kind == Kind::Comma && light(&items[at + 1]) && items[at + 2].kind == Kind::Comma {
            items.remove(at + 2);
            items.remove(at);
        }
        at += 1;
    }
}

/// Drops commas between adjectives ("small, ongoing Ukrainian advances").
fn drop_adjective_commas(words: &Words, items: &mut Vec<Item>) {
    let mut at = 0;
    while at + 1 < items.len() {
        let (comma, next) = (items[at], items[at + 1]);
        let inside = comma.kind == Kind::Comma
            && comma.first > 0
            && matches!(next.kind, Kind::Adjective(_) | Kind::Act(_, None))
            && next.first > comma.end
            && is_near(words, comma.first - 1, comma.first)
            && is_near(words, comma.end, next.first);
        if inside {
            items.remove(at);
        } else {
            at += 1;
        }
    }
}

/// Whether the place at item `at`, joined by a link at `link`, begins a clause of its own: "and in X, they attacked".
fn is_fronted(items: &[Item], at: usize, link: usize, locatives: &[Locative]) -> bool {
    let Kind::Place(place) = items[at].kind else {
        return false;
    };
    let joined = items[link..at].iter().any(|item| matches!(item.kind, Kind::Link(_)));
    let own = locatives[place].lead == Lead::Preposition && !locatives[place].continues;
    let mut rest = items[at + 1..].iter();
    let follows = rest.find(|item| !matches!(item.kind, Kind::Place(_)));
    let comma_then_party = matches!(follows.map(|item| item.kind), Some(Kind::Comma))
        && matches!(rest.next().map(|item| item.kind), Some(Kind::Party(_)))
        && rest.next().is_some_and(|item| {
            matches!(
                item.kind,
                Kind::Act(_, Some(_)) | Kind::Light(_) | Kind::Auxiliary(_) | Kind::Adverb | Kind::Hedge(_)
            )
        });
    joined && own && comma_then_party
}

//! The subject of a predicate: a party of its own words, behind it, or handed on by the predicate before.

use super::item::{Item, Kind};
use super::predicate::{Predicate, Tie, What, form_of, party};
use crate::lexicon::{Auxiliary, Form, Link, Role, Saying};

/// Finds the subject: a party of its own words, else that of the predicate before.
pub(super) fn subject(items: &[Item], window: usize, predicate: &mut Predicate, before: &[Predicate]) {
    let own = predicate.own..predicate.item;
    let mut parties = own.clone().filter(|&i| acting_party(items, i));
    let form = form_of(predicate.what);
    let noun = matches!(predicate.what, What::Act(_, None));
    let found = match predicate.tie {
        // The object of the verb before is the subject of the verb that it governs; but ", seizing X"
        // goes back to the subject of the whole.
        Tie::Chain => parties.next_back(),
        // "prevented a Russian group from advancing".
        _ if form == Some(Form::Ing)
            && predicate.item > 0
            && items[predicate.item - 1].kind == Kind::From =>
        {
            parties.next_back()
        }
        Tie::Comma if matches!(form, Some(Form::Ing)) => None,
        _ => parties.next(),
    };
    let found = found.or_else(|| subject_behind(items, predicate, before));
    let found = found.or_else(|| sayer_behind(items, predicate));
    predicate.own_subject = found.is_some();
    // "Russian attempts to advance", "the DNR claimed": the side words before the mood or saying are the subject.
    let adjective = || {
        let mut own = own.clone().rev();
        own.find(|&i| matches!(items[i].kind, Kind::Adjective(_))).filter(|&i| {
            let says = matches!(predicate.what, What::Say(_)) && i + 1 == predicate.item;
            !noun && (says || items.get(i + 1).is_some_and(|item| matches!(item.kind, Kind::Mood(_))))
        })
    };
    // "the enemy's aim is to seize": the owner of the aim, where case says so.
    let owner = || {
        let mut own = own.clone().filter(|_| form == Some(Form::Infinitive));
        own.find(|&i| {
            matches!(items[i].kind, Kind::Party(party) if party.role == Some(Role::Object))
                && i > 0
                && matches!(items[i - 1].kind, Kind::Mood(_))
        })
    };
    predicate.subject = found.or_else(adjective).or_else(owner);
    let says_itself = party(items, found).is_some_and(|party| party.claimant.is_some());
    let be_said = (matches!(predicate.what, What::Say(_)) && !says_itself).then_some(Form::Past);
    if let Some(form) = form.or(be_said) {
        let be = own.clone().rev().find(|&i| {
            !matches!(items[i].kind, Kind::Adverb | Kind::Past | Kind::Hedge(_) | Kind::Not | Kind::Mood(_))
        });
        let be = be.is_some_and(|i| items[i].kind == Kind::Auxiliary(Auxiliary::Be));
        let by = match items.get(predicate.item + 1).map(|item| item.kind) {
            Some(Kind::By) => true,
            Some(Kind::Party(party)) => party.role == Some(Role::Doer),
            _ => false,
        };
        predicate.passive =
            matches!(form, Form::Past | Form::Participle) && (be || by) || form == Form::Impersonal;
    }
    let told = predicate.what == What::Say(Saying::Told);
    if predicate.subject.is_none() && !noun && !told {
        predicate.subject = inherited_subject(items, window, predicate, before);
    }
}

/// The subject that a verb without one takes from what stands before.
fn inherited_subject(
    items: &[Item],
    window: usize,
    predicate: &Predicate,
    before: &[Predicate],
) -> Option<usize> {
    if predicate.tie == Tie::Link(Link::Relative) {
        let antecedent = (0..predicate.own).rev().find(|&i| matches!(items[i].kind, Kind::Party(_)));
        return antecedent.filter(|&i| i + 4 >= window);
    }
    if predicate.tie == Tie::Link(Link::That) && predicate.passive {
        return None;
    }
    // "that X were lucky when advancing": the subject of a clause whose verb is not known.
    let behind_link = matches!(predicate.tie, Tie::Link(_)) && form_of(predicate.what) == Some(Form::Ing);
    let unknown = (window..predicate.own).rev().filter(|_| behind_link);
    let unknown = unknown
        .into_iter()
        .find(|&i| acting_party(items, i) && matches!(items[i].kind, Kind::Party(party) if party.acts));
    if unknown.is_some() {
        return unknown;
    }
    let last = before.last()?;
    // A saying governs a clause with a subject of its own; "claimed to have seized" has the sayer's.
    // "have moved to support an attack and taken X": a noun between hands nothing on.
    let hands_on = |known: &&Predicate| known.subject.is_some() || !matches!(known.what, What::Act(_, None));
    let from = before.iter().rev().filter(hands_on).find(|known| {
        !matches!(known.what, What::Say(_))
            || predicate.tie == Tie::Chain
            || matches!(predicate.what, What::Say(_))
    });
    let from = from.unwrap_or(last);
    if from.passive && !matches!(from.what, What::Say(_)) && !predicate.passive {
        return from.subject;
    }
    from.subject
}

/// The subject behind a verb of a language of free word order. One whose form can also be an object's is
/// taken only where no verb before hands its subject on.
fn subject_behind(items: &[Item], predicate: &Predicate, before: &[Predicate]) -> Option<usize> {
    if form_of(predicate.what) != Some(Form::Finite) {
        return None;
    }
    let mut behind = (predicate.item + 1..items.len()).skip_while(|&i| {
        matches!(
            items[i].kind,
            Kind::Place(_) | Kind::Date(_) | Kind::Time(..) | Kind::Adverb | Kind::Past | Kind::Hedge(_)
        )
    });
    let at = behind.next()?;
    let Kind::Party(party) = items[at].kind else {
        return None;
    };
    let handed_on =
        matches!(predicate.tie, Tie::Link(Link::And | Link::Or | Link::But) | Tie::Comma | Tie::Chain)
            && before.last().is_some_and(|last| last.subject.is_some() && !matches!(last.what, What::Say(_)));
    let certain = party.role == Some(Role::Subject);
    (certain || !handed_on && party.acts && matches!(party.role, None | Some(Role::Any))).then_some(at)
}

/// "…, said X": who says it, where nothing that was said follows at once.
fn sayer_behind(items: &[Item], predicate: &Predicate) -> Option<usize> {
    if !matches!(predicate.what, What::Say(_)) {
        return None;
    }
    let quiet =
        |i: &usize| matches!(items[*i].kind, Kind::Date(_) | Kind::Time(..) | Kind::Adverb | Kind::Past);
    let mut behind = (predicate.item + 1..items.len()).skip_while(quiet);
    let at = behind.next().filter(|&i| acting_party(items, i))?;
    let Kind::Party(party) = items[at].kind else {
        return None;
    };
    let ends = behind.find(|i| !quiet(i)).is_none_or(|i| {
        matches!(items[i].kind, Kind::Comma | Kind::Semicolon | Kind::Colon | Kind::Link(Link::That))
    });
    (ends && (party.claimant.is_some() || party.acts)).then_some(at)
}

/// Whether item `at` is a party that can be a subject.
fn acting_party(items: &[Item], at: usize) -> bool {
    matches!(items[at].kind, Kind::Party(party) if party.can_act())
        && !after_by(items, at)
        && !is_source(items, at)
}

/// Whether a party is the source in "according to X".
fn is_source(items: &[Item], at: usize) -> bool {
    at > 0 && items[at - 1].kind == Kind::Link(Link::According)
}

/// Whether a party is the doer of a passive.
pub(super) fn after_by(items: &[Item], at: usize) -> bool {
    let doer = matches!(items[at].kind, Kind::Party(party) if party.role == Some(Role::Doer));
    doer || at > 0 && items[at - 1].kind == Kind::By
}

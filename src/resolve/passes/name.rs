//! Name: how the spelling met, and what sort of name it is.

use crate::gazetteer::{NameKind, NameTier};
use crate::resolve::scene::{Draft, Scene};
use crate::resolve::signal::Signal;

pub(super) fn look(_: &Scene, _: usize, drafts: &mut [Draft]) {
    for draft in drafts {
        match draft.hit.tier {
            NameTier::Exact => {}
            NameTier::Plain => draft.signals[Signal::TierPlain] = 1.0,
            NameTier::Folded => draft.signals[Signal::TierFolded] = 1.0,
            NameTier::Edited => draft.signals[Signal::TierEdited] = 1.0,
        }
        match draft.hit.kind {
            NameKind::Official | NameKind::Adjective => {}
            NameKind::Exonym | NameKind::Alternate => draft.signals[Signal::KindOther] = 1.0,
            NameKind::Short => draft.signals[Signal::KindShort] = 1.0,
            NameKind::Russian => draft.signals[Signal::KindRussian] = 1.0,
            NameKind::Former => draft.signals[Signal::KindFormer] = 1.0,
            NameKind::RuGenerated => draft.signals[Signal::KindGenerated] = 1.0,
        }
    }
}

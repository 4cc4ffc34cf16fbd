//! The passes: each looks at one mention's candidates and writes its own signals on them, and nothing else.
//! Their order stands in [`PASSES`]; what their signals are worth is `weights`' question.

mod apposition;
mod document;
mod front;
mod gloss;
mod list;
mod name;
mod section;
mod sense;
mod size;
mod theatre;
mod words;

pub(super) use gloss::is_elsewhere;

use super::scene::{Draft, Scene};

/// One pass.
pub(super) struct Pass {
    /// The name that evidence gives.
    pub name: &'static str,
    /// What it looks at.
    pub sees: Sees,
    /// Writes its signals on the candidates of one mention.
    pub look: fn(&Scene, usize, &mut [Draft]),
}

/// What a pass looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sees {
    /// The name and the place alone: the same for every mention of a name.
    Name,
    /// The mention's own words.
    Words,
    /// What other mentions mean so far: looked at again in each round.
    Others,
}

/// All passes, in order.
pub(super) const PASSES: [Pass; 11] = [
    Pass { name: "name", sees: Sees::Name, look: name::look },
    Pass { name: "size", sees: Sees::Name, look: size::look },
    Pass { name: "theatre", sees: Sees::Name, look: theatre::look },
    Pass { name: "front", sees: Sees::Words, look: front::look },
    Pass { name: "words", sees: Sees::Words, look: words::look },
    Pass { name: "gloss", sees: Sees::Others, look: gloss::look },
    Pass { name: "apposition", sees: Sees::Others, look: apposition::look },
    Pass { name: "section", sees: Sees::Others, look: section::look },
    Pass { name: "list", sees: Sees::Others, look: list::look },
    Pass { name: "sense", sees: Sees::Others, look: sense::look },
    Pass { name: "document", sees: Sees::Others, look: document::look },
];

//! What one cue means: a [`Sense`] with its value, and the [`Class`] (table) that it comes from.
//! The phrases themselves stand in `gazetteer/lexicon/<lang>/<class>.tsv`, a class a file.

use super::meaning::{Bearing, ClaimType, Relation, Side, words};
use crate::gazetteer::PlaceClass;

/// The meaning of one phrase of the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// "Russian": what follows is that side's.
    Side(Side),
    /// "forces", "troops", "elements": people who act, of the side that their words name.
    Force,
    /// "drones", "missiles": what strikes from the air.
    Aerial,
    /// "Brigade", "Regiment", "Group of Forces": makes a unit's name of what stands before it.
    Unit,
    /// "the enemy", "occupiers": acts by itself.
    Actor(Side),
    /// A verb of action in one of its forms.
    Verb(ClaimType, Form),
    /// A noun of action ("seizure", "gains").
    Noun(ClaimType),
    /// A verb that only carries a noun of action ("conducted", "made").
    Light(Form),
    /// A verb without an action: what follows belongs to it and not to the action before.
    Inert(Form),
    /// What turns the action after it ("attempted to", "failed to", "may").
    Mood(Mood),
    /// "not", "no", "without".
    Not,
    /// A verb of saying or showing.
    Say(Saying),
    /// Who says.
    Claimant(Claimant),
    /// "reportedly", "likely".
    Hedge(Hedge),
    /// What shows it.
    Evidence(Evidence),
    /// A point or quarter of the compass.
    Direction(Option<Bearing>, Shape),
    /// Stands before a place.
    Preposition(Preposition),
    /// A part of a place, before its name ("outskirts of"): the relation it makes.
    Part(Relation),
    /// What stands behind a name and makes a stretch or field of it ("direction", "tactical area", "line").
    Sector(Sector),
    /// A generic word of a name, and where it stands.
    Generic(PlaceClass, Position),
    /// What joins clauses and list members.
    Link(Link),
    /// Words that stand for a place or an actor named before.
    Pronoun(Pronoun),
    /// A helping verb.
    Auxiliary(Auxiliary),
    /// A unit of distance, in metres.
    Distance(u32),
    /// A title or office before a person's name ("Mayor", "Colonel General").
    Title,
    /// How many of the names before it a gloss speaks of ("both", "all").
    Reach(Reach),
    /// The name of a country or another wide field, where the name alone says so ("Crimea").
    Region(PlaceClass),
    /// Days counted from that of the report: first and last.
    Time(i8, i8),
    /// Degree and manner words that may stand inside a verb or place phrase ("marginally", "itself").
    Filler(Filler),
    /// What the ending of a word for people lets them be in the clause; languages without case have none.
    Role(Role),
    /// A word of action that by itself tells whose it is.
    Whose(Side),
}

/// Enums whose words stand in the tables' value columns.
macro_rules! vocabulary {
    ($(
        $(#[$about:meta])*
        $kind:ident { $($(#[$what:meta])* $variant:ident = $word:literal),+ $(,)? }
    )+) => {$(
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "where a word says it all, nothing is added")]
        pub enum $kind { $($(#[$what])* $variant),+ }
        words! { $kind { $($variant = $word),+ } }
    )+};
}

vocabulary! {
    /// The table of the lexicon that a phrase stands in; its word is the file's stem.
    Class {
        Side = "side", Force = "force", Unit = "unit", Actor = "actor", Verb = "verb", Noun = "noun",
        Light = "light", Inert = "inert", Mood = "mood", Not = "not", Say = "say", Claimant = "claimant",
        Hedge = "hedge", Evidence = "evidence", Direction = "direction", Preposition = "preposition",
        Part = "part", Sector = "sector", Generic = "generic", Link = "link", Pronoun = "pronoun",
        Auxiliary = "auxiliary", Distance = "distance", Title = "title", Reach = "reach", Time = "time", Region = "region", Aerial = "aerial",
        Filler = "filler", Role = "role", Whose = "whose",
    }
    /// The form of a verb, as far as clauses depend on it.
    Form {
        /// Finite past, or the participle of the same shape ("attacked").
        Past = "past",
        /// Participle only ("taken").
        Participle = "participle",
        /// Infinitive or plural present ("attack").
        Base = "base",
        /// Third person present ("attacks").
        Third = "third",
        /// "attacking".
        Ing = "ing",
        /// Finite and impersonal, of those done to ("знищено").
        Impersonal = "impersonal",
        /// Finite in a language of free word order: the subject may stand behind it.
        Finite = "finite",
        /// An infinitive that is nothing else.
        Infinitive = "infinitive",
        /// As finite, of what is to come ("захопить").
        Future = "future",
    }
    /// What turns an action into something else than a plain event.
    Mood {
        /// Tried.
        Attempt = "attempt",
        /// Tried and did not manage.
        Fail = "fail",
        /// Wants, plans, prepares, was ordered.
        Plan = "plan",
        /// May, could, would, if, enables.
        Maybe = "maybe",
        /// Will.
        Future = "future",
        /// Stops another from it.
        Prevent = "prevent",
        /// Begins, continues: changes nothing.
        Phase = "phase",
        /// Without success, said of an attack.
        Unsuccessful = "unsuccessful",
    }
    /// What a verb of saying does.
    Saying {
        /// Says.
        Say = "say",
        /// Says that it is not so.
        Deny = "deny",
        /// Judges.
        Assess = "assess",
        /// Shows, as footage does.
        Show = "show",
        /// Lets one guess.
        Suggest = "suggest",
        /// Is said, by a source that is named elsewhere ("the statement reads").
        Told = "told",
        /// Has seen, has confirmed.
        Observe = "observe",
    }
    /// Who says it, as far as the words alone tell.
    Claimant {
        RuMod = "ru_mod", RuOfficial = "ru_official", Milblogger = "milblogger", RuSource = "ru_source",
        UaGeneralStaff = "ua_general_staff", UaOfficial = "ua_official", UaSource = "ua_source",
        UsEuOfficial = "us_eu_official", Media = "media", Other = "other",
        /// A ministry of defence, of the side named before it.
        Ministry = "ministry",
        /// A general staff, of the side named before it.
        GeneralStaff = "general_staff",
        /// Somebody in office, of the side named before.
        Official = "official",
        /// A source, of the side named before.
        Source = "source",
        /// The narrator ("ISW").
        Narrator = "narrator",
    }
    /// What a hedge does.
    Hedge {
        /// Puts it in the mouth of somebody not named.
        Reported = "reported",
        /// The narrator's guess.
        Likely = "likely",
    }
    /// What shows an action.
    Evidence {
        /// Geolocated footage.
        Geolocated = "geolocated",
        /// Other footage and pictures.
        Footage = "footage",
    }
    /// How a compass word stands with a place.
    Shape {
        /// "north", as in "north of X".
        Noun = "noun",
        /// "northern", as in "northern X".
        Adjective = "adjective",
        /// "northward", of a movement.
        Adverb = "adverb",
        /// "further north than", with the place right behind it.
        Offset = "offset",
    }
    /// What a preposition does with the place after it.
    Preposition {
        Near = "near", In = "in", Into = "into", Toward = "toward", To = "to", On = "on", Between = "between",
        Along = "along", From = "from", Of = "of", By = "by", Through = "through", Outside = "outside",
        /// Belongs to no action ("with", "about", "for").
        Other = "other",
    }
    /// What a word behind a name makes of it.
    Sector {
        /// A direction of attack.
        Axis = "axis",
        /// A field around it.
        Area = "area",
        /// A line of contact, of two or more names.
        Line = "line",
        /// A road or railway.
        Road = "road",
        /// A border.
        Border = "border",
    }
    /// Where a generic word stands.
    Position {
        /// Before the name ("city of").
        Before = "before",
        /// Behind the name ("Oblast").
        After = "after",
        /// Either.
        Both = "both",
    }
    /// How two clauses or list members are joined.
    Link {
        And = "and", Or = "or", But = "but",
        /// While, although, whereas: a clause of its own beside the main one.
        Beside = "beside",
        /// After, before, because, as, when: a clause that gives the circumstances.
        Under = "under",
        /// Before, prior to.
        Before = "before",
        /// If, unless, in case.
        If = "if",
        /// That: what is said follows.
        That = "that",
        /// Which, who.
        Relative = "relative",
        /// Where: the place named before.
        Where = "where",
        /// Amid, despite, following: a noun phrase of circumstances follows.
        Amid = "amid",
        /// To, in order to: an aim follows.
        Purpose = "purpose",
        /// According to: the source follows.
        According = "according",
        /// Including, such as: members of what was named follow.
        Including = "including",
        /// Than, as well as, rather than: set against it.
        Instead = "instead",
    }
    /// What stands for something named before.
    Pronoun {
        /// They, it, he: an actor.
        Actor = "actor",
        /// There: a place.
        There = "there",
        /// "the settlement": a place.
        Settlement = "settlement",
        /// "the area".
        Area = "area",
        /// The former.
        Former = "former",
        /// The latter.
        Latter = "latter",
        /// Respectively.
        Respectively = "respectively",
    }
    /// A helping verb.
    Auxiliary { Be = "be", Have = "have", Do = "do" }
    /// How many names before it are meant.
    Reach {
        /// The last two.
        Both = "both",
        /// All of the list.
        All = "all",
    }
    /// What a word for people can be in its clause, by its ending.
    Role {
        /// Who does it, and nothing else.
        Subject = "subject",
        /// To whom it is done, or whose it is.
        Object = "object",
        /// For whom it is done; before the verb, who manages it.
        Receiver = "receiver",
        /// By whom it is done.
        Doer = "doer",
        /// Any of these: the word has no endings.
        Any = "any",
    }
    /// Words without weight of their own.
    Filler {
        /// "the", "a", "several", "confirmed": before a noun.
        Determiner = "determiner",
        /// "marginally", "recently": beside a verb.
        Adverb = "adverb",
        /// "recently": beside a verb, and says that the event has no stated day.
        Past = "past",
        /// "itself", "proper", "both", "all", "immediately": beside a place.
        Emphasis = "emphasis",
    }
}

impl Form {
    /// Whether the form belongs to a language whose verbs show by their endings what they are.
    pub fn is_plain(self) -> bool {
        matches!(self, Form::Finite | Form::Future | Form::Infinitive)
    }
}

impl Sense {
    /// The sense that the values of a line of `class`'s table state.
    ///
    /// # Errors
    /// Says which value was not understood and which words are.
    pub(super) fn parse(class: Class, values: &[&str]) -> Result<Sense, String> {
        let value =
            |at: usize| values.get(at).copied().ok_or_else(|| format!("column {} is missing", at + 2));
        Ok(match class {
            Class::Side => Sense::Side(value(0)?.parse()?),
            Class::Force => Sense::Force,
            Class::Aerial => Sense::Aerial,
            Class::Unit => Sense::Unit,
            Class::Actor => Sense::Actor(value(0)?.parse()?),
            Class::Verb => Sense::Verb(value(0)?.parse()?, value(1)?.parse()?),
            Class::Noun => Sense::Noun(value(0)?.parse()?),
            Class::Light => Sense::Light(value(0)?.parse()?),
            Class::Inert => Sense::Inert(value(0)?.parse()?),
            Class::Mood => Sense::Mood(value(0)?.parse()?),
            Class::Not => Sense::Not,
            Class::Say => Sense::Say(value(0)?.parse()?),
            Class::Claimant => Sense::Claimant(value(0)?.parse()?),
            Class::Hedge => Sense::Hedge(value(0)?.parse()?),
            Class::Evidence => Sense::Evidence(value(0)?.parse()?),
            Class::Direction => Sense::Direction(bearing(value(0)?)?, value(1)?.parse()?),
            Class::Preposition => Sense::Preposition(value(0)?.parse()?),
            Class::Part => Sense::Part(value(0)?.parse()?),
            Class::Sector => Sense::Sector(value(0)?.parse()?),
            Class::Generic => Sense::Generic(place_class(value(0)?)?, value(1)?.parse()?),
            Class::Link => Sense::Link(value(0)?.parse()?),
            Class::Pronoun => Sense::Pronoun(value(0)?.parse()?),
            Class::Auxiliary => Sense::Auxiliary(value(0)?.parse()?),
            Class::Distance => Sense::Distance(
                value(0)?.parse().map_err(|_| format!("`{}` is not a number of metres", values[0]))?,
            ),
            Class::Title => Sense::Title,
            Class::Reach => Sense::Reach(value(0)?.parse()?),
            Class::Region => Sense::Region(place_class(value(0)?)?),
            Class::Time => Sense::Time(days(value(0)?)?, days(value(1)?)?),
            Class::Filler => Sense::Filler(value(0)?.parse()?),
            Class::Role => Sense::Role(value(0)?.parse()?),
            Class::Whose => Sense::Whose(value(0)?.parse()?),
        })
    }

    /// The table that a sense comes from.
    pub fn class(self) -> Class {
        match self {
            Sense::Side(_) => Class::Side,
            Sense::Force => Class::Force,
            Sense::Aerial => Class::Aerial,
            Sense::Unit => Class::Unit,
            Sense::Actor(_) => Class::Actor,
            Sense::Verb(..) => Class::Verb,
            Sense::Noun(_) => Class::Noun,
            Sense::Light(_) => Class::Light,
            Sense::Inert(_) => Class::Inert,
            Sense::Mood(_) => Class::Mood,
            Sense::Not => Class::Not,
            Sense::Say(_) => Class::Say,
            Sense::Claimant(_) => Class::Claimant,
            Sense::Hedge(_) => Class::Hedge,
            Sense::Evidence(_) => Class::Evidence,
            Sense::Direction(..) => Class::Direction,
            Sense::Preposition(_) => Class::Preposition,
            Sense::Part(_) => Class::Part,
            Sense::Sector(_) => Class::Sector,
            Sense::Generic(..) => Class::Generic,
            Sense::Link(_) => Class::Link,
            Sense::Pronoun(_) => Class::Pronoun,
            Sense::Auxiliary(_) => Class::Auxiliary,
            Sense::Distance(_) => Class::Distance,
            Sense::Title => Class::Title,
            Sense::Reach(_) => Class::Reach,
            Sense::Region(_) => Class::Region,
            Sense::Time(..) => Class::Time,
            Sense::Filler(_) => Class::Filler,
            Sense::Role(_) => Class::Role,
            Sense::Whose(_) => Class::Whose,
        }
    }
}

/// A bearing, or `-` for the middle.
fn bearing(word: &str) -> Result<Option<Bearing>, String> {
    if word == "-" {
        return Ok(None);
    }
    let known = Bearing::ALL.into_iter().find(|bearing| bearing.as_str() == word);
    known.map(Some).ok_or_else(|| format!("`{word}` is no bearing (N, NNE, NE ... or - for the middle)"))
}

/// A class of places by its word.
fn place_class(word: &str) -> Result<PlaceClass, String> {
    let all = [
        PlaceClass::Settlement,
        PlaceClass::Admin1,
        PlaceClass::Admin2,
        PlaceClass::Admin3,
        PlaceClass::Country,
        PlaceClass::Water,
        PlaceClass::Road,
        PlaceClass::Other,
    ];
    let known = all.into_iter().find(|class| class.as_str() == word);
    known.ok_or_else(|| format!("`{word}` is none of {}", all.map(PlaceClass::as_str).join(", ")))
}

/// A number of days, negative for the past.
fn days(word: &str) -> Result<i8, String> {
    word.parse().map_err(|_| format!("`{word}` is not a number of days (-1 is the day before the report's)"))
}

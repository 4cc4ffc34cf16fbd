//! The one table schema: every layer's columns with their kind, alias and meaning.
//! GeoJSON properties, CSV columns and GeoPackage fields all follow it.

use super::tracked;

/// One column of a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// The field's name: snake_case, the same in every format.
    pub name: &'static str,
    /// What its cells hold.
    pub kind: ColumnKind,
    /// A short name for people.
    pub alias: &'static str,
    /// What it means, with unit or range.
    pub comment: &'static str,
}

/// What the cells of a column hold, besides null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers.
    Real,
    /// Days.
    Date,
    /// Moments in UTC.
    DateTime,
}

/// The layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LayerKind {
    /// Claims as points.
    Claims,
    /// The same claims as the ground that holds the truth.
    Areas,
    /// Place mentions as points.
    Mentions,
    /// One row a place.
    Places,
    /// One row a document.
    Documents,
    /// Claims that could not be placed, with the reason.
    Unlocated,
    /// What several claims tell of together; made by tracking.
    Events,
    /// How claims on a settlement harden; made by tracking.
    Ladder,
    /// What some days say otherwise than those before; made by tracking.
    Changes,
}

/// What geometry a layer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GeometryKind {
    /// Points.
    Point,
    /// Multipolygons.
    MultiPolygon,
    /// None: a plain table.
    None,
}

impl LayerKind {
    /// Those that documents give by themselves, in the order in which they are written.
    pub const ALL: [LayerKind; 6] = [
        LayerKind::Claims,
        LayerKind::Areas,
        LayerKind::Mentions,
        LayerKind::Places,
        LayerKind::Documents,
        LayerKind::Unlocated,
    ];

    /// Those that tracking makes.
    pub const TRACKED: [LayerKind; 3] = [LayerKind::Events, LayerKind::Ladder, LayerKind::Changes];

    /// Its name in files and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            LayerKind::Claims => "claims",
            LayerKind::Areas => "areas",
            LayerKind::Mentions => "mentions",
            LayerKind::Places => "places",
            LayerKind::Documents => "documents",
            LayerKind::Unlocated => "unlocated",
            LayerKind::Events => "events",
            LayerKind::Ladder => "ladder",
            LayerKind::Changes => "changes",
        }
    }

    /// The layer of that name.
    pub fn from_name(name: &str) -> Option<LayerKind> {
        LayerKind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Its columns, in order.
    pub fn columns(self) -> &'static [Column] {
        match self {
            LayerKind::Claims | LayerKind::Areas | LayerKind::Unlocated => CLAIM_COLUMNS,
            LayerKind::Mentions => MENTION_COLUMNS,
            LayerKind::Places => PLACE_COLUMNS,
            LayerKind::Documents => DOCUMENT_COLUMNS,
            LayerKind::Events => tracked::EVENT_COLUMNS,
            LayerKind::Ladder => tracked::LADDER_COLUMNS,
            LayerKind::Changes => tracked::CHANGE_COLUMNS,
        }
    }

    /// What geometry it holds.
    pub fn geometry(self) -> GeometryKind {
        match self {
            LayerKind::Claims
            | LayerKind::Mentions
            | LayerKind::Places
            | LayerKind::Events
            | LayerKind::Ladder
            | LayerKind::Changes => GeometryKind::Point,
            LayerKind::Areas => GeometryKind::MultiPolygon,
            LayerKind::Documents | LayerKind::Unlocated => GeometryKind::None,
        }
    }
}

/// Columns of claims, areas and unlocated claims.
#[rustfmt::skip]
pub const CLAIM_COLUMNS: &[Column] = &[
    Column { name: "claim_id", kind: ColumnKind::Text, alias: "Claim", comment: "Hash of document, sentence, place, side and type; the same in every run." },
    Column { name: "start", kind: ColumnKind::DateTime, alias: "Start", comment: "First moment of the event, or of the report's day where the text does not date it." },
    Column { name: "end", kind: ColumnKind::DateTime, alias: "End", comment: "Last moment of the event, or of the report's day." },
    Column { name: "event_date", kind: ColumnKind::Date, alias: "Event date", comment: "First day of the event; empty where the text does not date it." },
    Column { name: "end_date", kind: ColumnKind::Date, alias: "Last event date", comment: "Last day of the event, inclusive; empty where the text does not date it." },
    Column { name: "date_prec", kind: ColumnKind::Integer, alias: "Date precision", comment: "UCDP temporal precision: 1 a day, 2 a few days, 3 a week, 4 a month, 5 longer." },
    Column { name: "date_basis", kind: ColumnKind::Text, alias: "Date basis", comment: "explicit, relative or report_date." },
    Column { name: "date_text", kind: ColumnKind::Text, alias: "Date words", comment: "The words that date the event." },
    Column { name: "as_of", kind: ColumnKind::Date, alias: "As of", comment: "The date the words count from: the report's, or that of the report it quotes." },
    Column { name: "report_date", kind: ColumnKind::Date, alias: "Report date", comment: "The date of the document." },
    Column { name: "claim_type", kind: ColumnKind::Text, alias: "Type", comment: "advance, seizure, entry, infiltration, attack, counterattack, clash, repelled, withdrawal, control, strike or presence." },
    Column { name: "actor_side", kind: ColumnKind::Text, alias: "Side", comment: "RU, UA, other or unknown." },
    Column { name: "actor", kind: ColumnKind::Text, alias: "Actor", comment: "The words that name the actor." },
    Column { name: "target_side", kind: ColumnKind::Text, alias: "Against", comment: "The side it was done to." },
    Column { name: "unit", kind: ColumnKind::Text, alias: "Unit", comment: "The unit named." },
    Column { name: "status", kind: ColumnKind::Text, alias: "Status", comment: "geolocated, assessed, asserted, claimed, negated, denied, planned or hypothetical." },
    Column { name: "claimed_by", kind: ColumnKind::Text, alias: "Claimed by", comment: "The words that name who claims or denies." },
    Column { name: "claimed_by_kind", kind: ColumnKind::Text, alias: "Kind of source", comment: "ru_mod, ru_official, milblogger, ru_source, ua_general_staff, ua_official, ua_source, us_eu_official, media or other." },
    Column { name: "hedge", kind: ColumnKind::Text, alias: "Hedge", comment: "Words such as reportedly or likely." },
    Column { name: "claim_conf", kind: ColumnKind::Real, alias: "Reading confidence", comment: "How sure the grammar is of its reading, 0 to 1." },
    Column { name: "place_name", kind: ColumnKind::Text, alias: "Place", comment: "The gazetteer's name." },
    Column { name: "place_text", kind: ColumnKind::Text, alias: "Place as written", comment: "The name in the text." },
    Column { name: "place_id", kind: ColumnKind::Text, alias: "Place id", comment: "The gazetteer's id." },
    Column { name: "place_class", kind: ColumnKind::Text, alias: "Place class", comment: "settlement, admin1, admin2, admin3, country, water, road or other." },
    Column { name: "mention_kind", kind: ColumnKind::Text, alias: "Mention kind", comment: "literal or sector." },
    Column { name: "adm1", kind: ColumnKind::Text, alias: "Oblast", comment: "First-level unit." },
    Column { name: "adm2", kind: ColumnKind::Text, alias: "Raion", comment: "Second-level unit." },
    Column { name: "country", kind: ColumnKind::Text, alias: "Country", comment: "ISO 3166-1 alpha-2 code." },
    Column { name: "axis", kind: ColumnKind::Text, alias: "Axis", comment: "The sector that the sentence or its heading names." },
    Column { name: "place_lon", kind: ColumnKind::Real, alias: "Place longitude", comment: "Longitude of the named place itself, degrees." },
    Column { name: "place_lat", kind: ColumnKind::Real, alias: "Place latitude", comment: "Latitude of the named place itself, degrees." },
    Column { name: "relation", kind: ColumnKind::Text, alias: "Relation", comment: "in, near, part, dir, toward, between, along, axis or area." },
    Column { name: "anchor", kind: ColumnKind::Text, alias: "Anchor", comment: "The place it is described from." },
    Column { name: "rel_bearing", kind: ColumnKind::Text, alias: "Bearing", comment: "N, NE and so on: of the offset, the part or the anchor." },
    Column { name: "rel_distance_km", kind: ColumnKind::Real, alias: "Distance (km)", comment: "Stated kilometres." },
    Column { name: "geo_prec", kind: ColumnKind::Integer, alias: "Place precision", comment: "UCDP geographical precision, 1 (exact) to 7." },
    Column { name: "uncertainty_m", kind: ColumnKind::Integer, alias: "Uncertainty (m)", comment: "Radius that holds the truth in 90 % of cases, metres." },
    Column { name: "geo_conf", kind: ColumnKind::Real, alias: "Place confidence", comment: "How likely the place is the right one, 0 to 1." },
    Column { name: "geo_margin", kind: ColumnKind::Real, alias: "Place margin", comment: "Lead over the second candidate, 0 to 1." },
    Column { name: "geo_why", kind: ColumnKind::Text, alias: "Place reasons", comment: "The evidence for the place, or why there is none." },
    Column { name: "alternatives", kind: ColumnKind::Text, alias: "Other candidates", comment: "Other places it may be, as id:score; id:score." },
    Column { name: "repeat_of", kind: ColumnKind::Text, alias: "Repeat of", comment: "The claim that this one repeats word for word in its document." },
    Column { name: "n_reports", kind: ColumnKind::Integer, alias: "Reports", comment: "Documents of this run so far that make the same claim: side, type, place and first day." },
    Column { name: "n_sources", kind: ColumnKind::Integer, alias: "Sources", comment: "Sources of this run so far that make the same claim." },
    Column { name: "source", kind: ColumnKind::Text, alias: "Source", comment: "Who published the document." },
    Column { name: "title", kind: ColumnKind::Text, alias: "Title", comment: "Title of the document." },
    Column { name: "url", kind: ColumnKind::Text, alias: "Link", comment: "Where it was published." },
    Column { name: "doc_id", kind: ColumnKind::Text, alias: "Document", comment: "Id of the document." },
    Column { name: "lang", kind: ColumnKind::Text, alias: "Language", comment: "en, uk or ru." },
    Column { name: "sentence", kind: ColumnKind::Text, alias: "Sentence", comment: "The sentence." },
    Column { name: "sentence_start", kind: ColumnKind::Integer, alias: "Sentence start", comment: "In Unicode code points of the document's text." },
    Column { name: "sentence_end", kind: ColumnKind::Integer, alias: "Sentence end", comment: "One past its last code point." },
    Column { name: "place_start", kind: ColumnKind::Integer, alias: "Place start", comment: "In Unicode code points of the document's text." },
    Column { name: "place_end", kind: ColumnKind::Integer, alias: "Place end", comment: "One past its last code point." },
    Column { name: "tool_version", kind: ColumnKind::Text, alias: "Program version", comment: "Version of frontmap." },
    Column { name: "gazetteer_version", kind: ColumnKind::Text, alias: "Gazetteer version", comment: "Version of the gazetteer's data." },
];

/// Columns of mentions: named as in claims where they mean the same.
#[rustfmt::skip]
const MENTION_COLUMNS: &[Column] = &[
    Column { name: "doc_id", kind: ColumnKind::Text, alias: "Document", comment: "Id of the document." },
    Column { name: "report_date", kind: ColumnKind::Date, alias: "Report date", comment: "The date of the document." },
    Column { name: "start", kind: ColumnKind::DateTime, alias: "Start", comment: "First moment of the event, or of the report's day where the text does not date it." },
    Column { name: "end", kind: ColumnKind::DateTime, alias: "End", comment: "Last moment of the event, or of the report's day." },
    Column { name: "place_start", kind: ColumnKind::Integer, alias: "Place start", comment: "In Unicode code points of the document's text." },
    Column { name: "place_end", kind: ColumnKind::Integer, alias: "Place end", comment: "One past its last code point." },
    Column { name: "sentence_start", kind: ColumnKind::Integer, alias: "Sentence start", comment: "In Unicode code points of the document's text." },
    Column { name: "sentence_end", kind: ColumnKind::Integer, alias: "Sentence end", comment: "One past its last code point." },
    Column { name: "place_text", kind: ColumnKind::Text, alias: "Place as written", comment: "The name in the text." },
    Column { name: "place_name", kind: ColumnKind::Text, alias: "Place", comment: "The gazetteer's name." },
    Column { name: "place_id", kind: ColumnKind::Text, alias: "Place id", comment: "The gazetteer's id." },
    Column { name: "place_class", kind: ColumnKind::Text, alias: "Place class", comment: "settlement, admin1, admin2, admin3, country, water, road or other." },
    Column { name: "mention_kind", kind: ColumnKind::Text, alias: "Mention kind", comment: "literal or sector." },
    Column { name: "adm1", kind: ColumnKind::Text, alias: "Oblast", comment: "First-level unit." },
    Column { name: "adm2", kind: ColumnKind::Text, alias: "Raion", comment: "Second-level unit." },
    Column { name: "country", kind: ColumnKind::Text, alias: "Country", comment: "ISO 3166-1 alpha-2 code." },
    Column { name: "relation", kind: ColumnKind::Text, alias: "Relation", comment: "in, near, part, dir, toward, between, along, axis or area." },
    Column { name: "anchor", kind: ColumnKind::Text, alias: "Anchor", comment: "The place it is described from." },
    Column { name: "rel_bearing", kind: ColumnKind::Text, alias: "Bearing", comment: "N, NE and so on: of the offset, the part or the anchor." },
    Column { name: "rel_distance_km", kind: ColumnKind::Real, alias: "Distance (km)", comment: "Stated kilometres." },
    Column { name: "place_lon", kind: ColumnKind::Real, alias: "Place longitude", comment: "Longitude of the named place itself, degrees." },
    Column { name: "place_lat", kind: ColumnKind::Real, alias: "Place latitude", comment: "Latitude of the named place itself, degrees." },
    Column { name: "geo_prec", kind: ColumnKind::Integer, alias: "Place precision", comment: "UCDP geographical precision, 1 (exact) to 7." },
    Column { name: "uncertainty_m", kind: ColumnKind::Integer, alias: "Uncertainty (m)", comment: "Radius that holds the truth in 90 % of cases, metres." },
    Column { name: "geo_conf", kind: ColumnKind::Real, alias: "Place confidence", comment: "How likely the place is the right one, 0 to 1." },
    Column { name: "geo_margin", kind: ColumnKind::Real, alias: "Place margin", comment: "Lead over the second candidate, 0 to 1." },
    Column { name: "geo_why", kind: ColumnKind::Text, alias: "Place reasons", comment: "The evidence for the place, or why there is none." },
    Column { name: "alternatives", kind: ColumnKind::Text, alias: "Other candidates", comment: "Other places it may be, as id:score; id:score." },
    Column { name: "source", kind: ColumnKind::Text, alias: "Source", comment: "Who published the document." },
    Column { name: "title", kind: ColumnKind::Text, alias: "Title", comment: "Title of the document." },
    Column { name: "url", kind: ColumnKind::Text, alias: "Link", comment: "Where it was published." },
    Column { name: "lang", kind: ColumnKind::Text, alias: "Language", comment: "en, uk or ru." },
    Column { name: "sentence", kind: ColumnKind::Text, alias: "Sentence", comment: "The sentence." },
    Column { name: "tool_version", kind: ColumnKind::Text, alias: "Program version", comment: "Version of frontmap." },
    Column { name: "gazetteer_version", kind: ColumnKind::Text, alias: "Gazetteer version", comment: "Version of the gazetteer's data." },
];

/// Columns of places.
#[rustfmt::skip]
const PLACE_COLUMNS: &[Column] = &[
    Column { name: "place_id", kind: ColumnKind::Text, alias: "Place id", comment: "The gazetteer's id." },
    Column { name: "place_name", kind: ColumnKind::Text, alias: "Place", comment: "The gazetteer's name." },
    Column { name: "place_class", kind: ColumnKind::Text, alias: "Place class", comment: "settlement, admin1, admin2, admin3, country, water, road or other." },
    Column { name: "adm1", kind: ColumnKind::Text, alias: "Oblast", comment: "First-level unit." },
    Column { name: "adm2", kind: ColumnKind::Text, alias: "Raion", comment: "Second-level unit." },
    Column { name: "country", kind: ColumnKind::Text, alias: "Country", comment: "ISO 3166-1 alpha-2 code." },
    Column { name: "n_claims", kind: ColumnKind::Integer, alias: "Claims", comment: "Claims at the place, repeats left out." },
    Column { name: "n_gains", kind: ColumnKind::Integer, alias: "Gains", comment: "Claims of ground gained there." },
    Column { name: "n_ru", kind: ColumnKind::Integer, alias: "Russian", comment: "Claims with a Russian actor." },
    Column { name: "n_ua", kind: ColumnKind::Integer, alias: "Ukrainian", comment: "Claims with a Ukrainian actor." },
    Column { name: "n_advance", kind: ColumnKind::Integer, alias: "Advances", comment: "Claims of type advance." },
    Column { name: "n_seizure", kind: ColumnKind::Integer, alias: "Seizures", comment: "Claims of type seizure." },
    Column { name: "n_entry", kind: ColumnKind::Integer, alias: "Entries", comment: "Claims of type entry." },
    Column { name: "n_infiltration", kind: ColumnKind::Integer, alias: "Infiltrations", comment: "Claims of type infiltration." },
    Column { name: "n_attack", kind: ColumnKind::Integer, alias: "Attacks", comment: "Claims of type attack." },
    Column { name: "n_counterattack", kind: ColumnKind::Integer, alias: "Counterattacks", comment: "Claims of type counterattack." },
    Column { name: "n_clash", kind: ColumnKind::Integer, alias: "Clashes", comment: "Claims of type clash." },
    Column { name: "n_repelled", kind: ColumnKind::Integer, alias: "Repelled attacks", comment: "Claims of type repelled." },
    Column { name: "n_withdrawal", kind: ColumnKind::Integer, alias: "Withdrawals", comment: "Claims of type withdrawal." },
    Column { name: "n_control", kind: ColumnKind::Integer, alias: "Control", comment: "Claims of type control." },
    Column { name: "n_strike", kind: ColumnKind::Integer, alias: "Strikes", comment: "Claims of type strike." },
    Column { name: "n_presence", kind: ColumnKind::Integer, alias: "Presence", comment: "Claims of type presence." },
    Column { name: "n_docs", kind: ColumnKind::Integer, alias: "Documents", comment: "Documents that name it in a claim." },
    Column { name: "best_status", kind: ColumnKind::Text, alias: "Best status", comment: "The firmest status of a gain there." },
    Column { name: "first_seen", kind: ColumnKind::Date, alias: "First seen", comment: "Date of the first document with a claim there." },
    Column { name: "latest_seen", kind: ColumnKind::Date, alias: "Latest seen", comment: "Date of the latest document with a claim there." },
    Column { name: "start", kind: ColumnKind::DateTime, alias: "Start", comment: "First moment of first_seen." },
    Column { name: "end", kind: ColumnKind::DateTime, alias: "End", comment: "Last moment of latest_seen." },
    Column { name: "daily", kind: ColumnKind::Text, alias: "Claims a day", comment: "Claims by day as date=count, blank between, days without a claim left out." },
    Column { name: "uncertainty_m", kind: ColumnKind::Integer, alias: "Uncertainty (m)", comment: "Radius of the place's point, metres." },
];

/// Columns of documents.
#[rustfmt::skip]
const DOCUMENT_COLUMNS: &[Column] = &[
    Column { name: "doc_id", kind: ColumnKind::Text, alias: "Document", comment: "Id of the document." },
    Column { name: "report_date", kind: ColumnKind::Date, alias: "Report date", comment: "Its date." },
    Column { name: "date_source", kind: ColumnKind::Text, alias: "Date from", comment: "given, record, text, metadata or file_name." },
    Column { name: "start", kind: ColumnKind::DateTime, alias: "Start", comment: "First moment of its day." },
    Column { name: "end", kind: ColumnKind::DateTime, alias: "End", comment: "Last moment of its day." },
    Column { name: "source", kind: ColumnKind::Text, alias: "Source", comment: "Who published it." },
    Column { name: "title", kind: ColumnKind::Text, alias: "Title", comment: "Its title." },
    Column { name: "url", kind: ColumnKind::Text, alias: "Link", comment: "Where it was published." },
    Column { name: "lang", kind: ColumnKind::Text, alias: "Language", comment: "The language of most of its paragraphs." },
    Column { name: "n_chars", kind: ColumnKind::Integer, alias: "Characters", comment: "Unicode code points of its text." },
    Column { name: "n_sentences", kind: ColumnKind::Integer, alias: "Sentences", comment: "Sentences found." },
    Column { name: "n_mentions", kind: ColumnKind::Integer, alias: "Mentions", comment: "Place mentions found." },
    Column { name: "n_unresolved", kind: ColumnKind::Integer, alias: "Unresolved", comment: "Mentions without a place." },
    Column { name: "n_claims", kind: ColumnKind::Integer, alias: "Claims", comment: "Claims found." },
    Column { name: "n_gains", kind: ColumnKind::Integer, alias: "Gains", comment: "Claims of ground gained." },
    Column { name: "sha256", kind: ColumnKind::Text, alias: "Content hash", comment: "SHA-256 of the text." },
    Column { name: "warnings", kind: ColumnKind::Text, alias: "Warnings", comment: "What a person should know about how it was read." },
];

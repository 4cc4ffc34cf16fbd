//! Toponyms: which words are mentions, as sentences with carets under them, and which places they mean.

use frontmap::document::{DateSource, Document, ReportDate};
use frontmap::gazetteer::{Gazetteer, Memory};
use frontmap::mention::{MentionKind, PlaceWords, mentions};
use frontmap::outline::outline;
use frontmap::pipeline::{Analysis, Knowledge, analyze};

/// Checks one sentence: every run of carets on the line below marks a mention, and nothing else is one.
fn check(fixture: &str) {
    let mut lines = fixture.trim_matches('\n').lines();
    let (text, marks) = (lines.next().expect("a case has a line"), lines.next().unwrap_or(""));
    let document = Document { text: text.to_owned(), ..Document::default() };
    let found = mentions(
        &document,
        &outline(&document),
        &Gazetteer::embedded(),
        &PlaceWords::shipped(),
        &mut Memory::default(),
    );
    let mut drawn = vec![' '; text.chars().count()];
    for mention in &found {
        let first = text[..mention.span.start].chars().count();
        let length = mention.span.of(text).chars().count();
        drawn[first..first + length].fill('^');
    }
    let drawn: String = drawn.into_iter().collect();
    assert_eq!(drawn.trim_end(), marks.trim_end(), "\n{text}\n{}\n{marks}", drawn.trim_end());
}

#[test]
fn letters_of_a_model_are_no_state() {
    check("A drone burnt an MT-LB and two trucks.\n");
    check("An MT-LB burnt near Pokrovsk and Lyman.\n                    ^^^^^^^^     ^^^^^");
    check("The firm moved from Billings, MT to the coast.\n                    ^^^^^^^^  ^^");
}

fn read(text: &str) -> Analysis {
    let date = ReportDate { date: jiff::civil::date(2024, 6, 7), source: DateSource::Given };
    analyze(
        Document { text: text.to_owned(), date: Some(date), ..Document::default() },
        &Knowledge::embedded(),
    )
}

/// The kind of the mention with these words.
fn kind_of(text: &str, words: &str) -> MentionKind {
    let found = read(text);
    let mention = found.mentions.iter().find(|mention| mention.span.of(text) == words);
    mention.unwrap_or_else(|| panic!("{words} is a mention of {text}")).kind
}

/// The id of the place that the mention with these words means.
fn place_of(text: &str, words: &str) -> String {
    let (found, knowledge) = (read(text), Knowledge::embedded());
    let at = found.mentions.iter().position(|mention| mention.span.of(text) == words);
    let at = at.unwrap_or_else(|| panic!("{words} is a mention of {text}"));
    let place = found.resolutions[at].place();
    place.map_or("none".to_owned(), |place| knowledge.gazetteer.place(place).id.to_owned())
}

#[test]
fn generic_words_belong_to_their_names() {
    check(
        "
Both sides fought near the Oskil River and in Sumy City, Kharkiv Oblast.
                           ^^^^^^^^^^^        ^^^^^^^^^  ^^^^^^^^^^^^^^",
    );
    check(
        "
They shelled villages in Kursk and Sumy oblasts.
                         ^^^^^     ^^^^",
    );
}

#[test]
fn units_institutions_and_treaties_are_no_places() {
    check(
        "
The 1st Donetsk Army Corps attacked near Pokrovsk.
                                         ^^^^^^^^",
    );
    check(
        "
The Kherson Oblast Military Administration denied that troops left Kupyansk.
                                                                   ^^^^^^^^",
    );
    check(
        "
Officers of the Kharkiv Group of Forces spoke of fighting near Lyptsi.
                                                               ^^^^^^",
    );
    check(
        "
The Kazan Declaration and the Zapad-2025 drill were no topic in Vovchansk.
                                                                ^^^^^^^^^",
    );
}

#[test]
fn persons_and_tanks_are_no_places() {
    check(
        "
Melitopol Mayor Ivan Fedorov said that a T-72 burned near Tokmak on the M18.
^^^^^^^^^                                                 ^^^^^^        ^^^",
    );
}

#[test]
fn names_that_no_gazetteer_has_are_kept() {
    check(
        "
Troops advanced near Zzyvkivka and toward Pokrovsk.
                     ^^^^^^^^^            ^^^^^^^^",
    );
}

#[test]
fn sectors_and_governments_are_told_from_places() {
    let text = "Fighting went on in the Lyman and Pokrovsk directions, and in Kupyansk.";
    assert_eq!(kind_of(text, "Lyman"), MentionKind::Sector);
    assert_eq!(kind_of(text, "Pokrovsk"), MentionKind::Sector);
    assert_eq!(kind_of(text, "Kupyansk"), MentionKind::Literal);
    let text = "Russia wants talks, but its troops in Ukraine attacked near Toretsk.";
    assert_eq!(kind_of(text, "Russia"), MentionKind::Metonym);
    assert_eq!(kind_of(text, "Ukraine"), MentionKind::Literal);
}

#[test]
fn a_unit_or_a_town_by_its_words() {
    let text = "Drones struck Kharkiv City and other towns of Kharkiv Oblast near Kupyansk.";
    assert!(place_of(text, "Kharkiv City").starts_with("UA63120"), "{}", place_of(text, "Kharkiv City"));
    assert!(place_of(text, "Kharkiv Oblast").starts_with("UA63000"), "{}", place_of(text, "Kharkiv Oblast"));
}

#[test]
fn a_gloss_and_a_unit_choose_among_namesakes() {
    let text = "Russian forces took Andriivka (10km south of Bakhmut).";
    assert!(place_of(text, "Andriivka").starts_with("UA1402"), "{}", place_of(text, "Andriivka"));
    let text = "A drone hit a depot in Popivka, Chernihiv Oblast.";
    assert!(place_of(text, "Popivka").starts_with("UA74"), "{}", place_of(text, "Popivka"));
}

#[test]
fn news_about_anywhere_is_read_too() {
    let text = "Police in Columbus, Ohio, said on Friday that a man from Toronto was held after a crash near Dayton.";
    let found = read(text);
    let names: Vec<&str> = found.mentions.iter().map(|mention| mention.span.of(text)).collect();
    assert_eq!(names, ["Columbus", "Ohio", "Toronto", "Dayton"]);
}

#[test]
fn months_and_weekdays_are_no_places() {
    for word in ["January", "March", "April", "May", "August", "Sunday"] {
        let text = format!("In {word} Russian forces seized Popasna.");
        let found = read(&text);
        let names: Vec<&str> = found.mentions.iter().map(|mention| mention.span.of(&text)).collect();
        assert_eq!(names, ["Popasna"], "{text}");
    }
}

#[test]
fn a_sector_is_called_after_the_place_that_names_it() {
    let text = "Ukrainian forces recently advanced in the Oleksandrivka direction.";
    assert_eq!(place_of(text, "Oleksandrivka"), "UA12140250330083280");
}

#[test]
fn the_name_of_a_stretch_of_the_front_is_no_town_called_axis() {
    check(
        "
Units of that corps may also move to the Southern Axis near Orikhiv.
                                                            ^^^^^^^",
    );
}

#[test]
fn a_name_with_city_is_no_village() {
    let text = "Russian forces near Fedorivka, Donetsk Oblast, are far from Zaporizhzhia City.";
    assert_eq!(place_of(text, "Zaporizhzhia City"), "UA23060070010069526");
}

#[test]
fn a_misspelt_longer_name_is_not_its_first_part() {
    assert_eq!(place_of("They seized Kupyansk-Vuzhlovyi.", "Kupyansk-Vuzhlovyi"), "UA63080090030044417");
    assert_eq!(place_of("They shelled the Kupyansk-Svatove line.", "Kupyansk"), "UA63080090010026457");
}

#[test]
fn a_town_abroad_that_only_sounds_alike_is_not_meant() {
    let text =
        "Russian forces attacked the Alania battalion near Huliaipole and shelled Maharets and Nikopol.";
    let (found, knowledge) = (read(text), Knowledge::embedded());
    for resolution in found.resolutions.iter().filter_map(|resolution| resolution.place()) {
        assert_eq!(knowledge.gazetteer.country_code(resolution), Some("UA"));
    }
    assert_eq!(place_of(text, "Huliaipole"), "UA23100070010036682".to_owned());
}

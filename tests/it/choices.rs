//! Choices: which of several places of one name is meant, one case for each sort of evidence.

use frontmap::document::{DateSource, Document, ReportDate};
use frontmap::pipeline::{Knowledge, analyze};
use jiff::civil::{Date, date};

/// The ids of the places that the mentions with these words mean, in text order; "open" where none was settled on.
fn meant(day: Date, text: &str, words: &str) -> Vec<String> {
    let knowledge = Knowledge::embedded();
    let day = ReportDate { date: day, source: DateSource::Given };
    let found =
        analyze(Document { text: text.to_owned(), date: Some(day), ..Document::default() }, &knowledge);
    let named =
        found.mentions.iter().zip(&found.resolutions).filter(|(mention, _)| mention.span.of(text) == words);
    let id = |place| knowledge.gazetteer.place(place).id.to_owned();
    named.map(|(_, resolution)| resolution.place().map_or("open".to_owned(), id)).collect()
}

#[test]
fn a_bare_name_means_what_the_sentences_around_it_explain() {
    let text = "Troops took Zelene (northeast of Kharkiv City), the ministry said.\n\
        A blogger doubted that Zelene had fallen and spoke of Vovchansk.\n\
        Both armies shelled Starytsya.\n\
        \n\
        Further fighting was reported near Orikhiv and Stepnohirsk.\n\
        Drones struck Tokmak and Vasylivka.\n\
        Nothing changed near Mala Tokmachka.\n\
        Fighting went on near Polohy.\n\
        \n\
        Troops also attacked northwest of Hulyaipole near Zelene and Ternuvate.\n\
        Later that day Zelene was shelled.\n";
    let (north, south) = ("UA63120090050084429", "UA23100070080016405");
    assert_eq!(meant(date(2026, 2, 1), text, "Zelene"), [north, north, south, south]);
}

#[test]
fn a_city_describes_what_lies_far_off_and_a_town_does_not() {
    let text = "Assault groups moved northeast of Kharkiv City near Vovchansk, Vilcha, and Lyman.";
    assert_eq!(meant(date(2025, 12, 17), text, "Lyman"), ["UA63140010380087490"]);
    let text = "Assault groups moved northeast of Slovyansk near Dronivka, Zarichne, and Lyman.";
    assert_eq!(meant(date(2025, 12, 17), text, "Lyman"), ["UA14120110010088407"]);
}

#[test]
fn a_name_is_left_open_where_none_lies_as_far_as_the_text_says() {
    let text = "Soldiers entered Drobysheve (12 km south of Velyka Novosilka) and Urozhaine.";
    assert_eq!(meant(date(2025, 3, 1), text, "Drobysheve"), ["open"]);
    assert_eq!(meant(date(2025, 3, 1), text, "Velyka Novosilka"), ["UA14040010010027148"]);
    let text = "Soldiers entered Opytne (3 km east of Avdiivka).";
    assert_eq!(meant(date(2022, 8, 1), text, "Opytne"), ["UA14160010020046442"], "a bearing may be mistaken");
}

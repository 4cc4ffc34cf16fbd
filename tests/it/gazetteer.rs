//! The embedded gazetteer as it is; packs made of files are next door in `import`.

use frontmap::document::Lang;
use frontmap::gazetteer::{Gazetteer, NameKind, PlaceClass, PointPrecision, check};
use frontmap::text::fold;

#[test]
fn the_embedded_gazetteer_is_in_order() {
    let faults = check(&Gazetteer::embedded());
    let said: Vec<String> = faults.iter().map(|fault| format!("{}: {}", fault.id, fault.what)).collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
}

#[test]
fn inflected_names_of_the_front_are_found() {
    let gazetteer = Gazetteer::embedded();
    for (form, lang, name) in [
        ("Покровська", Lang::Uk, "Покровськ"),
        ("Часового Яру", Lang::Uk, "Часів Яр"),
        ("Великої Новосілки", Lang::Uk, "Велика Новосілка"),
        ("Нью-Йорку", Lang::Uk, "Нью-Йорк"),
        ("Авдіївці", Lang::Uk, "Авдіївка"),
        ("Куп'янська", Lang::Uk, "Куп'янськ"),
        ("Очеретиному", Lang::Uk, "Очеретине"),
        ("Курської області", Lang::Uk, "Курська область"),
        ("Великой Новосёлки", Lang::Ru, "Великая Новосёлка"),
        ("Суджи", Lang::Ru, "Суджа"),
    ] {
        let wanted = gazetteer.lookup(name, Some(lang));
        let found = gazetteer.lookup(form, Some(lang));
        assert!(!wanted.is_empty(), "{name} is not in the tables");
        assert!(found.iter().any(|hit| hit.place == wanted[0].place), "{form} is not read as {name}");
    }
}

#[test]
fn the_names_of_the_study_are_known_where_they_lie() {
    let gazetteer = Gazetteer::embedded();
    let (mut exact, mut located) = (0, 0);
    for line in include_str!("../data/study_names.tsv").lines().skip(1) {
        let [name, list, west, south, east, north, _, id] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("`{line}` has not eight cells");
        };
        let degrees = |cell: &str| cell.parse::<f64>().expect("the box is in degrees");
        let hits = gazetteer.lookup(name, Some(Lang::En));
        let hit = hits.iter().find(|hit| gazetteer.place(hit.place).id == id);
        let place = gazetteer.place(hit.unwrap_or_else(|| panic!("{name} is not found as {id}")).place);
        let [lon, lat] = place.point.unwrap_or_else(|| panic!("{name} has no point"));
        assert!(
            (degrees(west)..=degrees(east)).contains(&lon)
                && (degrees(south)..=degrees(north)).contains(&lat),
            "{name} lies at {lon}, {lat}"
        );
        if place.precision <= PointPrecision::Derived {
            match list {
                "ukraine" => exact += 1,
                _ => located += 1,
            }
        }
    }
    assert!(exact >= 58, "{exact} of 68 names in Ukraine have a point of their own");
    assert!(located >= 14, "{located} of 20 names in Kursk Oblast have a point of their own");
}

#[test]
fn spellings_meet_and_few_names_merge() {
    let gazetteer = Gazetteer::embedded();
    let (mut pairs, mut met) = (0, 0);
    let mut spellings: std::collections::BTreeMap<String, std::collections::BTreeSet<String>> =
        Default::default();
    for ix in gazetteer.places() {
        let place = gazetteer.place(ix);
        if place.class != PlaceClass::Settlement || !place.id.starts_with("UA") {
            continue;
        }
        let latin = fold::keys(place.name, None);
        for name in gazetteer.names(ix) {
            if name.lang == Some("uk") && name.kind == NameKind::Official {
                pairs += 1;
                let keys = fold::keys(name.text, Some("uk"));
                met += usize::from(keys == latin);
                let spelling = name.text.to_lowercase();
                spellings.entry(keys.concat()).or_default().insert(spelling);
            }
        }
    }
    assert!(pairs > 25_000, "{pairs} settlements have a Ukrainian name");
    assert!(met * 100 >= pairs * 99, "{met} of {pairs} Latin and Ukrainian names meet");
    let merged = spellings.values().filter(|names| names.len() > 1).count();
    assert!(merged * 100 <= spellings.len(), "{merged} of {} keys hold two names", spellings.len());
}

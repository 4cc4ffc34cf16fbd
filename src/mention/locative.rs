//! How each mention's place is meant: relation, bearing, distance and anchor, worked out from the words around it.
//! The pieces are `atom`'s, a phrase with the words before its name `phrase`'s; what was done there is `claim`'s question.

use super::anchor::{anchor_by_order, respectively};
use super::atom::{Kind, atoms};
use super::gloss::read_behind;
use super::phrase::{Phrase, phrase_of};
use super::{Locative, Words};

/// The locatives of one sentence, in text order. A mention that only anchors or contains another has none of its own.
pub fn locatives(words: &Words) -> Vec<Locative> {
    if words.mentions.is_empty() {
        return Vec::new();
    }
    let atoms = atoms(words);
    let mut phrases: Vec<Phrase> = Vec::with_capacity(words.mentions.len());
    for at in 0..atoms.len() {
        if let Kind::Mention(mention) = atoms[at].kind
            && !phrases.iter().any(|phrase| phrase.holds(at))
        {
            let phrase = phrase_of(words, &atoms, at, mention, &phrases);
            phrases.push(phrase);
            read_behind(words, &atoms, &mut phrases);
            respectively(words, &atoms, &mut phrases);
        }
    }
    anchor_by_order(words, &atoms, &mut phrases);
    let settled = phrases.iter().filter(|phrase| phrase.keep);
    settled.map(|phrase| phrase.locative(words, &atoms)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Lang;
    use crate::mention::marked::Marked;

    /// What each locative says: "Lyman near NE @Kupyansk 5 N gloss".
    fn read(marked: &str) -> Vec<String> {
        let sentence = Marked::new(Lang::En, marked);
        let name = |mention: usize| sentence.mentions[mention].span.of(&sentence.text);
        let found = locatives(&sentence.words());
        found
            .iter()
            .map(|locative| {
                let mut line = format!("{} {}", name(locative.place), locative.relation.as_str());
                if let Some(km) = locative.distance_km {
                    line += &format!(" {km}");
                }
                if let Some(bearing) = locative.bearing {
                    line += &format!(" {}", bearing.as_str());
                }
                if let Some(anchor) = locative.anchor {
                    line += &format!(" @{}", name(anchor.mention));
                    if let Some(km) = anchor.distance_km {
                        line += &format!(" {km}");
                    }
                    if let Some(bearing) = anchor.bearing {
                        line += &format!(" {}", bearing.as_str());
                    }
                }
                line
            })
            .collect()
    }

    #[test]
    fn lists_share_their_preposition() {
        assert_eq!(
            read("They advanced near [Kupyansk], [Pokrovsk], and [Vuhledar] and in [Kursk Oblast|admin1]."),
            ["Kupyansk near", "Pokrovsk near", "Vuhledar near", "Kursk Oblast area"]
        );
        assert_eq!(
            read("They attacked near [Svatove], near [Chasiv Yar], and northwest of [Avdiivka]."),
            ["Svatove near", "Chasiv Yar near", "Avdiivka dir NW"]
        );
    }

    #[test]
    fn a_place_that_another_is_described_from_is_an_anchor() {
        assert_eq!(
            read(
                "They attacked near [Lyman] itself; northwest of [Lyman] near [Novoselivka] and toward [Sosnove]; and east of [Slovyansk] near [Dronivka] and [Zakitne] on May 6."
            ),
            [
                "Lyman near",
                "Novoselivka near @Lyman NW",
                "Sosnove toward @Lyman NW",
                "Dronivka near @Slovyansk E",
                "Zakitne near @Slovyansk E"
            ]
        );
        assert_eq!(
            read("Fighting went on northeast of [Kharkiv] in [Vovchansk]."),
            ["Vovchansk in @Kharkiv NE"]
        );
    }

    #[test]
    fn glosses_belong_to_the_names_before_them() {
        assert_eq!(
            read("They advanced near [Zoryane] (5km south of [Kurakhove]) and [Berestky]."),
            ["Zoryane near @Kurakhove 5 S", "Berestky near"]
        );
        assert_eq!(
            read("They advanced east of [Sokil] and in central [Prohres] (both northwest of [Avdiivka])."),
            ["Sokil dir E @Avdiivka NW", "Prohres part @Avdiivka NW"]
        );
        assert_eq!(
            read(
                "They struck near [Ternuvate], [Bratske], [Vidradne] (all north of [Hulyaipole]), and [Zelene]."
            ),
            [
                "Ternuvate near @Hulyaipole N",
                "Bratske near @Hulyaipole N",
                "Vidradne near @Hulyaipole N",
                "Zelene near"
            ]
        );
        assert_eq!(
            read(
                "They shelled [Saltiv] and [Mospanove], about 55 km southeast of [Kharkiv City], on July 24."
            ),
            ["Saltiv in", "Mospanove in @Kharkiv City 55 SE"]
        );
    }

    #[test]
    fn parts_and_offsets_keep_their_bearing() {
        assert_eq!(read("They entered northern, central, and southern [Hulyaipole]."), ["Hulyaipole part N"]);
        assert_eq!(read("They advanced 2.2 km north and west of [Ivanivka]."), ["Ivanivka dir 2.2 N"]);
        assert_eq!(
            read(
                "They hold east (left) bank [Kherson Oblast|admin1] and the northern bank of the [Oskil River|water]."
            ),
            ["Kherson Oblast part E", "Oskil River part N"]
        );
        assert_eq!(read("They advanced to the outskirts of [Karlivka]."), ["Karlivka near"]);
        assert_eq!(
            read("They fought in western [Donetsk Oblast|admin1] and western [Zaporizhia Oblast|admin1]."),
            ["Donetsk Oblast part W", "Zaporizhia Oblast part W"]
        );
    }

    #[test]
    fn sectors_areas_and_lines() {
        assert_eq!(read("They attacked in the [Pokrovsk] direction."), ["Pokrovsk axis"]);
        assert_eq!(
            read("They attacked in the [Lyman] and [Siversk] directions."),
            ["Lyman axis", "Siversk axis"]
        );
        assert_eq!(
            read("They advanced in the [Kostyantynivka]-[Druzhkivka] tactical area and near [Pokrovsk]."),
            ["Kostyantynivka area", "Druzhkivka area", "Pokrovsk near"]
        );
        assert_eq!(
            read("They attacked along the [Kupyansk]-[Svatove]-[Kreminna] line."),
            ["Kupyansk axis", "Svatove axis", "Kreminna axis"]
        );
        assert_eq!(
            read("They attacked in the [Zolochiv] (northwest of [Kharkiv City]) direction."),
            ["Zolochiv axis @Kharkiv City NW"]
        );
    }

    #[test]
    fn units_that_contain_the_place_are_no_places_of_their_own() {
        assert_eq!(
            read(
                "They blew up a line near [Novobohdanivka], [Zaporizhia Oblast|admin1], 30 km north of [Melitopol]."
            ),
            ["Novobohdanivka near @Melitopol 30 N"]
        );
        assert_eq!(
            read(
                "Fighting went on in western [Zaporizhia Oblast|admin1] on June 7 near [Robotyne] and [Verbove]."
            ),
            ["Robotyne near", "Verbove near"]
        );
        assert_eq!(
            read("They attacked in [Donetsk|admin1], [Luhansk Oblasts|admin1]."),
            ["Donetsk area", "Luhansk Oblasts area"]
        );
    }

    #[test]
    fn ways_from_toward_and_between() {
        assert_eq!(
            read(
                "They advanced 1.5 km from [Umanske] toward [Persha], and fought between [Roty] and [Myrne]."
            ),
            ["Umanske near", "Persha toward", "Roty between", "Myrne between"]
        );
    }
}

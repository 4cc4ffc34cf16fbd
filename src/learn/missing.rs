//! Names in place position that no gazetteer has, and names that stay ambiguous, by how often they occur.

use crate::pipeline::Analysis;
use crate::resolve::Verdict;
use crate::text::fold;
use std::collections::BTreeMap;

/// Names that texts use and that could not be placed.
#[derive(Clone, Debug, Default)]
pub struct MissingNames {
    unknown: BTreeMap<String, Missing>,
    ambiguous: BTreeMap<String, Missing>,
}

/// One such name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// As it stands in the first text.
    pub name: String,
    /// How often it stands there.
    pub count: usize,
    /// In how many documents.
    pub documents: usize,
    /// The last of them, to count each once.
    last: String,
    /// A sentence with it, white space made plain.
    pub example: String,
    /// The document of the example.
    pub example_document: String,
}

impl MissingNames {
    /// Takes up the names of one document.
    pub fn read(&mut self, analysis: &Analysis) {
        let text = &analysis.document.text;
        for (mention, resolution) in analysis.mentions.iter().zip(&analysis.resolutions) {
            let names = match resolution.verdict {
                Verdict::Place(_) => continue,
                Verdict::Tied => &mut self.ambiguous,
                Verdict::Elsewhere | Verdict::Unknown => &mut self.unknown,
            };
            let name = mention.name.of(text);
            let key = fold::keys(name, None).into_iter().next().unwrap_or_default();
            let document = &analysis.document.id;
            let missing = names.entry(key).or_insert_with(|| {
                let sentence = analysis.outline.sentences[mention.sentence].span.of(text);
                Missing {
                    name: name.to_owned(),
                    count: 0,
                    documents: 0,
                    last: String::new(),
                    example: sentence.split_whitespace().collect::<Vec<_>>().join(" "),
                    example_document: document.clone(),
                }
            });
            missing.count += 1;
            if missing.documents == 0 || missing.last != *document {
                missing.documents += 1;
                missing.last.clone_from(document);
            }
        }
    }

    /// The names that no gazetteer has, most frequent first.
    pub fn unknown(&self) -> Vec<&Missing> {
        by_count(&self.unknown)
    }

    /// The names of which several places stay equally likely, most frequent first.
    pub fn ambiguous(&self) -> Vec<&Missing> {
        by_count(&self.ambiguous)
    }
}

fn by_count(names: &BTreeMap<String, Missing>) -> Vec<&Missing> {
    let mut sorted: Vec<&Missing> = names.values().collect();
    sorted.sort_by(|a, b| b.count.cmp(&a.count).then(a.name.cmp(&b.name)));
    sorted
}

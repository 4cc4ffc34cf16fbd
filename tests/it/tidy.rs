//! The rules of the house that no compiler checks: the one-way order of the modules, words as data,
//! documents that name every module.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The public modules in the order of lib.rs.
fn modules() -> Vec<String> {
    let lib = fs::read_to_string(root().join("src/lib.rs")).expect("the library has a root file");
    let names = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    names.map(str::to_owned).collect()
}

/// Every Rust file below `folder`.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(
                fs::read_dir(&path)
                    .expect("a folder can be listed")
                    .map(|entry| entry.expect("an entry can be read").path()),
            );
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The lines of a source file before its tests.
fn lines_of_code(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).expect("a source file is UTF-8");
    text.lines().take_while(|line| !line.starts_with("#[cfg(test)]")).map(str::to_owned).collect()
}

/// The files of one module: `src/name.rs` or all below `src/name/`.
fn files_of(module: &str) -> Vec<PathBuf> {
    let folder = root().join("src").join(module);
    if folder.is_dir() { sources(&folder) } else { vec![folder.with_extension("rs")] }
}

#[test]
fn modules_use_only_those_before_them() {
    let order = modules();
    assert!(order.len() > 8, "lib.rs lists the modules: {order:?}");
    let mut wrong = Vec::new();
    for (at, module) in order.iter().enumerate() {
        for path in files_of(module) {
            for line in lines_of_code(&path).iter().filter(|line| !line.trim_start().starts_with("//")) {
                for later in &order[at + 1..] {
                    if line.contains(&format!("crate::{later}::"))
                        || line.contains(&format!("crate::{later};"))
                        || line.contains(&format!("use crate::{later}"))
                    {
                        wrong.push(format!(
                            "{}: {module} comes before {later}: {}",
                            path.display(),
                            line.trim()
                        ));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "modules use only modules above them in lib.rs:\n{}", wrong.join("\n"));
}

#[test]
fn the_words_of_a_language_are_data() {
    let mut wrong = Vec::new();
    for path in sources(&root().join("src")) {
        for line in lines_of_code(&path) {
            let code = line.split("//").next().expect("a split has a first part");
            if code.chars().any(|c| matches!(c, '\u{400}'..='\u{4ff}')) {
                wrong.push(format!("{}: {}", path.display(), line.trim()));
            }
        }
    }
    // Folding goes letter by letter; fixtures are compiled for tests only.
    wrong.retain(|line| !["text/fold.rs", "fixture.rs"].iter().any(|file| line.contains(file)));
    assert!(wrong.is_empty(), "Cyrillic letters belong under gazetteer/:\n{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_holds() {
    let silent: Vec<PathBuf> = sources(&root().join("src"))
        .into_iter()
        .filter(|path| !fs::read_to_string(path).expect("a source file is UTF-8").starts_with("//!"))
        .collect();
    assert!(silent.is_empty(), "each file opens with a sentence: {silent:?}");
}

#[test]
fn the_architecture_page_names_every_module() {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("there is an ARCHITECTURE.md");
    let missing: Vec<String> =
        modules().into_iter().filter(|module| !page.contains(&format!("`{module}`"))).collect();
    assert!(missing.is_empty(), "ARCHITECTURE.md does not name {missing:?}");
}

//! What fuzzing once found, and what it starts from, on the stable compiler: each input of
//! `tests/fuzz/corpus` goes through the function that the fuzzer calls.

#[path = "../fuzz/checks/lib.rs"]
#[expect(unreachable_pub, reason = "the fuzz targets are other crates")]
mod checks;

use std::fs;
use std::panic;
use std::path::{Path, PathBuf};

use checks::CHECKS;

/// More would be a burden; `CONTRIBUTING.md` says how to make a corpus small.
const MOST: usize = 60;

#[test]
fn every_input_of_the_corpus_keeps_the_promises() {
    for (target, check) in CHECKS {
        let inputs = inputs(target);
        assert!(
            (10..=MOST).contains(&inputs.len()),
            "{target} has {} inputs, and {MOST} at most is what one keeps",
            inputs.len()
        );
        for input in inputs {
            let bytes = fs::read(&input).unwrap();
            let kept = panic::catch_unwind(|| check(&bytes));
            assert!(kept.is_ok(), "{target} fails on {}; see above", input.display());
        }
    }
}

#[test]
fn every_target_is_checked_and_every_check_is_a_target() {
    let names: Vec<&str> = CHECKS.iter().map(|(name, _)| *name).collect();
    assert_eq!(stems("targets"), names);
    assert_eq!(stems("corpus"), names);
}

fn inputs(target: &str) -> Vec<PathBuf> {
    let mut paths = entries(&Path::new("corpus").join(target));
    paths.sort();
    paths
}

/// The names in a folder of `tests/fuzz`, without their endings, sorted.
fn stems(folder: &str) -> Vec<String> {
    let mut stems: Vec<String> = entries(Path::new(folder))
        .iter()
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    stems.sort();
    stems
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(folder);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.unwrap().path()).collect()
}

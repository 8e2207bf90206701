//! What was left out or put right while reading, the same thing told once with the lines it concerns.

use std::collections::BTreeMap;

/// Something the administrator should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// What it is.
    pub sentence: String,
    /// How many lines it concerns; zero if it concerns the file.
    pub count: u64,
    /// The first of them.
    pub lines: Vec<u64>,
}

/// How many lines are named.
const NAMED: usize = 5;

#[derive(Default)]
pub(super) struct Warnings(BTreeMap<String, Warning>);

impl Warnings {
    /// Warns of a line.
    pub(super) fn line(&mut self, line: u64, sentence: impl Into<String>) {
        let warning = self.entry(sentence.into());
        warning.count += 1;
        if warning.lines.len() < NAMED {
            warning.lines.push(line);
        }
    }

    /// Warns of the file.
    pub(super) fn file(&mut self, sentence: impl Into<String>) {
        self.entry(sentence.into());
    }

    fn entry(&mut self, sentence: String) -> &mut Warning {
        self.0.entry(sentence.clone()).or_insert_with(|| Warning {
            sentence,
            count: 0,
            lines: Vec::new(),
        })
    }

    /// All of them, those of the file first, then by line.
    pub(super) fn into_list(self) -> Vec<Warning> {
        let mut list: Vec<Warning> = self.0.into_values().collect();
        list.sort_by_key(|warning| warning.lines.first().copied());
        list
    }
}
